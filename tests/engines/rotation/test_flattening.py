"""Teams and escalations become people."""

from __future__ import annotations

from datetime import timedelta

from bot.engines.rotation import (
    NOBODY,
    Directory,
    Forwarding,
    Override,
    Participant,
    Recipient,
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
