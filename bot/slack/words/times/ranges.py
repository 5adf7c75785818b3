"""From when until when: `thu 18:00-22:00`, `fri 9am to mon 9am`, `tomorrow 18:00 for 2h`, `2h`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engines import wallclock
from bot.errors import Unreadable
from bot.slack.words.local import dated, duration_words
from bot.slack.words.normalise import for_parsing
from bot.slack.words.times.days import read_day
from bot.slack.words.times.durations import Duration, moved, read_duration
from bot.slack.words.times.moments import read_moment
from bot.slack.words.times.readings import YEARS, check_weekday, out_of_bounds, reading_of
from bot.slack.words.times.refusals import RANGE_EXAMPLES, unreadable
from bot.slack.words.times.tokens import spelt, words_of
from bot.slack.words.times.values import Direction, Range, Reading, Shape, Standpoint
from bot.slack.words.times.zones import split_zone

# What began earlier today and still runs comes before tomorrow's.
_DIRECTIONS: tuple[Direction, ...] = ("any", "future")
_BETWEEN = re.compile(r" (?:to|until|till|til) | ?(?:->|→|\.\.+|…) ?")
_UNTIL = re.compile(r"(?:until|till|til|to) ")
_LONE_END = re.compile(r"\d{1,2}$")
_HALF_DAY_END = re.compile(r"(\d{1,2})(?::(\d{2}))?([ap]m)$")
_LONE_START = re.compile(r"(?:.* )?(\d{1,2})$")
_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?(?: ?[ap]m)?|noon|midday|midnight)"
_CLOCKS_THEN_DAY = re.compile(rf"({_CLOCK}(?: ?(?:-|->|→) ?| (?:to|until|till|til) ){_CLOCK}),? (?:on )?(.+)$")


def read_range(text: str, now: datetime, zone: ZoneInfo) -> Range:
    """The window that the text means, read in `zone` unless it ends with another, as seen at `now`.

    The second part is read relative to the first; a day behind two bare times is that of both. An end before its
    start moves by one day if it is a bare clock time, and is refused otherwise. What began earlier today and still
    runs is meant rather than tomorrow's, so a start may lie in the past. A duration alone, and `until mon 9am`,
    start now; a day alone (`thu`) is the whole day, `today` the rest of it. Days without hours in a pair
    (`fri-mon`) are 09:00; `understood` says so.

    Raises:
        Unreadable: nothing, no two moments between 1970 and 2100, no end, or an end that is not after its start.
    """
    spelling = spelt(text)
    phrase, named_zone = split_zone(spelling, zone)
    window = _Window(Standpoint(now, named_zone, now), zone_is_named=phrase != spelling)
    try:
        found = _range(_day_first(phrase, window.stand), window)
    except (OverflowError, ValueError):
        raise out_of_bounds() from None
    if found is None:
        raise unreadable(for_parsing(text), RANGE_EXAMPLES)
    return found


def read_end(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment up to which the text means: `fri 18:00` is that moment, `fri` and `next week` last until their end.

    Raises:
        Unreadable: as `read_moment`.
    """
    phrase, named_zone = split_zone(spelt(text), zone)
    try:
        whole = _whole_day(phrase, Standpoint(now, named_zone, now))
    except (OverflowError, ValueError):
        raise out_of_bounds() from None
    return whole.end if whole else read_moment(text, now, zone).at


@dataclass(frozen=True, slots=True)
class _Window:
    """Where a range is read from. A zone named at its end or after its start holds for both parts."""

    stand: Standpoint
    zone_is_named: bool

    def at_start(self, start: Reading) -> Standpoint:
        """Where the second part is read from."""
        return Standpoint(self.stand.now, self.stand.zone if self.zone_is_named else start.zone, start.at)


def _range(phrase: str, window: _Window) -> Range | None:
    found = _from_now(phrase, window) or _for_how_long(phrase, window) or _from_to(phrase.removeprefix("from "), window)
    if found is not None:
        return found
    whole = _whole_day(phrase, window.stand)
    if whole is None and (start := reading_of(phrase.removeprefix("from "), window.stand, "future")) is not None:
        shown = dated(start.at, start.zone, window.stand.now)
        raise Unreadable(f"Until when? I read only a start, {shown}. {RANGE_EXAMPLES}")
    return whole


def _day_first(phrase: str, stand: Standpoint) -> str:
    """`18:00-22:00 fri` as `fri 18:00-22:00`: a day behind two bare times is that of both."""
    found = _CLOCKS_THEN_DAY.match(phrase.removeprefix("from "))
    return f"{found[2]} {found[1]}" if found and _is_day(found[2], stand) else phrase


def _is_day(phrase: str, stand: Standpoint) -> bool:
    words, today = words_of(phrase), wallclock.to_local(stand.now, stand.zone).date()
    found = read_day(words, today=today, base=today)
    return found is not None and found[1] == len(words)


def _from_now(phrase: str, window: _Window) -> Range | None:
    """`2h`, `for 2h`, `until fri 18:00`."""
    stand = window.stand
    now = Reading(stand.now.replace(microsecond=0), stand.zone, Shape.INSTANT)
    duration = read_duration(phrase.removeprefix("for "))
    if duration is not None:
        return _lasting(now, duration, stand)
    until = _UNTIL.match(phrase)
    end = reading_of(phrase[until.end() :], window.at_start(now), "future", ends=True) if until is not None else None
    return None if end is None else _bounded(now, end, stand)


def _for_how_long(phrase: str, window: _Window) -> Range | None:
    """`tomorrow 18:00 for 2h`."""
    start_text, _, duration_text = phrase.rpartition(" for ")
    duration = read_duration(duration_text)
    if not start_text or duration is None:
        return None
    for direction in _DIRECTIONS:
        start = reading_of(start_text, window.stand, direction)
        if start is None:
            return None
        found = _lasting(start, duration, window.stand)
        if found.end > window.stand.now:
            break
    return found


def _from_to(phrase: str, window: _Window) -> Range | None:
    """`A to B`, `A until B`, `A - B`, `18:00-22:00`: the first cut of which both sides are times."""
    for start_text, end_text in _cuts(phrase, window.stand):
        for lent in _with_half_day(start_text, end_text):
            found = _pair(lent, end_text, window)
            if found is not None:
                return found
    return None


def _cuts(phrase: str, stand: Standpoint) -> Iterator[tuple[str, str]]:
    """Where the phrase may fall into start and end; a hyphen within one moment (an ISO date) is no cut."""
    cuts = list(_BETWEEN.finditer(phrase))
    if not cuts and reading_of(phrase, stand, "future") is not None:
        return
    for cut in (*cuts, *re.finditer(" - ", phrase), *re.finditer("-", phrase)):
        yield phrase[: cut.start()].strip(), phrase[cut.end() :].strip()


def _pair(start_text: str, end_text: str, window: _Window) -> Range | None:
    for direction in _DIRECTIONS:
        both = _start_and_end(start_text, end_text, window, direction)
        if both is None:
            return None
        start, end = both
        if end.at > window.stand.now:
            break
    return _bounded(start, end, window.stand)


def _start_and_end(
    start_text: str, end_text: str, window: _Window, direction: Direction
) -> tuple[Reading, Reading] | None:
    start = reading_of(start_text, window.stand, direction)
    if start is None:
        return None
    lone_hour = start.shape in {Shape.CLOCK, Shape.DAY_AND_CLOCK} and _LONE_END.match(end_text)
    end = reading_of(f"at {end_text}" if lone_hour else end_text, window.at_start(start), "future", ends=True)
    return None if end is None else (start, end)


def _with_half_day(start_text: str, end_text: str) -> Iterator[str]:
    """The start as typed; before that, a lone hour with the `am` or `pm` of its end, if it then still comes first."""
    end, start = _HALF_DAY_END.match(end_text), _LONE_START.match(start_text)
    if end is not None and start is not None and 1 <= int(start[1]) <= 12:
        begins = int(start[1]) % 12 * 60
        if begins < int(end[1]) % 12 * 60 + int(end[2] or 0):
            yield start_text + end[3]
    yield start_text


def _whole_day(phrase: str, stand: Standpoint) -> Range | None:
    """`thu`: from midnight to midnight; `next week`: seven of them; `today`: what is left of it."""
    words = words_of(phrase)
    today = wallclock.to_local(stand.now, stand.zone).date()
    found = read_day(words, today=today, base=today)
    if found is None or found[1] != len(words) or words in {("tonight",), ("this",)}:
        return None
    day = found[0]
    first = next((candidate for candidate in day.candidates if candidate >= today), day.usual)
    check_weekday(first, day.weekday)
    midnight = datetime.combine(first, time())
    start = stand.now.replace(microsecond=0) if words == ("today",) else wallclock.resolve(midnight, stand.zone)
    end = wallclock.resolve(midnight + timedelta(days=day.length), stand.zone)
    remark = () if words == ("today",) else ("no hours given, so from midnight to midnight",)
    return _bounded(Reading(start, stand.zone, Shape.DAY, remark), Reading(end, stand.zone, Shape.DAY), stand)


def _lasting(start: Reading, duration: Duration, stand: Standpoint) -> Range:
    end = moved(start.at, duration, start.zone)
    return _bounded(start, Reading(end, start.zone, Shape.INSTANT), stand)


def _bounded(start: Reading, end: Reading, stand: Standpoint) -> Range:
    """The range, if it has a length and lies in the years we know."""
    if start.at.year not in YEARS or end.at.year not in YEARS:
        raise out_of_bounds()
    if end.at <= start.at:
        first, last = (dated(one.at, one.zone, stand.now) for one in (start, end))
        early = f"before it starts ({first})" if end.at < start.at else "as it starts"
        raise Unreadable(f"That would end ({last}) {early}. Which day does it end?")
    return Range(start.at, end.at, _understood(start, end, stand))


def _understood(start: Reading, end: Reading, stand: Standpoint) -> str:
    remarks = "".join(f"; {assumed}" for assumed in dict.fromkeys((*start.assumed, *end.assumed)))
    first, last = dated(start.at, start.zone, stand.now), dated(end.at, end.zone, stand.now)
    if start.zone.key != end.zone.key:
        first = f"{first} {start.zone}"
    elif wallclock.to_local(start.at, start.zone).date() == wallclock.to_local(end.at, end.zone).date():
        last = last.rpartition(" ")[2]
    return f"{first} to {last}, {duration_words(end.at - start.at)} ({end.zone}{remarks})"
