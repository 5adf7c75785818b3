"""From words to the verb that carries them out, and its answer back to whoever asked.

A question is acknowledged first and then worked on. A change is committed before it is acknowledged, since Slack never
repeats what was acknowledged; its answer travels in the acknowledgement where Slack takes one. Where words are missing
for a change, a form asks for them. What cannot be done leaves the typed text with the person: kept, or in the answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import AlreadyDone, WatchbillError
from bot.queries.links import is_direct_message
from bot.queries.people import Person
from bot.slack.answering import SpokenIn
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.help import help_card
from bot.slack.cards.home import answer_view
from bot.slack.cards.sentences import again_card, form_card, mistake_card, said_card, with_kept, with_text
from bot.slack.desk import Desk, Request
from bot.slack.keeping import Typed, kept
from bot.slack.patience import begun
from bot.slack.refusals import problem_of
from bot.slack.translation import explain
from bot.slack.words.normalise import as_typed
from bot.slack.words.verbs import Unknown, Verbs, read_verb

log = structlog.get_logger(__name__)
LATE = "This takes longer than usual. The answer comes here; should none come, send your line again:"
WORTH_SHOWING = 60
"""A longer text behind a word nobody knows is shown in full: a button shows only its beginning."""
UNOPENED = "Slack did not open the form in time."
SHOWN = "Shown to the channel."
Answering = Callable[[Request, Desk], Awaitable[Card]]
Opening = Callable[[Request, Desk], Awaitable[Block | Card]]


@dataclass(frozen=True, slots=True)
class Question:
    """A verb that only asks."""

    answer: Answering


@dataclass(frozen=True, slots=True)
class Change:
    """A verb that changes something: it commits and answers with a card, or answers with a modal to be filled in.

    `keeps` says what is worth keeping of its words, a title or a reason, when it cannot be carried out.
    """

    carry_out: Opening
    keeps: Callable[[str], Typed | None] | None = None


Way = Question | Change


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: its name in this workspace, its verbs as people type them, and the way each is carried out."""

    name: str
    verbs: Verbs
    ways: Mapping[str, Way]


@dataclass(frozen=True, slots=True)
class PressedIn:
    """The view that holds a button, by its id: one in which answers are shown, a list on which they are put, or else a
    Home tab.
    """

    id: str
    is_answer: bool
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words came from and where the answer goes.

    `typed`: it was a slash command, whose acknowledgement may carry the answer. `replace` puts the answer in place of
    the message the words came from. `once`: what is `public` is shown once by this key, and that message then says so.
    `direct`: the channel is none, but the direct messages of two people or of several.
    `view` is the one in which a button was pressed: the answer is shown there, on top of a list or a Home tab.
    `spoken`: the bot was spoken to there; nothing opens a form then (`trigger_id` is empty), no URL takes the answer.
    """

    slack_id: str
    channel: str
    trigger_id: str
    response_url: str
    key: str
    typed: bool = False
    replace: bool = False
    public: bool = False
    once: bool = False
    direct: bool = False
    spoken: SpokenIn | None = None
    view: PressedIn | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that was understood: which verb of which command, what follows it, and where it came from."""

    command: Command
    verb: str
    words: str
    place: Place

    @property
    def sent(self) -> str:
        """The whole line as Slack sent it."""
        return " ".join(part for part in (self.command.name, self.verb, self.words) if part)

    @property
    def typed(self) -> str:
        """The whole line as the person saw it."""
        return as_typed(self.sent)

    def explain(self, error: BaseException) -> Card:
        """What to show for an error in carrying it out."""
        return explain(error, line=f"{self.command.name} {self.verb}", words=self.words)

    def request(self, person: Person) -> Request:
        """What it asks, and who asks it."""
        return Request(
            person=person,
            command=self.command.name,
            verb=self.verb,
            words=self.words,
            channel=self.place.channel,
            key=self.place.key,
            trigger_id=self.place.trigger_id,
            public=self.place.public,
            direct=self.place.direct,
            response_url=self.place.response_url,
            replaces=self.place.replace,
        )


def is_direct(channel: str, name: str) -> bool:
    """Whether the channel of that id and name, as Slack sends them, is the direct messages of two people or several.

    Those of several have ids like a private channel's: only their name tells, `mpdm-ana--raj--li-1`.
    """
    return is_direct_message(channel) or name.startswith("mpdm-")


async def run(command: Command, text: str, place: Place, ack: AsyncAck, desk: Desk) -> None:
    """Carry out what was typed or pressed, and answer."""
    asked = read_verb(text, command.verbs)
    if isinstance(asked, Unknown):
        await ack()
        await give(_unknown(command, asked), place, desk)
        return
    line = _Line(command, asked.verb.name, asked.rest, place)
    match command.ways.get(asked.verb.name):
        case Question(answer):
            await ack()
            async with explained(place, desk, line=line):
                person = await desk.people.person(place.slack_id)
                card = await answer(line.request(person), desk)
                await (_show(card, place, person, desk) if place.public else give(card, place, desk))
        case Change() as change:
            await _change(change, line, ack, desk)
        case None:
            await ack()
            await give(help_card(command.name, command.verbs, about=asked.rest), place, desk)


async def show_form(view: Block, place: Place, desk: Desk) -> bool:
    """Show a modal; False when Slack does not. One that was there already counts: only its answer was lost.

    It takes the place of a view that held an answer, and is put on top of a list.
    """
    try:
        if place.view and place.view.is_answer:
            await desk.client.views_update(view_id=place.view.id, view=view)
        elif place.view and place.view.is_list:
            await desk.client.views_push(trigger_id=place.trigger_id, view=view)
        else:
            await desk.client.views_open(trigger_id=place.trigger_id, view=view)
    except SlackApiError as error:
        problem = problem_of(error)
        log.warning("form not opened", problem=problem)
        return bool(problem == "exchanged_trigger_id")
    except (ClientError, TimeoutError) as error:
        log.warning("form not opened", problem=type(error).__name__)
        return False
    return True


async def give(card: Card, place: Place, desk: Desk, *, public: bool = False) -> bool:
    """Answer: to the asker alone, or with `public` to the channel. Answers whether it is where it was to be."""
    if place.view and await show_form(answer_view(card), place, desk):
        return True
    return await desk.answers.give(
        card,
        url=place.response_url,
        slack_id=place.slack_id,
        replace=place.replace and not public,
        public=public,
        spoken=place.spoken,
    )


@asynccontextmanager
async def explained(place: Place, desk: Desk, *, line: _Line | None = None) -> AsyncIterator[None]:
    """What cannot be done in the block is told to the asker, and to nobody else; with what `line` may have meant."""
    try:
        yield
    except WatchbillError as error:
        await give(line.explain(error) if line else explain(error), place, desk)


async def _show(card: Card, place: Place, person: Person, desk: Desk) -> None:
    """Answer to the channel; once for each message that offered it to one person, which then says so."""
    if not place.once:
        await give(card, place, desk, public=True)
        return
    try:
        async with desk.units.begin(person, key=place.key):
            pass  # the receipt is what is remembered
    except AlreadyDone:
        return
    if await give(card, place, desk, public=True):
        await give(said_card(SHOWN), replace(place, replace=True), desk)


async def _change(change: Change, line: _Line, ack: AsyncAck, desk: Desk) -> None:
    task = await begun(_carried_out(change, line, desk))
    is_late = not task.done()
    if is_late:
        await _acknowledge(with_text(mistake_card(LATE), line.typed), line.place, ack)
    carried = await task
    if isinstance(carried.outcome, Card) and line.place.typed and not is_late:
        await _acknowledge(carried.outcome, line.place, ack)
        return
    if not is_late:
        await ack()
    if isinstance(carried.outcome, Card):
        await give(carried.outcome, line.place, desk)
    elif not line.place.trigger_id:
        await give(form_card(line.sent), line.place, desk)
    elif not await show_form(carried.outcome, line.place, desk):
        await give(await _unopened(change, line, carried.person, desk), line.place, desk)


async def _acknowledge(card: Card, place: Place, ack: AsyncAck) -> None:
    """Slack shows what the acknowledgement of a command says; that of a button says nothing."""
    await (ack(**card.payload, response_type="ephemeral") if place.typed else ack())


@dataclass(frozen=True, slots=True)
class _Carried:
    """What came of a change: a form to fill in, or the card that says how it went. `person` None: nobody knows who."""

    outcome: Block | Card
    person: Person | None


async def _carried_out(change: Change, line: _Line, desk: Desk) -> _Carried:
    person: Person | None = None
    try:
        person = await desk.people.person(line.place.slack_id)
        return _Carried(await change.carry_out(line.request(person), desk), person)
    except AlreadyDone as done:
        return _Carried(explain(done), person)
    except Exception as error:  # the text must reach its writer, whatever was not foreseen
        return _Carried(await _with_way_back(line.explain(error), change, line, person, desk), person)


async def _unopened(change: Change, line: _Line, person: Person | None, desk: Desk) -> Card:
    if change.keeps and change.keeps(line.words):
        return await _with_way_back(mistake_card(UNOPENED), change, line, person, desk)
    return again_card(f"{UNOPENED} Press the button to try again.", line.sent)


async def _with_way_back(card: Card, change: Change, line: _Line, person: Person | None, desk: Desk) -> Card:
    """The card with what was typed: kept where the database takes it, else in the card, sent as a message as well."""
    typed = change.keeps(line.words) if change.keeps else None
    if typed is None:
        return card
    draft = await kept(typed, card.text, person, desk) if person else None
    if draft:
        return with_kept(card, draft)
    whole = with_text(card, line.typed)
    await desk.answers.give(whole, url="", slack_id=line.place.slack_id)
    return whole


def _unknown(command: Command, asked: Unknown) -> Card:
    sentence = f"“{as_typed(asked.word)}” is not something {command.name} does."
    if asked.nearest is None:
        card = mistake_card(f"{sentence} `{command.name} help` lists what it does.")
    else:
        nearest = " ".join(part for part in (command.name, asked.nearest, asked.rest) if part)
        card = mistake_card(f"{sentence} Did you mean this?", (nearest,))
    return with_text(card, as_typed(asked.rest)) if len(asked.rest) > WORTH_SHOWING else card
