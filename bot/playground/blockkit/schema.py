"""Small checkers that are put together into the schema of a payload.

A `Check` takes a value and gives its faults, with pointers relative to that value; a parent moves them under its own
property or index only when there are any, so that a sound payload costs nothing but the look at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.playground.blockkit.problems import (
    Problem,
    additional_property,
    broken,
    missing_field,
    must_provide,
    no_schema_matched,
    not_in_enum,
    too_few,
    too_great,
    too_little,
    too_long,
    too_many,
    too_short,
    under,
    unsupported_type,
)

Check = Callable[[object], Sequence[Problem]]
"""Judges any JSON value; nothing found is an empty sequence."""

Rule = Callable[[dict[str, Any]], Sequence[Problem]]
"""Judges how the properties of an object go together; asked only when each of them is sound by itself."""

SOUND: tuple[Problem, ...] = ()


def anything(_value: object) -> Sequence[Problem]:
    """Lets every value pass; for what was judged before, such as a `type`."""
    return SOUND


def boolean(value: object) -> Sequence[Problem]:
    """True or false, and nothing that merely counts as it."""
    return SOUND if isinstance(value, bool) else (must_provide("a boolean", value),)


def number(value: object) -> Sequence[Problem]:
    """A JSON number, whole or not."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return (must_provide("a number", value),)
    return SOUND


def string(*, most: int | None = None, least: int = 1) -> Check:
    """A string of `least` to `most` code points."""

    def check(value: object) -> Sequence[Problem]:
        if not isinstance(value, str):
            return (must_provide("a string", value),)
        length = len(value)
        if length < least:
            return (too_short(least, length),)
        if most is not None and length > most:
            return (too_long(most, length),)
        return SOUND

    return check


def integer(*, least: int | None = None, most: int | None = None) -> Check:
    """A whole number within both bounds, themselves included."""

    def check(value: object) -> Sequence[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            return (must_provide("an integer", value),)
        if least is not None and value < least:
            return (too_little(least, value),)
        if most is not None and value > most:
            return (too_great(most, value),)
        return SOUND

    return check


def choice(*allowed: str) -> Check:
    """One of a closed set of words."""

    def check(value: object) -> Sequence[Problem]:
        return SOUND if isinstance(value, str) and value in allowed else (not_in_enum(allowed, value),)

    return check


def formatted(fits: Callable[[str], bool], form: str) -> Check:
    """A string that `fits`; `form` names what it should look like."""

    def check(value: object) -> Sequence[Problem]:
        if not isinstance(value, str):
            return (must_provide("a string", value),)
        if not fits(value):
            return (broken(f"must match format: {form}", rule="format", expected=form, got=value),)
        return SOUND

    return check


def array(item: Check, *, least: int = 0, most: int | None = None) -> Check:
    """A list of `least` to `most` items, each judged by `item`."""

    def check(value: object) -> Sequence[Problem]:
        if not isinstance(value, list):
            return (must_provide("an array", value),)
        count = len(value)
        if count < least:
            return (too_few(least, count),)
        found: list[Problem] = []
        if most is not None and count > most:
            found.append(too_many(most, count))
        for index, entry in enumerate(value):
            if faults := item(entry):
                found += under(index, faults)
        return found

    return check


def record(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, rules: Iterable[Rule] = ()
) -> Check:
    """An object with exactly these properties; any other is refused by name. `rules` see it once all are sound."""
    known = {**required, **(optional or {})}
    needed = tuple(required)
    together = tuple(rules)

    def check(value: object) -> Sequence[Problem]:
        if not isinstance(value, dict):
            return (must_provide("an object", value),)
        found = [missing_field(name) for name in needed if name not in value]
        for name, entry in value.items():
            judge = known.get(name)
            if judge is None:
                found.append(additional_property(name))
            elif faults := judge(entry):
                found += under(name, faults)
        if not found:
            for rule in together:
                found += rule(value)
        return found

    return check


def typed(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, rules: Iterable[Rule] = ()
) -> Check:
    """A `record` that names its type; which one is judged by `by_type` around it."""
    return record({"type": anything, **required}, optional, rules)


def by_type(checks: Mapping[str, Check]) -> Check:
    """An object judged by the schema that its `type` names; a type not among them is unsupported here."""

    def check(value: object) -> Sequence[Problem]:
        if not isinstance(value, dict):
            return (must_provide("an object", value),)
        if "type" not in value:
            return (missing_field("type"),)
        kind = value["type"]
        judge = checks.get(kind) if isinstance(kind, str) else None
        return judge(value) if judge is not None else (unsupported_type(kind, checks),)

    return check


def exactly_one(*names: str) -> Rule:
    """One of these properties, and not two of them."""

    def rule(value: dict[str, Any]) -> Sequence[Problem]:
        given = sum(1 for name in names if name in value)
        return SOUND if given == 1 else (no_schema_matched("exactly_one", list(names)),)

    return rule


def at_least_one(*names: str) -> Rule:
    """One or more of these properties."""

    def rule(value: dict[str, Any]) -> Sequence[Problem]:
        return SOUND if any(name in value for name in names) else (no_schema_matched("at_least_one", list(names)),)

    return rule


def not_both(first: str, second: str) -> Rule:
    """Either property or none, but not the two together."""

    def rule(value: dict[str, Any]) -> Sequence[Problem]:
        if first in value and second in value:
            return (no_schema_matched("not_both", [first, second]),)
        return SOUND

    return rule


def needs(dependent: str, base: str) -> Rule:
    """`dependent` has a meaning only beside `base`."""

    def rule(value: dict[str, Any]) -> Sequence[Problem]:
        return (missing_field(base),) if dependent in value and base not in value else SOUND

    return rule


def ordered(low: str, high: str, key: Callable[[Any], Any] = lambda value: value) -> Rule:
    """Where both are given, `low` is not above `high`; `key` turns them into what is compared."""

    def rule(value: dict[str, Any]) -> Sequence[Problem]:
        if low in value and high in value and key(value[low]) > key(value[high]):
            message = f"`{low}` must not be greater than `{high}`"
            return (broken(message, rule="ordered", expected=value[high], got=value[low], pointer=f"/{low}"),)
        return SOUND

    return rule
