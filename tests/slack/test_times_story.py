"""What Watchbill knows itself in a timeline, and the moments of an incident: derived, shown, put right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.screens import Kind
from bot.queries import papers
from tests.slack.conftest import Town
from tests.slack.writings import ANA, RAJ, published, typed

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAYMENTS = "C03PAYMENTS"


async def test_a_timeline_says_itself_who_was_on_call_and_how_the_incident_went_on(staffed: Town) -> None:
    ana, raj = staffed.person(ANA), staffed.person(RAJ)
    now = int(staffed.clock.time())
    began = now - 7200
    assert (await raj.command("/oncall", "link Payments", channel=PAYMENTS)).ok
    await raj.sees("Payments")
    await raj.command("/postmortem", "create Checkout down", channel=PAYMENTS)
    form = await raj.sees("New postmortem", kind=Kind.VIEW_OPENED)
    assert (await raj.submit(form, {"started_at": began})).closed
    await raj.sees("Checkout down", channel=PAYMENTS)

    # What it knows stands there, is told to be its own, and cannot be edited.
    await typed(ana, "timeline PM-2")
    shown = await ana.sees("Timeline of PM-2", "0 entries, and 2 that Watchbill knows itself", "Detected after 2 h")
    assert shown.text.count("Watchbill knows it") == shown.text.count("Watchbill knows itself")  # said once, above
    assert shown.text.index("Payments: Raj was on call as it began") < shown.text.index("INC-2 was opened by Raj: P3")
    assert shown.message is not None and not any("accessory" in block for block in shown.message.blocks)

    # The first entry detected it, the first by whoever was on call responded: minutes after the beginning.
    for person, at in ((ana, "07:10"), (raj, "12:50")):  # in Berlin and in Kolkata: 06:10 and 07:20 UTC
        await typed(person, f"add PM-2 {at} looked into it")
        await person.sees("Added to the timeline of PM-2")
    await typed(ana, "add PM-2 08:10 called Raj")
    await typed(raj, "add PM-2 12:55 rolled back")
    await raj.sees("Added to the timeline of PM-2", "rolled back")
    await typed(ana, "show PM-2")
    whole = await ana.sees("Show to channel", "Raj was on call as it began")
    assert "Detected after 10 min · responded to after 20 min" in whole.text

    # What is wrong is refused at its own field; what is right is told in the thread, and can be let go of again.
    await ana.press(whole, action_id="run:times")
    times = await ana.sees("Times of PM-2", kind=Kind.VIEW_OPENED)
    wrong = {"detected_at": began - 60, "responded_at": now + 60, "ended_at": began + 60}
    refused = await ana.submit(times, wrong)
    assert refused.errors == {
        "detected_at": "This is before it began. Enter a later time.",
        "responded_at": "This is in the future. Enter when it was.",
    }
    refused = await ana.submit(
        times, {"detected_at": began + 300, "responded_at": began + 600, "ended_at": began + 599}
    )
    assert refused.errors == {"ended_at": "This is before it was responded to. Enter a later time."}
    assert (await ana.submit(times, {"responded_at": began + 600, "ended_at": began + 3600})).view
    await ana.close(ana.view)
    await raj.sees("Ana put right when it was detected", "responded to", "resolved", channel=PAYMENTS)
    await typed(raj, "timeline PM-2")
    await raj.sees("Detected after 5 min · responded to after 10 min · resolved after 1 h")
    async with staffed.house.reader() as reading:
        found = await papers.by_number(reading, 2)
    assert found is not None
    moments = [found[1].since_start(each) for each in (found[1].detected_at, found[1].ended_at)]
    assert moments == [timedelta(minutes=5), timedelta(hours=1)]
    assert next(each.text for each in found[1].timeline if each.author == "Watchbill").startswith("Payments: Raj")

    # Two at once: the second is told, and nothing of the first is lost. What was not touched is not said by anybody.
    await typed(ana, "times PM-2")
    mine = await ana.sees("Times of PM-2", kind=Kind.VIEW_OPENED)
    await typed(raj, "times PM-2")
    theirs = await raj.sees("Times of PM-2", kind=Kind.VIEW_OPENED)
    assert (await raj.submit(theirs, {"detected_at": None})).view
    late = await ana.submit(mine, {"detected_at": began + 360})
    assert late.errors and "Somebody changed these times" in str(late.errors)
    await raj.close(raj.view)
    await typed(raj, "timeline PM-2")
    await raj.sees("Detected after 10 min · responded to after 10 min")


@ONE_DATABASE
async def test_what_is_published_keeps_its_times(town: Town) -> None:
    await published(town)
    await typed(town.person(ANA), "times PM-1")
    await town.person(ANA).sees("PM-1 is published and locked")
