"""Everything in which a person writes to `/postmortem`, and everywhere a text of theirs can be found again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.playground import administration
from bot.playground.hands import Hands, NothingSeen
from bot.playground.screens import Appearance, Kind
from bot.playground.views import View
from bot.queries import people
from tests.slack.conftest import Town

INCIDENTS = "C02INCIDENTS"
NASTY = "Pool “full” *x* _y_ `z` <!channel> <@U02RAJ> &amp; é  two  blanks 👩‍👩‍👧 שלום > end"
NASTY_LINE = NASTY.replace("<!channel> <@U02RAJ>", "<b> @raj #general")
"""The same for a line, in which Slack makes mentions of what looks like them."""
ANA, RAJ, MIA, NOUR = "U01ANA", "U02RAJ", "U03MIA", "U06NOUR"

Making = Callable[[Town], Awaitable[int]]


def rich(text: str) -> dict[str, Any]:
    """A rich_text block of one paragraph."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


async def typed(person: Hands, text: str) -> None:
    """Type a `/postmortem` command that must not fail."""
    assert (await person.command("/postmortem", text, channel=INCIDENTS)).ok


async def draft(town: Town) -> int:
    """A new draft of Ana's."""
    ana = town.person(ANA)
    await typed(ana, "create Checkout down")
    form = await ana.sees("New postmortem")
    assert (await ana.submit(form)).closed
    card = await ana.sees("Checkout down", "draft", channel=INCIDENTS, kind=Kind.MESSAGE)
    return int(card.text.partition("PM-")[2].split()[0])


async def in_review(town: Town) -> int:
    """One that waits for Raj and Mia."""
    number, ana = await draft(town), town.person(ANA)
    await typed(ana, f"submit PM-{number} @raj @mia")
    await ana.sees("is in review")
    return number


async def published(town: Town) -> int:
    """One that is published."""
    number = await in_review(town)
    for reviewer in (RAJ, MIA):
        await typed(town.person(reviewer), f"approve PM-{number}")
    await typed(town.person(ANA), f"publish PM-{number}")
    return number


async def becomes_guest(town: Town, user_id: str) -> None:
    """An admin makes them a guest, and the bot has noted it."""
    await _becomes(town, user_id, is_guest=True)


async def becomes_member(town: Town, user_id: str) -> None:
    """An admin makes a guest a member, and the bot has noted it."""
    await _becomes(town, user_id, is_guest=False)


async def _becomes(town: Town, user_id: str, *, is_guest: bool) -> None:
    committed = asyncio.Event()
    town.house.units.on_commit(committed.set)
    administration.change_person(town.workspace, user_id, is_restricted=is_guest, is_admin=False, is_owner=False)
    while await _is_guest(town, user_id) is not is_guest:
        await committed.wait()
        committed.clear()


async def _is_guest(town: Town, user_id: str) -> bool:
    async with town.house.reader() as reading:
        person = await people.by_slack_id(reading, user_id)
    return person is None or person.is_outsider


@dataclass(frozen=True)
class Writing:
    """A form, or a line, that carries text. `line` is what is typed, `field` where the text goes in the form it opens;
    without a field the text is in the line itself.
    """

    name: str
    writer: str
    made: Making
    line: str
    field: str = ""
    also: Mapping[str, Any] | None = None

    @property
    def is_form(self) -> bool:
        """Whether the text is typed into a form."""
        return bool(self.field)

    async def opened(self, town: Town, number: int) -> View:
        """Its form, open in front of the writer."""
        person = town.person(self.writer)
        await typed(person, self.line.format(pm=f"PM-{number}", text=""))
        await person.sees(kind=Kind.VIEW_OPENED)
        return person.view

    @property
    def text(self) -> str:
        """What is typed."""
        return NASTY if self.is_form else NASTY_LINE

    def values(self, text: str) -> dict[str, Any]:
        """What is filled in."""
        return {self.field: rich(text) if self.name == "edit" else text, **(self.also or {})}


FORMS = (
    Writing("create", ANA, draft, "create", "title"),
    Writing("edit", ANA, draft, "edit {pm} fault", "text"),
    Writing("changes", RAJ, in_review, "changes {pm}", "text"),
    Writing("reopen", ANA, published, "reopen {pm}", "reason"),
    Writing("snooze", ANA, draft, "snooze {pm}", "reason"),
    Writing("add", ANA, draft, "add {pm}", "text"),
    Writing("action", ANA, draft, "action {pm}", "text"),
)
LINES = (
    Writing("create TITLE", ANA, draft, "create {text}"),
    Writing("changes TEXT", RAJ, in_review, "changes {pm} {text}"),
    Writing("reopen REASON", ANA, published, "reopen {pm} {text}"),
    Writing("snooze because REASON", ANA, draft, "snooze {pm} friday because {text}"),
    Writing("add TEXT", ANA, draft, "add {pm} 09:30 {text}"),
    Writing("action TEXT", ANA, draft, "action {pm} {text} me fri"),
)


async def found(town: Town, writing: Writing, number: int, text: str) -> list[str]:
    """Every place in which the writer finds the text now, byte for byte, by opening it as a person would."""
    person = town.person(writing.writer)
    places = []
    if _in_open_form(town, person, text):
        places.append("the form, still open")
    if writing.name.startswith("snooze") and await _in_own_card(person, number, text):
        places.append("the card, as they see it")
    if writing.name == "edit" and await _in_section(person, number, text):
        places.append("the section")
    if writing.name.startswith("add") and await _in_timeline(person, number, text):
        places.append("the timeline")
    if writing.name.startswith("action") and await _in_actions(person, number, text):
        places.append("the actions")
    if await _in_kept_text(person, text):
        places.append("kept, in mine")
    if any(text in person.reads(message) for message in _messages(town, person)):
        places.append("a message they see")
    if not places:
        # It may still be on its way.
        with suppress(NothingSeen):
            await person.sees(text, kind=Kind.MESSAGE, since=0, within=2)
            places.append("a message they see")
    return places


def _in_open_form(town: Town, person: Hands, text: str) -> bool:
    screen = town.workspace.screen(person.id)
    for view in person.views:
        held = _strings(list(screen.typed.get(view.id, {}).values()))
        if any(text in each for each in held) or text in person.reads(view).replace("\n", ""):
            return True
    return False


def _messages(town: Town, person: Hands) -> list[Any]:
    places = [INCIDENTS, person.dm.id]
    return [message for place in places for message in person.screen(place)]


async def _in_own_card(person: Hands, number: int, text: str) -> bool:
    if not (await person.command("/postmortem", f"show PM-{number}", channel=INCIDENTS)).ok:
        return False
    answer = await person.sees(where=lambda each: "Show to channel" in each.text or "Only members" in each.text)
    return text in answer.text


async def _in_section(person: Hands, number: int, text: str) -> bool:
    if not (await person.command("/postmortem", f"show PM-{number}", channel=INCIDENTS)).ok:
        return False
    answer = await person.sees(where=lambda each: "Show to channel" in each.text or "Only members" in each.text)
    if "Read" not in answer.text:
        return False
    await person.press(answer, action_id="read")
    shown = await person.sees(kind=Kind.VIEW_OPENED)
    return text in shown.text.replace("\n", "")


async def _in_timeline(person: Hands, number: int, text: str) -> bool:
    await typed(person, f"timeline PM-{number}")
    shown = await person.sees(where=lambda each: "Timeline of" in each.text or "Only members" in each.text)
    return text in shown.text


async def _in_actions(person: Hands, number: int, text: str) -> bool:
    await typed(person, f"actions PM-{number}")
    ways = (f"of PM-{number}", "no actions yet", "Only members")
    shown = await person.sees(where=lambda each: any(way in each.text for way in ways))
    return text in shown.text


async def _in_kept_text(person: Hands, text: str) -> bool:
    await typed(person, "mine")
    mine = await sees_mine(person)
    assert mine.message is not None
    for block in mine.message.blocks:
        if block["type"] == "actions" and block["elements"][0].get("action_id") == "kept":
            await person.press(mine, action_id="kept", block_id=block["block_id"])
            opened = await person.sees(kind=Kind.VIEW_OPENED)
            if text in opened.text.replace("\n", "") or any(text in each for each in _strings(person.view.body)):
                return True
    return False


async def sees_mine(person: Hands) -> Appearance:
    """The answer to `/postmortem mine`, whatever else arrives meanwhile."""
    ways = ("New postmortem", "Not saved yet", "Only members")
    return await person.sees(kind=Kind.MESSAGE, where=lambda each: any(way in each.text for way in ways))


def _strings(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, Mapping):
        return [text for each in node.values() for text in _strings(each)]
    if isinstance(node, list | tuple):
        return [text for each in node for text in _strings(each)]
    return []
