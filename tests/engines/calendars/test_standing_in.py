"""When somebody is on call because a team or an escalation is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.engines.calendars import may_mean, spans_of
from bot.engines.rotation import Directory, Forwarding, Participant, Recipient, Schedule, Shift
from bot.vocabulary import ParticipantKind, RotationType
from tests.engines.rotation.worlds import ANN, BOB, CAT, rotation, rule, schedule, user, utc

DAY = timedelta(days=1)
START = utc(2026, 11, 16, 8)
MUCH_LATER = utc(2027, 1, 1)
OPS, SEA = (Participant(ParticipantKind.TEAM, name) for name in ("ops", "sea"))
FIRST = Participant(ParticipantKind.ESCALATION, "first")
DAILY = schedule(rotation(rule(utc(2026, 1, 5, 8), ANN, BOB, every=RotationType.DAILY)))
"""On the sixteenth it is Bob's turn."""


def _shift(who: Participant, days: int) -> Shift:
    return Shift("r", "R", who, START, START + days * DAY)


def _spans(
    name: str, who: Participant, directory: Directory, *, days: int = 20, until: datetime = MUCH_LATER
) -> list[tuple[datetime, datetime]]:
    return [span for span in spans_of(name, _shift(who, days), directory, until=until) if span is not None]


def test_a_team_without_schedules_is_its_members_all_the_time() -> None:
    directory = Directory(team_members={"ops": ("ann", "cat")}, team_schedules={"ops": ()})
    assert _spans("cat", OPS, directory) == [(START, START + 20 * DAY)]
    assert _spans("dan", OPS, directory) == []


def test_a_team_with_a_schedule_is_whoever_has_it_and_turns_pass_within_the_shift() -> None:
    directory = Directory(team_members={"ops": ("cat",)}, team_schedules={"ops": (DAILY,)})
    ann, bob = _spans("ann", OPS, directory), _spans("bob", OPS, directory)
    assert sorted([*ann, *bob]) == [(START + n * DAY, START + (n + 1) * DAY) for n in range(20)]
    assert len(ann) == len(bob) == 10
    assert _spans("cat", OPS, directory) == []


def test_a_team_s_schedule_counts_up_to_where_it_was_switched_off() -> None:
    off = replace(DAILY, enabled=False, off_since=START + DAY / 2)
    directory = Directory(team_members={"ops": ("cat",)}, team_schedules={"ops": (off,)})
    assert _spans("bob", OPS, directory) == [(START, START + DAY / 2)]
    assert _spans("ann", OPS, directory) == []


def test_what_runs_at_the_end_is_told_whole_and_nothing_begins_after_it() -> None:
    directory = Directory(team_members={"ops": ()}, team_schedules={"ops": (DAILY,)})
    until = START + 3 * DAY + DAY / 2
    both = [span for name in ("ann", "bob") for span in _spans(name, OPS, directory, until=until)]
    assert max(end for start, end in both if start < until) >= START + 4 * DAY


def test_a_forwarding_of_a_member_counts_for_its_time() -> None:
    away = Forwarding("f", "cat", "dan", START + DAY, START + 2 * DAY, 1)
    directory = Directory(team_members={"ops": ("cat",)}, team_schedules={"ops": ()}, forwardings=(away,))
    assert _spans("dan", OPS, directory) == [(START + DAY, START + 2 * DAY)]
    assert _spans("cat", OPS, directory) == [(START, START + DAY), (START + 2 * DAY, START + 20 * DAY)]


def test_others_go_first_between_any_two_rotations_and_moments_looked_at() -> None:
    hourly = [rotation(rule(utc(2026, 1, 5, 8), ANN, BOB, every=RotationType.HOURLY), f"r{n}") for n in range(50)]
    directory = Directory(team_members={"ops": ()}, team_schedules={"ops": (schedule(*hourly),)})
    pauses = sum(each is None for each in spans_of("ann", _shift(OPS, 1), directory, until=MUCH_LATER))
    assert pauses > 50 + 24


@pytest.mark.parametrize(
    ("who", "people", "may"),
    [
        (OPS, {"ann"}, True),
        (OPS, {"dan"}, False),
        (SEA, {"dan"}, True),
        (FIRST, {"cat"}, True),
        (FIRST, {"ann"}, True),
        (FIRST, {"dan"}, False),
        (ANN, {"ann"}, True),
        (Participant(ParticipantKind.TEAM, "gone"), {"ann"}, False),
    ],
)
def test_who_may_ever_be_meant_is_known_without_looking_at_any_time(
    who: Participant, people: Collection[str], may: bool
) -> None:
    own = Schedule("own", "own", DAILY.zone, enabled=True, rotations=(rotation(rule(START, OPS, user("ann"))),))
    directory = Directory(
        team_members={"ops": ("bob",), "sea": ("dan",)},
        team_schedules={"ops": (own,), "sea": ()},
        first_steps={"first": (Recipient(CAT), Recipient(DAILY), Recipient(FIRST), Recipient(OPS))},
    )
    assert may_mean(who, people, directory) is may
