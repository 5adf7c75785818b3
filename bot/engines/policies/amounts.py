"""Durations in the form of the API: `{"timeAmount": 5, "timeUnit": "minutes"}`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

LONGEST = timedelta(days=366)

DEFAULT_UNIT = "minutes"
_MICROSECOND = 1_000
_NANOSECONDS = {
    "days": 86_400_000_000_000,
    "hours": 3_600_000_000_000,
    "minutes": 60_000_000_000,
    "seconds": 1_000_000_000,
    "milliseconds": 1_000_000,
    "miliseconds": 1_000_000,  # as Opsgenie's own description of its API spells it
    "micros": _MICROSECOND,
    "nanos": 1,
}
UNITS = tuple(_NANOSECONDS)
"""Every unit that is understood."""


def timedelta_of(duration: Mapping[str, Any]) -> timedelta:
    """A duration in which `wrong_duration` finds no fault."""
    return timedelta(microseconds=_microseconds(duration["timeAmount"], duration.get("timeUnit")))


def wrong_duration(duration: object, *, path: str) -> Mapping[str, str]:
    """What is wrong with a duration of any shape, path to sentence: it has to last, and no longer than a year."""
    if not isinstance(duration, Mapping):
        return {path: "A duration is an object with a timeAmount and a timeUnit."}
    amount, unit = duration.get("timeAmount"), duration.get("timeUnit")
    faults = {}
    if unit and not (isinstance(unit, str) and unit in _NANOSECONDS):
        faults[f"{path}.timeUnit"] = "The unit of a duration is one of days, hours, minutes, seconds."
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 1:
        faults[f"{path}.timeAmount"] = "The amount of a duration is a whole number from 1 on."
    elif not faults and not 0 < _microseconds(amount, unit) <= LONGEST // timedelta(microseconds=1):
        faults[f"{path}.timeAmount"] = f"A duration is between a microsecond and {LONGEST.days} days."
    return faults


def _microseconds(amount: int, unit: str | None) -> int:
    return amount * _NANOSECONDS[unit or DEFAULT_UNIT] // _MICROSECOND
