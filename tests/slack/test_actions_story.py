"""Follow-ups in Slack: added in one line, listed, settled, moved, given, edited, removed and brought back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.playground.hands import Hands
from bot.playground.screens import Appearance, Kind
from tests.slack.by_hand import command_body, interaction_body, response_url, send
from tests.slack.conftest import Town
from tests.slack.writings import ANA, INCIDENTS, MIA, NASTY, NASTY_LINE, RAJ, draft, published, typed

LIST = "action_item:list:mine page 1"


def choice(seen: Appearance, label: str, *, row: int = 0) -> str:
    """The value behind a choice in a row's menu."""
    shown = seen.message or seen.view
    assert shown is not None
    menus = [block["accessory"]["options"] for block in shown.blocks if "options" in block.get("accessory", {})]
    return str(next(option["value"] for option in menus[row] if option["text"]["text"] == label))


async def choose(person: Hands, seen: Appearance, label: str, *, here: str = "list:mine page 1", row: int = 0) -> None:
    """Choose from a row's menu in a list."""
    value, shown = choice(seen, label, row=row), seen.message
    assert shown is not None
    rows = [block for block in shown.blocks if "options" in block.get("accessory", {})]
    block_id = rows[row]["block_id"]
    assert (await person.press(seen, action_id=f"action_item:{here}", block_id=block_id, value=value)).ok


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_an_action_lives_from_a_line_to_done(town: Town) -> None:
    ana, mia = town.person(ANA), town.person(MIA)
    number = await draft(town)

    await typed(ana, f"action PM-{number} Add an alarm for the pool @mia fri")
    added = await ana.sees("Added to *PM-1* for Mia", "due Fri 20 Nov", "Add an alarm for the pool")
    await ana.sees("Ana added an action for Mia, due Fri 20 Nov", "Add an alarm", channel=INCIDENTS, kind=Kind.MESSAGE)
    given = await mia.sees("Ana gave you an action of *PM-1*, due Fri 20 Nov", channel=mia.dm.id)

    assert (await ana.press(added, action_id="action_item:one::edit")).ok
    form = await ana.sees("Action of PM-1")
    assert (await ana.submit(form, {"text": "Add two alarms", "due": "2026-11-23"})).view
    await mia.sees("due Mon 23 Nov", "Add two alarms", kind=Kind.MESSAGE_CHANGED, channel=mia.dm.id, since=0)

    await typed(mia, "actions")
    mine = await mia.sees("1 open action of yours", "Add two alarms", "due Mon 23 Nov")
    await choose(mia, mine, "New date")
    form = await mia.sees("New date")
    assert (await mia.submit(form, {"due": "2026-12-01"})).view
    await mia.sees("It is due Tue 1 Dec now")
    await town.all_told()
    assert (await mia.press(given, action_id="action_item:one::done")).ok
    await town.all_told()
    await mia.sees("Done, an action of", kind=Kind.MESSAGE_CHANGED, channel=mia.dm.id)
    await ana.sees("Mia", "marked an action as done", channel=INCIDENTS, kind=Kind.MESSAGE, since=0)
    await typed(mia, "actions mine")
    await mia.sees("You have no open actions")
    assert town.workspace.pings == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_is_named_within_the_text_of_a_mention_is_read_by_name(town: Town) -> None:
    ana = town.person(ANA)
    await draft(town)
    words = "action PM-1 Ask <@U02RAJ> about the pool me fri"
    await ana.say(INCIDENTS, f"<@{town.workspace.app.user_id}> {words}")
    await ana.sees("Ask @Raj about the pool", channel=INCIDENTS)


async def test_what_is_missing_is_asked_for_with_what_was_understood(town: Town) -> None:
    ana = town.person(ANA)
    number = await draft(town)
    await typed(ana, f"action PM-{number} Ask @raj about the disks")
    form = await ana.sees("Action of PM-1", "Ask @raj about the disks")
    assert (await ana.submit(form, {"due": "2026-11-27"})).view
    await ana.sees("Added for Raj, due Fri 27 Nov")
    await typed(ana, f"action PM-{number}")
    form = await ana.sees("Action of PM-1")
    assert (await ana.submit(form)).errors is not None
    assert (await ana.submit(form, {"text": "Whatever it takes"})).view
    await typed(ana, f"actions PM-{number}")
    await ana.sees("2 actions of PM-1", "Ask @raj about the disks", "nobody has it yet, no day set")


async def test_a_published_postmortem_takes_actions(town: Town) -> None:
    ana = town.person(ANA)
    number = await published(town)
    await typed(ana, f"action PM-{number} Add an alarm me fri")
    await ana.sees("Added to *PM-1* for Ana")


async def test_publishing_warns_of_actions_that_nobody_has(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    number = await draft(town)
    await typed(ana, f"action PM-{number} Add an alarm")
    form = await ana.sees("Action of PM-1")
    assert (await ana.submit(form)).view
    await typed(ana, f"submit PM-{number} @raj")
    await raj.sees("asks for your review")
    await typed(raj, f"approve PM-{number}")
    await typed(ana, f"publish PM-{number}")
    await ana.sees("PM-1 is published", "1 of its actions has no owner")


async def test_a_row_is_settled_removed_and_brought_back_in_its_list(town: Town) -> None:
    ana = town.person(ANA)
    number = await draft(town)
    for text in ("First", "Second"):
        await typed(ana, f"action PM-{number} {text} me fri")
        await ana.sees(f"Added to *PM-{number}*", text)
    await typed(ana, "actions")
    seen = await ana.sees("2 open actions of yours")
    await choose(ana, seen, "Remove", row=1)
    removed = await ana.sees("Removed from PM-1", "1 open action of yours")
    assert (await ana.press(removed, action_id="action_item:list:mine page 1:restore")).ok
    there = await ana.sees("There again", "2 open actions of yours")
    await choose(ana, there, "Not needed", row=0)
    settled = await ana.sees("Not needed any more", "1 open action of yours")
    assert (await ana.press(settled, action_id="action_item:list:mine page 1:reopen")).ok
    await ana.sees("Open again", "2 open actions of yours")


async def test_the_same_click_twice_is_done_once_and_an_old_button_explains_itself(town: Town) -> None:
    ana = town.person(ANA)
    number = await draft(town)
    await typed(ana, f"action PM-{number} Add an alarm me fri")
    added = await ana.sees("Added to *PM-1*")
    assert (await ana.press(added, action_id="action_item:one::remove")).ok
    removed = await ana.sees("Removed from PM-1")
    await typed(ana, f"actions PM-{number}")
    await ana.sees("PM-1 has no actions yet")
    assert (await ana.press(removed, action_id="action_item:one::restore")).ok
    await ana.sees("There again")
    await typed(ana, f"actions PM-{number}")
    await ana.sees("1 action of PM-1")


async def test_a_line_that_slack_repeats_is_carried_out_once(town: Town) -> None:
    ana, number = town.person(ANA), await draft(town)
    async with response_url() as answers:
        body = command_body(
            town, "/postmortem", f"action PM-{number} Add an alarm <@U02RAJ|raj> fri", user=ANA, url=answers.url
        )
        replies = [await send(town, body) for _ in range(2)]
    assert "Added to *PM-1* for Raj" in replies[0].text
    assert "That was done already" in replies[1].text
    await typed(ana, f"actions PM-{number}")
    await ana.sees("1 action of PM-1")
    await town.person(RAJ).sees("Ana gave you an action of *PM-1*", since=0)


@pytest.mark.parametrize("deed", ["Done", "Remove"])
async def test_a_click_that_slack_repeats_is_carried_out_once(town: Town, deed: str) -> None:
    ana, number = town.person(ANA), await draft(town)
    await typed(ana, f"action PM-{number} Add an alarm me fri")
    await ana.sees("Added to *PM-1*")
    await typed(ana, "actions")
    seen = await ana.sees("1 open action of yours")
    option = {"text": {"type": "plain_text", "text": deed}, "value": choice(seen, deed)}
    assert seen.message is not None
    async with response_url() as answers:
        payload = {
            "type": "block_actions",
            "user": {"id": ANA, "team_id": town.workspace.team.id},
            "channel": {"id": INCIDENTS, "name": "incidents"},
            "container": {"type": "message", "message_ts": seen.message.ts, "is_ephemeral": True},
            "response_url": answers.url,
            "actions": [{"type": "overflow", "action_id": LIST, "block_id": "b", "selected_option": option}],
        }
        for _ in range(2):
            assert (await send(town, interaction_body(town, payload))).status == 200
            await town.house.in_hand.settled()
        first, second = answers.taken
    assert "You have no open actions" in first["text"]
    assert first["replace_original"] and not second["replace_original"]
    assert "That was done already" in second["text"] or "That action was removed" in second["text"]
    await town.all_told()
    lines = [each.text for each in ana.screen(INCIDENTS) if "marked an action" in each.text or "removed" in each.text]
    assert len(lines) == 1


async def test_a_form_that_slack_does_not_open_keeps_what_was_typed(town: Town) -> None:
    ana, number = town.person(ANA), await draft(town)
    town.workspace.faults.add(method="views.open", kind="expired_trigger_id")
    await typed(ana, f"action PM-{number} Add an alarm @mia")
    answer = await ana.sees("did not open the form")
    assert (await ana.press(answer, action_id="kept")).ok
    await ana.sees("Action of PM-1", "Add an alarm @mia")


@pytest.mark.parametrize("words", ["everything", "PM-12 late"])
async def test_words_that_ask_for_no_list_are_answered_with_those_that_do(town: Town, words: str) -> None:
    ana = town.person(ANA)
    await typed(ana, f"actions {words}")
    answer = await ana.sees("is not something to list actions by", "mine, team, overdue")
    assert (await ana.press(answer, action_id="run:2")).ok
    await ana.sees("No action is overdue")
    await typed(ana, "actions PM-77")
    await ana.sees("There is no PM-77")


async def test_a_list_is_turned_by_its_pages_and_shown_to_the_channel(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    number = await draft(town)
    for day in range(10, 20):
        await typed(ana, f"action PM-{number} Task {day} me {day} dec")
        await ana.sees(f"Task {day}")
    await typed(ana, "actions")
    first = await ana.sees("10 open actions of yours")
    assert (await ana.press(first, action_id="run:more")).ok
    second = await ana.sees("Task 18", where=lambda seen: "Task 17" not in seen.text)
    assert (await ana.press(second, action_id="show_to_channel")).ok
    shown = await raj.sees("10 open actions of yours", "Task 18", channel=INCIDENTS, since=0)
    assert shown.message is not None
    assert "options" not in str(shown.message.blocks)


async def test_texts_stand_as_typed_wherever_they_are_shown_and_ping_nobody(town: Town) -> None:
    ana, mia = town.person(ANA), town.person(MIA)
    number = await draft(town)
    await typed(ana, f"action PM-{number} {NASTY_LINE} @mia fri")
    await mia.sees(NASTY_LINE, channel=mia.dm.id)
    await ana.sees(NASTY_LINE, channel=INCIDENTS, kind=Kind.MESSAGE)
    await typed(ana, f"action PM-{number}")
    form = await ana.sees("Action of PM-1")
    assert (await ana.submit(form, {"text": NASTY})).view
    await ana.sees(NASTY, channel=INCIDENTS, kind=Kind.MESSAGE)
    await typed(ana, f"actions PM-{number}")
    await ana.sees(NASTY, NASTY_LINE)
    assert town.workspace.pings == []


async def test_what_two_people_write_at_once_is_shown_side_by_side(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    number = await draft(town)
    await typed(ana, f"action PM-{number} Add an alarm me fri")
    added = await ana.sees("Added to *PM-1*")
    await typed(raj, f"actions PM-{number}")
    seen = await raj.sees("1 action of PM-1")
    await choose(raj, seen, "Edit", here=f"list:PM-{number} page 1")
    theirs = await raj.sees("Action of PM-1")
    assert (await ana.press(added, action_id="action_item:one::edit")).ok
    mine = await ana.sees("Action of PM-1")
    assert (await raj.submit(theirs, {"text": "Add two alarms"})).view
    assert (await ana.submit(mine, {"text": "Add three alarms"})).view
    both = await ana.sees("changed this action while you were writing", "Add two alarms", "Add three alarms")
    await typed(ana, "mine")
    await ana.sees("your change of an action of PM-1", "Add three alarms")
    assert (await ana.submit(both, {"choice_2": "mine"})).view
    await typed(ana, f"actions PM-{number}")
    await ana.sees("Add three alarms")
    await typed(ana, "mine")
    assert "Not saved yet" not in (await ana.sees("New postmortem")).text


@pytest.mark.parametrize("who", ["@sam.guest", "@deploybot"])
async def test_a_line_that_is_refused_keeps_its_text(town: Town, who: str) -> None:
    ana = town.person(ANA)
    number = await draft(town)
    await typed(ana, f"action PM-{number} Add an alarm {who} fri")
    refused = await ana.sees("cannot own an action")
    assert (await ana.press(refused, action_id="kept")).ok
    form = await ana.sees("Action of PM-1", f"Add an alarm {who} fri")
    assert (await ana.submit(form, {"text": "Add an alarm", "owner": ANA, "due": "2026-11-20"})).view
    await typed(ana, "mine")
    assert "Not saved yet" not in (await ana.sees("New postmortem")).text


async def test_a_guest_is_told_who_may(town: Town) -> None:
    sam = town.person("U08SAM")
    await draft(town)
    await typed(sam, "action PM-1 Add an alarm me fri")
    await sam.sees("members of this workspace")
    await typed(sam, "actions")
    await sam.sees("members of this workspace")


async def test_the_morning_reminds_an_owner_until_it_is_done(town: Town) -> None:
    ana, mia = town.person(ANA), town.person(MIA)
    number = await published(town)
    await typed(ana, f"action PM-{number} Add an alarm @mia 24 nov")
    await ana.sees("Added to *PM-1* for Mia")
    await town.all_told()

    before = mia.mark()
    await at(town, 23, 14)  # nine o'clock in New York
    await at(town, 23, 15)  # ten o'clock, on the working day before it is due
    morning = await mia.sees("1 thing waits for you", "Add an alarm", "due tomorrow", channel=mia.dm.id)
    assert not any("waits for you" in seen.text for seen in mia.appearances[before:] if seen.text != morning.text)
    await at(town, 25, 15)
    late = await mia.sees("1 thing waits for you", "overdue 1 working day", channel=mia.dm.id)
    await town.all_told()
    assert (await mia.press(late, action_id="action_item:morning::day")).ok
    form = await mia.sees("New date", "Add an alarm")
    assert (await mia.submit(form, {"due": "2026-11-30"})).view
    await mia.sees("Nothing waits for you any more", "due Mon 30 Nov", kind=Kind.MESSAGE_CHANGED, channel=mia.dm.id)
    await town.all_told()

    await at(town, 26, 15)
    await at(town, 27, 15)  # the working day before the 30th, a Monday
    again = await mia.sees("1 thing waits for you", "due in 3 days", channel=mia.dm.id)
    await town.all_told()
    assert (await mia.press(again, action_id="action_item:morning::done")).ok
    await mia.sees("Done: “Add an alarm”")
    await mia.sees("Nothing waits for you any more", "done", kind=Kind.MESSAGE_CHANGED, channel=mia.dm.id, since=0)
    await town.all_told()
    quiet = mia.mark()
    await at(town, 30, 16)
    await town.all_told()
    assert not [seen for seen in mia.appearances[quiet:] if "waits for you" in seen.text]


async def test_a_postmortem_and_its_actions_wait_in_one_message(town: Town) -> None:
    ana = town.person(ANA)
    number = await draft(town)
    for count in range(9):
        await typed(ana, f"action PM-{number} Task {count} me 24 nov")
        await ana.sees(f"Task {count}")
    await town.all_told()
    await at(town, 24, 9)  # ten o'clock in Berlin
    morning = await ana.sees("10 things wait for you", "Checkout down", "due today", channel=ana.dm.id)
    assert (await ana.press(morning, action_id="run:more")).ok
    mine = await ana.sees("Your drafts", "Your actions", "2 more: `/postmortem actions`")
    await choose(ana, mine, "Done", here="mine:")
    await ana.sees("Done: “Task", "Your actions", "1 more: `/postmortem actions`")


async def at(town: Town, day: int, hour: int) -> None:
    """It is that day of November, and that hour in UTC."""
    await town.move(seconds=datetime(2026, 11, day, hour, tzinfo=UTC).timestamp() - town.clock.time())
