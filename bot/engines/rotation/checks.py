"""What a rotation's rule must be before it is stored: rounded to half hours, refused with all that is wrong at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines.rotation.restrictions import DAY_NUMBER, MINUTES_OF_DAY, Restriction, TimeWindow
from bot.engines.rotation.schedules import Participant, RotationRule
from bot.engines.wallclock import to_local
from bot.errors import BadFields
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, TurnCounting, Weekday

LONGEST_LENGTH = 9_999
MOST_WINDOWS = 15
"""How many windows a week may have, as in Opsgenie's API."""

MOST_ROTATIONS = 50
"""How many rotations a schedule may have at a time: who is on call asks each, and some answers draw a year of each."""
MOST_PARTICIPANTS = 500
"""How many places a roster may have, so that it can be read, shown and logged whole."""

_MINUTE = timedelta(minutes=1)
_HALF_HOUR = timedelta(minutes=30)
_DAYS = tuple(Weekday)


def rounded_instant(instant: datetime, zone: ZoneInfo) -> datetime:
    """The instant moved so that the zone's clock reads the nearest 0 or 30 minutes; a quarter goes up."""
    local = to_local(instant, zone)
    past_hour = local - local.replace(minute=0, second=0, microsecond=0)
    return instant + (past_hour + _HALF_HOUR / 2) // _HALF_HOUR * _HALF_HOUR - past_hour


def rounded_window(window: TimeWindow) -> TimeWindow:
    """The window with both ends at the nearest 0 or 30 minutes, a quarter up; past midnight the day after is meant."""
    start_day, start = _rounded_end(window.start_day, window.start_of_day)
    end_day, end = _rounded_end(window.end_day, window.end_of_day)
    return replace(
        window,
        start_day=start_day,
        start_hour=start // 60,
        start_minute=start % 60,
        end_day=end_day,
        end_hour=end // 60,
        end_minute=end % 60,
    )


def checked_rule(
    *,
    start: datetime,
    end: datetime | None,
    type: RotationType,  # noqa: A002 - the field's name, here and on the wire
    length: int,
    participants: Sequence[Participant],
    restriction: Restriction | None,
    turns: TurnCounting,
    zone: ZoneInfo,
) -> RotationRule:
    """A rule fit to be stored: start, end and windows rounded to half hours.

    Raises:
        BadFields: with a sentence for each of `end`, `length`, `participants`, `restriction`, `turns` that is wrong.
    """
    start = rounded_instant(start, zone)
    end = None if end is None else rounded_instant(end, zone)
    wrong = {
        "end": "The end must come after the start." if end is not None and end <= start else None,
        "length": _wrong_length(length),
        "participants": _wrong_roster(participants),
        "restriction": None if restriction is None else _wrong_restriction(restriction),
    }
    bad = {name: sentence for name, sentence in wrong.items() if sentence}
    if bad:
        raise BadFields(bad)
    rounded = None if restriction is None else _rounded(restriction)
    rule = RotationRule(start, end, type, length, tuple(participants), rounded, turns)
    if rule.is_elapsed and turns is TurnCounting.ACTIVE:
        raise BadFields({"turns": "Turns that count only inside the windows need a length that fits into days."})
    return rule


def _rounded_end(day: Weekday | None, minute_of_day: int) -> tuple[Weekday | None, int]:
    rounded = (minute_of_day + 15) // 30 * 30
    if minute_of_day < MINUTES_OF_DAY <= rounded:
        following = None if day is None else _DAYS[(DAY_NUMBER[day] + 1) % 7]
        return following, rounded - MINUTES_OF_DAY
    return day, rounded


def _rounded(restriction: Restriction) -> Restriction:
    return Restriction(restriction.kind, tuple(rounded_window(window) for window in restriction.windows))


def _wrong_length(length: int) -> str | None:
    if 1 <= length <= LONGEST_LENGTH:
        return None
    return f"The length must be a whole number from 1 to {LONGEST_LENGTH}."


def _wrong_roster(participants: Sequence[Participant]) -> str | None:
    if not participants:
        return "The roster is empty: name at least one participant, or “none” for a planned gap."
    if len(participants) > MOST_PARTICIPANTS:
        return f"A roster has at most {MOST_PARTICIPANTS} participants."
    if any((who.id is None) != (who.kind is ParticipantKind.NONE) for who in participants):
        return "Every participant needs an id, and only “none” has none."
    return None


def _wrong_restriction(restriction: Restriction) -> str | None:
    windows = restriction.windows
    is_weekly = restriction.kind is RestrictionKind.WEEKDAY_AND_TIME_OF_DAY
    if not windows:
        return "A restriction needs at least one window."
    if len(windows) > (MOST_WINDOWS if is_weekly else 1):
        return (
            f"A week has at most {MOST_WINDOWS} windows." if is_weekly else "The same window every day is one window."
        )
    return next((sentence for window in windows if (sentence := _wrong_window(window, is_weekly=is_weekly))), None)


def _wrong_window(window: TimeWindow, *, is_weekly: bool) -> str | None:
    if is_weekly and (window.start_day is None or window.end_day is None):
        return "Every window of a week needs the day of its start and of its end."
    if not all(_is_time(*time) for time in _times_of(window)):
        return "A window's times go from 00:00 to 24:00."
    if _is_full_circle(rounded_window(window)) and 0 < _minutes_of(window) <= _HALF_HOUR // _MINUTE:
        return "A window is at least half an hour long; the same start and end would mean all the time."
    return None


def _times_of(window: TimeWindow) -> tuple[tuple[int, int], tuple[int, int]]:
    return (window.start_hour, window.start_minute), (window.end_hour, window.end_minute)


def _is_time(hour: int, minute: int) -> bool:
    return 0 <= minute < 60 and (0 <= hour < 24 or (hour, minute) == (24, 0))


def _is_full_circle(window: TimeWindow) -> bool:
    """Whether the window ends where it starts: the whole day or the whole week."""
    return _minutes_of(window) == 0


def _minutes_of(window: TimeWindow) -> int:
    """From the window's start to where its end comes first; none for a full circle."""
    days = 7 if window.start_day is not None else 1
    start = DAY_NUMBER.get(window.start_day or Weekday.MONDAY, 0) * MINUTES_OF_DAY + window.start_of_day
    end = DAY_NUMBER.get(window.end_day or Weekday.MONDAY, 0) * MINUTES_OF_DAY + window.end_of_day
    return (end - start) % (days * MINUTES_OF_DAY)
