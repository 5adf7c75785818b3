"""From words to the verb that carries them out, and its answer back to whoever asked.

A question is acknowledged first and then worked on. A change is committed before it is acknowledged, since Slack never
repeats what was acknowledged; its answer travels in the acknowledgement where Slack takes one. Where words are missing
for a change, a form asks for them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import WatchbillError
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.help import help_card
from bot.slack.cards.sentences import mistake_card
from bot.slack.desk import Desk, Request
from bot.slack.translation import explain
from bot.slack.words.verbs import Unknown, Verbs, read_verb

log = structlog.get_logger(__name__)
Outcome = TypeVar("Outcome")
Answering = Callable[[Request, Desk], Awaitable[Card]]
Opening = Callable[[Request, Desk], Awaitable[Block | Card]]


@dataclass(frozen=True, slots=True)
class Question:
    """A verb that only asks."""

    answer: Answering


@dataclass(frozen=True, slots=True)
class Change:
    """A verb that changes something: it commits and answers with a card, or answers with a modal to be filled in."""

    carry_out: Opening


Way = Question | Change


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: its name in this workspace, its verbs as people type them, and the way each is carried out."""

    name: str
    verbs: Verbs
    ways: Mapping[str, Way]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words came from and where the answer goes.

    `typed`: it was a slash command, whose acknowledgement may carry the answer. `replace` puts the answer in place of
    the message the words came from.
    """

    slack_id: str
    channel: str
    trigger_id: str
    response_url: str
    key: str
    typed: bool = False
    replace: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that was understood: which verb of which command, what follows it, and where it came from."""

    command: Command
    verb: str
    words: str
    place: Place


async def run(command: Command, text: str, place: Place, ack: AsyncAck, desk: Desk) -> None:
    """Carry out what was typed or pressed, and answer."""
    asked = read_verb(text, command.verbs)
    if isinstance(asked, Unknown):
        await ack()
        await _answer(_unknown(command, asked), place, desk)
        return
    line = _Line(command, asked.verb.name, asked.rest, place)
    match command.ways.get(asked.verb.name):
        case Question(answer):
            await _ask(answer, line, ack, desk)
        case Change(carry_out):
            await _change(carry_out, line, ack, desk)
        case None:
            await ack()
            await _answer(help_card(command.name, command.verbs, about=asked.rest), place, desk)


async def _ask(answer: Answering, line: _Line, ack: AsyncAck, desk: Desk) -> None:
    await ack()
    await _answer(await _explained(answer, line, desk), line.place, desk)


async def _change(carry_out: Opening, line: _Line, ack: AsyncAck, desk: Desk) -> None:
    outcome = await _explained(carry_out, line, desk)
    if isinstance(outcome, Card) and line.place.typed:
        await ack(**outcome.payload, response_type="ephemeral")
        return
    await ack()
    card = outcome if isinstance(outcome, Card) else await _opened(outcome, line.place, desk)
    if card is not None:
        await _answer(card, line.place, desk)


async def _opened(view: Block, place: Place, desk: Desk) -> Card | None:
    """Show the modal; a card instead when Slack does not, with the way to try again."""
    try:
        await desk.client.views_open(trigger_id=place.trigger_id, view=view)
    except SlackApiError as error:
        log.warning("form not opened", problem=error.response.get("error"))
        return mistake_card("Slack did not open the form in time. Nothing was changed; please try again.")
    return None


async def _explained(work: Callable[[Request, Desk], Awaitable[Outcome]], line: _Line, desk: Desk) -> Outcome | Card:
    """The work's outcome, or the card that explains why there is none."""
    place = line.place
    try:
        request = Request(
            person=await desk.people.person(place.slack_id),
            command=line.command.name,
            verb=line.verb,
            words=line.words,
            channel=place.channel,
            key=place.key,
            trigger_id=place.trigger_id,
            public=place.public,
        )
        return await work(request, desk)
    except WatchbillError as error:
        return explain(error, line=f"{line.command.name} {line.verb}")


async def _answer(card: Card, place: Place, desk: Desk) -> None:
    await desk.answers.give(
        card, url=place.response_url, slack_id=place.slack_id, replace=place.replace, public=place.public
    )


def _unknown(command: Command, asked: Unknown) -> Card:
    sentence = f"“{asked.word}” is not something {command.name} does. `{command.name} help` lists what it does."
    if asked.nearest is None:
        return mistake_card(sentence)
    nearest = " ".join(part for part in (command.name, asked.nearest, asked.rest) if part)
    return mistake_card(f"“{asked.word}” is not something {command.name} does. Did you mean this?", (nearest,))
