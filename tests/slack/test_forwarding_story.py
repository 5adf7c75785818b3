"""A duty forwarded to somebody else, as people in Slack see it: who has it now, why, until when, and who next."""

from __future__ import annotations

from datetime import timedelta

from tests.slack.conftest import MORNING, Town
from tests.slack.programs import program

INCIDENTS = "C02INCIDENTS"
ANA, RAJ, MIA, TOM = "U01ANA", "U02RAJ", "U03MIA", "U11TOM"
"""Raj is on call by Payments until Monday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def answer(town: Town, words: str, *seen: str, who: str = ANA) -> str:
    """What somebody is told."""
    person = town.person(who)
    since = person.mark()
    assert (await person.command("/oncall", words, channel=INCIDENTS)).ok
    return (await person.sees(*seen, since=since)).text


async def met(town: Town, *slack_ids: str) -> None:
    for each in slack_ids:
        await town.house.desk.people.person(each)


async def test_who_has_the_duty_and_why_is_said_until_it_goes_back(staffed: Town) -> None:
    await met(staffed, RAJ, TOM)
    ci = await program(staffed)
    assert "forwarded" not in await answer(staffed, "now payments", "@Raj until")
    forwarding = await ci.forwards(RAJ, TOM, MORNING - HOUR, MORNING + 5 * HOUR)
    now = await answer(staffed, "now payments", "@Tomás until")
    assert "then @Raj" in now and "forwarded from Raj" in now
    assert "Tomás, because Raj forwards to them." in await answer(staffed, "why payments", "because")
    assert "Raj is not on call at the moment." in await answer(staffed, "why @raj", "Raj")
    assert "because Raj forwards" in await answer(staffed, "why @tom", "Tomás")
    assert "@Raj" in await answer(staffed, "next payments", "Payments")
    mine = await answer(staffed, "me", "Your shifts", who=TOM)
    assert "_now_, until" in mine and "(6 h)" in mine
    await ci.stops_forwarding(forwarding)
    assert "forwarded" not in await answer(staffed, "now payments", "@Raj until")
    log = await answer(staffed, "log payments", "Changes")
    assert "The key “ci” forwarded the duty of Raj to Tomás from" in log
    assert "The key “ci” removed a forwarding: the duty of Raj to Tomás from" in log


async def test_a_chain_is_followed_to_its_end_and_no_further(staffed: Town) -> None:
    await met(staffed, RAJ, TOM, MIA)
    ci = await program(staffed)
    await ci.forwards(RAJ, TOM, MORNING - HOUR, MORNING + 5 * HOUR)
    await ci.forwards(TOM, MIA, MORNING - HOUR, MORNING + 2 * HOUR)
    round_again = await ci.forwards(MIA, RAJ, MORNING - HOUR, MORNING + 5 * HOUR)
    assert "then @Tomás" in await answer(staffed, "now payments", "@Mia until")
    assert "Mia, because Raj forwards to them." in await answer(staffed, "why payments", "because")
    assert "(3 h)" in await answer(staffed, "me", "Your shifts", who=MIA)
    await ci.stops_forwarding(round_again)

    await staffed.move(hours=2)  # the chain is one link shorter
    assert "then @Raj" in await answer(staffed, "now payments", "@Tomás until")
    assert "Tomás, because Raj forwards to them." in await answer(staffed, "why payments", "because")
    await staffed.move(hours=3)
    assert "forwarded" not in await answer(staffed, "now payments", "@Raj until")
    assert "because it is their turn" in await answer(staffed, "why payments", "because")
    assert "forwarded from Raj" in await answer(staffed, "at today 10:30 payments", "At ")


async def test_an_override_beats_a_forwarding_of_another_and_passes_by_that_of_its_own(staffed: Town) -> None:
    await met(staffed, RAJ, TOM, MIA)
    ci = await program(staffed)
    await ci.forwards(RAJ, TOM, MORNING - DAY, MORNING + DAY)
    shown = await answer(staffed, "override @mia today 18:00-22:00 payments", "Nothing counts until")
    assert "Instead of Tomás." in shown and "forwards to" not in shown

    await ci.forwards(MIA, TOM, MORNING, MORNING + DAY)
    shown = await answer(staffed, "override @mia today 18:00-22:00 payments", "Nothing counts until")
    assert "Mia forwards to Tomás for some of that time, who will be on call then." in shown
