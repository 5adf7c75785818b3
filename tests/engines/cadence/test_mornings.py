# ruff: noqa: DTZ001  local times are naive: what a clock on the wall reads
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.engines.cadence.mornings import may_send, next_monday_morning, next_morning, send_at
from bot.engines.wallclock import resolve, to_local

BERLIN = ZoneInfo("Europe/Berlin")
CAIRO = ZoneInfo("Africa/Cairo")
SAMOA = ZoneInfo("Pacific/Apia")
FRIDAY = datetime(2026, 3, 6)
SATURDAY = datetime(2026, 3, 7)
MONDAY = datetime(2026, 3, 9)

zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
instants = st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("after", "morning"),
    [
        (FRIDAY.replace(hour=9, minute=59), FRIDAY.replace(hour=10)),
        (FRIDAY.replace(hour=10), MONDAY.replace(hour=10)),
        (SATURDAY.replace(hour=3), MONDAY.replace(hour=10)),
        (MONDAY.replace(hour=0), MONDAY.replace(hour=10)),
    ],
)
def test_the_next_morning_is_the_nudge_hour_of_a_working_day(after: datetime, morning: datetime) -> None:
    assert to_local(next_morning(resolve(after, BERLIN), BERLIN, 10), BERLIN) == morning


def test_a_morning_keeps_its_hour_on_the_wall_when_the_clocks_change_over_the_weekend() -> None:
    before = datetime(2026, 3, 27, 9, tzinfo=UTC)
    assert next_morning(before, BERLIN, 10) == datetime(2026, 3, 30, 8, tzinfo=UTC)


def test_a_skipped_nudge_hour_begins_when_the_clocks_resume() -> None:
    # Egypt's clocks jump from 00:00 to 01:00 on Friday 24 April 2026.
    thursday = resolve(datetime(2026, 4, 23, 12), CAIRO)
    assert to_local(next_morning(thursday, CAIRO, 0), CAIRO) == datetime(2026, 4, 24, 1)


def test_a_day_the_zone_skipped_has_no_morning() -> None:
    # Samoa went from Thursday 29 December 2011 to Saturday the 31st.
    thursday = resolve(datetime(2011, 12, 29, 10), SAMOA)
    assert to_local(next_morning(thursday, SAMOA, 10), SAMOA) == datetime(2012, 1, 2, 10)


def test_a_first_day_to_come_holds_the_morning_back() -> None:
    now = resolve(FRIDAY, BERLIN)
    assert to_local(next_morning(now, BERLIN, 10, from_day=date(2026, 3, 11)), BERLIN) == datetime(2026, 3, 11, 10)
    assert to_local(next_morning(now, BERLIN, 10, from_day=date(2026, 3, 14)), BERLIN) == datetime(2026, 3, 16, 10)
    assert to_local(next_monday_morning(now, BERLIN, 10, from_day=date(2026, 3, 10)), BERLIN).day == 16


@pytest.mark.parametrize(
    ("local", "hour", "allowed"),
    [
        (MONDAY.replace(hour=9, minute=59), 10, False),
        (MONDAY.replace(hour=10), 10, True),
        (MONDAY.replace(hour=17, minute=59), 10, True),
        (MONDAY.replace(hour=18), 10, False),
        (SATURDAY.replace(hour=12), 10, False),
        (MONDAY.replace(hour=20, minute=30), 20, True),
        (MONDAY.replace(hour=21), 20, False),
    ],
)
def test_nudges_go_out_in_working_hours_only(local: datetime, hour: int, allowed: bool) -> None:
    assert may_send(resolve(local, BERLIN), BERLIN, hour) is allowed


@pytest.mark.parametrize(
    ("late", "sent"),
    [
        (FRIDAY.replace(hour=15), FRIDAY.replace(hour=15)),
        (FRIDAY.replace(hour=18, minute=5), MONDAY.replace(hour=10)),
        (MONDAY.replace(hour=2), MONDAY.replace(hour=10)),
    ],
)
def test_what_a_standstill_delayed_past_the_evening_waits_for_the_next_working_morning(
    late: datetime, sent: datetime
) -> None:
    assert to_local(send_at(resolve(late, BERLIN), BERLIN, 10), BERLIN) == sent


@settings(max_examples=150, derandomize=True, deadline=None)
@given(after=instants, zone=zones, hour=st.integers(0, 23))
@example(after=datetime(2011, 12, 29, 22, tzinfo=UTC), zone=SAMOA, hour=10)
def test_a_morning_is_later_in_working_hours_and_none_is_left_out(after: datetime, zone: ZoneInfo, hour: int) -> None:
    morning = next_morning(after, zone, hour)
    local = to_local(morning, zone)
    assert after < morning <= after + timedelta(days=6)
    assert may_send(morning, zone, hour)
    assert morning == resolve(datetime(local.year, local.month, local.day, hour), zone)
    assert next_morning(morning - timedelta(microseconds=1), zone, hour) == morning
    monday = next_monday_morning(after, zone, hour)
    assert monday >= morning
    assert to_local(monday, zone).weekday() == 0
