"""Until when the people of an alert are left alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.engines.policies.amounts import timedelta_of, wrong_duration
from bot.engines.policies.faults import wrong_choice, wrong_whole_number
from bot.engines.rotation.restrictions import DAY_NUMBER
from bot.engines.wallclock import resolve, to_local
from bot.vocabulary import DelayOption, Weekday

_DAY = timedelta(days=1)
_LONGEST_SEARCH = 15
"""Days: a day of the week comes within seven; the day after that counts where a clock jumped over the first."""
_EVERY_DAY = frozenset(range(7))
_DAYS = {
    DelayOption.NEXT_TIME: _EVERY_DAY,
    DelayOption.NEXT_WEEKDAY: frozenset(range(5)),
    **{DelayOption(f"next-{day}"): frozenset({DAY_NUMBER[day]}) for day in Weekday},
}


def compile_delay(delay: Mapping[str, Any], zone: ZoneInfo) -> Callable[[datetime], datetime]:
    """What says until when a delay lasts that begins at an instant; `wrong_delay` finds no fault in it.

    The hours are those of the zone's clock: the first time after the instant at which it comes to them, on a day that
    the option allows, today as well. A time that the clock skips is the first instant after the gap, one that it shows
    twice the first of the two.
    """
    option = DelayOption(delay["delayOption"])
    if option is DelayOption.FOR_DURATION:
        lasts = timedelta_of(delay["duration"])
        return lambda now: now + lasts
    time_of_day = timedelta(hours=delay["untilHour"], minutes=delay["untilMinute"])
    days = _DAYS[option]
    return lambda now: _next(now, time_of_day, days, zone)


def wrong_delay(delay: object, *, path: str) -> Mapping[str, str]:
    """What is wrong with a delay of any shape, path to sentence. What its option has no use for may be left out."""
    if not isinstance(delay, Mapping):
        return {path: "A delay is an object with a delayOption."}
    option = delay.get("delayOption")
    wrong = wrong_choice(option, DelayOption, called="delayOption")
    if wrong:
        return {f"{path}.delayOption": wrong}
    is_duration, duration = option == DelayOption.FOR_DURATION, delay.get("duration")
    need = "" if is_duration else f"{option} needs it: "
    faults = {
        f"{path}.{name}": wrong_whole_number(delay.get(name), called=f"{need}{name}", least=0, most=most)
        for name, most in (("untilHour", 23), ("untilMinute", 59))
        if not is_duration or delay.get(name) is not None
    }
    return {
        **{name: sentence for name, sentence in faults.items() if sentence},
        **(wrong_duration(duration, path=f"{path}.duration") if is_duration or duration is not None else {}),
    }


def _next(now: datetime, time_of_day: timedelta, days: frozenset[int], zone: ZoneInfo) -> datetime:
    midnight = to_local(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for ahead in range(_LONGEST_SEARCH):
        day = midnight + ahead * _DAY
        if day.weekday() in days:
            instant = resolve(day + time_of_day, zone)
            if instant > now:
                return instant
    return now
