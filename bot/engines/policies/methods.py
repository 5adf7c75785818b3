"""What templates can make of a text: `toLowerCase()`, `substringAfter("x")`, `extract(/re/)`, `toDate()` ..."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.engines.expressions import Expression, Patience, expression_of
from bot.engines.policies.date_patterns import compile_date_pattern
from bot.engines.wallclock import zone_named
from bot.errors import Unreadable

Method = Callable[[str, Patience], str]
"""Makes one text of another.

Raises:
    Unreadable: it cannot be done with that text; the sentence says why.
"""

NOTHING = "null"
"""What Java writes where there is nothing."""

_DEFAULT_DATE_PATTERN = "yyyy-MM-dd HH:mm:ss ZZZ"
_DEFAULT_ZONE = "GMT"
_MILLISECONDS_FROM = 10**11
"""A number of this size or more counts milliseconds: as seconds it would be the year 5138."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An argument that is a regular expression, written between slashes."""

    text: str


Argument = str | int | Pattern


def method_named(name: str) -> Callable[[Sequence[Argument]], Method]:
    """What makes a method of its arguments, raising Unreadable where it does not take these.

    Where nothing fits methods answer as Apache Commons does.

    Raises:
        Unreadable: there is no such method.
    """
    if name not in _METHODS:
        raise Unreadable(f"I know no method “{name}”: use {', '.join(_METHODS)}.")
    forms, make = _METHODS[name]

    def compile_method(arguments: Sequence[Argument]) -> Method:
        if tuple(type(each) for each in arguments) not in forms:
            raise Unreadable(f"{name} is written {_EXAMPLES[name]}.")
        return make(*arguments)

    return compile_method


def _to_lower_case() -> Method:
    return lambda text, _: text.lower()


def _to_upper_case() -> Method:
    return lambda text, _: text.upper()


def _substring(start: int, end: int | None = None) -> Method:
    if start < 0 or (end is not None and end < start):
        raise Unreadable("substring counts from 0, and ends after it has begun.")

    def cut(text: str, _: Patience) -> str:
        stop = len(text) if end is None else end
        if start > len(text) or stop > len(text):
            raise Unreadable(f"substring({start}{'' if end is None else f', {end}'}) of {len(text)} characters.")
        return text[start:stop]

    return cut


def _substring_after(separator: str) -> Method:
    return lambda text, _: text.partition(separator)[2] if separator else text


def _substring_before(separator: str) -> Method:
    return lambda text, _: text.partition(separator)[0] if separator else ""


def _substring_between(opening: str, closing: str) -> Method:
    def cut(text: str, _: Patience) -> str:
        start = text.find(opening)
        end = text.find(closing, start + len(opening)) if start >= 0 else -1
        return text[start + len(opening) : end] if end >= 0 else NOTHING

    return cut


def _extract(pattern: Pattern) -> Method:
    expression: Expression = expression_of(pattern.text)
    if not expression.groups:
        raise Unreadable(f"extract gives the first group in brackets, and /{pattern.text}/ has none.")

    def find(text: str, patience: Patience) -> str:
        group = expression.first_group(text, patience)
        return NOTHING if group is None else group

    return find


def _to_date(pattern: str = _DEFAULT_DATE_PATTERN, zone_name: str = _DEFAULT_ZONE) -> Method:
    zone, write = zone_named(zone_name), compile_date_pattern(pattern)

    def written(text: str, _: Patience) -> str:
        try:
            return write(_instant(text.strip()).astimezone(zone))
        except (ValueError, OverflowError, OSError) as error:
            raise Unreadable(f"toDate: “{text[:40]}” is no timestamp.") from error

    return written


def _instant(text: str) -> datetime:
    """A number of seconds or milliseconds since 1970, or a date as ISO 8601 writes it: without an offset in GMT."""
    if text.lstrip("-").isdecimal():
        number = int(text)
        return datetime.fromtimestamp(number / 1000 if abs(number) >= _MILLISECONDS_FROM else number, UTC)
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=UTC)


_METHODS: dict[str, tuple[tuple[tuple[type, ...], ...], Callable[..., Method]]] = {
    "toLowerCase": (((),), _to_lower_case),
    "toUpperCase": (((),), _to_upper_case),
    "substring": (((int,), (int, int)), _substring),
    "substringAfter": (((str,),), _substring_after),
    "substringBefore": (((str,),), _substring_before),
    "substringBetween": (((str, str),), _substring_between),
    "extract": (((Pattern,),), _extract),
    "toDate": (((), (str,), (str, str)), _to_date),
}
_EXAMPLES = {
    "toLowerCase": "toLowerCase()",
    "toUpperCase": "toUpperCase()",
    "substring": "substring(2) or substring(2, 5)",
    "substringAfter": 'substringAfter("x")',
    "substringBefore": 'substringBefore("x")',
    "substringBetween": 'substringBetween("a", "b")',
    "extract": "extract(/node (.*)/)",
    "toDate": 'toDate(), toDate("yyyy-MM-dd") or toDate("yyyy-MM-dd", "Europe/Berlin")',
}
