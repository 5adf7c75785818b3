"""Timeline entries in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import and_, col, func, or_, select, true, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import PostmortemStatus
from storage.models import Event, Postmortem, TimelineEntry
from storage.postmortems import PRESENT

OPEN = and_(PRESENT, col(Postmortem.status).in_((PostmortemStatus.DRAFT, PostmortemStatus.IN_REVIEW)))
"""A postmortem whose timeline can be changed."""


@dataclass(frozen=True, slots=True)
class EntryOfPostmortem:
    """An entry, and the number and title of the postmortem it stands in."""

    entry: TimelineEntry
    number: int
    title: str


async def by_id(session: AsyncSession, entry_id: str, *, lock: bool = False) -> TimelineEntry | None:
    """The entry with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(TimelineEntry, entry_id, with_for_update=lock or None, populate_existing=lock)


async def with_postmortem(session: AsyncSession, entry_id: str) -> EntryOfPostmortem | None:
    """The entry with that id, with its postmortem's number; None where either is gone."""
    found = await session.exec(
        select(TimelineEntry, Postmortem.number, Postmortem.title)
        .join(Postmortem, col(Postmortem.id) == TimelineEntry.postmortem_id)
        .where(TimelineEntry.id == entry_id, PRESENT)
    )
    row = found.first()
    return EntryOfPostmortem(*row) if row else None


async def of_message(
    session: AsyncSession, postmortem_id: str, *, channel: str, message_ts: str
) -> TimelineEntry | None:
    """The entry that a postmortem has of one message."""
    found = await session.exec(
        select(TimelineEntry).where(
            TimelineEntry.postmortem_id == postmortem_id,
            TimelineEntry.channel == channel,
            TimelineEntry.message_ts == message_ts,
        )
    )
    return found.first()


async def messages_there(
    session: AsyncSession, postmortem_id: str, *, channel: str, message_ts: Collection[str]
) -> set[str]:
    """Which of these messages of a channel a postmortem has in its timeline."""
    found = await session.exec(
        select(TimelineEntry.message_ts).where(
            TimelineEntry.postmortem_id == postmortem_id,
            TimelineEntry.channel == channel,
            col(TimelineEntry.message_ts).in_(message_ts),
        )
    )
    return {each for each in found.all() if each}


async def following(session: AsyncSession, channel: str, message_ts: str) -> list[EntryOfPostmortem]:
    """The entries that follow a message, in postmortems that are open, in the order of these."""
    found = await session.exec(
        select(TimelineEntry, Postmortem.number, Postmortem.title)
        .join(Postmortem, col(Postmortem.id) == TimelineEntry.postmortem_id)
        .where(
            TimelineEntry.channel == channel,
            TimelineEntry.message_ts == message_ts,
            col(TimelineEntry.follows).is_(True),
            OPEN,
        )
        .order_by(col(Postmortem.number))
    )
    return [EntryOfPostmortem(*each) for each in found.all()]


async def page(
    session: AsyncSession, postmortem_id: str, *, limit: int, offset: int
) -> tuple[list[TimelineEntry], int]:
    """One page of a postmortem's entries in the order of time; and how many there are in all."""
    condition = TimelineEntry.postmortem_id == postmortem_id
    total = (await session.exec(select(func.count()).select_from(TimelineEntry).where(condition))).one()
    found = await session.exec(
        select(TimelineEntry)
        .where(condition)
        .order_by(col(TimelineEntry.at), col(TimelineEntry.added_at), col(TimelineEntry.id))
        .limit(limit)
        .offset(offset)
    )
    return list(found.all()), total


async def signals(
    session: AsyncSession, postmortem_id: str, *, since: datetime, most: int
) -> list[tuple[datetime, str | None]]:
    """When the entries of a postmortem since an instant were, and who wrote each; the first `most` of them."""
    found = await session.exec(
        select(TimelineEntry.at, TimelineEntry.author_id)
        .where(TimelineEntry.postmortem_id == postmortem_id, col(TimelineEntry.at) >= since)
        .order_by(col(TimelineEntry.at))
        .limit(most)
    )
    return list(found.all())


async def put_back(session: AsyncSession, entry: TimelineEntry, *, version: int) -> None:
    """Store an entry that was removed once more. Its version goes on from `version`, and never repeats itself."""
    session.add(entry)
    await session.flush()
    await session.exec(update(TimelineEntry).where(col(TimelineEntry.id) == entry.id).values(version=version + 1))
    await session.refresh(entry)


async def last_event(session: AsyncSession, postmortem_id: str, verb: str, entry_id: str) -> Event | None:
    """The last event of a verb that tells of one entry of a postmortem, the entry being there or not."""
    found = await session.exec(
        select(Event)
        .where(
            Event.subject_id == postmortem_id,
            Event.verb == verb,
            col(Event.after)["entry_id"].as_string() == entry_id,
        )
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return found.first()


async def open_in_channel(session: AsyncSession, channel: str, user_id: str, *, limit: int) -> list[Postmortem]:
    """The open postmortems whose card lives in a channel, the likeliest to be meant by a person first.

    That is the one to which they last added an entry, then the one to which anybody did, then the newest.
    """
    own, anybodys = _last_added(TimelineEntry.added_by == user_id), _last_added()
    found = await session.exec(
        select(Postmortem)
        .where(Postmortem.channel == channel, OPEN)
        .order_by(own.is_(None), own.desc(), anybodys.is_(None), anybodys.desc(), col(Postmortem.number).desc())
        .limit(limit)
    )
    return list(found.all())


async def open_named(
    session: AsyncSession, words: Sequence[str], *, number: int | None, limit: int
) -> list[Postmortem]:
    """The open postmortems of that number, or whose title has all the words in it, newest first."""
    titled = and_(true(), *(_in_title(word) for word in words))
    meant = titled if number is None else or_(col(Postmortem.number) == number, titled)
    found = await session.exec(
        select(Postmortem).where(OPEN, meant).order_by(col(Postmortem.number).desc()).limit(limit)
    )
    return list(found.all())


def _in_title(word: str) -> ColumnElement[bool]:
    """Whether the word is in the title. SQLite knows the lower case of A to Z alone: others are found as written."""
    as_written = col(Postmortem.title).contains(word, autoescape=True)
    return or_(as_written, func.lower(Postmortem.title).contains(word.lower(), autoescape=True))


async def having_thread(session: AsyncSession, channel: str, thread_ts: str) -> Postmortem | None:
    """The newest postmortem in whose timeline a message of that thread stands, its first one or a reply.

    A reply is younger than its thread and names it in its permalink.
    """
    of_thread = or_(
        TimelineEntry.message_ts == thread_ts, col(TimelineEntry.permalink).contains(f"?thread_ts={thread_ts}&")
    )
    found = await session.exec(
        select(Postmortem)
        .join(TimelineEntry, col(TimelineEntry.postmortem_id) == Postmortem.id)
        .where(
            PRESENT,
            TimelineEntry.channel == channel,
            col(TimelineEntry.message_ts) >= thread_ts,
            of_thread,
        )
        .order_by(col(Postmortem.number).desc())
        .limit(1)
    )
    return found.first()


def _last_added(*conditions: ColumnElement[bool] | bool) -> ColumnElement[object]:
    """When an entry was last added to each postmortem, of those for which the conditions hold."""
    return (
        select(func.max(TimelineEntry.added_at))
        .where(TimelineEntry.postmortem_id == Postmortem.id, *conditions)
        .correlate(Postmortem)
        .scalar_subquery()
    )
