"""Teams and escalations become people."""

from __future__ import annotations

from datetime import timedelta

from bot.engines.rotation import (
    NOBODY,
    Directory,
    FirstStep,
    Forwarding,
    Override,
    Participant,
    people_of,
    people_on_call,
)
from bot.vocabulary import ParticipantKind
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
    step = FirstStep((BOB, CREW, NOBODY, BOB), (CREWS_PLAN,))
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
        first_steps={"ladder": FirstStep((DECK, CAT))},
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
    directory = Directory(team_members={"crew": ("ann",)}, first_steps={"ladder": FirstStep((ANN,))}, forwardings=links)
    assert people_of(CREW, MONDAY, directory) == ("bob",)
    assert people_of(LADDER, MONDAY, directory) == ("bob",)
    assert people_on_call(schedule(rotation(rule(MONDAY, ANN))), MONDAY, directory) == ("bob",)
    assert people_of(BOB, MONDAY, directory) == ("bob",)


def test_overrides_of_a_team_s_schedule_count() -> None:
    row = Override("o", BOB, MONDAY, MONDAY + DAY, frozenset(), 1)
    directory = Directory(team_schedules={"crew": (CREWS_PLAN,)}, overrides={CREWS_PLAN.id: (row,)})
    assert people_of(CREW, MONDAY, directory) == ("bob",)
