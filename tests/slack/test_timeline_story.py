"""The timeline of a postmortem in Slack: messages marked with two taps, lines typed, entries changed and removed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.playground.hands import Hands
from bot.playground.messages import Message
from bot.playground.screens import Appearance, Kind
from bot.playground.views import View
from tests.slack.conftest import Town
from tests.slack.writings import ANA, INCIDENTS, RAJ, draft, published, typed

PAYMENTS, LOUNGE = "C03PAYMENTS", "C06LOUNGE"
BOTH_WAYS = pytest.mark.parametrize("way_in", ["http", "socket"])
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def marked(person: Hands, message: Message, callback_id: str = "pm_add_message") -> Appearance:
    """They choose a shortcut on the menu of a message; what they see then."""
    assert (await person.shortcut(callback_id, message)).ok
    return await person.sees(where=_is_for(person))


def _is_for(person: Hands) -> Callable[[Appearance], bool]:
    def of_one(each: Appearance) -> bool:
        return each.view is not None or (each.message is not None and each.message.ephemeral_to == person.id)

    return of_one


async def listed(person: Hands, number: int = 1) -> Appearance:
    """The timeline as that person sees it now."""
    await typed(person, f"timeline PM-{number}")
    return await person.sees(f"Timeline of PM-{number}", kind=Kind.MESSAGE)


@BOTH_WAYS
async def test_the_messages_that_matter_are_marked_typed_put_right_and_taken_back(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)

    # Ana marks what Raj wrote: it is added at once, for there is one postmortem in the channel.
    said = await raj.say(INCIDENTS, "Checkout answers 500 for <!everyone>, @ana please look")
    pings = len(town.workspace.bot_pings)
    added = await marked(ana, said)
    assert "Added to the timeline of PM-1" in added.text
    assert "Checkout answers 500" in added.text
    assert "Raj wrote it" in added.text
    thread = await raj.sees("Ana added to the timeline", "Checkout answers 500", "@Ana please look", channel=INCIDENTS)
    assert thread.message is not None and thread.message.thread_ts
    assert len(town.workspace.bot_pings) == pings == 0

    # Raj marks the same message: it is there once, and he is told who was first.
    again = await marked(raj, said)
    assert "PM-1 has this message already: Ana added it" in again.text

    # A line with a time in the typist's zone: 14:05 in Kolkata is 08:35 UTC, and it is 09:00 now.
    await typed(raj, "add PM-1 14:05 - rolled back by @ana & co")
    typed_in = await raj.sees("Added to the timeline of PM-1", "Wed 18 Nov 14:05 (Asia/Kolkata)")
    assert "rolled back by @Ana & co" in typed_in.text

    # [Change] opens its form; what is saved stands in the list, in the order of time.
    await raj.press(typed_in, action_id="entry:edit")
    await raj.sees("Timeline of PM-1", kind=Kind.VIEW_OPENED)
    saved = await raj.submit(raj.view, {"text": "rolled back to 1.41"})
    assert saved.view
    await raj.close(raj.view)
    shown = await listed(raj)
    assert "2 entries" in shown.text
    assert shown.text.index("rolled back to 1.41") < shown.text.index("Checkout answers 500")

    # [Undo], and back.
    assert (await ana.press(added, action_id="entry:remove")).ok
    gone = await ana.sees("Removed from the timeline of PM-1", "Checkout answers 500", kind=Kind.MESSAGE_CHANGED)
    assert "1 entry" in (await listed(ana)).text
    assert (await ana.press(gone, action_id="entry:restore")).ok
    await ana.sees("Back in the timeline of PM-1", "Checkout answers 500", kind=Kind.MESSAGE_CHANGED)
    assert "2 entries" in (await listed(ana)).text
    assert town.workspace.bot_pings == []


@BOTH_WAYS
async def test_a_postmortem_is_started_from_a_message_which_opens_its_timeline(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    first = await raj.say(LOUNGE, "@zoe the database is full\nmore to come")
    await town.move(hours=2)

    none = await marked(ana, first)
    assert "No postmortem is open in this channel" in none.text
    assert (await ana.press(none, action_id="start_from")).ok
    form = await ana.sees("New postmortem", kind=Kind.VIEW_OPENED)
    values = {block["block_id"]: block["element"] for block in ana.view.blocks if block["type"] == "input"}
    assert values["title"]["initial_value"] == "@Zoë Müller-Çelik the database is full"
    assert values["started_at"]["initial_date_time"] == int(float(first.ts))
    assert values["channel"]["initial_conversation"] == LOUNGE
    assert (await ana.submit(form, {"title": "Database full", "channel": INCIDENTS})).closed
    await ana.sees("PM-1", "Database full", channel=INCIDENTS)
    await ana.sees("Ana added to the timeline", "the database is full", channel=INCIDENTS)

    reply = await raj.say(LOUNGE, "it is the audit log", thread_ts=first.ts)
    warned = await marked(ana, reply, "pm_start_message")
    assert "PM-1" in warned.text and "has a message of this thread already" in warned.text
    assert (await ana.press(warned, action_id="look_into")).ok
    read = await ana.sees("Database full", "the database is full", kind=Kind.VIEW_PUSHED)
    await ana.close(read)
    await ana.close(ana.view)
    warned = await marked(ana, first, "pm_start_message")
    assert "has this message already" in warned.text


@BOTH_WAYS
async def test_of_several_postmortems_in_a_channel_one_is_chosen_the_last_used_first(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    for _ in range(3):
        await draft(town)
    await typed(raj, "add PM-1 it began")
    await raj.sees("Added to the timeline of PM-1")
    said = await raj.say(INCIDENTS, "The pool is full")

    choosing = await marked(ana, said)
    assert "The pool is full" in choosing.text
    offered = await ana.options(choosing, "postmortem", "look_up_postmortem", "")
    assert [each["value"] for each in offered["options"]] == ["1", "3", "2"]
    assert _chosen(ana) == "1"
    found = await ana.options(choosing, "postmortem", "look_up_postmortem", "pm-2")
    assert [each["value"] for each in found["options"]] == ["2"]
    assert (await ana.submit(choosing, {"postmortem": "2"})).closed
    added = await ana.sees("Added to the timeline of PM-2", "The pool is full")

    # [Change] moves it to another one, where its thread tells of it.
    await ana.press(added, action_id="entry:edit")
    box = await ana.sees("Timeline of PM-2", kind=Kind.VIEW_OPENED)
    await ana.options(box, "postmortem", "look_up_postmortem", "3")
    assert (await ana.submit(box, {"postmortem": "3"})).view
    await ana.sees("moved from this timeline to that of PM-3", channel=INCIDENTS)
    await ana.close(ana.view)
    assert "The pool is full" in (await listed(ana, 3)).text
    assert "0 entries" in (await listed(ana, 2)).text

    # For Ana the last used is 3 now, and for Raj it still is 1.
    more = await raj.say(INCIDENTS, "And so is the queue")
    await marked(ana, more)
    assert _chosen(ana) == "3"
    await ana.close(ana.view)
    await marked(raj, more)
    assert _chosen(raj) == "1"


def _chosen(person: Hands) -> str:
    """The postmortem that the form in front of them proposes."""
    box = next(block["element"] for block in person.view.blocks if block.get("block_id") == "postmortem")
    return str(box["initial_option"]["value"])


@ONE_DATABASE
async def test_a_list_of_many_entries_has_pages_and_a_menu_on_each_row(town: Town) -> None:
    ana = town.person(ANA)
    await draft(town)
    for minute in range(10):
        await typed(ana, f"add PM-1 09:{minute:02} step {minute}")
        await ana.sees("Added", f"step {minute}")
    first = await listed(ana)
    assert "step 7" in first.text and "step 8" not in first.text
    await ana.press(first, action_id="run:later")
    second = await ana.sees("step 8", "step 9", kind=Kind.MESSAGE_CHANGED)
    assert "step 7" not in second.text
    assert second.message is not None
    menu = next(block["accessory"] for block in second.message.blocks if "accessory" in block)
    edit, remove = (each["value"] for each in menu["options"])
    await ana.press(second, action_id=menu["action_id"], value=remove)
    await ana.sees("Removed from the timeline of PM-1")
    await ana.press(second, action_id=menu["action_id"], value=remove)
    await ana.sees("Removed from the timeline of PM-1")  # the same click twice is done once
    await ana.press(second, action_id=menu["action_id"], value=edit)
    await ana.sees("That entry was removed")
    await typed(ana, "timeline PM-1 page 7")
    assert "step 9" in (await ana.sees("9 entries")).text
    await ana.press(await listed(ana), action_id="show_to_channel")
    public = await ana.sees("9 entries", where=lambda each: each.message is not None and not each.message.ephemeral_to)
    assert public.message is not None
    assert not any("accessory" in block for block in public.message.blocks)


@ONE_DATABASE
async def test_what_is_published_is_locked_and_the_text_is_kept(town: Town) -> None:
    ana = town.person(ANA)
    await published(town)
    await typed(ana, "add PM-1 14:05 rolled back")
    refused = await ana.sees("PM-1 is published and locked", "reopen PM-1", "is kept")
    await ana.press(refused, action_id="kept")
    await ana.sees("14:05 rolled back", kind=Kind.VIEW_OPENED)
    await ana.close(ana.view)
    await typed(ana, "add PM-1")
    await ana.sees("PM-1 is published and locked")
    said = await ana.say(INCIDENTS, "too late")
    assert "No postmortem is open in this channel" in (await marked(ana, said)).text


@ONE_DATABASE
async def test_without_a_text_the_form_asks_for_it_at_the_time_that_was_typed(town: Town) -> None:
    ana = town.person(ANA)
    await draft(town)
    await typed(ana, "add PM-1 yesterday 14:05")
    form = await ana.sees("Timeline of PM-1", kind=Kind.VIEW_OPENED)
    refused = await ana.submit(form, {"at": int(town.clock.time()) + 7200, "text": "restarted"})
    assert refused.errors is not None and "in the future" in refused.errors["at"]
    assert (await ana.submit(form, {"at": int(town.clock.time()) - 7200})).view
    assert "restarted" in (await listed(ana)).text
    await typed(ana, "mine")
    assert "Not saved yet" not in (await ana.sees("New postmortem")).text


@ONE_DATABASE
@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("add", "Which one?"),
        ("add banana", "is not a number I know"),
        ("add PM-99 it broke", "There is no PM-99"),
        ("add PM-1 tomorrow 14:05 fixed", "in the future"),
        (f"add PM-1 {'x' * 3001}", "at most 3,000 characters"),
        ("timeline", "Which one?"),
        ("timeline PM-99", "There is no PM-99"),
        ("timeline banana", "is not a number I know"),
    ],
)
async def test_what_cannot_be_done_is_said_in_one_sentence(town: Town, line: str, answer: str) -> None:
    await draft(town)
    ana = town.person(ANA)
    await typed(ana, line)
    await ana.sees(answer)


@ONE_DATABASE
@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        ("mine", {"restarted all pools"}),
        ("theirs", {"restarted the pool twice"}),
        ("both", {"restarted the pool twice", "restarted all pools"}),
    ],
)
async def test_two_who_change_an_entry_at_once_choose_and_lose_nothing(
    town: Town, choice: str, stands: set[str]
) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    await typed(ana, "add PM-1 09:30 restarted the pool")
    added = await ana.sees("Added to the timeline")
    await ana.press(added, action_id="entry:edit")
    mine = await ana.sees("restarted", kind=Kind.VIEW_OPENED)
    row = await listed(raj)
    assert row.message is not None
    menu = next(block["accessory"] for block in row.message.blocks if "accessory" in block)
    await raj.press(row, action_id=menu["action_id"], value=menu["options"][0]["value"])
    theirs = await raj.sees("restarted", kind=Kind.VIEW_OPENED)
    assert (await raj.submit(theirs, {"text": "restarted the pool twice"})).view
    both = await ana.submit(mine, {"text": "restarted all pools"})
    assert both.view
    read = ana.reads(both.view)
    assert "Raj* changed this entry of PM-1" in read
    assert "restarted the pool twice" in read and "restarted all pools" in read
    await typed(ana, "mine")
    await ana.sees("Not saved yet", "restarted all pools")
    unchosen = await ana.submit(both.view)
    assert unchosen.errors
    assert (await ana.submit(both.view, {_choice(both.view): choice})).view
    await ana.close(ana.view)
    shown = (await listed(ana)).text
    assert {words for words in ("restarted the pool twice", "restarted all pools") if words in shown} == stands
    await typed(ana, "mine")
    mine_now = (await ana.sees(where=lambda each: "New postmortem" in each.text)).text
    assert ("restarted all pools" in mine_now) is (choice == "theirs")
    await ana.press(added, action_id="entry:remove")
    await ana.sees("Somebody changed this entry since")


@ONE_DATABASE
async def test_a_kept_change_of_an_entry_that_was_changed_since_asks_for_the_choice(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    await typed(ana, "add PM-1 09:30 restarted the pool")
    await ana.press(await ana.sees("Added to the timeline"), action_id="entry:edit")
    mine = await ana.sees("restarted", kind=Kind.VIEW_OPENED)
    refused = await ana.submit(mine, {"at": int(town.clock.time()) + 3600, "text": "restarted all pools"})
    assert refused.errors
    await ana.close(ana.view)
    row = await listed(raj)
    assert row.message is not None
    menu = next(block["accessory"] for block in row.message.blocks if "accessory" in block)
    await raj.press(row, action_id=menu["action_id"], value=menu["options"][0]["value"])
    theirs = await raj.sees("restarted", kind=Kind.VIEW_OPENED)
    assert (await raj.submit(theirs, {"text": "restarted the pool twice"})).view
    await typed(ana, "mine")
    await ana.press(await ana.sees("Not saved yet", "restarted all pools"), action_id="kept")
    again = await ana.sees("Raj* changed this entry of PM-1", "restarted the pool twice", kind=Kind.VIEW_OPENED)
    at = int(town.clock.time()) - 3600
    assert (await ana.submit(again, {_choice(ana.view): "both", "at": at})).view
    await ana.close(ana.view)
    shown = (await listed(ana)).text
    assert "restarted the pool twice" in shown and "restarted all pools" in shown
    await typed(ana, "mine")
    assert "restarted all pools" not in (await ana.sees("New postmortem")).text


def _choice(view: View) -> str:
    """The field in which one chooses between two texts."""
    return next(str(block["block_id"]) for block in view.blocks if str(block.get("block_id")).startswith("choice_"))


@ONE_DATABASE
async def test_a_guest_keeps_no_timeline(town: Town) -> None:
    await draft(town)
    said = await town.person(ANA).say(INCIDENTS, "it broke")
    sam = town.person("U08SAM")
    for callback_id in ("pm_add_message", "pm_start_message"):
        assert "Only members of this workspace can" in (await marked(sam, said, callback_id)).text
    await typed(sam, "add PM-1 it broke")
    await sam.sees("Only members of this workspace can change the timeline of PM-1")
