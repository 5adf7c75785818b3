"""What is wrong with a payload, said as Slack says it.

The sentences are those that the real Slack was seen to answer; the few that were never seen (numbers out of range,
enums, formats) follow the pattern of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FAILED_CONSTRAINT: Final = "failed_constraint"
"""The code of everything that breaks a schema; any other code is itself the error that the method answers."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """What was demanded: the kind of rule, what it expects and what came."""

    type: str
    expected: object
    got: object


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a payload.

    `pointer` is a JSON pointer from the payload's root, empty for the payload itself. `code` is `FAILED_CONSTRAINT`, or
    the word that a method answers instead of `invalid_blocks` or `invalid_arguments` (`no_text`, `msg_too_long`).
    """

    code: str
    message: str
    pointer: str = ""
    constraint: Constraint | None = None

    def under(self, step: str | int) -> Problem:
        """The same fault seen from one level up, where this value is the item or property `step`."""
        return self.at("/" + str(step).replace("~", "~0").replace("/", "~1"))

    def at(self, prefix: str) -> Problem:
        """The same fault where the value that it is relative to stands at the pointer `prefix`."""
        return Problem(self.code, self.message, prefix + self.pointer, self.constraint)

    def __str__(self) -> str:
        """The sentence with its pointer, as it stands in Slack's `errors`."""
        return f"{self.message} [json-pointer:{self.pointer}]" if self.pointer else self.message


def under(step: str | int, problems: Iterable[Problem]) -> list[Problem]:
    """All the faults of one property or item, seen from its parent."""
    return [problem.under(step) for problem in problems]


def broken(message: str, *, rule: str, expected: object = None, got: object = None, pointer: str = "") -> Problem:
    """A broken schema rule, in words of its own."""
    return Problem(FAILED_CONSTRAINT, message, pointer, Constraint(rule, expected, got))


def must_provide(expected: str, got: object) -> Problem:
    """A value of the wrong JSON type; `expected` carries its article ("an object")."""
    return broken(f"must provide {expected}", rule="type", expected=expected.rpartition(" ")[2], got=json_type(got))


def missing_field(name: str) -> Problem:
    """A required property that is not there."""
    return broken(f"missing required field: {name}", rule="required", expected=name)


def additional_property(name: str) -> Problem:
    """A property that the object does not have."""
    return broken(f"invalid additional property: {name}", rule="additional_properties", got=name)


def unsupported_type(got: object, expected: Iterable[str]) -> Problem:
    """A `type` that may not stand here; the pointer is that of the `type` itself."""
    return broken(f"unsupported type: {got}", rule="enum", expected=list(expected), got=got, pointer="/type")


def too_long(most: int, got: int) -> Problem:
    """A string of more than `most` code points."""
    return broken(f"must be less than {most + 1} characters", rule="max_length", expected=most, got=got)


def too_short(least: int, got: int) -> Problem:
    """A string of fewer than `least` code points."""
    return broken(f"must be more than {least - 1} characters", rule="min_length", expected=least, got=got)


def too_many(most: int, got: int) -> Problem:
    """A list of more than `most` items."""
    return broken(f"no more than {most} items allowed", rule="max_items", expected=most, got=got)


def too_few(least: int, got: int) -> Problem:
    """A list of fewer than `least` items."""
    return broken(f"no less than {least} items allowed", rule="min_items", expected=least, got=got)


def too_great(most: int, got: float) -> Problem:
    """A number above `most`."""
    return broken(f"must be less than {most + 1}", rule="maximum", expected=most, got=got)


def too_little(least: int, got: float) -> Problem:
    """A number below `least`."""
    return broken(f"must be more than {least - 1}", rule="minimum", expected=least, got=got)


def not_in_enum(allowed: Iterable[str], got: object) -> Problem:
    """A word outside a closed set."""
    choices = list(allowed)
    return broken(f"must be one of: {', '.join(choices)}", rule="enum", expected=choices, got=got)


def no_schema_matched(rule: str, expected: object = None) -> Problem:
    """The properties do not go together; `rule` says in a word why."""
    return broken("failed to match all allowed schemas", rule=rule, expected=expected)


def already_exists(field: str, value: str, pointer: str) -> Problem:
    """An id that stood earlier in the same whole."""
    return broken(f'`{field}` "{value}" already exists', rule="unique", got=value, pointer=pointer)


def json_type(value: object) -> str:
    """The JSON name of a value's type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int | float):
        return "number"
    return "array" if isinstance(value, list | tuple) else "object"
