"""Messages of every kind, marked: what is kept of them, what is shown, and that each is kept once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.playground import interactions, payloads
from bot.playground.delivery.acks import Ack, Envelope
from bot.playground.hands import Hands
from bot.playground.screens import Kind
from bot.queries import timeline
from bot.queries.timeline import EntryView
from bot.slack.cards.timeline import plain_words
from tests.slack.conftest import Town
from tests.slack.writings import ANA, INCIDENTS, RAJ, draft, typed

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TS = "1763450000.000123"
LONG = ("The pool of connections was full again & nobody <saw> it. " * 700)[:40_000].replace("&", "&amp;")
HOSTILE = "<!everyone> <!here> <@U02RAJ> see <#C03PAYMENTS|payments> <https://x.example/?a=1&amp;b=2|this> &lt;b&gt;"

HARMLESS = "@everyone @here @Raj see #payments this <b>"


def payload(
    town: Town, person: Hands, message: dict[str, Any], *, callback_id: str, channel: str = INCIDENTS
) -> dict[str, Any]:
    """What Slack sends when somebody chooses a shortcut on that message."""
    workspace = town.workspace
    url = workspace.response_urls.make(user=person.id, channel=channel)
    return {
        "type": "message_action",
        **payloads.common(workspace, person.me),
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.make(person.id),
        "action_ts": payloads.action_time(workspace),
        "message_ts": message["ts"],
        "message": message,
        "channel": {"id": channel, "name": "incidents"},
        "response_url": interactions.response_address(workspace, url),
    }


async def sent(town: Town, said: dict[str, Any]) -> Ack:
    """Slack sends it; how the bot acknowledges."""
    return await interactions.send(
        town.workspace, said, about=f"shortcut {said['callback_id']}", envelope=Envelope.INTERACTIVE
    )


async def entries(town: Town, number: int = 1) -> tuple[EntryView, ...]:
    """What stands in the timeline of a postmortem."""
    ana = await town.house.desk.people.person(ANA)
    async with town.house.reader() as reading:
        shown = await timeline.of_number(reading, number, ana, limit=50)
    return tuple(each for each in shown.items if not each.is_own)


@dataclass(frozen=True)
class Case:
    """A message, what is stored of it and what the person who marks it reads."""

    name: str
    message: dict[str, Any]
    text: str
    reads: str
    author: str
    files: tuple[str, ...] = ()
    link: str = f"https://northwind-harbour.slack.com/archives/{INCIDENTS}/p1763450000000123"


CASES = (
    Case("of a person", {"user": RAJ, "text": "It broke"}, "It broke", "It broke", "Raj"),
    Case(
        "only an image",
        {"user": RAJ, "text": "", "files": [{"name": "graph <1>.png"}, {"title": "no name"}]},
        "",
        "graph <1>.png, no name",
        "Raj",
        ("graph <1>.png", "no name"),
    ),
    Case(
        "text and a file",
        {"user": RAJ, "text": "see", "files": [{"name": "log.txt"}]},
        "see",
        "files: log.txt",
        "Raj",
        ("log.txt",),
    ),
    Case(
        "of a bot without user",
        {"subtype": "bot_message", "bot_id": "B1", "username": "Alertmanager <x>", "text": "firing"},
        "firing",
        "Alertmanager <x> wrote it",
        "Alertmanager <x>",
    ),
    Case(
        "of a bot with a profile",
        {"bot_id": "B1", "bot_profile": {"name": "Deploys"}, "text": "shipped 1.42"},
        "shipped 1.42",
        "Deploys wrote it",
        "Deploys",
    ),
    Case("of a bot that is nobody", {"bot_id": "B1", "text": "boo"}, "boo", "a bot wrote it", "a bot"),
    Case(
        "of a bot that speaks in attachments",
        {"bot_id": "B1", "text": "", "attachments": [{"title": "Down", "text": "checkout is <https://x.example|out>"}]},
        "Down\ncheckout is <https://x.example|out>",
        "checkout is out",
        "a bot",
    ),
    Case(
        "of a bot that speaks in blocks",
        {
            "bot_id": "B1",
            "text": "",
            "blocks": [
                {"type": "header", "text": {"type": "plain_text", "text": "5 < 6"}},
                {"type": "section", "text": {"type": "mrkdwn", "text": "*firing*"}},
                {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Ack"}}]},
            ],
        },
        "5 &lt; 6\n*firing*",
        "5 < 6",
        "a bot",
    ),
    Case("of nobody known", {"user": "U0FOREIGN", "text": "hi"}, "hi", "U0FOREIGN wrote it", "U0FOREIGN"),
    Case("of the bot itself", {"user": "U01WATCHBILL", "text": "On call: Ana"}, "On call: Ana", "On call", "Watchbill"),
    Case("of 40,000 characters", {"user": RAJ, "text": LONG}, LONG, "full again & nobody", "Raj"),
    Case("that calls everybody", {"user": RAJ, "text": HOSTILE}, HOSTILE, HARMLESS, "Raj"),
    Case("with a NUL", {"user": RAJ, "text": "a\x00b"}, "ab", "ab", "Raj"),
    Case("with half a character", {"user": RAJ, "text": "a\ud83d"}, "a?", "a?", "Raj"),
    Case("without anything", {"user": RAJ, "text": ""}, "", "a message without words", "Raj"),
    Case(
        "in a thread",
        {"user": RAJ, "text": "me too", "thread_ts": "1763440000.000001"},
        "me too",
        "me too",
        "Raj",
        link=f"https://northwind-harbour.slack.com/archives/{INCIDENTS}/p1763450000000123"
        f"?thread_ts=1763440000.000001&cid={INCIDENTS}",
    ),
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
async def test_a_message_is_kept_as_it_is_and_shown_so_that_nobody_is_pinged(town: Town, case: Case) -> None:
    await draft(town)
    ana = town.person(ANA)
    pings = len(town.workspace.pings)
    assert (await sent(town, payload(town, ana, {"ts": TS, **case.message}, callback_id="pm_add_message"))).ok
    seen = await ana.sees("Added to the timeline of PM-1", kind=Kind.MESSAGE)
    assert case.reads in seen.text
    (entry,) = await entries(town)
    assert entry.text == case.text
    assert (entry.author.name if entry.author else entry.author_name) == case.author
    assert entry.at == datetime(2025, 11, 18, 7, 13, 20, 123, tzinfo=UTC)
    assert entry.file_names == case.files
    assert entry.permalink == case.link
    await ana.sees("Ana added to the timeline", channel=INCIDENTS)
    await typed(ana, "timeline PM-1")
    await ana.sees("1 entry")
    assert len(town.workspace.pings) == pings
    await ana.press(seen, action_id="entry:edit")
    box = await ana.sees("Timeline of PM-1", kind=Kind.VIEW_OPENED)
    if plain_words(entry).strip():
        assert (await ana.submit(box)).view  # sent as it was opened
        assert (await entries(town))[0].text == case.text
        assert (await entries(town))[0].version == entry.version


@ONE_DATABASE
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
async def test_a_message_of_every_kind_can_begin_a_postmortem(town: Town, case: Case) -> None:
    ana = town.person(ANA)
    assert (await sent(town, payload(town, ana, {"ts": TS, **case.message}, callback_id="pm_start_message"))).ok
    form = await ana.sees("New postmortem", kind=Kind.VIEW_OPENED)
    assert (await ana.submit(form, {"title": "It broke"})).closed
    await ana.sees("PM-1", "It broke", channel=INCIDENTS)
    (entry,) = await entries(town)
    assert entry.text == case.text
    assert town.workspace.bot_pings == []


async def test_a_message_delivered_twice_is_added_once_and_answered_both_times(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    said = payload(town, ana, {"ts": TS, "user": RAJ, "text": "It broke"}, callback_id="pm_add_message")
    for _ in range(2):
        mark = ana.mark()
        assert (await sent(town, said)).ok
        await ana.sees("Added to the timeline of PM-1", since=mark)
    assert len(await entries(town)) == 1


async def test_a_message_removed_and_delivered_again_stays_removed(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    said = payload(town, ana, {"ts": TS, "user": RAJ, "text": "It broke"}, callback_id="pm_add_message")
    await sent(town, said)
    added = await ana.sees("Added to the timeline of PM-1")
    await ana.press(added, action_id="entry:remove")
    await ana.sees("Removed from the timeline of PM-1")
    await sent(town, said)
    await ana.sees("was added, and removed since")
    assert await entries(town) == ()


async def test_marked_by_many_at_once_it_is_added_once_and_each_is_told(town: Town) -> None:
    await draft(town)
    people = [town.person(each) for each in (ANA, RAJ, "U03MIA", "U05LEE", "U06NOUR")]
    message = {"ts": TS, "user": RAJ, "text": "It broke"}
    done = await asyncio.gather(
        *(sent(town, payload(town, each, message, callback_id="pm_add_message")) for each in people)
    )
    assert all(each.ok for each in done)
    first = 0
    for person in people:
        answer = await person.sees(where=lambda each: "Added to the" in each.text or "has this message" in each.text)
        first += "Added to the timeline" in answer.text
    assert first == 1
    assert len(await entries(town)) == 1


@ONE_DATABASE
async def test_where_the_bot_is_not_it_works_all_the_same(town: Town) -> None:
    await draft(town)
    kim = town.person("U10KIM")
    message = {"ts": TS, "user": "U10KIM", "text": "The board heard of it"}
    said = payload(town, kim, message, callback_id="pm_add_message", channel="C07HIDDEN")
    assert (await sent(town, said)).ok
    none = await kim.sees("No postmortem is open in this channel")
    assert (await kim.press(none, action_id="mark")).ok
    await kim.sees("The board heard of it", kind=Kind.VIEW_OPENED)
    offered = await kim.options(kim.view, "postmortem", "look_up_postmortem", "checkout")
    assert [each["value"] for each in offered["options"]] == ["1"]
    assert (await kim.submit(kim.view, {"postmortem": "1"})).closed
    await kim.sees("Added to the timeline of PM-1", channel="C07HIDDEN")
    (entry,) = await entries(town)
    assert entry.permalink.endswith("/archives/C07HIDDEN/p1763450000000123")


@ONE_DATABASE
async def test_of_an_organisation_without_a_workspace_there_is_no_link(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    message = {"ts": TS, "user": RAJ, "text": "It broke"}
    assert (await sent(town, {**payload(town, ana, message, callback_id="pm_add_message"), "team": None})).ok
    await ana.sees("Added to the timeline")
    assert (await entries(town))[0].permalink == ""


@ONE_DATABASE
async def test_a_form_of_a_new_postmortem_refused_and_opened_again_still_has_its_message(town: Town) -> None:
    ana = town.person(ANA)
    message = {"ts": TS, "user": RAJ, "text": "It broke"}
    await sent(town, payload(town, ana, message, callback_id="pm_start_message"))
    form = await ana.sees("New postmortem", kind=Kind.VIEW_OPENED)
    assert (await ana.submit(form, {"started_at": int(town.clock.time()) + 3600})).errors
    await ana.close(ana.view)
    await typed(ana, "mine")
    await ana.press(await ana.sees("Not saved yet", "It broke"), action_id="kept")
    again = await ana.sees("New postmortem", kind=Kind.VIEW_OPENED)
    assert (await ana.submit(again, {"started_at": int(town.clock.time()) - 3600})).closed
    await ana.sees("PM-1", channel=INCIDENTS)
    assert [each.text for each in await entries(town)] == ["It broke"]


@ONE_DATABASE
async def test_a_choice_sent_twice_adds_once(town: Town) -> None:
    for _ in range(2):
        await draft(town)
    ana = town.person(ANA)
    message = {"ts": TS, "user": RAJ, "text": "It broke"}
    for _ in range(2):
        mark = ana.mark()
        await sent(town, payload(town, ana, message, callback_id="pm_add_message"))
        form = await ana.sees("It broke", kind=Kind.VIEW_OPENED, since=mark)
        assert (await ana.submit(form)).closed
        await ana.sees("PM-2")
    assert len(await entries(town, 2)) == 1
