"""A message that somebody marked: kept until its place is known, put into a timeline, or made into a new postmortem.

What a form carries along has room for ids alone; the message itself waits among its marker's kept texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.errors import AlreadyDone, NotFound
from bot.queries import drafts, people, timeline
from bot.queries.people import Person
from bot.queries.timeline import EntryInPlace
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.inputs import VALUE, metadata
from bot.slack.cards.postmortem_forms import TITLE_MOST
from bot.slack.cards.sentences import mistake_card
from bot.slack.cards.timeline import added_card, thread_card
from bot.slack.cards.timeline_forms import already_there, choosing_form
from bot.slack.cards.typed import refilled, text_value
from bot.slack.commands.dispatch import Place
from bot.slack.commands.postmortem.writing import create
from bot.slack.desk import Desk, Request
from bot.slack.following import catch_up_thread, known
from bot.slack.ids import Form
from bot.slack.marked import Marked, marked_of, permalink_in
from bot.slack.words.normalise import as_typed
from bot.usecases.drafts.drop import drop
from bot.usecases.drafts.keep import keep
from bot.usecases.timeline.add import add
from bot.usecases.timeline.add_thread import add_thread
from bot.usecases.timeline.wanted import MarkedMessage, WantedEntry

SUBJECT = "a marked message"
GONE = "That message is not kept any more: it was added, or others were marked since. Choose it from its menu again."
UNREAD = "I cannot read that thread: nothing was added. Whoever runs me has to grant what HISTORY=on needs."
OF_THREAD = "thread: "
"""How the outcome of a request begins that was about a whole thread."""
REMOVED = "That message was added, and removed since. Choose it from its menu again to bring it back."


async def keep_marked(marked: Marked, person: Person, desk: Desk, *, key: str | None = None) -> str:
    """Keep it, and answer the id it is kept under.

    Raises:
        AlreadyDone: a request of this key was carried out before.
    """
    async with desk.units.begin(person, key=key) as unit:
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
    author = await known(marked.author, desk) if marked.author else None
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
    if marked.whole_thread_but:
        return await _put_thread(marked, number, person, desk, key=key, settles=settles)
    wanted = await as_entry(marked, desk)
    is_new = True
    try:
        async with desk.units.begin(person, key=key) as unit:
            added = await add(unit, number, wanted)
            for draft_id in settles:
                await drop(unit, draft_id)
            unit.outcome, is_new = added.entry_id, added.is_new
        outcome = added.entry_id
    except AlreadyDone as done:
        outcome = done.outcome
    return await put_card(outcome, person, desk, is_new=is_new)


async def put_card(outcome: str, person: Person, desk: Desk, *, is_new: bool = True) -> Card:
    """What to say of a request that was carried out, by what is kept of it: an entry's id, or what came of a thread."""
    if outcome.startswith(OF_THREAD):
        label, new, there, goes_on = outcome.removeprefix(OF_THREAD).split()
        return thread_card(label, new=int(new), there=int(there), goes_on=goes_on == "more")
    place = await placed(outcome, person, desk)
    return added_card(place, asker=person, is_new=is_new) if place else mistake_card(REMOVED)


async def _put_thread(
    marked: Marked, number: int, person: Person, desk: Desk, *, key: str, settles: Sequence[str]
) -> Card:
    """Add all messages of its thread."""
    thread = await desk.sources.thread(marked.channel, marked.thread)
    archive = marked.permalink.rpartition("/p")[0]
    theirs = (each for each in thread.messages if each.get("user") != marked.whole_thread_but)
    read = [_in_thread(each, marked, archive) for each in theirs]
    wanted = [await as_entry(each, desk) for each in read]
    if not wanted:
        return mistake_card(UNREAD)
    try:
        async with desk.units.begin(person, key=key) as unit:
            said = await add_thread(unit, number, channel=marked.channel, thread_ts=marked.thread, messages=wanted)
            for draft_id in settles:
                await drop(unit, draft_id)
            more = "more" if thread.goes_on else "all"
            unit.outcome = outcome = f"{OF_THREAD}PM-{number} {said.new} {said.there} {more}"
        await catch_up_thread(read, desk)
    except AlreadyDone as done:
        outcome = done.outcome
    return await put_card(outcome, person, desk)


def _in_thread(message: Mapping[str, Any], marked: Marked, archive: str) -> Marked:
    ts = str(message["ts"])
    link = permalink_in(archive, ts, marked.thread) if archive else ""
    return marked_of(message, channel=marked.channel, ts=ts, permalink=link)


async def placed(entry_id: str, person: Person, desk: Desk) -> EntryInPlace | None:
    """The entry of that id as it stands now; None where it was removed."""
    async with desk.reader() as reading:
        return await timeline.by_id(reading, entry_id, person)


async def choosing(marked: Marked, draft_id: str, place: Place, person: Person, desk: Desk) -> Block:
    """The form that asks to which postmortem it goes."""
    async with desk.reader() as reading:
        likely = await timeline.open_in_channel(reading, marked.channel, person, limit=1)
    words = await words_of(marked, desk)
    return choosing_form(words, likely, draft=draft_id, channel=marked.channel, url=place.response_url)


async def starting(marked: Marked, draft_id: str, place: Place, person: Person, desk: Desk) -> Block:
    """The form of a new postmortem that begins with it; one that has it already is offered first.

    Raises:
        NotAllowed: they are no member of the workspace.
    """
    request = Request(person, "/postmortem", "create", "", marked.channel, place.key, place.trigger_id)
    form = await create(request, desk)
    assert isinstance(form, dict)  # noqa: S101  without words it is always the form
    title = next(
        (line.strip() for line in (await words_of(marked, desk, files=False)).splitlines() if line.strip()), ""
    )
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


async def words_of(marked: Marked, desk: Desk, *, files: bool = True) -> str:
    """What it says as one reads it; with `files`, the names of its files where it says nothing."""
    async with desk.reader() as reading:
        mentioned = await people.mentioned_in(reading, [marked.text])
    words = as_typed(marked.text, {slack_id: each.name for slack_id, each in mentioned.items()})
    return words if words.strip() or not files else ", ".join(marked.file_names) or "…"
