"""Until when, who is next, and how long a gap lasts."""

from __future__ import annotations

from datetime import timedelta

from bot.engines.rotation import (
    HORIZON,
    NOBODY,
    Forwarding,
    Override,
    RotationStanding,
    Schedule,
    next_change,
    shifts_between,
    standing,
)
from bot.vocabulary import RotationType, Weekday
from tests.engines.rotation.worlds import ANN, BOB, CAT, every_day, office_hours, rotation, rule, schedule, utc

MONDAY = utc(2026, 1, 5, 8)
"""09:00 in Berlin, a hand-off."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
WEEKDAYS = office_hours(*tuple(Weekday)[:5])


def only(plan: Schedule, at_hours: float, *overrides: Override) -> RotationStanding:
    (row,) = standing(plan, MONDAY + at_hours * HOUR, overrides).rotations
    return row


def test_a_plain_rotation_tells_until_when_and_who_is_next() -> None:
    row = only(schedule(rotation(rule(MONDAY, ANN, BOB))), 30)
    assert row.now is not None
    assert row.following is not None
    assert (row.now.participant, row.until) == (ANN, MONDAY + WEEK)
    assert (row.following.participant, row.following.start) == (BOB, MONDAY + WEEK)
    assert row.next_other == row.following


def test_a_shift_of_several_turns_ends_with_the_last_of_them() -> None:
    row = only(schedule(rotation(rule(MONDAY, ANN, ANN, BOB))), 30)
    assert row.until == MONDAY + 2 * WEEK


def test_a_shift_goes_on_through_an_override_of_the_same_person() -> None:
    override = Override("o", ANN, MONDAY + 6 * DAY, MONDAY + 8 * DAY, frozenset(), 1)
    assert only(schedule(rotation(rule(MONDAY, ANN, BOB))), 30, override).until == MONDAY + 8 * DAY


def test_after_a_break_the_same_person_follows_and_somebody_else_comes_later() -> None:
    row = only(schedule(rotation(rule(MONDAY - HOUR, ANN, BOB, restriction=WEEKDAYS))), 2)
    assert row.following is not None
    assert row.next_other is not None
    assert row.until == MONDAY + 9 * HOUR
    assert (row.following.participant, row.following.start) == (ANN, MONDAY - HOUR + DAY)
    assert (row.next_other.participant, row.next_other.start) == (BOB, MONDAY - HOUR + WEEK)


def test_somebody_alone_for_ever_has_no_end_in_sight() -> None:
    plan = schedule(rotation(rule(MONDAY, ANN, every=RotationType.HOURLY)))
    row = only(plan, 3)
    assert (row.until, row.following, row.next_other) == (None, None, None)
    assert next_change(plan, MONDAY + 3 * HOUR) is None


def test_somebody_alone_in_windows_has_breaks_but_no_successor() -> None:
    row = only(schedule(rotation(rule(MONDAY - HOUR, ANN, restriction=WEEKDAYS))), 2)
    assert row.until == MONDAY + 9 * HOUR
    assert row.following is not None
    assert row.next_other is None


def test_somebody_alone_until_the_end_is_on_call_until_then() -> None:
    row = only(schedule(rotation(rule(MONDAY, ANN, end=MONDAY + 30 * DAY))), 2)
    assert (row.until, row.following) == (MONDAY + 30 * DAY, None)


def test_what_lies_beyond_the_horizon_is_not_in_sight() -> None:
    plan = schedule(rotation(rule(MONDAY, ANN, BOB, length=200)))
    row = only(plan, 1)
    assert (row.until, row.following) == (None, None)
    assert next_change(plan, MONDAY) is None
    near_its_end = MONDAY + 200 * WEEK - HORIZON + HOUR
    (late,) = standing(plan, near_its_end).rotations
    assert late.until == MONDAY + 200 * WEEK


def test_a_gap_tells_since_when_and_who_ends_it() -> None:
    plan = schedule(rotation(rule(MONDAY - HOUR, ANN, BOB, restriction=WEEKDAYS)))
    saturday = MONDAY + 5 * DAY
    stand = standing(plan, saturday)
    assert stand.is_gap
    assert stand.gap_since == MONDAY + 4 * DAY + 9 * HOUR
    assert stand.change is not None
    assert (stand.change.at, [s.participant for s in stand.change.people]) == (MONDAY - HOUR + WEEK, [BOB])
    (row,) = stand.rotations
    assert (row.now, row.until) == (None, None)
    assert row.following == row.next_other == stand.change.people[0]


def test_a_gap_that_has_been_from_the_beginning_has_no_since() -> None:
    stand = standing(schedule(rotation(rule(MONDAY, ANN))), MONDAY - 3 * DAY)
    assert (stand.is_gap, stand.gap_since) == (True, None)
    assert stand.change is not None
    assert stand.change.at == MONDAY


def test_a_gap_that_never_ends_has_no_change() -> None:
    stand = standing(schedule(rotation(rule(MONDAY, ANN, end=MONDAY + DAY))), MONDAY + 100 * DAY)
    assert (stand.gap_since, stand.change) == (MONDAY + DAY, None)


def test_a_planned_gap_is_a_gap() -> None:
    plan = schedule(rotation(rule(MONDAY, ANN, NOBODY, BOB)))
    stand = standing(plan, MONDAY + 10 * DAY)
    assert stand.gap_since == MONDAY + WEEK
    assert stand.change is not None
    assert stand.change.at == MONDAY + 2 * WEEK


def test_one_rotation_s_gap_is_none_of_the_schedule_while_another_covers_it() -> None:
    day = rotation(rule(MONDAY, ANN, restriction=every_day((8, 0), (18, 0))), "day")
    night = rotation(rule(MONDAY, BOB, restriction=every_day((18, 0), (8, 0))), "night")
    stand = standing(schedule(day, night), MONDAY + 2 * HOUR)
    assert not stand.is_gap
    assert [row.now is None for row in stand.rotations] == [False, True]
    assert stand.change is not None
    assert (stand.change.at, [s.participant for s in stand.change.people]) == (MONDAY + 9 * HOUR, [BOB])


def test_a_hand_over_between_rotations_to_the_same_person_changes_nothing() -> None:
    day = rotation(rule(MONDAY, ANN, restriction=every_day((8, 0), (18, 0))), "day")
    night = rotation(rule(MONDAY, ANN, restriction=every_day((18, 0), (8, 0))), "night")
    assert next_change(schedule(day, night), MONDAY + 2 * HOUR) is None


def test_a_forwarding_to_come_is_the_next_change() -> None:
    link = Forwarding("f", "ann", "cat", MONDAY + 3 * DAY, MONDAY + 4 * DAY, 1)
    stand = standing(schedule(rotation(rule(MONDAY, ANN))), MONDAY + HOUR, (), [link])
    assert stand.change is not None
    assert (stand.change.at, [s.participant for s in stand.change.people]) == (MONDAY + 3 * DAY, [CAT])
    (row,) = stand.rotations
    assert row.until == MONDAY + 3 * DAY


def test_a_schedule_that_is_off_has_nothing_to_tell() -> None:
    off = schedule(rotation(rule(MONDAY, ANN, BOB)), enabled=False)
    stand = standing(off, MONDAY + HOUR)
    assert (stand.people, stand.rotations, stand.change, stand.gap_since) == ((), (), None, None)
    assert next_change(off, MONDAY) is None


def test_shifts_join_touching_segments_of_one_person_in_each_rotation() -> None:
    plan = schedule(rotation(rule(MONDAY, ANN, ANN, BOB), "a"), rotation(rule(MONDAY, ANN), "b"))
    found = shifts_between(plan, MONDAY, MONDAY + 3 * WEEK)
    assert [(s.rotation_id, s.participant, s.start, s.end) for s in found] == [
        ("a", ANN, MONDAY, MONDAY + 2 * WEEK),
        ("a", BOB, MONDAY + 2 * WEEK, MONDAY + 3 * WEEK),
        ("b", ANN, MONDAY, MONDAY + 3 * WEEK),
    ]
