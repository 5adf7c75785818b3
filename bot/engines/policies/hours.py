"""The times at which a policy, or a team's routing rule, holds: a restriction in the form of the API, minutes exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.engines.policies.faults import wrong_choice, wrong_whole_number
from bot.engines.rotation.checks import MOST_WINDOWS
from bot.engines.rotation.restrictions import Restriction, TimeWindow
from bot.engines.rotation.windows import Windows
from bot.engines.wallclock import zone_named
from bot.errors import Unreadable
from bot.vocabulary import RestrictionKind, Weekday

ROOT = "timeRestrictions"
_CLOCK = {"startHour": 24, "startMin": 59, "endHour": 24, "endMin": 59}
_DAYS = ("startDay", "endDay")


def within(restriction: Mapping[str, Any] | None, zone: str, now: datetime) -> bool:
    """Whether a restriction lets something hold at an instant, on the clock of the zone of that IANA name.

    None, or an empty one, always does; one that cannot be read, or is of no zone, never does. Windows are those of a
    rotation: over midnight, over Sunday, through changes of the clock (bot/engines/rotation/windows.py).
    """
    try:
        return compile_hours(restriction, zone)(now)
    except Unreadable:
        return False


def compile_hours(restriction: Mapping[str, Any] | None, zone: str) -> Callable[[datetime], bool]:
    """What judges instants by a restriction.

    Raises:
        Unreadable: the restriction cannot be read, or there is no such zone.
    """
    if restriction is None or restriction == {}:
        return lambda _: True
    for path, sentence in wrong_restriction(restriction).items():
        raise Unreadable(f"{path}: {sentence}")
    kind = RestrictionKind(restriction["type"])
    hours = Restriction(kind, tuple(_window(each) for each in _listed(kind, restriction)))
    windows = Windows(hours, zone_named(zone))
    if hours.is_whole_week:
        return lambda _: True
    return lambda now: windows.at(now) is not None


def wrong_restriction(restriction: object) -> Mapping[str, str]:
    """Everything that is wrong with a restriction of any shape, path (`timeRestrictions.type`) to sentence.

    None and an empty one are none, which is well.
    """
    if restriction is None or restriction == {}:
        return {}
    if not isinstance(restriction, Mapping):
        return {ROOT: "A time restriction is an object with a type."}
    kind = restriction.get("type")
    wrong = wrong_choice(kind, RestrictionKind, called="The type of a time restriction")
    if wrong:
        return {f"{ROOT}.type": wrong}
    if kind == RestrictionKind.TIME_OF_DAY:
        return _wrong_window(f"{ROOT}.restriction", restriction.get("restriction"), is_weekly=False)
    return _wrong_week(restriction.get("restrictions"))


def _wrong_week(windows: object) -> Mapping[str, str]:
    path = f"{ROOT}.restrictions"
    if not isinstance(windows, (list, tuple)) or not windows:
        return {path: f"{RestrictionKind.WEEKDAY_AND_TIME_OF_DAY} needs at least one restriction."}
    if len(windows) > MOST_WINDOWS:
        return {path: f"A week has at most {MOST_WINDOWS} restrictions."}
    faults: dict[str, str] = {}
    for place, window in enumerate(windows):
        faults.update(_wrong_window(f"{path}.{place}", window, is_weekly=True))
    return faults


def _wrong_window(path: str, window: object, *, is_weekly: bool) -> Mapping[str, str]:
    if not isinstance(window, Mapping):
        return {path: "A restriction is an object with startHour, startMin, endHour and endMin."}
    faults = {}
    for name in _DAYS if is_weekly else ():
        faults[f"{path}.{name}"] = wrong_choice(window.get(name), Weekday, called=name)
    for name, most in _CLOCK.items():
        faults[f"{path}.{name}"] = wrong_whole_number(window.get(name), called=name, least=0, most=most)
    for end in ("start", "end"):
        if window.get(f"{end}Hour") == 24 and window.get(f"{end}Min") != 0:
            faults[f"{path}.{end}Min"] = f"{end}Min is 0 where {end}Hour is 24."
    return {name: sentence for name, sentence in faults.items() if sentence}


def _listed(kind: RestrictionKind, restriction: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [restriction["restriction"]] if kind is RestrictionKind.TIME_OF_DAY else restriction["restrictions"]


def _window(window: Mapping[str, Any]) -> TimeWindow:
    start, end = (Weekday(window[name]) if window.get(name) else None for name in _DAYS)
    return TimeWindow(
        start_hour=window["startHour"],
        start_minute=window["startMin"],
        end_hour=window["endHour"],
        end_minute=window["endMin"],
        start_day=start,
        end_day=end,
    )
