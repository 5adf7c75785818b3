"""The timeline of a postmortem, and the postmortems that a message may belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.timeline import Course, Moments, OwnEntry, Signal, page_of
from bot.escaping import mrkdwn
from bot.queries import own_entries, people, postmortems
from bot.queries.people import Person
from bot.queries.postmortems import Outline
from bot.queries.reading import Reading
from bot.vocabulary import Origin
from storage import postmortem_lists, timeline
from storage import postmortems as stored
from storage.models import Postmortem, TimelineEntry

_NUMBER = re.compile(r"(?:pm\s*-?\s*|#)?(\d{1,9})", re.IGNORECASE)
SEARCHED_WORDS = 8
MOST_SIGNALS = 1000
"""Of the entries since an incident began: among so many is the first by whoever responded."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """Something that happened, at a time.

    `text` is Slack's mrkdwn, escaped as Slack sends it, mentions in `<…>`; `mentioned` says who those are, by their id
    in Slack. `author` wrote it; of an author who is no person here there is only `author_name`. A message that somebody
    marked has a `permalink`, and may have no text but `file_names`.

    `is_own`: Watchbill knows it by itself; it has no id, and cannot be changed or removed.
    """

    id: str
    version: int
    postmortem_id: str
    at: datetime
    text: str
    author: Person | None
    author_name: str
    is_message: bool
    permalink: str
    file_names: tuple[str, ...]
    added_by: Person | None
    added_at: datetime
    mentioned: Mapping[str, Person]
    origin: Origin = Origin.SLACK
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries in the order of time; `total` counts those of all pages, of which `own` are Watchbill's.

    `course` is how the incident went on, by its timeline and by what somebody `said` of it.
    """

    items: tuple[EntryView, ...]
    total: int
    own: int
    course: Course
    said: Moments

    @property
    def kept(self) -> int:
        """How many of all pages people have put there."""
        return self.total - self.own


@dataclass(frozen=True, slots=True)
class EntryInPlace:
    """An entry, and the number and title of the postmortem it stands in."""

    entry: EntryView
    number: int
    title: str

    @property
    def label(self) -> str:
        """What people call the postmortem: `PM-12`."""
        return f"PM-{self.number}"


async def everything(reading: Reading, postmortem_id: str, *, limit: int) -> Timeline:
    """All entries of a postmortem, in the order of time: the first `limit` of them, and how many there are."""
    [row] = await stored.by_ids(reading.session, [postmortem_id])
    return await _page(reading, row, limit=limit, offset=0)


async def of_row(reading: Reading, row: Postmortem, *, limit: int, responder_ids: Sequence[str]) -> Timeline:
    """The same of a postmortem whose row and responders the caller has in hands."""
    return await _page(reading, row, limit=limit, offset=0, responder_ids=responder_ids)


async def of_number(reading: Reading, number: int, asker: Person, *, limit: int, offset: int = 0) -> Timeline:
    """A page of the entries of the postmortem of that number.

    Raises:
        NotAllowed: the asker is an outsider.
        NotFound: there is none of that number.
    """
    row = await postmortems.row_of(reading, number, asker)
    return await _page(reading, row, limit=limit, offset=offset)


async def is_followed(reading: Reading, channel: str, message_ts: str) -> bool:
    """Whether an entry of an open postmortem follows that message."""
    return bool(await timeline.following(reading.session, channel, message_ts))


async def _page(
    reading: Reading, row: Postmortem, *, limit: int, offset: int, responder_ids: Sequence[str] | None = None
) -> Timeline:
    """A page of what people have put there and of what Watchbill knows, in a fixed number of statements."""
    known = (await own_entries.known_of(reading, [row]))[row.id]
    own = [_own_view(each, row.id) for each in known.entries]
    skipped = max(0, offset - len(own))
    rows, kept = await timeline.page(reading.session, row.id, limit=offset + limit - skipped, offset=skipped)
    if responder_ids is None:
        responders = await postmortem_lists.responders_of(reading.session, [row.id])
        responder_ids = [each.user_id for each in responders[row.id]]
    said = await timeline.signals(reading.session, row.id, since=row.started_at, most=MOST_SIGNALS)
    shown = page_of(await _views(reading, rows), own, skipped=skipped, offset=offset, limit=limit)
    course = known.course(row, [Signal(*each) for each in said], responder_ids)
    return Timeline(tuple(shown), kept + len(own), len(own), course, own_entries.said_of(row))


def _own_view(entry: OwnEntry, postmortem_id: str) -> EntryView:
    return EntryView(
        id="",
        version=0,
        postmortem_id=postmortem_id,
        at=entry.at,
        text=mrkdwn(entry.text),
        author=None,
        author_name="",
        is_message=False,
        permalink="",
        file_names=(),
        added_by=None,
        added_at=entry.at,
        mentioned={},
        is_own=True,
    )


async def by_id(reading: Reading, entry_id: str, asker: Person) -> EntryInPlace | None:
    """The entry with that id; None where it was removed, or its postmortem was.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    postmortems.require_member(asker, subject="the timelines of postmortems")
    found = await timeline.with_postmortem(reading.session, entry_id)
    if found is None:
        return None
    return EntryInPlace((await _views(reading, [found.entry]))[0], found.number, found.title)


async def open_in_channel(reading: Reading, channel: str, asker: Person, *, limit: int) -> tuple[Outline, ...]:
    """The drafts and reviews whose card lives in a channel, the one most likely meant by the asker first.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    postmortems.require_member(asker, subject="postmortems")
    rows = await timeline.open_in_channel(reading.session, channel, asker.id, limit=limit)
    return await postmortems.outlines(reading, rows)


async def open_named(reading: Reading, words: str, asker: Person, *, limit: int) -> tuple[Outline, ...]:
    """The drafts and reviews of a number (`12`, `PM-12`) or whose title has all the words; without words the newest.

    A NUL in them, which no database keeps, does not count.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    postmortems.require_member(asker, subject="postmortems")
    words = words.replace("\x00", "").strip()
    number = _NUMBER.fullmatch(words)
    rows = await timeline.open_named(
        reading.session, words.split()[:SEARCHED_WORDS], number=int(number[1]) if number else None, limit=limit
    )
    return await postmortems.outlines(reading, rows)


async def having_thread(reading: Reading, channel: str, thread_ts: str) -> Outline | None:
    """The newest postmortem in whose timeline a message of that thread stands: its first one, or a reply."""
    row = await timeline.having_thread(reading.session, channel, thread_ts)
    return (await postmortems.outlines(reading, [row]))[0] if row else None


async def has_message(reading: Reading, postmortem_id: str, channel: str, message_ts: str) -> bool:
    """Whether that very message stands in the timeline of a postmortem."""
    row = await timeline.of_message(reading.session, postmortem_id, channel=channel, message_ts=message_ts)
    return row is not None


async def _views(reading: Reading, rows: Sequence[TimelineEntry]) -> tuple[EntryView, ...]:
    known = await people.by_ids(reading, {each for row in rows for each in (row.author_id, row.added_by) if each})
    mentioned = await people.mentioned_in(reading, [row.text for row in rows])
    return tuple(
        EntryView(
            id=row.id,
            version=row.version,
            postmortem_id=row.postmortem_id,
            at=row.at,
            text=row.text,
            author=known.get(row.author_id or ""),
            author_name=row.author_name,
            is_message=row.channel is not None,
            permalink=row.permalink,
            file_names=tuple(row.file_names),
            added_by=known.get(row.added_by),
            added_at=row.added_at,
            mentioned=mentioned,
            origin=Origin(row.origin),
        )
        for row in rows
    )
