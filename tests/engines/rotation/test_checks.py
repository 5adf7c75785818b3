"""What a rule must be before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.engines.rotation import (
    LONGEST_LENGTH,
    MOST_PARTICIPANTS,
    MOST_WINDOWS,
    NOBODY,
    Participant,
    Restriction,
    RotationRule,
    TimeWindow,
    checked_rule,
    rounded_instant,
    rounded_window,
)
from bot.errors import BadFields
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, TurnCounting, Weekday
from tests.engines.rotation.worlds import ANN, BERLIN, BOB, every_day, office_hours, utc

MONDAY, TUESDAY, SUNDAY = Weekday.MONDAY, Weekday.TUESDAY, Weekday.SUNDAY


START = utc(2026, 1, 5, 8)


@dataclass(frozen=True, slots=True)
class Draft:
    start: datetime = START
    end: datetime | None = None
    type: RotationType = RotationType.WEEKLY
    length: int = 1
    participants: tuple[Participant, ...] = (ANN, BOB)
    restriction: Restriction | None = None
    turns: TurnCounting = TurnCounting.ALL
    zone: ZoneInfo = BERLIN

    def checked(self) -> RotationRule:
        return checked_rule(
            start=self.start,
            end=self.end,
            type=self.type,
            length=self.length,
            participants=self.participants,
            restriction=self.restriction,
            turns=self.turns,
            zone=self.zone,
        )


def weekly(*windows: TimeWindow) -> Restriction:
    return Restriction(RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, windows)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("09:00:00", "09:00"),
        ("09:14:59", "09:00"),
        ("09:15:00", "09:30"),
        ("09:44:59", "09:30"),
        ("09:45:00", "10:00"),
        ("23:50:00", "00:00"),
    ],
)
def test_instants_go_to_the_nearest_half_hour_and_a_quarter_goes_up(sent: str, stored: str) -> None:
    rounded = rounded_instant(datetime.fromisoformat(f"2026-01-05T{sent}").replace(tzinfo=UTC), BERLIN)
    assert f"{rounded:%H:%M}" == stored


def test_the_half_hours_are_those_of_the_schedule_s_clock() -> None:
    nine_in_kathmandu = utc(2026, 1, 5, 3, 15)
    assert rounded_instant(nine_in_kathmandu, ZoneInfo("Asia/Kathmandu")) == nine_in_kathmandu


def test_rounding_on_the_second_pass_of_a_repeated_hour_stays_on_it() -> None:
    assert rounded_instant(utc(2026, 10, 25, 1, 20), BERLIN) == utc(2026, 10, 25, 1, 30)


@pytest.mark.parametrize(
    ("window", "stored"),
    [
        (TimeWindow(8, 14, 17, 45), TimeWindow(8, 0, 18, 0)),
        (TimeWindow(8, 15, 23, 45), TimeWindow(8, 30, 0, 0)),
        (TimeWindow(8, 0, 24, 0), TimeWindow(8, 0, 24, 0)),
        (TimeWindow(23, 50, 8, 0, SUNDAY, MONDAY), TimeWindow(0, 0, 8, 0, MONDAY, MONDAY)),
        (TimeWindow(8, 0, 23, 50, MONDAY, MONDAY), TimeWindow(8, 0, 0, 0, MONDAY, TUESDAY)),
    ],
)
def test_windows_are_rounded_too(window: TimeWindow, stored: TimeWindow) -> None:
    assert rounded_window(window) == stored


def test_a_good_rule_is_stored_rounded() -> None:
    draft = Draft(start=utc(2026, 1, 5, 8, 20), end=utc(2026, 3, 1, 8, 50), restriction=every_day((8, 10), (18, 0)))
    assert draft.checked() == RotationRule(
        utc(2026, 1, 5, 8, 30),
        utc(2026, 3, 1, 9),
        RotationType.WEEKLY,
        1,
        (ANN, BOB),
        every_day((8, 0), (18, 0)),
    )


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        pytest.param(Draft(participants=()), {"participants"}, id="an empty roster"),
        pytest.param(
            Draft(participants=(Participant(ParticipantKind.USER, None),)), {"participants"}, id="a user without an id"
        ),
        pytest.param(
            Draft(participants=(Participant(ParticipantKind.NONE, "x"),)), {"participants"}, id="nobody with an id"
        ),
        pytest.param(Draft(participants=(ANN,) * (MOST_PARTICIPANTS + 1)), {"participants"}, id="a roster too long"),
        pytest.param(Draft(length=0), {"length"}, id="length 0"),
        pytest.param(Draft(length=LONGEST_LENGTH + 1), {"length"}, id="a length without sense"),
        pytest.param(Draft(end=utc(2026, 1, 5, 8)), {"end"}, id="an end at the start"),
        pytest.param(Draft(end=utc(2026, 1, 5, 8, 10)), {"end"}, id="an end that is rounded to the start"),
        pytest.param(Draft(restriction=weekly()), {"restriction"}, id="no windows"),
        pytest.param(
            Draft(restriction=weekly(*[TimeWindow(8, 0, 9, 0, MONDAY, MONDAY)] * (MOST_WINDOWS + 1))),
            {"restriction"},
            id="too many windows",
        ),
        pytest.param(
            Draft(restriction=Restriction(RestrictionKind.TIME_OF_DAY, (TimeWindow(8, 0, 9, 0),) * 2)),
            {"restriction"},
            id="two windows of the day",
        ),
        pytest.param(Draft(restriction=weekly(TimeWindow(8, 0, 9, 0))), {"restriction"}, id="a window without days"),
        pytest.param(Draft(restriction=every_day((25, 0), (9, 0))), {"restriction"}, id="hour 25"),
        pytest.param(Draft(restriction=every_day((8, 60), (9, 0))), {"restriction"}, id="minute 60"),
        pytest.param(Draft(restriction=every_day((24, 30), (9, 0))), {"restriction"}, id="half past 24"),
        pytest.param(
            Draft(restriction=every_day((9, 0), (9, 10))), {"restriction"}, id="rounded to no time of the day"
        ),
        pytest.param(
            Draft(restriction=weekly(TimeWindow(23, 50, 0, 10, MONDAY, TUESDAY))),
            {"restriction"},
            id="rounded to no time of the week",
        ),
        pytest.param(
            Draft(type=RotationType.HOURLY, length=5, restriction=office_hours(MONDAY), turns=TurnCounting.ACTIVE),
            {"turns"},
            id="active turns of five hours",
        ),
        pytest.param(
            Draft(participants=(), length=-1, end=utc(2020, 1, 1), restriction=weekly()),
            {"participants", "length", "end", "restriction"},
            id="everything at once",
        ),
    ],
)
def test_all_that_is_wrong_is_named_at_once(draft: Draft, fields: set[str]) -> None:
    with pytest.raises(BadFields) as refused:
        draft.checked()
    assert set(refused.value.fields) == fields


@pytest.mark.parametrize(
    "draft",
    [
        Draft(participants=(NOBODY,)),
        Draft(restriction=every_day((9, 0), (9, 0))),
        Draft(restriction=every_day((0, 0), (24, 0))),
        Draft(participants=(ANN,) * MOST_PARTICIPANTS),
        Draft(restriction=weekly(TimeWindow(8, 0, 8, 0, MONDAY, TUESDAY))),
        Draft(type=RotationType.HOURLY, length=12, restriction=office_hours(MONDAY), turns=TurnCounting.ACTIVE),
        Draft(end=utc(2026, 1, 5, 8) + timedelta(minutes=30)),
    ],
)
def test_what_looks_odd_but_means_something_is_taken(draft: Draft) -> None:
    assert draft.checked() == RotationRule(
        draft.start, draft.end, draft.type, draft.length, draft.participants, draft.restriction, draft.turns
    )


@pytest.mark.parametrize(
    "restriction",
    [
        every_day((0, 0), (23, 59)),
        every_day((8, 10), (8, 0)),
        weekly(TimeWindow(0, 0, 23, 59, MONDAY, SUNDAY)),
        weekly(TimeWindow(8, 10, 8, 5, TUESDAY, TUESDAY)),
    ],
)
def test_a_window_that_leaves_out_a_few_minutes_is_the_whole_day_or_week(restriction: Restriction) -> None:
    stored = Draft(restriction=restriction).checked().restriction
    assert stored and stored.is_whole_week
