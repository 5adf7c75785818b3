"""What calendars are told of a shift over time: its id stays, its sequence rises, it is cancelled and forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.engines.calendars import CANCELLED_KEPT, changes
from bot.engines.rotation import Override, edited
from bot.vocabulary import RotationType
from tests.engines.calendars.world import Memory, entries
from tests.engines.rotation.worlds import ANN, BERLIN, BOB, CAT, DAN, rotation, rule, schedule, utc

NOW = utc(2026, 11, 18, 9)
TURN = utc(2026, 11, 16, 8)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
WEEKLY = rotation(rule(utc(2026, 1, 5, 8), ANN, BOB), "r0")
OTHER = rotation(rule(utc(2026, 1, 5, 8), CAT, DAN), "r1")
BOTH = schedule(WEEKLY, OTHER)


def test_told_again_nothing_is_another_and_there_is_nothing_to_write() -> None:
    memory = Memory()
    first = memory.tell(entries(BOTH, NOW), NOW)
    again = memory.tell(entries(BOTH, NOW + 7 * HOUR), NOW + 7 * HOUR)
    assert again == first
    assert not list(changes(again.values(), first))


def test_an_edit_of_one_rotation_leaves_the_other_and_the_past_alone() -> None:
    memory = Memory()
    first = memory.tell(entries(BOTH, NOW), NOW)
    later = NOW + HOUR
    changed = schedule(edited(WEEKLY, rule(utc(2026, 1, 5, 8), BOB, ANN, CAT), at=later, zone=BERLIN), OTHER)
    told = memory.tell(entries(changed, later), later)
    for uid, before in first.items():
        if before.entry.rotation_id == "r1" or before.entry.end <= later:
            assert told[uid] is before
    raised = [each for each in told.values() if each.sequence]
    assert raised and {(each.sequence, each.changed_at) for each in raised} == {(1, later)}
    assert all(first[each.entry.uid].entry.participant != each.entry.participant for each in raised)


def test_the_id_of_a_shift_is_that_of_its_rotation_and_beginning_in_every_run() -> None:
    [one] = [each for each in entries(BOTH, NOW) if each.start == TURN and each.rotation_id == "r0"]
    assert one.uid == "78bc7e7e410cd6404a801c670660602a1e0000dd191696e15e2ee2"
    laid = Override("o", DAN, TURN, TURN + DAY, frozenset({"r0"}), 1)
    [other] = [each for each in entries(BOTH, NOW, (laid,)) if each.start == TURN and each.rotation_id == "r0"]
    assert (other.uid, other.end, other.name) == (one.uid, TURN + DAY, "dan")


@pytest.mark.parametrize("days", [0, 1, 13, 14])
def test_what_is_gone_is_told_as_cancelled_for_fourteen_days(days: int) -> None:
    memory = Memory()
    laid = Override("o", DAN, TURN + 2 * DAY + HOUR, TURN + 3 * DAY, frozenset({"r0"}), 1)
    with_it = memory.tell(entries(BOTH, NOW, (laid,)), NOW)
    [dans] = [each for each in with_it.values() if each.entry.start == laid.start]
    memory.tell(entries(BOTH, NOW), NOW)
    later = NOW + days * DAY
    gone = memory.tell(entries(BOTH, later), later)[dans.entry.uid]
    assert (gone.cancelled_at, gone.sequence, gone.entry) == (NOW, 1, dans.entry)


def test_after_that_it_is_forgotten_and_where_it_comes_back_its_sequence_has_risen() -> None:
    memory = Memory()
    laid = Override("o", DAN, TURN + 20 * DAY, TURN + 21 * DAY, frozenset({"r0"}), 1)
    memory.tell(entries(BOTH, NOW, (laid,)), NOW)
    memory.tell(entries(BOTH, NOW), NOW)
    later = NOW + CANCELLED_KEPT + DAY
    assert not [each for each in memory.tell(entries(BOTH, later), later).values() if each.cancelled_at]
    back = memory.tell(entries(BOTH, later, (laid,)), later)
    [dans] = [each for each in back.values() if each.entry.start == laid.start]
    assert (dans.sequence, dans.cancelled_at) == (2, None)


def test_another_name_is_a_change_too() -> None:
    memory = Memory()
    memory.tell(entries(BOTH, NOW), NOW)
    told = memory.tell(entries(replace(BOTH, name="ops"), NOW + HOUR), NOW + HOUR)
    assert {each.sequence for each in told.values()} == {1}


def test_of_a_schedule_that_is_off_what_runs_ends_once_and_what_is_past_stays() -> None:
    memory = Memory()
    first = memory.tell(entries(BOTH, NOW), NOW)
    off = replace(BOTH, enabled=False, off_since=NOW + HOUR)
    told = memory.tell(entries(off, NOW + HOUR), NOW + HOUR)
    running = [each for each in told.values() if each.entry.start == TURN]
    assert {(each.entry.end, each.sequence, each.cancelled_at) for each in running} == {(NOW + HOUR, 1, None)}
    assert all(told[uid] is each for uid, each in first.items() if each.entry.end <= NOW)
    assert all(told[uid].cancelled_at == NOW + HOUR for uid, each in first.items() if each.entry.start > NOW)
    assert memory.tell(entries(off, NOW + 2 * HOUR), NOW + 2 * HOUR) == told
    on_again = memory.tell(entries(BOTH, NOW + 3 * HOUR), NOW + 3 * HOUR)
    assert {each.cancelled_at for each in on_again.values()} == {None}


@pytest.mark.parametrize(
    ("is_on", "off_since", "last_end"),
    [
        (True, None, None),
        (False, NOW - 30 * DAY, NOW - 30 * DAY),
        (False, NOW - DAY, NOW - DAY),
        (False, NOW, NOW),
        (False, None, NOW - 1000 * DAY),
    ],
)
def test_whoever_subscribes_only_then_is_told_what_held_until_a_schedule_was_switched_off(
    is_on: bool, off_since: datetime | None, last_end: datetime | None
) -> None:
    of_on = entries(BOTH, NOW)
    told = entries(replace(BOTH, enabled=is_on, off_since=off_since), NOW)
    end = last_end or max(each.end for each in of_on)
    assert told == [replace(each, end=min(each.end, end)) for each in of_on if each.start < end]


def test_over_many_changes_a_sequence_only_ever_rises_and_what_stays_the_same_is_never_touched() -> None:
    chance, memory, now = Random(5), Memory(), NOW
    laid: list[Override] = []
    seen: dict[str, int] = {}
    daily = schedule(rotation(rule(utc(2026, 1, 5, 8), ANN, BOB, CAT, every=RotationType.DAILY), "r0"), OTHER)
    for turn in range(25):
        now += chance.randrange(1, 30) * HOUR
        if laid and chance.random() < 0.4:
            laid.pop(chance.randrange(len(laid)))
        else:
            start = now + chance.randrange(-48, 400) * HOUR
            laid.append(Override(f"o{turn}", DAN, start, start + chance.randrange(1, 60) * HOUR, frozenset(), turn))
        before = dict(memory.kept)
        told = memory.tell(entries(daily, now, laid), now)
        for uid, each in told.items():
            is_new = each is not before.get(uid)
            assert each.sequence == seen.get(uid, -1) + is_new
            assert each.changed_at == now if is_new else each.changed_at < now
            seen[uid] = each.sequence
    assert max(seen.values()) > 1
