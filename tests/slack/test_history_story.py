"""With `HISTORY=on`: an emoji adds a message, a thread is taken whole, and edits and deletions are followed."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.hands import Hands
from bot.playground.screens import Appearance, Kind
from tests.slack.conftest import Town
from tests.slack.writings import ANA, INCIDENTS, MIA, RAJ, draft, typed

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def house_settings() -> dict[str, object]:
    """Messages may be read, and a pencil marks them."""
    return {"history": True, "history_emoji": ":pencil2:"}


async def listed(person: Hands, number: int = 1) -> str:
    """The timeline as that person sees it now."""
    await typed(person, f"timeline PM-{number}")
    return (await person.sees(f"Timeline of PM-{number}", kind=Kind.MESSAGE)).text


async def in_thread(person: Hands, *words: str) -> Appearance:
    """What the thread of the card tells next."""
    return await person.sees(*words, channel=INCIDENTS, where=_is_public)


def _is_public(each: Appearance) -> bool:
    return each.message is not None and each.message.ephemeral_to is None


async def test_an_emoji_adds_a_message_once_which_is_followed_until_it_is_published(town: Town) -> None:
    ana, raj, mia = town.person(ANA), town.person(RAJ), town.person(MIA)
    await draft(town)
    first = await raj.say(INCIDENTS, "Checkout answers 500, @ana please look")
    reply = await raj.say(INCIDENTS, "rolled back", thread_ts=first.ts)

    # Whoever reacts first adds it; those who come later, and Slack's repetition, change nothing.
    town.playground.line.events.copies = 2
    await ana.react(first, "pencil2")
    added = await ana.sees("Added to the timeline of PM-1", "Checkout answers 500, @Ana", "Raj wrote it")
    assert added.message is not None and added.message.ephemeral_to == ana.id
    await mia.react(first, "pencil2")
    await mia.react(reply, "pencil2::skin-tone-3")
    await mia.sees("Added to the timeline of PM-1", "rolled back")
    await raj.react(first, "eyes")
    await town.playground.settled()
    shown = await listed(ana)
    assert "2 entries" in shown and shown.count("Checkout answers 500") == 1

    # What Raj edits and deletes is followed, also in the search.
    await raj.edit(first, "Checkout answers 502")
    await in_thread(raj, "Watchbill changed in the timeline, since its message was edited", "502")
    await raj.delete(first)  # it has a reply: a tombstone stays
    await in_thread(raj, "struck out in the timeline", "502")
    await town.playground.settled()
    await town.all_told()
    shown = await listed(ana)
    assert "Checkout answers 502" in shown and "(deleted in Slack)" in shown and "answers 500" not in shown
    await typed(ana, "search 502")
    await ana.sees("PM-1")

    # The emoji taken off by somebody else changes nothing; by who put it there, the entry goes, while it is as it was.
    changed = await raj.say(INCIDENTS, "the pool is full")
    await ana.react(changed, "pencil2")
    card = await ana.sees("Added to the timeline of PM-1", "the pool is full")
    await ana.press(card, action_id="entry:edit")
    assert (await ana.submit(await ana.sees("pool", kind=Kind.VIEW_OPENED), {"text": "the pool was full"})).view
    await ana.close(ana.view)
    await raj.edit(changed, "the pool is overfull")
    await mia.unreact(reply, "pencil2::skin-tone-3")
    await in_thread(mia, "Mia removed from the timeline", "rolled back")
    await ana.unreact(changed, "pencil2")
    await mia.unreact(first, "pencil2")
    await town.playground.settled()
    shown = await listed(ana)
    assert "2 entries" in shown and "the pool was full" in shown and "rolled back" not in shown


@ONE_DATABASE
async def test_a_thread_is_taken_whole_and_once_and_our_own_messages_never(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    root = await raj.say(INCIDENTS, "the disk is full")
    town.playground.line.events.hold()
    replies = [await raj.say(INCIDENTS, f"step {number:03}", thread_ts=root.ts) for number in range(205)]
    town.playground.line.events.release(lambda _: ())
    await raj.say(INCIDENTS, f"<@{town.workspace.app.user_id}> help", thread_ts=root.ts)
    await raj.sees("/oncall now", channel=INCIDENTS)
    await ana.react(replies[3], "pencil2")
    await ana.sees("Added to the timeline of PM-1", "step 003")
    for said in ("Added 199 messages", "Added 0 messages"):
        assert (await ana.shortcut("pm_add_thread", replies[7])).ok
        await ana.sees(said, "stood there already", "The thread goes on")
    shown = await listed(ana)
    assert "200 entries" in shown
    assert shown.index("the disk is full") < shown.index("step 000") < shown.index("step 001")
    card = next(each for each in ana.screen(INCIDENTS) if each.user == town.workspace.app.user_id)
    await ana.react(card, "pencil2")
    await town.playground.settled()
    assert "200 entries" in await listed(ana)


@ONE_DATABASE
@pytest.mark.parametrize("becomes", ["edited", "deleted"])
async def test_what_becomes_of_a_message_while_it_is_read_is_followed_too(town: Town, becomes: str) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    said = await raj.say(INCIDENTS, "the disk is full")
    changing: list[asyncio.Task[object]] = []

    def meanwhile(_arguments: object) -> bool:
        change = raj.delete(said) if becomes == "deleted" else raj.edit(said, "the disk was full")
        changing.append(asyncio.create_task(change))
        return True

    # The address is asked for once the message is read; Slack tells of the change before there is an entry.
    town.workspace.faults.add(method="chat.getPermalink", delay=0.2, only=meanwhile)
    await ana.react(said, "pencil2")
    shown = await ana.sees("Added to the timeline of PM-1")
    assert changing and ("(deleted in Slack)" if becomes == "deleted" else "the disk was full") in shown.text
    await in_thread(raj, "struck out" if becomes == "deleted" else "changed in the timeline")
    await town.playground.settled()


@ONE_DATABASE
async def test_what_is_published_is_frozen_and_without_a_postmortem_it_is_said_what_to_do(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    said = await raj.say(INCIDENTS, "it began")
    await ana.react(said, "pencil2")
    await ana.sees("No postmortem is open in this channel")
    await draft(town)
    await ana.unreact(said, "pencil2")
    await ana.react(said, "pencil2")
    await ana.sees("Added to the timeline of PM-1")
    await typed(ana, "submit PM-1 @raj")
    await ana.sees("is in review")
    await typed(raj, "approve PM-1")
    await raj.sees("approved")
    await typed(ana, "publish PM-1")
    await ana.sees("published")
    await raj.edit(said, "it never began")
    await raj.delete(said)
    await ana.react(await raj.say(INCIDENTS, "too late"), "pencil2")
    await ana.sees("No postmortem is open in this channel")
    shown = await listed(ana)
    assert "it began" in shown and "deleted in Slack" not in shown


@ONE_DATABASE
async def test_without_the_scopes_nothing_happens(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    town.workspace.granted_scopes -= {"channels:history", "groups:history"}
    said = await raj.say(INCIDENTS, "it began")
    await ana.react(said, "pencil2")
    await town.playground.settled()
    assert "0 entries" in await listed(ana)
    assert (await ana.shortcut("pm_add_thread", said)).ok
    await ana.sees("I cannot read that thread", "HISTORY=on")
    assert {str(each).partition(":")[0] for each in town.workspace.violations} == {"missing scope"}
    town.workspace.violations.clear()
