"""Teams, escalations and nobody in rosters, which only programs put there: what people in Slack see of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engines.rotation import NOBODY, Participant
from bot.vocabulary import ParticipantKind, RotationType
from tests.api.opsgenie.schedules.watches import Watches, rotation
from tests.slack.conftest import MORNING, Town

CHANNEL = "C02INCIDENTS"
DAY = timedelta(days=1)
HANDED_OVER = MORNING - timedelta(hours=1)


async def _met(town: Town, *slack_ids: str) -> list[Participant]:
    found = [await town.house.desk.people.person(each) for each in slack_ids]
    return [Participant(ParticipantKind.USER, person.id) for person in found]


async def _answer(town: Town, line: str, *seen: str) -> str:
    ana = town.person("U01ANA")
    since = ana.mark()
    assert (await ana.command("/oncall", line, channel=CHANNEL)).ok
    return (await ana.sees(*seen, since=since)).text


async def test_a_team_is_shown_with_those_it_stands_for_and_an_escalation_too(town: Town) -> None:
    watches = Watches(town.house.units)
    ana, raj, mia = await _met(town, "U01ANA", "U02RAJ", "U03MIA")
    ops = await watches.team("Ops & more", ana)
    own = rotation("Own", raj, mia, every=RotationType.DAILY, start=HANDED_OVER)
    await watches.schedule("Ops' own", own, team=ops)
    ladder = await watches.escalation("Ladder", (0, "default", "team", ops.id), (5, "default", "user", ana.id))
    turns = rotation("Turns", ops, ladder, NOBODY, ana, every=RotationType.DAILY, length=2, start=HANDED_OVER)
    await watches.schedule("Payments", turns)
    told = await _answer(town, "now payments", "Payments")
    assert "the team Ops & more (@Raj) until" in told
    assert "then the escalation Ladder (@Raj)" in told
    assert "turn of Turns" in told
    assert "the escalation Ladder (@Raj) for 2 days" in await _answer(town, "next payments", "Payments")
    why = await _answer(town, "why payments", "Payments")
    assert "the team Ops & more (Raj), because it is their turn in the rotation Turns" in why
    assert "the team Ops & more (Raj) until" in await _answer(town, "schedules payments", "Payments")
    assert "the team Ops & more (@Mia)" in await _answer(town, "at tomorrow 10:00 payments", "Payments")
    in_four_days = f"at {(MORNING + 4 * DAY).date()} 10:00 payments"
    assert "nobody until" in await _answer(town, in_four_days, "Payments")
    await town.move(days=1)
    told = await _answer(town, "now payments", "Payments")
    assert "the team Ops & more (@Mia) until" in told  # the team's own hand-off, not the schedule's


async def test_an_override_by_a_team_says_whom_it_replaces_and_a_replaced_team_is_named(town: Town) -> None:
    watches = Watches(town.house.units)
    raj, mia, zoe = await _met(town, "U02RAJ", "U03MIA", "U04ZOE")
    ops, empty = await watches.team("Ops", raj, mia, zoe), await watches.team("Empty")
    schedule = await watches.schedule("Payments", rotation("Turns", ops))
    await watches.override(schedule, empty, MORNING, MORNING + DAY)
    told = await _answer(town, "why payments", "Payments")
    assert "the team Empty (nobody in it), by an override" in told
    assert "1 more), instead of" not in told
    assert "instead of the team Ops (" in told
    assert "and 1 more)" in told


async def test_several_rotations_are_all_told_and_many_of_them_are_counted(town: Town) -> None:
    watches = Watches(town.house.units)
    everybody = await _met(town, "U01ANA", "U02RAJ", "U03MIA", "U04ZOE", "U06NOUR", "U11TOM", "U10KIM")
    teams = [await watches.team(f"Team {number}", *everybody) for number in range(8)]
    for name, count in (("Two", 2), ("Eight", 8)):
        await watches.schedule(name, *(rotation(f"R{number}", who) for number, who in enumerate(teams[:count])))
    assert "5 more) with no end in sight and the team Team 1 (" in await _answer(town, "now two", "Two")
    told = await _answer(town, "now eight", "Eight")
    assert "the team Team 5 with no end in sight and 2 more" in told
    assert "2 more" in await _answer(town, "schedules eight", "Eight")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_my_shifts_are_my_own_and_why_finds_me_within_a_team(town: Town) -> None:
    watches = Watches(town.house.units)
    ana, raj = await _met(town, "U01ANA", "U02RAJ")
    ops = await watches.team("Ops", ana)
    await watches.schedule("Payments", rotation("Turns", ops), rotation("Second", raj, ana))
    assert "Payments" in await _answer(town, "me", "Your shifts until")
    assert "the team Ops (Ana), because" in await _answer(town, "why <@U01ANA>", "Payments")


async def test_home_shows_a_team_by_name(town: Town) -> None:
    watches = Watches(town.house.units)
    [raj] = await _met(town, "U02RAJ")
    ops = await watches.team("Ops", raj)
    await watches.schedule("Payments", rotation("Turns", ops), rotation("Nobody", NOBODY))
    hands = town.person("U01ANA")
    await hands.open_home()
    await hands.sees("the team Ops (@Raj) with no end in sight")


async def test_ones_shifts_through_a_team_or_an_escalation_are_listed_with_it(town: Town) -> None:
    watches = Watches(town.house.units)
    ana, raj, mia = await _met(town, "U01ANA", "U02RAJ", "U03MIA")
    ops = await watches.team("Ops & more")
    own = rotation("Own", raj, ana, every=RotationType.DAILY, length=2, start=HANDED_OVER)
    await watches.schedule("Ops' own", own, team=ops)
    ladder = await watches.escalation("Ladder", (0, "default", "user", ana.id))
    turns = rotation("Turns", ops, ladder, mia, every=RotationType.DAILY, length=4, start=HANDED_OVER)
    await watches.schedule("Payments", turns)
    end = (MORNING + 9 * DAY).date()
    told = await _answer(town, f"me {end}", "Your shifts until")
    shown = [line for line in told.splitlines() if "Payments" in line or "Ops" in line]
    assert [("for the" in line, "Payments" in line) for line in shown] == [
        (False, False),
        (True, True),
        (True, True),
        (False, False),
    ], told
    assert "for the team Ops &amp; more" in shown[1] or "for the team Ops & more" in shown[1]
    assert "for the escalation Ladder" in shown[2]
