"""Edits: the past stays, the running turn stays, the roster decides what comes after."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.engines.rotation import (
    Participant,
    Rotation,
    RotationRule,
    closed,
    edited,
    moved_to_zone,
    next_hand_offs,
    on_call,
    timeline,
)
from bot.vocabulary import RotationType
from tests.engines.rotation.worlds import ANN, BERLIN, BOB, CAT, DAN, NEW_YORK, rotation, rule, schedule, utc

START = utc(2026, 1, 5, 8)
"""Monday 09:00 in Berlin."""
WEEK = timedelta(weeks=1)
IN_BOBS_TURN = START + WEEK + timedelta(days=2)


def weekly(*participants: Participant, start: datetime = START, end: datetime | None = None) -> RotationRule:
    return rule(start, *participants, end=end)


def who(made: Rotation, at: datetime) -> Participant | None:
    return next((segment.participant for segment in on_call(schedule(made), at)), None)


def by_week(made: Rotation, first: int, last: int) -> list[Participant | None]:
    """Who is on call on each week's Saturday; week 0 is START's."""
    return [who(made, START + week * WEEK + timedelta(days=5)) for week in range(first, last)]


@pytest.mark.parametrize(
    ("roster", "expected"),
    [
        pytest.param((ANN, BOB, CAT, DAN), [BOB, CAT, DAN, ANN], id="added at the end"),
        pytest.param((DAN, ANN, BOB, CAT), [BOB, CAT, DAN, ANN], id="added at the front"),
        pytest.param((BOB, CAT), [BOB, CAT, BOB, CAT], id="another removed"),
        pytest.param((CAT, BOB, ANN), [BOB, ANN, CAT, BOB], id="reordered"),
        pytest.param((CAT, ANN), [CAT, ANN, CAT, ANN], id="the one on call removed: the roster's first"),
    ],
)
def test_an_edit_of_the_roster_mid_turn_keeps_whoever_is_on_call(
    roster: tuple[Participant, ...], expected: list[Participant]
) -> None:
    before = rotation(weekly(ANN, BOB, CAT))
    after = edited(before, weekly(*roster), at=IN_BOBS_TURN, zone=BERLIN)
    assert by_week(after, 0, 1) == [ANN]
    assert who(after, IN_BOBS_TURN - timedelta(seconds=1)) == BOB
    assert by_week(after, 1, 5) == expected


def test_who_stands_twice_keeps_the_place_that_was_running() -> None:
    before = rotation(weekly(ANN, BOB, ANN, CAT))
    after = edited(before, weekly(DAN, ANN, BOB, ANN, CAT), at=START + 2 * WEEK + timedelta(days=1), zone=BERLIN)
    assert by_week(after, 2, 6) == [ANN, CAT, DAN, ANN]


def test_an_edit_at_the_next_hand_off_counts_from_there() -> None:
    hand_off = START + WEEK
    after = edited(rotation(weekly(ANN, BOB)), weekly(ANN, BOB, CAT), at=hand_off, zone=BERLIN)
    assert by_week(after, 0, 4) == [ANN, BOB, CAT, ANN]
    assert after.versions[-1].counted_from == hand_off


def test_turn_numbers_count_afresh_in_the_new_version() -> None:
    after = edited(rotation(weekly(ANN, BOB)), weekly(ANN, BOB, CAT), at=IN_BOBS_TURN, zone=BERLIN)
    (row,) = timeline(schedule(after), START + WEEK, START + 3 * WEEK).rotations
    assert [(s.why.version, s.why.turn, s.participant) for s in row.final] == [(0, 1, BOB), (1, 0, BOB), (1, 1, CAT)]


def test_an_edit_that_moves_the_start_counts_from_the_new_start() -> None:
    new_start = IN_BOBS_TURN + timedelta(days=1)
    after = edited(rotation(weekly(ANN, BOB)), weekly(ANN, BOB, start=new_start), at=IN_BOBS_TURN, zone=BERLIN)
    assert who(after, IN_BOBS_TURN - timedelta(seconds=1)) == BOB
    assert who(after, IN_BOBS_TURN) is None
    assert [one.to for one in next_hand_offs(after, BERLIN, new_start, 2)] == [ANN, BOB]


def test_a_start_moved_into_the_past_changes_nothing_before_the_edit() -> None:
    after = edited(rotation(weekly(ANN, BOB)), weekly(CAT, start=START - 5 * WEEK), at=IN_BOBS_TURN, zone=BERLIN)
    assert by_week(after, -2, 1) == [None, None, ANN]
    assert who(after, IN_BOBS_TURN) == CAT


def test_a_rotation_that_has_not_begun_is_simply_another() -> None:
    before = rotation(weekly(ANN, BOB))
    after = edited(before, weekly(CAT, BOB), at=START - WEEK, zone=BERLIN)
    assert len(after.versions) == 1
    assert by_week(after, 0, 2) == [CAT, BOB]


def test_a_new_length_counts_from_the_hand_off_that_was_running() -> None:
    daily = rule(START, ANN, BOB, CAT, every=RotationType.DAILY)
    after = edited(rotation(weekly(ANN, BOB, CAT)), daily, at=IN_BOBS_TURN, zone=BERLIN)
    assert [who(after, IN_BOBS_TURN + timedelta(days=n, hours=1)) for n in range(3)] == [ANN, BOB, CAT]


def test_the_rule_is_echoed_as_it_was_last_sent() -> None:
    new_rule = weekly(ANN, BOB, CAT)
    after = edited(rotation(weekly(ANN, BOB)), new_rule, at=IN_BOBS_TURN, zone=BERLIN)
    assert after.rule == new_rule
    assert after.rule.start == START


def test_the_same_rule_again_changes_nothing() -> None:
    before = rotation(weekly(ANN, BOB))
    assert edited(before, weekly(ANN, BOB), at=IN_BOBS_TURN, zone=BERLIN) is before


def test_an_edit_that_waits_for_its_hand_off_is_replaced_by_one_made_before_it() -> None:
    waiting = edited(rotation(weekly(ANN, BOB)), weekly(CAT, DAN), at=START + 2 * WEEK, zone=BERLIN)
    after = edited(waiting, weekly(ANN, BOB, CAT), at=IN_BOBS_TURN, zone=BERLIN)
    assert by_week(after, 0, 4) == [ANN, BOB, CAT, ANN]


def test_a_second_edit_at_the_same_moment_replaces_the_first() -> None:
    once = edited(rotation(weekly(ANN, BOB)), weekly(CAT, DAN), at=IN_BOBS_TURN, zone=BERLIN)
    twice = edited(once, weekly(ANN, BOB, CAT), at=IN_BOBS_TURN, zone=BERLIN)
    assert len(twice.versions) == 2
    assert by_week(twice, 1, 3) == [BOB, CAT]


def test_extending_a_rotation_that_ended_leaves_the_gap_and_goes_on_in_order() -> None:
    ended = rotation(weekly(ANN, BOB, CAT, end=START + WEEK))
    at = START + 2 * WEEK + timedelta(days=1)
    after = edited(ended, weekly(ANN, BOB, CAT), at=at, zone=BERLIN)
    assert by_week(after, 0, 5) == [ANN, None, CAT, ANN, BOB]


def test_an_edit_in_a_turn_whose_hand_off_was_skipped_returns_to_the_time_of_day() -> None:
    daily = rule(utc(2026, 3, 20, 1, 30), ANN, BOB, every=RotationType.DAILY)  # 02:30 in Berlin
    after = edited(rotation(daily), replace(daily, participants=(ANN, BOB, CAT)), at=utc(2026, 3, 29, 12), zone=BERLIN)
    hand_offs = [one.at for one in next_hand_offs(after, BERLIN, utc(2026, 3, 29, 12), 2)]
    assert hand_offs == [utc(2026, 3, 30, 0, 30), utc(2026, 3, 31, 0, 30)]


def test_a_closed_rotation_keeps_its_past_and_the_earlier_closing_counts() -> None:
    gone = closed(closed(rotation(weekly(ANN, BOB)), at=IN_BOBS_TURN), at=IN_BOBS_TURN + WEEK)
    assert who(gone, IN_BOBS_TURN - timedelta(seconds=1)) == BOB
    assert who(gone, IN_BOBS_TURN) is None


def test_a_schedule_moved_to_another_zone_keeps_its_past_and_its_running_turn() -> None:
    autumn = utc(2026, 10, 19, 7)  # 09:00 in Berlin, 03:00 in New York
    plan = schedule(rotation(weekly(ANN, BOB, start=autumn)))
    at = utc(2026, 10, 28, 12)
    moved = moved_to_zone(plan, NEW_YORK, at=at)
    assert timeline(moved, autumn, at) == timeline(plan, autumn, at)
    (row,) = timeline(moved, at, at + 2 * WEEK).rotations
    assert [(s.start, s.participant) for s in row.final] == [
        (at, BOB),
        (utc(2026, 11, 2, 9), ANN),
        (utc(2026, 11, 9, 9), BOB),
    ]


def test_moving_a_schedule_leaves_rotations_to_come_on_the_new_clock() -> None:
    plan = schedule(rotation(weekly(ANN, BOB)))
    moved = moved_to_zone(plan, ZoneInfo("Asia/Kolkata"), at=START - WEEK)
    assert by_week(moved.rotations[0], 0, 2) == [ANN, BOB]
    assert moved_to_zone(moved, moved.zone, at=START) is moved


def test_an_edit_that_waits_survives_a_move_to_another_zone() -> None:
    waiting = edited(rotation(weekly(ANN, BOB)), weekly(CAT, DAN), at=START + 2 * WEEK, zone=BERLIN)
    moved = moved_to_zone(schedule(waiting), ZoneInfo("Asia/Kolkata"), at=IN_BOBS_TURN)
    assert by_week(moved.rotations[0], 0, 4) == [ANN, BOB, CAT, DAN]
