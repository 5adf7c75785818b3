"""What becomes of messages is followed in open postmortems alone, and what Watchbill knows is told of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.queries import timeline
from bot.queries.history import Happening
from bot.queries.incidents import IncidentRef
from bot.settings import Settings
from bot.usecases.incidents.edit import edit as edit_incident
from bot.usecases.incidents.moving import close, reopen, resolve
from bot.usecases.timeline.add import add
from bot.usecases.timeline.follow import message_deleted, message_edited, struck
from bot.usecases.timeline.wanted import MarkedMessage, WantedEntry
from bot.usecases.unit import Units
from bot.vocabulary import Severity
from storage.database import Database
from tests.usecases.stories import Story

CHANNEL, TS = "C9", "1763450000.000123"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("rolled back", "~rolled back~ (deleted in Slack)"),
        ("one\n\n two ", "~one~\n\n~two~ (deleted in Slack)"),
        ("", "(deleted in Slack)"),
    ],
)
def test_a_deleted_text_is_struck_line_by_line(text: str, seen: str) -> None:
    assert struck(text) == seen


async def shown(story: Story, number: int, *, own: bool = False) -> list[str]:
    """What stands in the timeline."""
    async with story.reader() as reading:
        page = await timeline.of_number(reading, number, story.ana, limit=50)
    return [each.text for each in page.items if each.is_own is own]


async def test_a_message_is_followed_in_open_postmortems_until_it_is_deleted(story: Story, database: Database) -> None:
    reads = replace(story, units=Units(database, story.clock, Settings(history=True)))
    message = MarkedMessage(channel=CHANNEL, ts=TS, permalink="https://x.slack.com/p1", file_names=("a.png",))
    wanted = WantedEntry(at=story.clock.now - timedelta(minutes=70), text="it broke", message=message)
    for number in (1, 2, 3):
        await story.created()
        async with (story if number == 3 else reads).units.begin(story.ana) as unit:
            await add(unit, number, wanted)
    await story.submitted(1, story.raj)
    await story.approved(1, story.raj)
    await story.published(1)

    for text in ("it broke badly", "it broke badly"):  # Slack's repetition changes nothing
        async with story.units.begin(None) as unit:
            await message_edited(unit, channel=CHANNEL, ts=TS, text=text, file_names=(), edited_ts="1763451000.000100")
    for _ in range(2):
        async with story.units.begin(None) as unit:
            await message_deleted(unit, channel=CHANNEL, ts=TS)
    async with story.units.begin(None) as unit:
        await message_edited(
            unit, channel=CHANNEL, ts=TS, text="too late", file_names=(), edited_ts="1763452000.000100"
        )
    assert [await shown(story, number) for number in (1, 2, 3)] == [
        ["it broke"],  # published: frozen
        ["~it broke badly~ (deleted in Slack)"],
        ["it broke"],  # marked when nothing could be followed
    ]
    followed = await story.events(Happening.FOLLOWED_ENTRY)
    assert [(each.before["text"], each.after["is_deleted"]) for each in followed] == [
        ("it broke", False),
        ("it broke badly", True),
    ]


async def test_an_edit_that_slack_tells_again_or_late_brings_no_older_text_back(
    story: Story, database: Database
) -> None:
    reads = replace(story, units=Units(database, story.clock, Settings(history=True)))
    message = MarkedMessage(channel=CHANNEL, ts=TS, permalink="https://x.slack.com/p1", file_names=())
    wanted = WantedEntry(at=story.clock.now - timedelta(minutes=70), text="it broke", message=message)
    number = await story.created()
    async with reads.units.begin(story.ana) as unit:
        await add(unit, number, wanted)
    told = (
        (2, "the pool was full"),
        (4, "the pool of DB-2 was full"),
        (2, "the pool was full"),
        (3, "a pool was full"),
    )
    for second, text in (*told, (5, "the pool was full")):
        async with story.units.begin(None) as unit:
            edited_ts = f"176345100{second}.000100"
            await message_edited(unit, channel=CHANNEL, ts=TS, text=text, file_names=(), edited_ts=edited_ts)
    followed = await story.events(Happening.FOLLOWED_ENTRY)
    assert [each.after["text"] for each in followed] == [
        "the pool was full",
        "the pool of DB-2 was full",
        "the pool was full",
    ]
    assert await shown(story, number) == ["the pool was full"]


async def test_a_timeline_tells_what_became_of_the_incident_and_of_its_postmortem(story: Story) -> None:
    number = await story.created(ended_at=None)
    incident = IncidentRef("1", is_tiny=True)
    async with story.units.begin(story.raj) as unit:
        await edit_incident(unit, incident, priority=Severity.P1, description="All of it")
        await edit_incident(unit, incident, description="Nothing of note")
    for verb in (resolve, close, reopen):
        async with story.units.begin(story.li) as unit:
            await verb(unit, incident)
    await story.submitted(number, story.raj)
    await story.approved(number, story.raj)
    await story.published(number)
    assert await shown(story, number, own=True) == [
        "INC-1 was opened by Ana: P2",
        "The priority of INC-1 was changed by Raj: P2 to P1",
        "INC-1 was resolved by Li",
        "INC-1 was closed by Li",
        "INC-1 was opened again by Li",
        "PM-1 was submitted for review by Ana",
        "PM-1 was approved by Raj: 1 of 1 approved",
        "PM-1 was published by Ana",
    ]
