"""The measure beside every benchmark: how long this machine, at this moment, takes for things that never change.

Absolute times say little on a machine that others use too; the ratio to a calibration row of the same run counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One line of a benchmark's table.

    Microseconds, the median of many repetitions; `calibrations` is the same in calibration steps of this run, `target`
    the most it should take, None where nothing is promised. `note` says what else was counted.
    """

    name: str
    microseconds: float
    calibrations: float
    target: float | None = None
    note: str = ""


def microseconds_of(act: Callable[[], object], *, repetitions: int = 200, calls: int = 20) -> float:
    """The median time of one call in microseconds, over `repetitions` batches of `calls` each."""
    times = []
    for _ in range(repetitions):
        begun = perf_counter()
        for _ in range(calls):
            act()
        times.append((perf_counter() - begun) / calls)
    return median(times) * 1e6


def zone_conversion() -> float:
    """Microseconds of the calibration step of everything about time: one zoneinfo conversion, local to UTC."""
    local = datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    return microseconds_of(lambda: local.astimezone(UTC))


def table(rows: list[BenchRow]) -> str:
    """The rows as text, one line each, under a heading."""
    heading = f"{'benchmark':<58}{'µs':>10}{'target':>10}{'ratio':>9}  note"
    return "\n".join((heading, *(_line(row) for row in rows)))


def _line(row: BenchRow) -> str:
    target = f"{row.target:,.0f}" if row.target is not None else ""
    return f"{row.name:<58}{row.microseconds:>10,.2f}{target:>10}{row.calibrations:>9,.1f}  {row.note}"
