"""Which day: `today`, `fri`, `next monday`, `24 dec`, `2026-12-24`, `next week`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import Unreadable
from bot.slack.words.local import MONTHS

_WEEK = timedelta(days=7)
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
# A 29 February may be eight years away (1896 to 1904, 2096 to 2104).
_YEARS_AROUND = 8

_WEEKDAYS = {
    **dict.fromkeys(("mon", "monday", "mondays"), 0),
    **dict.fromkeys(("tue", "tues", "tuesday", "tuesdays"), 1),
    **dict.fromkeys(("wed", "weds", "wednesday", "wednesdays"), 2),
    **dict.fromkeys(("thu", "thur", "thurs", "thursday", "thursdays"), 3),
    **dict.fromkeys(("fri", "friday", "fridays"), 4),
    **dict.fromkeys(("sat", "saturday", "saturdays"), 5),
    **dict.fromkeys(("sun", "sunday", "sundays"), 6),
}
_MONTHS = {
    **dict.fromkeys(("jan", "january"), 1),
    **dict.fromkeys(("feb", "february"), 2),
    **dict.fromkeys(("mar", "march"), 3),
    **dict.fromkeys(("apr", "april"), 4),
    "may": 5,
    **dict.fromkeys(("jun", "june"), 6),
    **dict.fromkeys(("jul", "july"), 7),
    **dict.fromkeys(("aug", "august"), 8),
    **dict.fromkeys(("sep", "sept", "september"), 9),
    **dict.fromkeys(("oct", "october"), 10),
    **dict.fromkeys(("nov", "november"), 11),
    **dict.fromkeys(("dec", "december"), 12),
}
_RELATIVE: dict[tuple[str, ...], int] = {
    ("today",): 0,
    ("tonight",): 0,
    ("this",): 0,
    ("tomorrow",): 1,
    ("tmrw",): 1,
    ("yesterday",): -1,
    ("day", "after", "tomorrow"): 2,
    ("day", "before", "yesterday"): -2,
}
_NEXT, _LAST, _COMING = {"next"}, {"last", "past"}, {"this", "coming"}
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?$")
_AWAY = re.compile(r"(\d{1,4})(d|days?|w|wks?|weeks?)$")


@dataclass(frozen=True, slots=True)
class Day:
    """The days that the words may mean, in order, and the one meant when nothing else decides.

    Days that the words name for certain have one candidate. `weekday` is what the words claim the day to be, 0 Monday.
    `length` is how many days a range of these words alone lasts.
    """

    candidates: tuple[date, ...]
    usual: date
    weekday: int | None = None
    length: int = 1


def read_day(words: tuple[str, ...], *, today: date, base: date) -> tuple[Day, int] | None:
    """The day that the words begin with, and how many of them it took; None if they begin with none.

    `today` is the day of who speaks: `tomorrow` and `next week` count from it. Weekdays and dates without a year lie
    around `base`. `next friday` is the first Friday after today, never today.

    Raises:
        Unreadable: it is a date that no calendar has (30 February), or its weekday is not the one named.
        OverflowError: the calendar ends before that.
    """
    for reader in (_relative, _away, _week, _weekday_of_next_week, _named_weekday):
        found = reader(words, today)
        if found is not None:
            return found
    return _weekday_and_date(words, base) or _date(words, base)


def _fixed(day: date, length: int = 1) -> Day:
    return Day((day,), day, length=length)


def _relative(words: tuple[str, ...], today: date) -> tuple[Day, int] | None:
    for spelling, distance in _RELATIVE.items():
        if words[: len(spelling)] != spelling:
            continue
        if spelling == ("this",) and words[1:] not in {("morning",), ("afternoon",), ("evening",)}:
            continue
        return _fixed(today + timedelta(days=distance)), len(spelling)
    return None


def _away(words: tuple[str, ...], today: date) -> tuple[Day, int] | None:
    """`in 3 days`, `3 days ago`, `in 2w`."""
    leading = words[:1] == ("in",)
    tail = words[1:] if leading else words
    for count, form in ((1, "".join(tail[:1])), (2, "".join(tail[:2]))):
        match = _AWAY.match(form)
        if match is None:
            continue
        distance = int(match[1]) * (_WEEK if match[2].startswith("w") else timedelta(days=1))
        if leading:
            return _fixed(today + distance), 1 + count
        if tail[count : count + 1] == ("ago",):
            return _fixed(today - distance), count + 1
    return None


def _week(words: tuple[str, ...], today: date) -> tuple[Day, int] | None:
    """`next week`: its Monday; with a weekday after it, that day."""
    if words[:2] != ("next", "week"):
        return None
    monday = _monday(today) + _WEEK
    if len(words) > 2 and words[2] in _WEEKDAYS:
        return _fixed(monday + timedelta(days=_WEEKDAYS[words[2]])), 3
    return _fixed(monday, length=7), 2


def _weekday_of_next_week(words: tuple[str, ...], today: date) -> tuple[Day, int] | None:
    """`friday next week`."""
    if len(words) < 3 or words[0] not in _WEEKDAYS or words[1:3] != ("next", "week"):
        return None
    return _fixed(_monday(today) + _WEEK + timedelta(days=_WEEKDAYS[words[0]])), 3


def _named_weekday(words: tuple[str, ...], today: date) -> tuple[Day, int] | None:
    """`next friday`, `last monday`."""
    if len(words) < 2 or words[0] not in _NEXT | _LAST or words[1] not in _WEEKDAYS:
        return None
    ahead = (_WEEKDAYS[words[1]] - today.weekday()) % 7
    if words[0] in _NEXT:
        return _fixed(today + timedelta(days=ahead or 7)), 2
    return _fixed(today - timedelta(days=7 - ahead)), 2


def _weekday_and_date(words: tuple[str, ...], base: date) -> tuple[Day, int] | None:
    """`fri`, `this friday`, `thu 24 dec`."""
    skipped = 1 if words[:1] and words[0] in _COMING else 0
    if len(words) <= skipped or words[skipped] not in _WEEKDAYS:
        return None
    weekday = _WEEKDAYS[words[skipped]]
    dated = _date(words[skipped + 1 :], base)
    if dated is not None:
        day, taken = dated
        return Day(day.candidates, day.usual, weekday, day.length), skipped + 1 + taken
    coming = base + timedelta(days=(weekday - base.weekday()) % 7)
    return Day((coming - _WEEK, coming, coming + _WEEK), coming), skipped + 1


def _date(words: tuple[str, ...], base: date) -> tuple[Day, int] | None:
    """`2026-12-24`, `24.12.2026`, `24 dec`, `dec 24 2026`."""
    if not words:
        return None
    iso, day_first = _ISO.match(words[0]), _DAY_FIRST.match(words[0])
    if iso is not None:
        return _fixed(_calendar_day(int(iso[1]), int(iso[2]), int(iso[3]))), 1
    if day_first is not None:
        return _fixed(_calendar_day(int(day_first[3]), int(day_first[2]), int(day_first[1]))), 1
    named = _day_and_month(words)
    if named is None:
        return None
    if len(words) > 2 and re.match(r"\d{4}$", words[2]):
        return _fixed(_calendar_day(int(words[2]), *named)), 3
    return _any_year(*named, base), 2


def _day_and_month(words: tuple[str, ...]) -> tuple[int, int] | None:
    """Month and day of `24 dec` or `dec 24th`."""
    if len(words) < 2:
        return None
    for month, number in ((words[0], words[1]), (words[1], words[0])):
        day = _DAY_OF_MONTH.match(number)
        if month in _MONTHS and day is not None:
            return _MONTHS[month], int(day[1])
    return None


def _any_year(month: int, day: int, base: date) -> Day:
    years = range(max(_FIRST_YEAR, base.year - _YEARS_AROUND), min(_LAST_YEAR, base.year + _YEARS_AROUND) + 1)
    candidates = tuple(found for year in years if (found := _day_or_none(year, month, day)) is not None)
    if not candidates:
        raise _no_such_day(month, day)
    return Day(candidates, min(candidates, key=lambda found: abs(found - base)))


def _calendar_day(year: int, month: int, day: int) -> date:
    found = _day_or_none(year, month, day)
    if found is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _no_such_day(month, day, year)
    return found


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _no_such_day(month: int, day: int, year: int | None = None) -> Unreadable:
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return Unreadable(f"I know the years {_FIRST_YEAR} to {_LAST_YEAR}, not {year}. Type a day like 2026-12-24.")
    if 1 <= month <= 12:
        name = MONTHS[month - 1]
        return Unreadable(f"{name}{'' if year is None else f' {year}'} has no day {day}. Type a day like 2026-12-24.")
    return Unreadable(f"There is no month {month}. Type a day as year-month-day, like 2026-12-24.")
