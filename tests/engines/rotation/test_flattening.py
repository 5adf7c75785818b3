"""Teams and escalations become people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.rotation import (
    NOBODY,
    Directory,
    Duty,
    Forwarding,
    Override,
    Participant,
    Recipient,
    Rotation,
    Schedule,
    duties,
    people_among,
    people_of,
    people_on_call,
    turning_points,
)
from bot.vocabulary import ParticipantKind, StepNotifies
from tests.engines.rotation.worlds import ANN, BOB, CAT, every_day, rotation, rule, schedule, utc

MONDAY = utc(2026, 1, 5, 8)
DAY = timedelta(days=1)
CREW = Participant(ParticipantKind.TEAM, "crew")
DECK = Participant(ParticipantKind.TEAM, "deck")
LADDER = Participant(ParticipantKind.ESCALATION, "ladder")
CREWS_PLAN = schedule(rotation(rule(MONDAY, ANN, restriction=every_day((8, 0), (18, 0)))))


def test_a_team_stands_for_those_on_call_in_its_schedules() -> None:
    directory = Directory(team_schedules={"crew": (CREWS_PLAN,)}, team_members={"crew": ("bob", "cat")})
    assert people_of(CREW, MONDAY, directory) == ("ann",)


def test_a_team_with_nobody_on_call_stands_for_its_members() -> None:
    directory = Directory(team_schedules={"crew": (CREWS_PLAN,)}, team_members={"crew": ("bob", "cat")})
    assert people_of(CREW, MONDAY + DAY / 2, directory) == ("bob", "cat")


def test_an_escalation_stands_for_its_first_step() -> None:
    step = (*map(Recipient, (BOB, CREW, NOBODY, BOB)), Recipient(CREWS_PLAN))
    directory = Directory(team_members={"crew": ("cat", "bob")}, first_steps={"ladder": step})
    assert people_of(LADDER, MONDAY, directory) == ("bob", "cat", "ann")


def test_the_people_of_a_schedule_come_in_rotation_order_each_once() -> None:
    plan = schedule(
        rotation(rule(MONDAY, CREW), "a"), rotation(rule(MONDAY, CAT), "b"), rotation(rule(MONDAY, ANN), "c")
    )
    directory = Directory(team_members={"crew": ("ann", "bob")})
    assert people_on_call(plan, MONDAY, directory) == ("ann", "bob", "cat")


def test_a_team_whose_schedule_names_the_team_is_cut_and_stands_for_its_members() -> None:
    round_about = schedule(rotation(rule(MONDAY, CREW)))
    directory = Directory(team_schedules={"crew": (round_about,)}, team_members={"crew": ("ann",)})
    assert people_of(CREW, MONDAY, directory) == ("ann",)


def test_teams_and_escalations_that_name_one_another_end() -> None:
    directory = Directory(
        team_schedules={"deck": (schedule(rotation(rule(MONDAY, LADDER))),)},
        first_steps={"ladder": (Recipient(DECK), Recipient(CAT))},
    )
    assert people_of(DECK, MONDAY, directory) == ("cat",)
    assert people_of(LADDER, MONDAY, directory) == ("cat",)


def test_what_the_directory_does_not_know_is_nobody() -> None:
    assert people_of(CREW, MONDAY, Directory()) == ()
    assert people_of(LADDER, MONDAY, Directory()) == ()
    assert people_of(NOBODY, MONDAY, Directory()) == ()


def test_members_and_steps_pass_their_duty_on_but_a_segment_s_user_only_once() -> None:
    links = (
        Forwarding("f1", "ann", "bob", MONDAY, MONDAY + DAY, 1),
        Forwarding("f2", "bob", "ann", MONDAY, MONDAY + DAY, 2),
    )
    directory = Directory(team_members={"crew": ("ann",)}, first_steps={"ladder": (Recipient(ANN),)}, forwardings=links)
    assert people_of(CREW, MONDAY, directory) == ("bob",)
    assert people_of(LADDER, MONDAY, directory) == ("bob",)
    assert people_on_call(schedule(rotation(rule(MONDAY, ANN))), MONDAY, directory) == ("bob",)
    assert people_of(BOB, MONDAY, directory) == ("bob",)


def test_overrides_of_a_team_s_schedule_count() -> None:
    row = Override("o", BOB, MONDAY, MONDAY + DAY, frozenset(), 1)
    directory = Directory(team_schedules={"crew": (CREWS_PLAN,)}, overrides={CREWS_PLAN.id: (row,)})
    assert people_of(CREW, MONDAY, directory) == ("bob",)


def test_who_is_inside_is_told_level_by_level_with_how_and_from_whom() -> None:
    step = (
        Recipient(ANN, after_minutes=5, notifies=StepNotifies.DEFAULT),
        Recipient(CREW, members=("cat",), notifies=StepNotifies.ADMINS),
    )
    links = (Forwarding("f", "ann", "bob", MONDAY, MONDAY + DAY, 1),)
    directory = Directory(team_members={"crew": ("ann",)}, first_steps={"ladder": step}, forwardings=links)
    [duty] = duties(schedule(rotation(rule(MONDAY, LADDER))), MONDAY, directory)
    first, second = duty.inside
    assert (first.participant, first.forwarded_from, first.told) == (BOB, "ann", step[0])
    assert (second.participant, second.told, people_among(second.inside)) == (CREW, step[1], ("cat",))
    assert people_among((duty,)) == ("bob", "cat")


def test_the_turning_points_are_those_of_everything_inside() -> None:
    links = (Forwarding("f", "ann", "bob", MONDAY + DAY / 4, MONDAY + DAY / 3, 1),)
    directory = Directory(team_schedules={"crew": (CREWS_PLAN,)}, forwardings=links)
    found = turning_points(directory, MONDAY, MONDAY + DAY / 2)
    assert found == (MONDAY + DAY / 4, MONDAY + DAY / 3, utc(2026, 1, 5, 17))
    held = [people_of(CREW, at, directory) for at in (MONDAY, *found)]
    assert held == [("ann",), ("bob",), ("ann",), ()]


def test_a_group_met_twice_is_opened_again_where_it_holds_users_alone() -> None:
    directory = Directory(team_members={"crew": ("ann",)}, first_steps={"ladder": (Recipient(CREW),)})
    plan = schedule(rotation(rule(MONDAY, CREW), "a"), rotation(rule(MONDAY, LADDER), "b"))
    crew, ladder = duties(plan, MONDAY, directory)
    assert people_among((crew,)) == people_among((ladder,)) == ("ann",)


def test_teams_that_lead_nowhere_but_round_in_a_circle_stand_for_their_own_members() -> None:
    directory = Directory(
        team_schedules={
            "crew": (owned("c", rotation(rule(MONDAY, DECK))),),
            "deck": (owned("d", rotation(rule(MONDAY, CREW))),),
        },
        team_members={"crew": ("ann",), "deck": ("bob",)},
    )
    assert people_of(CREW, MONDAY, directory) == ("ann",)
    assert people_of(DECK, MONDAY, directory) == ("bob",)
    memberless = replace(directory, team_members={"deck": ("bob",)})
    assert people_of(CREW, MONDAY, memberless) == ("bob",)


class Counted(Mapping[str, tuple[Schedule, ...]]):
    """A mapping that counts how often it is looked into."""

    def __init__(self, of: Mapping[str, tuple[Schedule, ...]]) -> None:
        self.of, self.asked = of, 0

    def __getitem__(self, key: str) -> tuple[Schedule, ...]:
        self.asked += 1
        return self.of[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.of)

    def __len__(self) -> int:
        return len(self.of)


@pytest.mark.parametrize("somebody", [(), (ANN,)])
def test_twelve_teams_that_all_name_each_other_are_read_once_each(somebody: tuple[Participant, ...]) -> None:
    teams = [Participant(ParticipantKind.TEAM, f"team {number}") for number in range(12)]
    plans = {
        team.id or "": (
            owned(team.id or "", *(rotation(rule(MONDAY, each), f"{each.id}") for each in (*teams, *somebody))),
        )
        for team in teams
    }
    looked_into = Counted(plans)
    members = {each.id or "": (f"member of {each.id}",) for each in teams}
    directory = Directory(team_schedules=looked_into, team_members=members)
    found = duties(plans["team 0"][0], MONDAY, directory)
    assert looked_into.asked == 12
    assert size(found) <= 12 * 14
    assert people_among(found)


def test_levels_of_two_teams_are_not_told_once_for_every_way_through_them() -> None:
    levels = [(f"a{level}", f"b{level}") for level in range(14)]
    plans = {
        name: (owned(name, *(rotation(rule(MONDAY, Participant(ParticipantKind.TEAM, each)), each) for each in below)),)
        for level, below in pairwise(levels)
        for name in level
    }
    directory = Directory(team_schedules=plans, team_members={"a13": ("ann",), "b13": ("bob",)})
    found = duties(plans["a0"][0], MONDAY, directory)
    assert people_among(found) == ("ann", "bob")
    assert size(found) <= 4 * 2 * 14


def size(found: tuple[Duty, ...]) -> int:
    return sum(1 + size(duty.inside) for duty in found)


def owned(schedule_id: str, *rotations: Rotation) -> Schedule:
    return replace(schedule(*rotations), id=schedule_id)


@dataclass(frozen=True)
class Named:
    """Who names whom: groups 0, 1, 2, ... by number, users by name. Teams are those with even numbers."""

    groups: tuple[tuple[int | str, ...], ...]
    members: tuple[tuple[str, ...], ...]

    @property
    def directory(self) -> Directory:
        teams = range(0, len(self.groups), 2)
        return Directory(
            team_schedules={
                f"{number}": (
                    owned(
                        f"{number}",
                        *(rotation(rule(MONDAY, self.of(each)), str(each)) for each in self.groups[number]),
                    ),
                )
                for number in teams
            },
            team_members={f"{number}": self.members[number] for number in teams},
            first_steps={
                f"{number}": tuple(Recipient(self.of(each)) for each in self.groups[number])
                for number in range(1, len(self.groups), 2)
            },
        )

    def of(self, who: int | str) -> Participant:
        if isinstance(who, str):
            return Participant(ParticipantKind.USER, who)
        return Participant(ParticipantKind.ESCALATION if who % 2 else ParticipantKind.TEAM, f"{who}")

    def walked(self, who: int | str, above: tuple[int, ...] = ()) -> list[str]:
        """Every way there is, each cut where it comes round."""
        if isinstance(who, str):
            return [who]
        if who in above:
            return []
        found = [user for each in self.groups[who] for user in self.walked(each, (*above, who))]
        return found or list(self.members[who] if who % 2 == 0 else ())


@st.composite
def named(draw: st.DrawFn, *, circles: bool) -> Named:
    """Up to six groups. Those that come round have no members to stand for them."""
    count = draw(st.integers(1, 6))
    users = st.sampled_from(("ann", "bob", "cat", "dan"))
    groups = [
        tuple(draw(st.lists(st.one_of(users, st.integers(0 if circles else number + 1, count - 1)), max_size=3)))
        if circles or number + 1 < count
        else tuple(draw(st.lists(users, max_size=3)))
        for number in range(count)
    ]
    members = [() if circles else tuple(draw(st.lists(users, max_size=2, unique=True))) for _ in groups]
    return Named(tuple(groups), tuple(members))


@settings(settings.get_profile("rotation-brief"))
@given(st.booleans().flatmap(lambda circles: named(circles=circles)))
def test_people_are_those_whom_a_walk_along_every_way_finds(found: Named) -> None:
    for number in range(len(found.groups)):
        expected = tuple(dict.fromkeys(found.walked(number)))
        assert people_of(found.of(number), MONDAY, found.directory) == expected


@settings(settings.get_profile("rotation-brief"))
@given(named(circles=True), st.lists(st.booleans(), min_size=6, max_size=6))
def test_whoever_names_a_team_with_members_stands_for_somebody(found: Named, has_members: list[bool]) -> None:
    members = tuple((f"m{number}",) if has_members[number] else () for number in range(len(found.groups)))
    manned = replace(found, members=members)
    for number in range(len(found.groups)):
        people = people_of(found.of(number), MONDAY, manned.directory)
        assert bool(people) == bool(manned.walked(number))
        assert set(people) >= set(found.walked(number))
