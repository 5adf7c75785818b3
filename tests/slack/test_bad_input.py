"""Bad input, stale buttons and repetitions: one plain sentence each, done once at most, and nobody is pinged."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.playground import administration
from bot.playground.delivery.acks import Envelope
from bot.playground.elements import find
from bot.playground.hands import Appearance, Hands
from bot.playground.payloads import common
from bot.playground.posting import post
from bot.playground.screens import Kind
from tests.slack.conftest import MORNING, Town
from tests.slack.writings import (
    ANA,
    INCIDENTS,
    MIA,
    NASTY,
    RAJ,
    becomes_guest,
    draft,
    in_review,
    published,
    rich,
    sees_mine,
    typed,
)

SAM_GUEST, DEPLOY_BOT = "U08SAM", "U12DEPLOY"
LOUNGE_WITHOUT_BOT = "C06LOUNGE"
INTERNAL = re.compile(r"\b(None|Error|Exception|Traceback|in_review|null|ValueError|section_\w+|Verb|Status\.)\b")
"""Words of ours that nobody should read."""

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def answer(person: Hands, line: str, *, channel: str = INCIDENTS) -> Appearance:
    """What a line is answered with, for this person alone."""
    assert (await person.command("/postmortem", line, channel=channel)).ok
    return await person.sees(kind=Kind.MESSAGE, where=_is_for_one)


def _is_for_one(each: Appearance) -> bool:
    return each.message is not None and each.message.ephemeral_to is not None


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("creat Checkout down", "“creat” is not something /postmortem does. Did you mean this?"),
        ("banana", "“banana” is not something /postmortem does. `/postmortem help` lists what it does."),
        ("show PM-99", "There is no PM-99"),
        ("show PM-x", "“PM-x” is not a number I know: type it like PM-12."),
        ("show", "Which one? Type its number, like PM-12."),
        ("PM-99", "There is no PM-99"),
        ("edit", "Which one? Type its number, like PM-12."),
        ("edit PM-1 weather", "PM-1 has no section “weather”. It has these:"),
        ("submit", "Which one?"),
        ("submit 0", "is not a number I know"),
        ("approve 99999999999", "is not a number I know"),
        ("approve", "Which one?"),
        ("approve PM-1", "Only a reviewer named on PM-1"),
        ("changes PM-1", "PM-1 is a draft, not in review."),
        ("reopen PM-1", "PM-1 is a draft already"),
        ("reopen PM-99", "There is no PM-99"),
        ("assign PM-99", "There is no PM-99"),
        ("snooze PM-99", "There is no PM-99"),
        ("changes PM-99", "There is no PM-99"),
        ("changes PM-1 It is wrong.", "Only a reviewer named on PM-1"),
        ("publish PM-1", "PM-1 is a draft."),
        ("reopen PM-1 A typo.", "PM-1 is a draft already"),
        ("reopen", "Which one?"),
        ("assign PM-1 @deploybot", "is a bot and cannot own a postmortem"),
        ("assign PM-1 @sam.guest", "Sam is a guest and cannot own a postmortem"),
        ("assign PM-1 @olga", "Olga has left the workspace and cannot own a postmortem"),
        ("submit PM-1 @deploybot", "is a bot and cannot review"),
        ("submit PM-1 @sam.guest", "Sam is a guest and cannot review"),
        ("submit PM-1 @olga", "Olga has left the workspace and cannot review"),
        ("submit PM-1 @ana", "An owner's own approval does not count."),
        ("submit PM-1 me", "An owner's own approval does not count."),
        ("snooze PM-1 blursday", "blursday"),
        ("snooze PM-1 yesterday", "Choose a day after today"),
        ("snooze PM-1 2020-01-01", "Choose a day after today"),
        ("snooze PM-1 in 20 years", "more than a year away"),
        ("snooze", "Which one?"),
        ("list nonsense", "“nonsense” is not something to list by."),
        ("list page 400", "1 postmortem"),
        ("list draft", "1 draft"),
        ("list review", "No postmortems in review"),
        ("list overdue", "No overdue postmortems"),
    ],
)
async def test_one_plain_sentence_says_what_to_type_instead(town: Town, line: str, sentence: str) -> None:
    await draft(town)
    ana = town.person(ANA)
    seen = await answer(ana, line)
    assert sentence in seen.text
    assert not INTERNAL.search(seen.text)
    assert len(seen.text) < 700
    assert town.workspace.bot_pings == []


async def test_the_nearest_verb_is_offered_as_a_button_that_works(town: Town) -> None:
    ana = town.person(ANA)
    seen = await answer(ana, "creat Checkout @raj & <b>")
    assert "/postmortem create Checkout @raj & <b>" in seen.text
    assert (await ana.press(seen, action_id="run:0")).ok
    assert "Checkout @raj & <b>" in (await ana.sees("New postmortem")).text


async def test_the_sections_there_are_are_offered_as_buttons_that_work(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    seen = await answer(ana, "edit PM-1 weather")
    assert (await ana.press(seen, action_id="run:1")).ok
    await ana.sees("Edit PM-1", "Fault", kind=Kind.VIEW_OPENED)


async def test_a_long_text_behind_an_unknown_verb_comes_back_whole(town: Town) -> None:
    ana = town.person(ANA)
    text = "word " * 600
    seen = await answer(ana, f"creat {text}")
    assert text.strip() in seen.text.replace("\n", "")


async def test_a_form_says_all_its_bad_fields_at_once_under_each(town: Town) -> None:
    ana = town.person(ANA)
    await typed(ana, "create")
    form = await ana.sees("New postmortem")
    now = int(MORNING.timestamp())
    refused = await ana.submit(
        form, {"title": "\u200b\u2060", "started_at": now + 3600, "ended_at": now + 1800, "owner": DEPLOY_BOT}
    )
    assert refused.errors == {
        "title": "Write at least one word.",
        "started_at": "This is in the future. Enter when the incident began.",
        "ended_at": "This is before From. Enter a later time, or none while it goes on.",
        "owner": "Deploy Bot is a bot and cannot own a postmortem. Choose a person.",
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 201, "At most 200 characters, this has 201."),
        ("title", "   ", "Write at least one word."),
        ("owner", SAM_GUEST, "Sam is a guest and cannot own a postmortem. Choose a member of this workspace."),
    ],
)
async def test_a_field_that_cannot_be_is_refused_under_itself(
    town: Town, field: str, value: Any, sentence: str
) -> None:
    ana = town.person(ANA)
    await typed(ana, "create Checkout down")
    refused = await ana.submit(await ana.sees("New postmortem"), {field: value})
    assert refused.errors == {field: sentence}


@pytest.mark.parametrize(
    ("verb", "values", "field", "sentence"),
    [
        ("submit", {"reviewers": [ANA]}, "reviewers", "An owner's own approval does not count."),
        ("submit", {"reviewers": [SAM_GUEST]}, "reviewers", "Sam is a guest"),
        ("submit", {"reviewers": []}, "reviewers", "Please complete this required field."),
        ("assign", {"owner": DEPLOY_BOT}, "owner", "is a bot"),
        ("snooze", {"until": "2026-11-17"}, "until", "Choose a day after today"),
    ],
)
async def test_a_form_that_cannot_be_says_so_under_its_field(
    town: Town, verb: str, values: dict[str, Any], field: str, sentence: str
) -> None:
    await draft(town)
    ana = town.person(ANA)
    await typed(ana, f"{verb} PM-1")
    refused = await ana.submit(await ana.sees(kind=Kind.VIEW_OPENED), values)
    assert refused.errors and list(refused.errors) == [field]
    assert sentence in refused.errors[field]


async def test_somebody_who_left_while_the_form_was_open_is_refused_under_the_field(town: Town) -> None:
    ana = town.person(ANA)
    await typed(ana, "create Checkout down")
    form = await ana.sees("New postmortem")
    ana.type_in(form, {"owner": MIA})
    administration.change_person(town.workspace, MIA, deleted=True)
    await town.playground.settled()
    await town.house.in_hand.settled()
    refused = await ana.submit(form)
    assert refused.errors == {"owner": "Mia has left the workspace and cannot own a postmortem. Choose somebody else."}


async def test_verdicts_count_once_and_only_from_those_who_were_asked(town: Town) -> None:
    await in_review(town)
    ana, raj, nour = town.person(ANA), town.person(RAJ), town.person("U06NOUR")
    assert "Only a reviewer named on PM-1" in (await answer(nour, "approve PM-1")).text
    assert "Only a reviewer named on PM-1" in (await answer(ana, "approve PM-1")).text
    assert "1 of 2 approved" in (await answer(raj, "approve PM-1")).text
    assert "1 of 2 approved" in (await answer(raj, "approve PM-1")).text
    assert "cannot be published yet: 1 of 2 approved" in (await answer(ana, "publish PM-1")).text
    assert "is in review already" in (await answer(ana, "submit PM-1 @raj")).text


async def test_what_is_published_says_the_way_out(town: Town) -> None:
    await published(town)
    ana = town.person(ANA)
    for line in (
        "edit PM-1",
        "edit PM-1 fault",
        "submit PM-1 @raj",
        "assign PM-1 @raj",
        "publish PM-1",
    ):
        assert "`/postmortem reopen PM-1 reason`" in (await answer(ana, line)).text, line


@pytest.mark.parametrize(
    "line",
    [
        "",
        "mine",
        "list",
        "show PM-1",
        "create Checkout down",
        "edit PM-1",
        "edit PM-1 fault",
        "submit PM-1 @raj",
        "submit PM-1",
        "approve PM-1",
        "changes PM-1 wrong",
        "changes PM-1",
        "publish PM-1",
        "reopen PM-1 wrong",
        "reopen PM-1",
        "assign PM-1 @raj",
        "assign PM-1",
        "snooze PM-1 friday",
        "snooze PM-1",
    ],
)
async def test_a_guest_is_told_who_may(town: Town, line: str) -> None:
    await in_review(town)
    seen = await answer(town.person(SAM_GUEST), line)
    assert re.search(r"Only (members of this workspace|a reviewer|its owner)", seen.text)
    assert not INTERNAL.search(seen.text)


TITLES = [
    "<!channel> is down",
    "*x* and _y_ and `z`",
    "<@U02RAJ> did it",
    "&lt; is &amp; not <",
    "🔥 :fire: 👩‍👩‍👧",
    "הקופה נפלה",
    "“curly” ‘quotes’ — dash",
    "x" * 200,
    "&" * 200,
]


@pytest.mark.parametrize("title", TITLES)
async def test_a_title_is_shown_as_typed_everywhere_and_pings_nobody(town: Town, title: str) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await typed(ana, "create")
    assert (await ana.submit(await ana.sees("New postmortem"), {"title": title})).closed
    await ana.sees(title, channel=INCIDENTS)
    assert title in (await answer(ana, "list")).text
    assert title in (await sees_after(ana, "mine")).text
    await typed(ana, "edit PM-1")
    assert title[:140] in (await ana.sees(kind=Kind.VIEW_OPENED)).text
    await typed(ana, "submit PM-1 @raj")
    request = await raj.sees("asks for your review", title, channel=raj.dm.id)
    await raj.press(request, action_id="read")
    assert title in (await raj.sees(kind=Kind.VIEW_OPENED)).text
    assert (await raj.press(request, action_id="do:approve")).ok
    await typed(ana, "publish PM-1")
    await ana.sees("PM-1 is published", title[:50], channel=INCIDENTS)
    assert town.workspace.bot_pings == []


@pytest.mark.parametrize("text", [NASTY, (NASTY * 50)[:3000], "\u202eevil\u202c", "a\nb\n> c"])
async def test_a_reason_is_shown_as_typed_in_thread_and_message_and_pings_nobody(town: Town, text: str) -> None:
    await in_review(town)
    ana, raj = town.person(ANA), town.person(RAJ)
    await typed(raj, "changes PM-1")
    assert (await raj.submit(await raj.sees(kind=Kind.VIEW_OPENED), {"text": text})).view
    beginning = text.split("\n", maxsplit=1)[0][:2000]
    await ana.sees(beginning, channel=ana.dm.id, since=0)
    await ana.sees("asked for changes", beginning, channel=INCIDENTS, since=0)
    assert town.workspace.bot_pings == []


async def test_a_section_with_mentions_in_it_pings_nobody(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    await typed(ana, "edit PM-1 fault")
    block = rich("See ")
    block["elements"][0]["elements"] += [{"type": "user", "user_id": RAJ}, {"type": "broadcast", "range": "here"}]
    assert (await ana.submit(await ana.sees(kind=Kind.VIEW_OPENED), {"text": block})).closed
    seen = await answer(ana, "show PM-1")
    await ana.press(seen, action_id="read")
    assert "@here" in (await ana.sees(kind=Kind.VIEW_OPENED)).text
    assert town.workspace.bot_pings == []


# Repetitions


async def test_a_button_pressed_twice_does_its_verb_once(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    request = await raj.sees("asks for your review", since=0)
    message = request.message
    assert message is not None
    block, element = find(message.blocks, action_id="do:approve")
    for _ in range(2):
        payload = _press(town, raj, message, block, element)
        assert (await _send(town, payload)).ok
    await raj.sees("You approved PM-1", since=0)
    await raj.sees("That was done already: you approved PM-1.", since=0)


async def test_a_command_that_slack_sends_twice_is_done_once(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    payload = _command(town, raj, "changes PM-1 A graph is wrong.")
    assert town.workspace.line is not None
    for _ in range(2):
        assert (await town.workspace.line.deliver(Envelope.COMMAND, dict(payload), about="twice")).ok
    assert "Not saved yet" not in (await sees_after(raj, "mine")).text


# What is old, gone or unknown


async def test_a_button_of_a_postmortem_that_moved_on_says_how_it_stands(town: Town) -> None:
    await in_review(town)
    raj, mia, ana = town.person(RAJ), town.person(MIA), town.person(ANA)
    request = await raj.sees("asks for your review", since=0)
    message = request.message
    assert message is not None
    block, element = find(message.blocks, action_id="do:approve")
    await typed(mia, "changes PM-1 A graph is wrong.")
    assert (await _send(town, _press(town, raj, message, block, element))).ok
    await raj.sees("PM-1 is a draft, not in review.", since=0)
    assert ana.notices == ()


@pytest.mark.parametrize(
    "action_id", ["gone_long_ago", "do:fly", "run", "nudge:fly", "section:x", "read", "kept", "do:"]
)
async def test_an_unknown_or_broken_button_is_acknowledged_and_explained(town: Town, action_id: str) -> None:
    ana = town.person(ANA)
    channel = town.workspace.channels[INCIDENTS]
    element = {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "Old"}, "value": "old"}
    block = {"type": "actions", "block_id": "b", "elements": [element]}
    old = post(town.workspace, channel, user=town.workspace.app.user_id, text="old", blocks=[block])
    ana.mark()
    assert (await ana.press(old, action_id=action_id)).ok
    seen = await ana.sees(kind=Kind.MESSAGE, where=_is_for_one)
    assert seen.text
    assert "Something went wrong" not in seen.text
    assert not INTERNAL.search(seen.text)


async def test_the_button_of_a_deleted_card_is_acknowledged_and_explained(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    request = await raj.sees("asks for your review", since=0)
    message = request.message
    assert message is not None
    block, element = find(message.blocks, action_id="do:approve")
    payload = _press(town, raj, message, block, element)
    town.workspace.messages.remove(message)
    assert (await _send(town, payload)).ok
    await raj.sees("You approved PM-1", since=0)


async def test_an_unknown_form_stays_open_and_says_what_to_do(town: Town) -> None:
    ana = town.person(ANA)
    await typed(ana, "create Checkout down")
    await ana.sees("New postmortem")
    ana.view.body["callback_id"] = "form_of_an_older_version"
    refused = await ana.submit(ana.view)
    assert refused.errors and "older version" in refused.errors["title"]


# Show to channel


async def test_what_is_shown_to_a_channel_without_the_bot_mentions_nobody(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    await typed(ana, "submit PM-1 @raj")
    for line in ("list", "show PM-1"):
        seen = await answer(ana, line, channel=LOUNGE_WITHOUT_BOT)
        raj.mark()
        assert (await ana.press(seen, action_id="show_to_channel")).ok
        assert "Show to channel" not in (await raj.sees("PM-1", channel=LOUNGE_WITHOUT_BOT)).text
    assert town.workspace.bot_pings == []


async def test_show_to_channel_works_in_the_direct_messages_with_the_bot(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    seen = await answer(ana, "list", channel=ana.dm.id)
    assert (await ana.press(seen, action_id="show_to_channel")).ok
    await ana.sees("1 postmortem", channel=ana.dm.id, where=lambda each: not _is_for_one(each))


async def test_what_cannot_be_shown_is_said_to_who_pressed_alone(town: Town) -> None:
    await draft(town)
    raj, ana = town.person(RAJ), town.person(ANA)
    seen = await answer(raj, "show PM-1")
    await becomes_guest(town, RAJ)
    ana.mark()
    assert (await raj.press(seen, action_id="show_to_channel")).ok
    refusal = await raj.sees("Only members of this workspace")
    assert _is_for_one(refusal)
    assert all("Only members" not in each.text for each in ana.appearances)


def _says(each: Appearance, text: str) -> bool:
    """Whether the text stands there whole; blocks of it follow one another on new lines."""
    return text.replace("\n", "") in each.text.replace("\n", "")


async def sees_after(person: Hands, line: str) -> Appearance:
    await typed(person, line)
    return await sees_mine(person)


def _press(town: Town, person: Hands, message: Any, block: dict[str, Any], element: dict[str, Any]) -> dict[str, Any]:
    """A click on a message as Slack sends it, wherever that message is by now."""
    url_id = town.workspace.response_urls.make(user=person.id, channel=message.channel)
    return {
        "type": "block_actions",
        **common(town.workspace, person.me),
        "trigger_id": town.workspace.triggers.make(person.id),
        "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel},
        "channel": {"id": message.channel, "name": "directmessage"},
        "message": {"ts": message.ts, "text": message.text, "blocks": list(message.blocks)},
        "response_url": f"{town.workspace.base_url}/response/{url_id}",
        "actions": [{**element, "block_id": block["block_id"], "action_ts": "1"}],
        "state": {"values": {}},
    }


def _command(town: Town, person: Hands, text: str) -> dict[str, Any]:
    url_id = town.workspace.response_urls.make(user=person.id, channel=INCIDENTS)
    return {
        "token": "t",
        "team_id": town.workspace.team.id,
        "channel_id": INCIDENTS,
        "channel_name": "incidents",
        "user_id": person.id,
        "user_name": person.me.name,
        "command": "/postmortem",
        "text": text,
        "api_app_id": town.workspace.app.id,
        "response_url": f"{town.workspace.base_url}/response/{url_id}",
        "trigger_id": town.workspace.triggers.make(person.id),
    }


async def _send(town: Town, payload: dict[str, Any]) -> Any:
    assert town.workspace.line is not None
    return await town.workspace.line.deliver(Envelope.INTERACTIVE, payload, about="a click")
