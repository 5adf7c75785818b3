"""[Show to channel]: what only one person sees goes to the channel once, and then says so."""

from __future__ import annotations

import asyncio

from bot.playground.screens import Kind
from tests.slack.conftest import Town
from tests.slack.writings import RAJ, becomes_guest, becomes_member, draft, typed

INCIDENTS = "C02INCIDENTS"


async def test_a_second_press_shows_nothing_more(staffed: Town) -> None:
    ana, zoe = staffed.person("U01ANA"), staffed.person("U04ZOE")
    await ana.command("/oncall", "now", channel=INCIDENTS)
    answer = await ana.sees("Payments", "Show to channel")
    since = zoe.mark()
    presses = [ana.press(answer, action_id="show_to_channel") for _ in range(2)]
    assert all(done.ok for done in await asyncio.gather(*presses))
    replaced = await ana.sees("Shown to the channel.", kind=Kind.MESSAGE_CHANGED)
    assert "Payments" not in replaced.text
    await staffed.house.in_hand.settled()
    shown = [each for each in zoe.appearances[since:] if "Payments" in each.text]
    assert len(shown) == 1


async def test_each_answer_and_each_person_may_show(staffed: Town) -> None:
    zoe = staffed.person("U04ZOE")
    since = zoe.mark()
    for user_id in ("U01ANA", "U02RAJ", "U01ANA"):
        person = staffed.person(user_id)
        await person.command("/oncall", "now payments", channel=INCIDENTS)
        await person.press(await person.sees("Show to channel"), action_id="show_to_channel")
        await person.sees("Shown to the channel.")
    assert len([each for each in zoe.appearances[since:] if "Payments" in each.text]) == 3


async def test_what_could_not_be_shown_can_be_shown_later(town: Town) -> None:
    await draft(town)
    raj = town.person(RAJ)
    await typed(raj, "show PM-1")
    answer = await raj.sees("Show to channel")
    await becomes_guest(town, RAJ)
    await raj.press(answer, action_id="show_to_channel")
    await raj.sees("Only members of this workspace")
    await becomes_member(town, RAJ)
    await raj.press(answer, action_id="show_to_channel")
    await raj.sees("Shown to the channel.")
