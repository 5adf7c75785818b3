"""When people are told: delays on the zone's clock, and what is wrong with an effect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines.policies import Deduplication, Effects, Restart, wrong_effects
from bot.engines.policies.delays import compile_delay
from bot.vocabulary import DeduplicationKind, DelayOption
from tests.engines.policies.building import NOON, decided, notify
from tests.engines.policies.test_filters import anything, brief

FIVE_MINUTES = {"timeAmount": 5, "timeUnit": "minutes"}
VALUE = {"deduplicationActionType": "value-based", "count": 10}
FREQUENCY = {"deduplicationActionType": "frequency-based", "count": 5, "duration": FIVE_MINUTES}
NINE = {"delayOption": "next-time", "untilHour": 9, "untilMinute": 0}


def until(option: str, hour: int, minute: int) -> dict[str, Any]:
    return {"delayOption": option, "untilHour": hour, "untilMinute": minute}


@pytest.mark.parametrize(
    ("delay", "zone", "now", "end"),
    [
        ({"delayOption": "for-duration", "duration": {"timeAmount": 5}}, "UTC", "2026-11-18T12:00", "2026-11-18T12:05"),
        ({"delayOption": "for-duration", "duration": {"timeAmount": 2, "timeUnit": "days"}}, "Europe/Berlin",
         "2026-10-24T12:00", "2026-10-26T12:00"),
        (until("next-time", 13, 0), "UTC", "2026-11-18T12:00", "2026-11-18T13:00"),
        (until("next-time", 12, 0), "UTC", "2026-11-18T12:00", "2026-11-19T12:00"),
        (until("next-time", 9, 30), "UTC", "2026-11-18T12:00", "2026-11-19T09:30"),
        (until("next-time", 0, 0), "UTC", "2026-12-31T12:00", "2027-01-01T00:00"),
        (until("next-time", 9, 0), "America/New_York", "2026-11-18T12:00", "2026-11-18T14:00"),
        (until("next-time", 9, 0), "Asia/Tokyo", "2026-11-18T23:00", "2026-11-19T00:00"),
        # a Friday
        (until("next-weekday", 9, 0), "UTC", "2026-11-20T08:00", "2026-11-20T09:00"),
        (until("next-weekday", 9, 0), "UTC", "2026-11-20T09:00", "2026-11-23T09:00"),
        (until("next-weekday", 9, 0), "UTC", "2026-11-21T09:00", "2026-11-23T09:00"),
        # in Auckland it is Saturday already
        (until("next-weekday", 9, 0), "Pacific/Auckland", "2026-11-20T12:00", "2026-11-22T20:00"),
        # a Monday
        (until("next-monday", 9, 0), "UTC", "2026-11-16T08:59", "2026-11-16T09:00"),
        (until("next-monday", 9, 0), "UTC", "2026-11-16T09:00", "2026-11-23T09:00"),
        (until("next-tuesday", 9, 0), "UTC", "2026-11-16T09:00", "2026-11-17T09:00"),
        (until("next-sunday", 23, 59), "UTC", "2026-11-16T09:00", "2026-11-22T23:59"),
        # the clock skips half past two: the first instant after the gap
        (until("next-time", 2, 30), "Europe/Berlin", "2026-03-29T00:00", "2026-03-29T01:00"),
        # it shows half past two twice: the first of the two, and after that the next day's
        (until("next-time", 2, 30), "Europe/Berlin", "2026-10-25T00:00", "2026-10-25T00:30"),
        (until("next-time", 2, 30), "Europe/Berlin", "2026-10-25T01:10", "2026-10-26T01:30"),
        # Samoa skipped the whole of the 30th, a Friday
        (until("next-friday", 9, 0), "Pacific/Apia", "2011-12-29T20:00", "2011-12-30T10:00"),
    ],
)  # fmt: skip
def test_a_delay_ends_on_the_zones_own_clock(delay: dict[str, Any], zone: str, now: str, end: str) -> None:
    begun = datetime.fromisoformat(now).replace(tzinfo=UTC)
    ends = compile_delay(delay, ZoneInfo(zone))(begun)
    assert ends == datetime.fromisoformat(end).replace(tzinfo=UTC)


@brief
@given(
    st.sampled_from([each for each in DelayOption if each is not DelayOption.FOR_DURATION]),
    st.integers(0, 23),
    st.integers(0, 59),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - made aware below
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_a_delay_ends_within_eight_days_and_never_in_the_past(
    option: DelayOption, hour: int, minute: int, now: datetime, zone: str
) -> None:
    begun = now.replace(tzinfo=UTC)
    ends = compile_delay(until(option, hour, minute), ZoneInfo(zone))(begun)
    assert begun < ends <= begun + timedelta(days=8)


@pytest.mark.parametrize(
    ("effects", "expected", "told"),
    [
        ({"suppress": True}, Effects(suppress=True), "Nobody is told."),
        (
            {"deduplication": VALUE},
            Effects(deduplication=Deduplication(DeduplicationKind.VALUE_BASED, 10, None)),
            "a multiple of 10",
        ),
        (
            {"deduplication": FREQUENCY},
            Effects(deduplication=Deduplication(DeduplicationKind.FREQUENCY_BASED, 5, timedelta(minutes=5))),
            "once 5 of it have come within 5 min",
        ),
        ({"delay": NINE}, Effects(delay_until=NOON + timedelta(hours=21)), "from 2026-11-19 09:00 (UTC) on"),
        (
            {"autoRestart": {"duration": FIVE_MINUTES, "maxRepeatCount": 3}, "autoClose": {"duration": FIVE_MINUTES}},
            Effects(restart=Restart(timedelta(minutes=5), 3), close_after=timedelta(minutes=5)),
            "every 5 min, 3 times at most. It is closed after 5 min.",
        ),
        (
            {"autoClose": {"duration": {"timeAmount": 30, "timeUnit": "seconds"}}},
            Effects(close_after=timedelta(seconds=30)),
            "It is closed after 30 s.",
        ),
        # nobody is told: until when does not matter
        ({"suppress": True, "delay": NINE}, Effects(suppress=True), "Nobody is told."),
    ],
)
def test_a_policy_says_what_it_does(effects: dict[str, Any], expected: Effects, told: str) -> None:
    assert wrong_effects(effects) == {}
    decision = decided([notify(effects=effects)])
    assert decision.effects == expected
    assert told in decision.tried[0].why


@pytest.mark.parametrize(
    ("unit", "amount", "lasts"),
    [
        (None, 3, timedelta(minutes=3)),
        ("", 3, timedelta(minutes=3)),
        ("days", 3, timedelta(days=3)),
        ("hours", 3, timedelta(hours=3)),
        ("seconds", 3, timedelta(seconds=3)),
        ("miliseconds", 3_000, timedelta(seconds=3)),
        ("micros", 3, timedelta(microseconds=3)),
        ("nanos", 3_000_000_000, timedelta(seconds=3)),
    ],
)
def test_durations_have_units(unit: str | None, amount: int, lasts: timedelta) -> None:
    effects = {"autoClose": {"duration": {"timeAmount": amount, "timeUnit": unit}}}
    assert wrong_effects(effects) == {}
    assert decided([notify(effects=effects)]).effects.close_after == lasts


@pytest.mark.parametrize(
    ("effects", "wrong"),
    [
        (None, {"effects"}),
        ({}, {"effects"}),
        ({"suppress": False}, {"effects"}),
        ({"suppress": "yes"}, {"suppress"}),
        # durations
        ({"autoClose": {}}, {"autoClose.duration"}),
        ({"autoClose": "soon"}, {"autoClose"}),
        ({"autoClose": {"duration": 5}}, {"autoClose.duration"}),
        ({"autoClose": {"duration": {}}}, {"autoClose.duration.timeAmount"}),
        ({"autoClose": {"duration": {"timeAmount": 0}}}, {"autoClose.duration.timeAmount"}),
        ({"autoClose": {"duration": {"timeAmount": -5}}}, {"autoClose.duration.timeAmount"}),
        ({"autoClose": {"duration": {"timeAmount": True}}}, {"autoClose.duration.timeAmount"}),
        ({"autoClose": {"duration": {"timeAmount": 2.5}}}, {"autoClose.duration.timeAmount"}),
        ({"autoClose": {"duration": {"timeAmount": 1, "timeUnit": "fortnights"}}}, {"autoClose.duration.timeUnit"}),
        ({"autoClose": {"duration": {"timeAmount": 367, "timeUnit": "days"}}}, {"autoClose.duration.timeAmount"}),
        ({"autoClose": {"duration": {"timeAmount": 10**40, "timeUnit": "days"}}}, {"autoClose.duration.timeAmount"}),
        ({"autoClose": {"duration": {"timeAmount": 999, "timeUnit": "nanos"}}}, {"autoClose.duration.timeAmount"}),
        # restarts
        ({"autoRestart": {"duration": FIVE_MINUTES}}, {"autoRestart.maxRepeatCount"}),
        (
            {"autoRestart": {"duration": None, "maxRepeatCount": 0}},
            {"autoRestart.duration", "autoRestart.maxRepeatCount"},
        ),
        # deduplication
        ({"deduplication": {**VALUE, "count": 1}}, {"deduplication.count"}),
        ({"deduplication": {**VALUE, "count": 101}}, {"deduplication.count"}),
        ({"deduplication": {**VALUE, "count": 2}}, set()),
        ({"deduplication": {**VALUE, "count": 100}}, set()),
        ({"deduplication": {**FREQUENCY, "duration": None}}, {"deduplication.duration"}),
        (
            {"deduplication": {"deduplicationActionType": "often", "duration": {"timeAmount": 0}}},
            {f"deduplication.{each}" for each in ("deduplicationActionType", "count", "duration.timeAmount")},
        ),
        ({"deduplication": VALUE, "suppress": True}, {"deduplication"}),
        ({"deduplication": VALUE, "delay": NINE}, {"deduplication"}),
        ({"deduplication": VALUE, "autoClose": {"duration": FIVE_MINUTES}}, set()),
        # delays
        ({"delay": {}}, {"delay.delayOption"}),
        ({"delay": {"delayOption": "next-year"}}, {"delay.delayOption"}),
        ({"delay": {"delayOption": "for-duration"}}, {"delay.duration"}),
        ({"delay": {"delayOption": "next-monday"}}, {"delay.untilHour", "delay.untilMinute"}),
        ({"delay": {**NINE, "duration": {"timeUnit": "minutes"}}}, {"delay.duration.timeAmount"}),
        (
            {"delay": {"delayOption": "for-duration", "duration": {"timeAmount": 5}, "untilHour": 24}},
            {"delay.untilHour"},
        ),
        ({"delay": until("next-monday", 24, 60)}, {"delay.untilHour", "delay.untilMinute"}),
        ({"delay": {**NINE, "untilHour": "9"}}, {"delay.untilHour"}),
    ],
)
def test_everything_wrong_with_effects_is_named_at_once(effects: Any, wrong: set[str]) -> None:
    assert set(wrong_effects(effects)) == wrong


@brief
@given(
    st.one_of(anything, st.dictionaries(st.sampled_from(["suppress", "deduplication", "delay", "autoClose"]), anything))
)
def test_effects_of_any_shape_never_raise(effects: Any) -> None:
    faults = wrong_effects(effects)
    decision = decided([notify(effects=effects)])
    assert bool(faults) is (decision.tried[0].outcome == "broken")
    if faults:
        assert decision.effects == Effects()
