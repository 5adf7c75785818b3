"""Hand-offs on the wall clock and on elapsed time, with all the traps that have a name."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.engines.rotation import (
    NOBODY,
    HandOff,
    Participant,
    RotationRule,
    RotationVersion,
    edited,
    next_beginnings,
    next_hand_offs,
    on_call,
)
from bot.engines.rotation.turns import FOREVER, Turns
from bot.engines.wallclock import to_local
from bot.vocabulary import RotationType, TurnCounting, Weekday
from tests.engines.rotation.worlds import (
    ANN,
    BERLIN,
    BOB,
    CAT,
    NEW_YORK,
    every_day,
    office_hours,
    rotation,
    rule,
    schedule,
    utc,
)

DAILY, HOURLY, WEEKLY = RotationType.DAILY, RotationType.HOURLY, RotationType.WEEKLY
LORD_HOWE, APIA, KOLKATA = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia"), ZoneInfo("Asia/Kolkata")
CASABLANCA = ZoneInfo("Africa/Casablanca")


def readings(made_of: RotationRule, zone: ZoneInfo, after: datetime, count: int) -> list[str]:
    return [f"{to_local(one.at, zone):%m-%d %H:%M}" for one in next_hand_offs(made_of, zone, after, count)]


@pytest.mark.parametrize(
    ("made_of", "zone", "expected"),
    [
        pytest.param(
            rule(utc(2026, 3, 16, 8), ANN, BOB),
            BERLIN,
            ["03-16 09:00", "03-23 09:00", "03-30 09:00"],
            id="berlin spring",
        ),
        pytest.param(
            rule(utc(2026, 10, 19, 7), ANN, BOB),
            BERLIN,
            ["10-19 09:00", "10-26 09:00", "11-02 09:00"],
            id="berlin autumn",
        ),
        pytest.param(
            rule(utc(2026, 3, 7, 7, 30), ANN, every=DAILY),
            NEW_YORK,
            ["03-07 02:30", "03-08 03:00", "03-09 02:30"],
            id="new york: a skipped hand-off comes after the gap, the next is on time again",
        ),
        pytest.param(
            rule(utc(2026, 10, 31, 5, 30), ANN, every=DAILY),
            NEW_YORK,
            ["10-31 01:30", "11-01 01:30", "11-02 01:30"],
            id="new york: a repeated hand-off happens once",
        ),
        pytest.param(
            rule(utc(2026, 3, 28, 3, 30), ANN, every=DAILY), KOLKATA, ["03-28 09:00", "03-29 09:00"], id="kolkata"
        ),
        pytest.param(
            rule(utc(2026, 10, 2, 15, 45), ANN, every=DAILY),
            LORD_HOWE,
            ["10-03 02:15", "10-04 02:30", "10-05 02:15"],
            id="lord howe: half an hour is skipped",
        ),
        pytest.param(
            rule(utc(2026, 3, 21, 1, 30), ANN, every=DAILY),
            CASABLANCA,
            ["03-21 01:30", "03-22 01:30", "03-23 01:30"],
            id="casablanca: ramadan ends",
        ),
        pytest.param(
            rule(utc(2026, 10, 24, 22), ANN, BOB, every=HOURLY, length=12),
            BERLIN,
            ["10-25 00:00", "10-25 12:00", "10-26 00:00"],
            id="twelve hours keep to the clock",
        ),
        pytest.param(
            rule(utc(2026, 10, 24, 22), ANN, BOB, every=HOURLY, length=48),
            BERLIN,
            ["10-25 00:00", "10-27 00:00"],
            id="forty-eight hours keep to the clock",
        ),
        pytest.param(
            rule(utc(2026, 10, 24, 22), ANN, every=HOURLY, length=5),
            BERLIN,
            ["10-25 00:00", "10-25 04:00", "10-25 09:00"],
            id="five hours are elapsed hours",
        ),
        pytest.param(
            rule(utc(2026, 3, 28, 23), ANN, every=HOURLY, length=7),
            BERLIN,
            ["03-29 00:00", "03-29 08:00", "03-29 15:00"],
            id="seven hours are elapsed hours",
        ),
        pytest.param(
            rule(utc(2026, 3, 28, 11), ANN, every=HOURLY, length=36),
            BERLIN,
            ["03-28 12:00", "03-30 01:00", "03-31 13:00"],
            id="thirty-six hours are elapsed hours",
        ),
    ],
)
def test_hand_offs_keep_to_the_wall_clock_unless_their_length_cannot(
    made_of: RotationRule, zone: ZoneInfo, expected: list[str]
) -> None:
    assert readings(made_of, zone, made_of.start, len(expected)) == expected


def test_the_turn_of_the_day_that_apia_skipped_begins_after_the_gap_and_the_next_is_on_time() -> None:
    made_of = rule(utc(2011, 12, 28, 19), ANN, BOB, CAT, every=DAILY)
    hand_offs = next_hand_offs(made_of, APIA, made_of.start, 4)
    assert [(f"{to_local(one.at, APIA):%d %H:%M}", one.to) for one in hand_offs] == [
        ("28 09:00", ANN),
        ("29 09:00", BOB),
        ("31 00:00", CAT),
        ("31 09:00", ANN),
    ]


def test_hourly_turns_of_a_skipped_day_have_no_length_and_the_later_one_holds() -> None:
    made_of = rule(utc(2011, 12, 29, 10), ANN, BOB, CAT, every=HOURLY, length=8)
    turns = Turns(RotationVersion(made_of), APIA)
    skipped = [turns.hand_off(number) for number in range(3, 7)]
    assert skipped == [utc(2011, 12, 30, 10)] * 4
    assert turns.at(utc(2011, 12, 30, 10)).number == 6


def test_after_the_turn_before_a_skipped_day_comes_the_first_that_has_length() -> None:
    turns = Turns(RotationVersion(rule(utc(2011, 12, 29, 10), ANN, BOB, CAT, every=HOURLY, length=8)), APIA)
    assert turns.after(turns.at(utc(2011, 12, 30, 9))).number == 6


def test_hourly_turns_go_on_when_the_clock_is_set_back_by_three_hours() -> None:
    casey = ZoneInfo("Antarctica/Casey")  # on 2010-03-05 at 02:00 back to 23:00
    turns = Turns(RotationVersion(rule(utc(2010, 3, 4, 10), ANN, every=HOURLY)), casey)
    assert [turns.at(utc(2010, 3, 4, hour, 10)).number for hour in (14, 15, 16, 17, 18)] == [4, 4, 4, 4, 5]


def test_a_start_on_the_second_pass_of_two_repeated_hours_has_no_hand_off_before_it() -> None:
    troll = ZoneInfo("Antarctica/Troll")  # on 2026-10-25 at 03:00 back to 01:00
    start = utc(2026, 10, 25, 1, 30)
    turns = Turns(RotationVersion(rule(start, ANN, every=HOURLY)), troll)
    assert [turns.hand_off(number) for number in range(3)] == [start, start, utc(2026, 10, 25, 3, 30)]


def test_a_skipped_hour_leaves_out_its_hourly_turn() -> None:
    made_of = rule(utc(2026, 3, 28, 23), ANN, BOB, CAT, every=HOURLY)
    turns = Turns(RotationVersion(made_of), BERLIN)
    assert [turns.at(utc(2026, 3, 29, hour)).number for hour in (0, 1, 2)] == [1, 3, 4]


def test_a_start_on_the_second_pass_of_a_repeated_hour_is_that_instant() -> None:
    made_of = rule(utc(2026, 10, 25, 1, 30), ANN, BOB, every=DAILY)
    assert on_call(schedule(rotation(made_of)), utc(2026, 10, 25, 1, 15)) == ()
    (segment,) = on_call(schedule(rotation(made_of)), utc(2026, 10, 25, 1, 30))
    assert (segment.start, segment.end) == (utc(2026, 10, 25, 1, 30), utc(2026, 10, 26, 1, 30))


def test_a_participant_who_stands_twice_in_the_roster_has_two_turns_a_round() -> None:
    made_of = rule(utc(2026, 1, 5, 8), ANN, BOB, ANN, CAT, every=DAILY)
    assert [one.to for one in next_hand_offs(made_of, BERLIN, made_of.start, 5)] == [ANN, BOB, ANN, CAT, ANN]


def test_before_the_start_and_from_the_end_on_there_is_nobody() -> None:
    plan = schedule(rotation(rule(utc(2026, 1, 5, 8), ANN, end=utc(2026, 1, 20, 8))))
    second = timedelta(seconds=1)
    assert on_call(plan, utc(2026, 1, 5, 8) - second) == ()
    assert on_call(plan, utc(2026, 1, 20, 8)) == ()
    assert [s.end for s in on_call(plan, utc(2026, 1, 20, 8) - second)] == [utc(2026, 1, 20, 8)]


def test_an_empty_roster_is_nobody() -> None:
    assert on_call(schedule(rotation(rule(utc(2026, 1, 5, 8)))), utc(2026, 1, 6)) == ()


def test_a_turn_longer_than_the_calendar_ends_never() -> None:
    (segment,) = on_call(schedule(rotation(rule(utc(2026, 1, 5, 8), ANN, BOB, length=999_999))), utc(2026, 1, 6))
    assert segment.end == FOREVER


def test_active_turns_skip_the_periods_that_touch_no_window() -> None:
    weekdays = office_hours(*tuple(Weekday)[:5])
    made_of = rule(utc(2026, 1, 5, 7), ANN, BOB, CAT, every=DAILY, restriction=weekdays, turns=TurnCounting.ACTIVE)
    days = [(f"{to_local(one.at, BERLIN):%a}", one.to) for one in next_hand_offs(made_of, BERLIN, made_of.start, 7)]
    assert days == [
        ("Mon", ANN),
        ("Tue", BOB),
        ("Wed", CAT),
        ("Thu", ANN),
        ("Fri", BOB),
        ("Mon", CAT),
        ("Tue", ANN),
    ]


def test_without_active_turns_the_weekend_eats_turns() -> None:
    weekdays = office_hours(*tuple(Weekday)[:5])
    plan = schedule(rotation(rule(utc(2026, 1, 5, 7), ANN, BOB, CAT, every=DAILY, restriction=weekdays)))
    monday, next_monday = utc(2026, 1, 5, 12), utc(2026, 1, 12, 12)
    assert [on_call(plan, day)[0].participant for day in (monday, next_monday)] == [ANN, BOB]


def test_active_turns_that_begin_outside_the_windows_still_give_the_first_to_the_first() -> None:
    made_of = rule(
        utc(2026, 1, 9, 23),
        ANN,
        BOB,
        every=DAILY,
        restriction=office_hours(*tuple(Weekday)[:5]),
        turns=TurnCounting.ACTIVE,
    )  # Saturday 00:00
    assert on_call(schedule(rotation(made_of)), utc(2026, 1, 10, 12)) == ()
    (segment,) = on_call(schedule(rotation(made_of)), utc(2026, 1, 12, 12))
    assert (segment.participant, segment.why.turn) == (ANN, 0)


def test_active_turns_on_elapsed_hours_count_them_all() -> None:
    mornings = every_day((8, 0), (12, 0))
    counted = rule(
        utc(2026, 1, 5, 7), ANN, BOB, every=HOURLY, length=7, restriction=mornings, turns=TurnCounting.ACTIVE
    )
    assert [one.to for one in next_hand_offs(counted, BERLIN, counted.start, 3)] == [ANN, BOB, ANN]


def test_hand_offs_are_listed_from_an_instant_on_and_end_with_the_rotation() -> None:
    made_of = rule(utc(2026, 1, 5, 8), ANN, BOB, every=DAILY, end=utc(2026, 1, 8, 8))
    assert next_hand_offs(made_of, BERLIN, utc(2026, 1, 6, 9), 5) == (HandOff(utc(2026, 1, 7, 8), ANN),)
    assert next_hand_offs(made_of, BERLIN, utc(2026, 1, 7, 8), 5) == (HandOff(utc(2026, 1, 7, 8), ANN),)
    assert next_hand_offs(made_of, BERLIN, utc(2026, 1, 9), 5) == ()
    assert next_hand_offs(made_of, BERLIN, utc(2026, 1, 1), 0) == ()


NIGHTS = every_day((22, 0), (6, 0))


@pytest.mark.parametrize(
    ("made_of", "expected"),
    [
        pytest.param(
            rule(utc(2026, 1, 5, 8), ANN, BOB, restriction=NIGHTS),
            [("Mon 12 22:00", BOB), ("Mon 19 22:00", ANN)],
            id="at the first night of each turn",
        ),
        pytest.param(
            rule(utc(2026, 1, 5, 2), ANN, BOB, restriction=NIGHTS),
            [("Mon 12 03:00", BOB), ("Mon 19 03:00", ANN)],
            id="at the hand-off where it lies in a night",
        ),
        pytest.param(rule(utc(2026, 1, 5, 8), ANN, restriction=NIGHTS), [], id="not who follows themselves"),
        pytest.param(
            rule(utc(2026, 1, 5, 8), ANN, ANN, BOB, restriction=NIGHTS),
            [("Mon 19 22:00", BOB), ("Mon 26 22:00", ANN)],
            id="nor in the second of two turns in a row",
        ),
        pytest.param(
            rule(utc(2026, 1, 5, 8), ANN, NOBODY, restriction=NIGHTS),
            [("Mon 12 22:00", NOBODY), ("Mon 19 22:00", ANN)],
            id="a turn of none like any other",
        ),
        pytest.param(
            rule(utc(2026, 1, 5, 8), ANN, BOB, CAT, every=DAILY, restriction=office_hours(Weekday.MONDAY)),
            [("Mon 12 09:00", BOB), ("Mon 19 09:00", CAT)],
            id="no turn outside the windows",
        ),
        pytest.param(
            rule(utc(2026, 1, 8, 8), ANN, BOB, restriction=NIGHTS),
            [("Thu 08 22:00", ANN), ("Thu 15 22:00", BOB)],
            id="the very first included",
        ),
        pytest.param(
            rule(utc(2026, 1, 5, 8), ANN, BOB, end=utc(2026, 1, 14), restriction=NIGHTS),
            [("Mon 12 22:00", BOB)],
            id="none after the end",
        ),
        pytest.param(
            rule(utc(2026, 1, 5, 8), ANN, BOB), [("Mon 12 09:00", BOB), ("Mon 19 09:00", ANN)], id="no windows"
        ),
        pytest.param(
            rule(utc(2026, 1, 5, 8), ANN, BOB, length=999_999), [], id="none before a turn that ends never does"
        ),
    ],
)
def test_who_begins_next_is_told_by_the_hours_in_force(
    made_of: RotationRule, expected: list[tuple[str, Participant]]
) -> None:
    told = next_beginnings(made_of, BERLIN, utc(2026, 1, 7, 12), 2)
    assert [(f"{to_local(one.at, BERLIN):%a %d %H:%M}", one.to) for one in told] == expected


def test_the_preview_of_an_edit_shows_its_moment_only_where_it_changes_whose_turn_it_is() -> None:
    before = rotation(rule(utc(2026, 1, 5, 8), ANN, BOB))
    at = utc(2026, 1, 7, 12)
    added = edited(before, rule(utc(2026, 1, 5, 8), ANN, BOB, CAT), at=at, zone=BERLIN)
    removed = edited(before, rule(utc(2026, 1, 5, 8), BOB, CAT), at=at, zone=BERLIN)
    assert next_hand_offs(added, BERLIN, utc(2026, 1, 6), 1) == (HandOff(utc(2026, 1, 12, 8), BOB),)
    assert next_hand_offs(removed, BERLIN, utc(2026, 1, 6), 1) == (HandOff(at, BOB),)


def test_in_every_zone_hand_offs_of_a_year_keep_their_order() -> None:
    wrong = []
    for name in sorted(available_timezones()):
        turns = Turns(RotationVersion(rule(utc(2011, 6, 1, 1, 30), ANN, every=DAILY)), ZoneInfo(name))
        hand_offs = [turns.hand_off(number) for number in range(400)]
        wrong += [name] if hand_offs != sorted(hand_offs) else []
    assert wrong == []
