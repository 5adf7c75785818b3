"""A day without a clock time, for due dates and snoozes: `fri`, `in 3 days`, `next week`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines import wallclock
from bot.errors import Unreadable
from bot.slack.words.normalise import for_parsing
from bot.slack.words.times.days import Day, read_day
from bot.slack.words.times.durations import read_duration
from bot.slack.words.times.loose import read_distance
from bot.slack.words.times.readings import YEARS, check_weekday, out_of_bounds, reading_of
from bot.slack.words.times.refusals import DATE_EXAMPLES, unreadable
from bot.slack.words.times.tokens import spelt, words_of
from bot.slack.words.times.values import Standpoint

_LEADING = ("until ", "till ", "til ", "by ")


def read_date(text: str, now: datetime, zone: ZoneInfo) -> date:
    """The day that the text means on the calendar of `zone`, as seen at `now`; `until` or `by` before it is allowed.

    A weekday and a date without a year lie after today; `next week` is its Monday; `3 days` is three days from today.
    A full date may lie in the past: check what must lie ahead.

    Raises:
        Unreadable: nothing, no day between 1970 and 2100, or a day with a clock time, which could not be kept.
    """
    phrase = spelt(text)
    for word in _LEADING:
        phrase = phrase.removeprefix(word)
    today = wallclock.to_local(now, zone).date()
    try:
        day = _named(phrase, today) or _counted(phrase, today) or _distant(phrase, today)
    except (OverflowError, ValueError):
        raise out_of_bounds() from None
    if day is None:
        raise _with_clock(phrase, now, zone) or unreadable(for_parsing(text), DATE_EXAMPLES)
    if day.year not in YEARS:
        raise out_of_bounds()
    return day


def _named(phrase: str, today: date) -> date | None:
    words = words_of(phrase)
    found = read_day(words, today=today, base=today)
    if found is None or found[1] != len(words):
        return None
    day = _after(found[0], today)
    check_weekday(day, found[0].weekday)
    return day


def _after(day: Day, today: date) -> date:
    """Of several candidates the first after today."""
    if len(day.candidates) == 1:
        return day.usual
    return next((candidate for candidate in day.candidates if candidate > today), day.usual)


def _counted(phrase: str, today: date) -> date | None:
    """`3 days`, `in 2w`."""
    duration = read_duration(phrase.removeprefix("in ").removesuffix(" from now"))
    return today + timedelta(days=duration.days) if duration is not None and not duration.exact else None


def _distant(phrase: str, today: date) -> date | None:
    """Months and years away; `2 months ago` too."""
    found = read_distance(phrase, datetime.combine(today, datetime.min.time()), back=False)
    return found[0].date() if found is not None and not found[1] else None


def _with_clock(phrase: str, now: datetime, zone: ZoneInfo) -> Unreadable | None:
    """The refusal of a phrase that is a fine moment, but more than a day."""
    if reading_of(phrase, Standpoint(now, zone, now), "future") is None:
        return None
    return Unreadable(f"Only a day can be given here, without a clock time or zone. {DATE_EXAMPLES}")
