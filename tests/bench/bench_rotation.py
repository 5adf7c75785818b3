"""How long it takes to say who is on call. `python -m tests.bench.bench_rotation` prints the table.

It never fails on time; tests/engines/rotation/test_cost.py holds the counted part.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines.rotation import (
    Override,
    Participant,
    Restriction,
    Rotation,
    RotationRule,
    RotationVersion,
    Schedule,
    TimeWindow,
    on_call,
    standing,
    timeline,
)
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, Weekday
from tests.bench.calibration import BenchRow, microseconds_of, table, zone_conversion

ASKED_AT = datetime(2026, 6, 17, 10, 20, tzinfo=UTC)
RECENT = datetime(2026, 1, 5, 7, tzinfo=UTC)
TEN_YEARS_EARLIER = datetime(2016, 1, 4, 7, tzinfo=UTC)
_WORKDAYS = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
_OFFICE_HOURS = Restriction(
    RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, tuple(TimeWindow(8, 0, 18, 0, day, day) for day in _WORKDAYS)
)


def weekly_schedule(zone: ZoneInfo, *, begun: datetime) -> Schedule:
    """One weekly rotation of five people."""
    return Schedule("s", "plain", zone, enabled=True, rotations=(_rotation("r0", begun, restriction=None),))


def office_schedule(zone: ZoneInfo, *, begun: datetime) -> Schedule:
    """Three weekly rotations of five people each, on weekdays from 8 to 18."""
    rotations = tuple(_rotation(f"r{n}", begun, restriction=_OFFICE_HOURS) for n in range(3))
    return Schedule("s", "office", zone, enabled=True, rotations=rotations)


def two_overrides() -> tuple[Override, ...]:
    """One that lies over the instant asked about, in one rotation, and one later over all."""
    hour = timedelta(hours=1)
    return (
        Override("o1", _user("ann"), ASKED_AT - hour, ASKED_AT + hour, frozenset({"r1"}), 1),
        Override("o2", _user("bob"), ASKED_AT + 48 * hour, ASKED_AT + 50 * hour, frozenset(), 2),
    )


def rows() -> list[BenchRow]:
    """Every row of the table, measured now; takes a few seconds."""
    step = zone_conversion()
    zone = ZoneInfo("Europe/Berlin")
    plain = weekly_schedule(zone, begun=RECENT)
    office = office_schedule(zone, begun=RECENT)
    old_office = office_schedule(zone, begun=TEN_YEARS_EARLIER)
    above = two_overrides()
    year_end = RECENT + timedelta(days=365)

    def row(
        name: str, act: Callable[[], object], target: float | None, *, calls: int = 20, times: int = 200
    ) -> BenchRow:
        taken = microseconds_of(act, calls=calls, repetitions=times)
        return BenchRow(name, taken, taken / step, target)

    year = row(
        "a year's timeline of the same", lambda: timeline(office, RECENT, year_end, above), 8_000, calls=1, times=60
    )
    segments = sum(len(drawn.final) for drawn in timeline(office, RECENT, year_end, above).rotations)
    a_segment = BenchRow(
        "  of it, one segment", year.microseconds / segments, year.calibrations / segments, 10, f"{segments} segments"
    )
    return [
        BenchRow("calibration: one zoneinfo conversion", step, 1.0),
        row("on call: weekly rotation of 5", lambda: on_call(plain, ASKED_AT), 15),
        row("on call: 3 rotations, weekday windows, 2 overrides", lambda: on_call(office, ASKED_AT, above), 60),
        row("on call: the same, begun 10 years earlier", lambda: on_call(old_office, ASKED_AT, above), 60),
        row("standing: the same (until when, who is next)", lambda: standing(office, ASKED_AT, above), None, calls=2),
        year,
        a_segment,
    ]


def _user(name: str) -> Participant:
    return Participant(ParticipantKind.USER, name)


def _rotation(rotation_id: str, begun: datetime, *, restriction: Restriction | None) -> Rotation:
    roster = tuple(_user(f"{rotation_id}-{n}") for n in range(5))
    rule = RotationRule(begun, None, RotationType.WEEKLY, 1, roster, restriction)
    return Rotation(rotation_id, rotation_id, (RotationVersion(rule),))


if __name__ == "__main__":
    print(table(rows()))
