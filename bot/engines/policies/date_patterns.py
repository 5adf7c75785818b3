"""Dates written by a pattern as Java's SimpleDateFormat has it: `yyyy-MM-dd HH:mm:ss ZZZ`, in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.errors import Unreadable

Writer = Callable[[datetime, int], str]
"""Writes one part of a zoned date, for a letter that stands so many times."""

_PIECE = re.compile(r"'(?P<quoted>(?:[^']|'')*)'|(?P<letters>([A-Za-z])\3*)|(?P<other>[^A-Za-z']+)")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def compile_date_pattern(pattern: str) -> Callable[[datetime], str]:
    """What writes a date by a pattern, in the zone the date has.

    Letters: y and u (year), M and L (month; three: short, four: whole name), d, D (day of the year), E (weekday), a (AM
    or PM), H, k, K, h (hour from 0, 1, 0 of twelve, 1 of twelve), m, s, S (fraction), z (the zone's short name), Z
    (+0200), X (Z or +02, +0200, +02:00). In single quotes all is itself; two of them are one.

    Raises:
        Unreadable: a letter that is none of these, or a quote that is not closed.
    """
    pieces: list[str | tuple[Writer, int]] = []
    place = 0
    while place < len(pattern):
        found = _PIECE.match(pattern, place)
        if found is None:
            raise Unreadable(f"The quote in the date pattern “{pattern}” is not closed.")
        place = found.end()
        pieces.append(_piece(found, pattern))
    return lambda date: "".join(each if isinstance(each, str) else each[0](date, each[1]) for each in pieces)


def _piece(found: re.Match[str], pattern: str) -> str | tuple[Writer, int]:
    if found["quoted"] is not None:
        return found["quoted"].replace("''", "'") or "'"
    if found["other"] is not None:
        return found["other"]
    letters = found["letters"]
    writer = _WRITERS.get(letters[0])
    if writer is None:
        raise Unreadable(f"The date pattern “{pattern}” has the letter {letters[0]}: use {' '.join(_WRITERS)}.")
    return writer, len(letters)


def _number(read: Callable[[datetime], int]) -> Writer:
    return lambda date, width: f"{read(date):0{min(width, 9)}d}"


def _year(date: datetime, width: int) -> str:
    return f"{date.year % 100:02d}" if width == 2 else f"{date.year:0{min(width, 9)}d}"


def _month(date: datetime, width: int) -> str:
    name = _MONTHS[date.month - 1]
    return f"{date.month:0{width}d}" if width < 3 else name[:3] if width == 3 else name


def _weekday(date: datetime, width: int) -> str:
    name = _WEEKDAYS[date.weekday()]
    return name if width > 3 else name[:3]


def _fraction(date: datetime, width: int) -> str:
    return f"{date.microsecond:06d}".ljust(min(width, 9), "0")[: min(width, 9)]


def _offset(date: datetime) -> str:
    return date.strftime("%z")[:5]


def _iso_offset(date: datetime, width: int) -> str:
    offset = _offset(date)
    if offset == "+0000":
        return "Z"
    return offset[:3] if width == 1 else offset if width == 2 else f"{offset[:3]}:{offset[3:]}"


_WRITERS: dict[str, Writer] = {
    "y": _year,
    "u": _year,
    "M": _month,
    "L": _month,
    "d": _number(lambda date: date.day),
    "D": _number(lambda date: date.timetuple().tm_yday),
    "E": _weekday,
    "a": lambda date, _: "AM" if date.hour < 12 else "PM",
    "H": _number(lambda date: date.hour),
    "k": _number(lambda date: date.hour or 24),
    "K": _number(lambda date: date.hour % 12),
    "h": _number(lambda date: date.hour % 12 or 12),
    "m": _number(lambda date: date.minute),
    "s": _number(lambda date: date.second),
    "S": _fraction,
    "z": lambda date, _: date.tzname() or "",
    "Z": lambda date, _: _offset(date),
    "X": _iso_offset,
}
