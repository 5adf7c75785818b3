"""A message that somebody marked: kept until its place is known, put into a timeline, or made into a new postmortem.

What a form carries along has room for ids alone; the message itself waits among its marker's kept texts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from bot.errors import AlreadyDone, NotFound, Unavailable
from bot.queries import drafts, people, timeline
from bot.queries.people import Person
from bot.queries.timeline import EntryInPlace
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.inputs import VALUE, metadata
from bot.slack.cards.postmortem_forms import TITLE_MOST
from bot.slack.cards.sentences import mistake_card
from bot.slack.cards.timeline import added_card
from bot.slack.cards.timeline_forms import already_there, choosing_form
from bot.slack.cards.typed import refilled, text_value
from bot.slack.commands.dispatch import Place
from bot.slack.commands.postmortem.writing import create
from bot.slack.desk import Desk, Request
from bot.slack.ids import Form
from bot.slack.words.mentions import extract
from bot.slack.words.normalise import as_typed
from bot.usecases.drafts.drop import drop
from bot.usecases.drafts.keep import keep
from bot.usecases.timeline.add import add
from bot.usecases.timeline.wanted import MarkedMessage, WantedEntry

MOST_MET = 10
"""Of those whom one message mentions, and nobody met yet: Slack is asked for each."""
SUBJECT = "a marked message"
GONE = "That message is not kept any more: it was added, or others were marked since. Choose it from its menu again."
REMOVED = "That message was added, and removed since. Choose it from its menu again to bring it back."


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A message as a shortcut carries it: ids are Slack's, `text` its mrkdwn; `thread_ts` is empty outside of one."""

    channel: str
    ts: str
    thread_ts: str
    text: str
    author: str
    author_name: str
    permalink: str
    file_names: tuple[str, ...]

    @property
    def at(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(float(self.ts), UTC)

    @property
    def thread(self) -> str:
        """The `ts` of the thread it stands in, or begins."""
        return self.thread_ts or self.ts


async def meet_mentioned(marked: Marked, desk: Desk) -> None:
    """Learn the names of those whom a message mentions by id alone. Whom Slack does not name now keeps the id."""
    ids = extract(marked.text).users[:MOST_MET]
    await asyncio.gather(*(_known(slack_id, desk) for slack_id in ids))


async def _known(slack_id: str, desk: Desk) -> Person | None:
    try:
        return await desk.people.person(slack_id)
    except (NotFound, Unavailable):
        return None


async def keep_marked(marked: Marked, person: Person, desk: Desk) -> str:
    """Keep it, and answer the id it is kept under."""
    async with desk.units.begin(person) as unit:
        return await keep(unit, form=Form.MARK, subject=SUBJECT, content={"message": asdict(marked)}, why="")


async def kept_marked(draft_id: str, person: Person, desk: Desk) -> Marked:
    """What was kept under that id.

    Raises:
        NotFound: nothing of theirs, any more.
    """
    async with desk.reader() as reading:
        draft = await drafts.by_id(reading, draft_id, person)
    if draft is None or draft.form != Form.MARK:
        raise NotFound(GONE)
    said: Mapping[str, Any] = draft.content["message"]
    return Marked(**{**said, "file_names": tuple(said["file_names"])})


async def as_entry(marked: Marked, desk: Desk) -> WantedEntry:
    """The entry that it becomes. An author whom Slack does not name now is known by the name that came along."""
    author = await _known(marked.author, desk) if marked.author else None
    message = MarkedMessage(
        channel=marked.channel,
        ts=marked.ts,
        permalink=marked.permalink,
        author_id=author.id if author else None,
        author_name="" if author else marked.author_name,
        file_names=marked.file_names,
    )
    return WantedEntry(at=marked.at, text=marked.text, message=message)


async def put(
    marked: Marked, number: int, person: Person, desk: Desk, *, key: str, settles: Sequence[str] = ()
) -> Card:
    """Add it to that postmortem, and answer with the card that says so; the same request twice is one."""
    wanted = await as_entry(marked, desk)
    is_new = True
    try:
        async with desk.units.begin(person, key=key) as unit:
            added = await add(unit, number, wanted)
            for draft_id in settles:
                await drop(unit, draft_id)
            unit.outcome, is_new = added.entry_id, added.is_new
        entry_id = added.entry_id
    except AlreadyDone as done:
        entry_id = done.outcome
    place = await placed(entry_id, person, desk)
    return added_card(place, asker=person, is_new=is_new) if place else mistake_card(REMOVED)


async def placed(entry_id: str, person: Person, desk: Desk) -> EntryInPlace | None:
    """The entry of that id as it stands now; None where it was removed."""
    async with desk.reader() as reading:
        return await timeline.by_id(reading, entry_id, person)


async def choosing(marked: Marked, draft_id: str, place: Place, person: Person, desk: Desk) -> Block:
    """The form that asks to which postmortem it goes."""
    async with desk.reader() as reading:
        likely = await timeline.open_in_channel(reading, marked.channel, person, limit=1)
    words = await _words(marked, desk)
    return choosing_form(words, likely, draft=draft_id, channel=marked.channel, url=place.response_url)


async def starting(marked: Marked, draft_id: str, place: Place, person: Person, desk: Desk) -> Block:
    """The form of a new postmortem that begins with it; one that has it already is offered first.

    Raises:
        NotAllowed: they are no member of the workspace.
    """
    request = Request(person, "/postmortem", "create", "", marked.channel, place.key, place.trigger_id)
    form = await create(request, desk)
    assert isinstance(form, dict)  # noqa: S101  without words it is always the form
    title = next((line.strip() for line in (await _words(marked, desk, files=False)).splitlines() if line.strip()), "")
    values = {
        "title": text_value(title[:TITLE_MOST].rstrip()),
        "started_at": {VALUE: {"type": "datetimepicker", "selected_date_time": int(marked.at.timestamp())}},
    }
    filled = refilled(form, {"values": values})
    return {
        **filled,
        "blocks": [*await _there(marked, desk), *filled["blocks"]],
        "private_metadata": metadata(message=draft_id),
    }


@dataclass(frozen=True, slots=True)
class Beginning:
    """The message with which a new postmortem begins: the id it is kept under, and the entry that it becomes."""

    draft_id: str
    entry: WantedEntry


async def beginning_of(about: Mapping[str, Any], person: Person, desk: Desk) -> Beginning | None:
    """The message with which a form of a new postmortem began; None where it began with none, or was sent before.

    A form that was refused and opened again has it in its kept text.
    """
    draft_id = str(about.get("message", ""))
    if not draft_id and about.get("draft"):
        async with desk.reader() as reading:
            draft = await drafts.by_id(reading, about["draft"], person)
        draft_id = str(draft.content.get("message", "")) if draft else ""
    if not draft_id:
        return None
    try:
        marked = await kept_marked(draft_id, person, desk)
    except NotFound:
        return None
    return Beginning(draft_id, await as_entry(marked, desk))


async def _there(marked: Marked, desk: Desk) -> list[Block]:
    async with desk.reader() as reading:
        outline = await timeline.having_thread(reading, marked.channel, marked.thread)
        if outline is None:
            return []
        is_same = await timeline.has_message(reading, outline.id, marked.channel, marked.ts)
    return [already_there(outline, is_same=is_same)]


async def _words(marked: Marked, desk: Desk, *, files: bool = True) -> str:
    """What it says as one reads it; with `files`, the names of its files where it says nothing."""
    async with desk.reader() as reading:
        mentioned = await people.mentioned_in(reading, [marked.text])
    words = as_typed(marked.text, {slack_id: each.name for slack_id, each in mentioned.items()})
    return words if words.strip() or not files else ", ".join(marked.file_names) or "…"
