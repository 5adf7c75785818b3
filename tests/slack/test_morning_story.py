"""The one direct message of a morning: when it comes, what it says, how it is edited, and what ends it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.playground.screens import Kind
from tests.slack.conftest import Town

INCIDENTS = "C02INCIDENTS"


async def _at(town: Town, day: int, hour: int, minute: int = 0) -> None:
    moment = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    await town.move(seconds=moment.timestamp() - town.clock.time())


async def test_a_draft_nudges_its_owner_each_working_morning_until_it_is_snoozed(town: Town) -> None:
    ana = town.person("U01ANA")
    await ana.command("/postmortem", "create Checkout down", channel=INCIDENTS)
    await ana.sees("New postmortem")
    await ana.submit(ana.view, {"severity": "P2"})
    await ana.sees("PM-1", channel=INCIDENTS)

    before = ana.mark()
    await _at(town, 24, 8, 59)  # a minute before ten o'clock in Berlin, on the working day before it is due
    await _at(town, 24, 9)
    morning = await ana.sees("1 thing waits for you", "due tomorrow", channel=ana.dm.id)
    assert morning.message
    assert not any("waits for you" in seen.text for seen in ana.appearances[before:] if seen.text != morning.text)

    await _at(town, 25, 9)
    again = await ana.sees("due today", channel=ana.dm.id)
    assert again.message
    assert (again.kind, again.message.ts) == (Kind.MESSAGE_CHANGED, morning.message.ts)

    tomorrow = next(
        option["value"]
        for block in again.message.blocks
        for element in block.get("elements", ())
        for option in element.get("options", ())
        if option["text"]["text"] == "Snooze: until tomorrow"
    )
    await town.all_told()
    assert (await ana.press(again, action_id="nudge:more", value=tomorrow)).ok
    await ana.sees("You hear nothing of PM-1 before Thu 26 Nov 2026")

    await _at(town, 26, 9)
    next_one = await ana.sees("overdue 1 working day", channel=ana.dm.id)
    assert next_one.message
    assert (next_one.kind, next_one.message.ts == morning.message.ts) == (Kind.MESSAGE, False)

    await town.all_told()
    ana.mark()
    await ana.say(ana.dm.id, "on it")
    await town.playground.settled()
    await town.house.in_hand.settled()
    await _at(town, 27, 9)
    after_writing = await ana.sees("overdue 2 working days", channel=ana.dm.id)
    assert after_writing.message
    assert after_writing.message.ts != next_one.message.ts

    await _at(town, 29, 20)  # the weekend: silence
    await _at(town, 30, 9)
    monday = await ana.sees("overdue 3 working days", channel=ana.dm.id)
    assert monday.message
    assert monday.message.ts == after_writing.message.ts
