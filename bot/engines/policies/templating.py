"""Texts in which an alert's own fields stand: `{{alias.toLowerCase()}} dynamodb`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from bot.engines.policies.facts import Facts
from bot.engines.policies.methods import Argument, Method, Pattern, method_named
from bot.errors import Unreadable

NUMBER = "tinyId"
_BLANKS = re.compile(r"\s*")
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_NUMBER = re.compile(r"-?\d{1,9}(?![\w.])")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', re.DOTALL)
_EXPRESSION = re.compile(r"/((?:[^/\\\n]|\\.)*)/")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}

_Read = Callable[[Facts], str]


@dataclass(frozen=True, slots=True)
class Template:
    """A text, compiled: its pieces are texts, and what reads a text from an alert."""

    pieces: tuple[str | _Read, ...]

    def written(self, facts: Facts) -> str:
        """The text for an alert.

        Raises:
            Unreadable: a method cannot be used on what the alert has there; the sentence says why.
        """
        return "".join(each if isinstance(each, str) else each(facts) for each in self.pieces)


def compile_template(text: str) -> Template:
    """A text with fields in double braces: `{{field}}`, `{{field.method("argument")}}`, methods one after the other.

    Fields: message, alias, description, entity, source, priority, tags, actions, responders, recipients, teams, tinyId,
    alertId, and details or extraProperties, alone or with a key (`details.region`, `details["the region"]`,
    `details.get("the region")`). A list is written with commas, a key that is not there as nothing. Strings may be in
    " or ', expressions stand between slashes. Blanks within the braces do not count.

    Raises:
        Unreadable: braces that are not closed, an unknown field or method, or arguments it does not take.
    """
    return _Reading(text).template()


def asks_number(text: str) -> bool:
    """Whether such a text may ask for the number of the alert, which somebody has to find out beforehand."""
    return NUMBER in text


def wrong_template(text: str) -> str | None:
    """What is wrong with such a text, None where it can be used."""
    try:
        compile_template(text)
    except Unreadable as error:
        return error.sentence
    return None


class _Reading:
    """A text being read, and how far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0

    def template(self) -> Template:
        pieces: list[str | _Read] = []
        while (opening := self._text.find("{{", self._place)) >= 0:
            pieces.append(self._text[self._place : opening])
            self._place = opening + 2
            pieces.append(self._field())
            if not self._takes("}}"):
                raise self._unclosed(opening)
        pieces.append(self._text[self._place :])
        return Template(tuple(each for each in pieces if each != ""))

    def _field(self) -> _Read:
        name = self._name("the name of a field")
        if name in _MAPS:
            read = self._of_map()
        elif name in _FIELDS:
            read = _FIELDS[name]
        else:
            raise Unreadable(f"I know no field “{name}”: use {', '.join((*_FIELDS, *_MAPS))}.")
        methods = []
        while self._takes("."):
            method = self._name("the name of a method")
            compile_method = method_named(method)
            methods.append(compile_method(self._arguments(method)))
        return _through(read, tuple(methods)) if methods else read

    def _of_map(self) -> _Read:
        """The whole map, or the value under a key. Names with dots between them, up to a method's, are one key."""
        if self._takes("["):
            key = self._string("a key in quotes")
            self._needs("]", after="the key")
            return _under(key)
        names: list[str] = []
        before = self._place
        while self._takes("."):
            name = self._name("a key")
            if self._sees("("):
                if name == "get" and not names:
                    return self._got()
                self._place = before
                break
            names.append(name)
            before = self._place
        return _under(".".join(names)) if names else _whole

    def _got(self) -> _Read:
        self._needs("(", after="get")
        key = self._string("a key in quotes")
        self._needs(")", after="the key")
        return _under(key)

    def _arguments(self, method: str) -> list[Argument]:
        self._needs("(", after=method)
        arguments: list[Argument] = []
        while not self._takes(")"):
            if arguments:
                self._needs(",", after="an argument")
            arguments.append(self._argument(method))
        return arguments

    def _argument(self, method: str) -> Argument:
        if (number := self._match(_NUMBER)) is not None:
            return int(number[0])
        if (expression := self._match(_EXPRESSION)) is not None:
            return Pattern(expression[1].replace("\\/", "/"))
        return self._string(f"what {method} takes: a text in quotes, a number or /an expression/")

    def _string(self, wanted: str) -> str:
        found = self._match(_STRING)
        if found is None:
            raise self._missing(wanted)
        inside: str = found[1] if found[1] is not None else found[2]
        return _ESCAPED.sub(lambda escaped: _ESCAPES.get(escaped[1], escaped[1]), inside)

    def _name(self, wanted: str) -> str:
        found = self._match(_NAME)
        if found is None:
            raise self._missing(wanted)
        return found[0]

    def _match(self, what: re.Pattern[str]) -> re.Match[str] | None:
        self._skip_blanks()
        found = what.match(self._text, self._place)
        if found:
            self._place = found.end()
        return found

    def _sees(self, sign: str) -> bool:
        self._skip_blanks()
        return self._text.startswith(sign, self._place)

    def _takes(self, sign: str) -> bool:
        if not self._sees(sign):
            return False
        self._place += len(sign)
        return True

    def _needs(self, sign: str, *, after: str) -> None:
        if not self._takes(sign):
            raise self._missing(f"“{sign}” after {after}")

    def _skip_blanks(self) -> None:
        blanks = _BLANKS.match(self._text, self._place)
        self._place = blanks.end() if blanks else self._place

    def _missing(self, wanted: str) -> Unreadable:
        rest = self._text[self._place : self._place + 20]
        return Unreadable(f"At “{rest}” I miss {wanted}." if rest else f"At its end I miss {wanted}.")

    def _unclosed(self, opening: int) -> Unreadable:
        return Unreadable(f"The braces at “{self._text[opening : opening + 20]}” are not closed by }}}} in time.")


def _through(read: _Read, methods: tuple[Method, ...]) -> _Read:
    return lambda facts: reduce(lambda text, method: method(text, facts.patience), methods, read(facts))


def _under(key: str) -> _Read:
    return lambda facts: facts.details.get(key, "")


def _whole(facts: Facts) -> str:
    return ", ".join(f"{key}: {value}" for key, value in facts.details.items())


def _number(facts: Facts) -> str:
    if facts.signal.number is None:
        raise Unreadable(f"{NUMBER} is not known yet when an alert is created.")
    return str(facts.signal.number)


def _alert_id(facts: Facts) -> str:
    if not facts.signal.id:
        raise Unreadable("alertId is not known yet when an alert is created.")
    return facts.signal.id


def _responders(facts: Facts) -> str:
    return ", ".join(each.name for each in facts.signal.responders)


_FIELDS: dict[str, _Read] = {
    "message": lambda facts: facts.message,
    "alias": lambda facts: facts.alias,
    "description": lambda facts: facts.description,
    "entity": lambda facts: facts.entity,
    "source": lambda facts: facts.source,
    "priority": lambda facts: facts.priority,
    "tags": lambda facts: ", ".join(facts.tags),
    "actions": lambda facts: ", ".join(facts.actions),
    "responders": _responders,
    "recipients": _responders,
    "teams": lambda facts: ", ".join(each.name for each in facts.signal.teams),
    NUMBER: _number,
    "alertId": _alert_id,
}
_MAPS = ("details", "extraProperties")
