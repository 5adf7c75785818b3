"""Postmortems and their parts in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import and_, col, delete, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import PostmortemStatus, Verdict
from storage import postmortem_lists, users
from storage.models import (
    ActionItem,
    AffectedService,
    Incident,
    Postmortem,
    PostmortemVersion,
    RelatedIncident,
    Remark,
    Reminder,
    Responder,
    ResponderTeam,
    Reviewer,
    Section,
    Snooze,
    TimelineEntry,
    User,
)

HANGING = (
    *(Section, Reviewer, AffectedService, Responder, ResponderTeam, RelatedIncident),
    *(Snooze, Reminder, TimelineEntry, ActionItem, PostmortemVersion, Remark),
)
"""The tables whose rows go with the postmortem they belong to."""


@dataclass(frozen=True, slots=True)
class PostmortemParts:
    """Everything that hangs on one postmortem, each list in its order; `roles` by the responders' ids."""

    incident: Incident
    sections: Sequence[Section]
    services: Sequence[str]
    roles: Mapping[str, str]
    teams: Sequence[str]
    related: Sequence[Incident]

    @property
    def responder_ids(self) -> Sequence[str]:
        """Who responded."""
        return tuple(self.roles)


@dataclass(frozen=True, slots=True)
class Place:
    """What a section is called, where it stands, and what is asked of its writer."""

    title: str
    heading: dict[str, Any] | None
    position: int
    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed to; None: not by that.

    `incident_id` is what it stands on.
    `asked_id` is whose verdict it waits for. `ids` are those among which to look. `since` is when it was made.
    `due_before`: not published, and due before a day, which depends on the owner's zone:
    the days, each with the zones it is meant for (None: of owners whose zone is unknown).
    """

    status: PostmortemStatus | None = None
    team_id: str | None = None
    owner_id: str | None = None
    incident_id: str | None = None
    asked_id: str | None = None
    ids: Collection[str] | None = None
    since: datetime | None = None
    due_before: Mapping[date, Collection[str | None]] | None = None


PRESENT = col(Postmortem.deleted_at).is_(None)
"""Not deleted. What is deleted can be brought back for some minutes, and only by who asks for it `even_deleted`."""


_ONE_BY_NUMBER = select(Postmortem).where(Postmortem.number == bindparam("number"))
_PRESENT_BY_NUMBER = _ONE_BY_NUMBER.where(PRESENT)


async def by_number(
    session: AsyncSession, number: int, *, lock: bool = False, even_deleted: bool = False
) -> Postmortem | None:
    """The postmortem of that number; with `lock` nobody else changes it before this transaction ends."""
    statement = _ONE_BY_NUMBER if even_deleted else _PRESENT_BY_NUMBER
    return (await session.exec(statement.with_for_update() if lock else statement, params={"number": number})).first()


async def by_numbers(session: AsyncSession, numbers: Collection[int]) -> list[Postmortem]:
    """The postmortems of these numbers, the newest first."""
    statement = select(Postmortem).where(col(Postmortem.number).in_(numbers), PRESENT)
    return list((await session.exec(statement.order_by(col(Postmortem.number).desc()))).all())


async def by_ids(session: AsyncSession, ids: Iterable[str], *, even_deleted: bool = False) -> list[Postmortem]:
    """The postmortems with these ids, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    statement = select(Postmortem).where(col(Postmortem.id).in_(wanted), *(() if even_deleted else (PRESENT,)))
    return list((await session.exec(statement)).all())


async def by_id(session: AsyncSession, postmortem_id: str, *, lock: bool = False) -> Postmortem | None:
    """The postmortem with that id, in whatever case it is written."""
    return await _one(session, col(Postmortem.id) == postmortem_id.lower(), lock=lock)


async def by_short_id(session: AsyncSession, short_id: str, *, lock: bool = False) -> Postmortem | None:
    """The postmortem with that short id, P and twelve characters, in whatever case it is written."""
    return await _one(session, col(Postmortem.short_id) == short_id.upper(), lock=lock)


async def _one(session: AsyncSession, condition: ColumnElement[bool], *, lock: bool) -> Postmortem | None:
    statement = select(Postmortem).where(condition, PRESENT)
    return (await session.exec(statement.with_for_update() if lock else statement)).first()


async def newest_number(session: AsyncSession) -> int | None:
    """The highest number of those there are."""
    return (await session.exec(select(func.max(Postmortem.number)).where(PRESENT))).one()


async def of_incident(session: AsyncSession, incident_id: str) -> list[Postmortem]:
    """The postmortems that stand on an incident, deleted ones too, the oldest first."""
    statement = select(Postmortem).where(Postmortem.incident_id == incident_id).order_by(col(Postmortem.number))
    return list((await session.exec(statement)).all())


async def page(session: AsyncSession, filters: Filters, *, limit: int, offset: int) -> tuple[list[Postmortem], int]:
    """One page of the postmortems that pass the filters, newest first; and how many there are in all.

    One statement; beyond the last page nothing is counted.
    """
    passing = conditions(filters)
    total = select(func.count(col(Postmortem.number))).where(*passing).scalar_subquery()
    # Numbers alone are passed over, in an index where there is one; whole rows are read for one page only.
    numbers = select(Postmortem.number).where(*passing).order_by(col(Postmortem.number).desc())
    shown = numbers.limit(limit).offset(offset).subquery()
    statement = select(Postmortem, total).join(shown, shown.c.number == col(Postmortem.number))
    found = (await session.exec(statement.order_by(col(Postmortem.number).desc()))).all()
    return [row for row, _ in found], found[0][1] if found else 0


async def timezones(session: AsyncSession) -> list[str | None]:
    """Every zone that somebody lives in, and None where somebody's is unknown."""
    return list((await session.exec(select(User.timezone).distinct())).all())


def conditions(filters: Filters) -> tuple[ColumnElement[bool], ...]:
    """What the postmortems have in common that are there and pass the filters."""
    return (PRESENT, *_conditions(filters))


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.status:
        yield col(Postmortem.status) == filters.status
    if filters.team_id:
        yield col(Postmortem.team_id) == filters.team_id
    if filters.owner_id:
        yield col(Postmortem.owner_id) == filters.owner_id
    if filters.incident_id:
        yield col(Postmortem.incident_id) == filters.incident_id
    if filters.asked_id:
        asked = select(Reviewer.postmortem_id).where(
            Reviewer.user_id == filters.asked_id, Reviewer.verdict == Verdict.PENDING
        )
        yield col(Postmortem.id).in_(asked)
    if filters.ids is not None:
        yield col(Postmortem.id).in_(filters.ids)
    if filters.since:
        yield col(Postmortem.created_at) >= filters.since
    if filters.due_before is not None:
        yield col(Postmortem.status).in_((PostmortemStatus.DRAFT, PostmortemStatus.IN_REVIEW))  # by an index
        yield or_(*(and_(_lives_in(zones), _is_due_before(day)) for day, zones in filters.due_before.items()))


def _lives_in(zones: Collection[str | None]) -> ColumnElement[bool]:
    named = col(User.timezone).in_([zone for zone in zones if zone])
    owners = select(User.id).where(or_(named, col(User.timezone).is_(None)) if None in zones else named)
    return col(Postmortem.owner_id).in_(owners)


def _is_due_before(day: date) -> ColumnElement[bool]:
    in_draft = and_(col(Postmortem.status) == PostmortemStatus.DRAFT, col(Postmortem.draft_due_on) < day)
    in_review = and_(col(Postmortem.status) == PostmortemStatus.IN_REVIEW, col(Postmortem.review_due_on) < day)
    return or_(in_draft, in_review)


async def reviewers(session: AsyncSession, ids: Iterable[str]) -> dict[str, list[Reviewer]]:
    """The reviewers of each of these postmortems, in the order they were named; who they are is read along."""
    wanted = list(ids)
    found = (await session.exec(_REVIEWERS, params={"ids": wanted})).all()
    users.remember(session, (user for _, user in found))
    grouped: dict[str, list[Reviewer]] = {each: [] for each in wanted}
    for row, _ in found:
        grouped[row.postmortem_id].append(row)
    return grouped


_REVIEWERS = (
    select(Reviewer, User)
    .join(User, col(User.id) == Reviewer.user_id)
    .where(col(Reviewer.postmortem_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(Reviewer.position))
)


async def sections(session: AsyncSession, postmortem_id: str) -> list[Section]:
    """The sections of one postmortem, in order."""
    found = await session.exec(
        select(Section).where(Section.postmortem_id == postmortem_id).order_by(col(Section.position))
    )
    return list(found.all())


async def section(session: AsyncSession, postmortem_id: str, key: str) -> Section | None:
    """One section of a postmortem."""
    return await session.get(Section, (postmortem_id, key))


async def place(session: AsyncSession, section: Section, where: Place) -> None:
    """Give a section another place. Its version stays: whoever is writing its text writes the same text as before."""
    await session.exec(
        update(Section)
        .where(col(Section.postmortem_id) == section.postmortem_id, col(Section.key) == section.key)
        .values(title=where.title, heading=where.heading, position=where.position, prompt=where.prompt)
    )


async def sections_of(session: AsyncSession, ids: Iterable[str]) -> dict[str, list[Section]]:
    """The sections of each of these postmortems, in order."""
    wanted = list(ids)
    found = await session.exec(
        select(Section).where(col(Section.postmortem_id).in_(wanted)).order_by(col(Section.position))
    )
    grouped: dict[str, list[Section]] = {each: [] for each in wanted}
    for row in found.all():
        grouped[row.postmortem_id].append(row)
    return grouped


async def deleted_before(session: AsyncSession, moment: datetime, *, limit: int) -> list[Postmortem]:
    """Up to `limit` postmortems deleted before then and in nobody's hands; nobody changes them in this transaction."""
    found = await session.exec(
        select(Postmortem)
        .where(col(Postmortem.deleted_at) < moment)
        .order_by(col(Postmortem.deleted_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(found.all())


async def remove(session: AsyncSession, rows: Sequence[Postmortem]) -> None:
    """Remove these postmortems for good, and everything that hangs on them; their incidents and events stay."""
    ids = [row.id for row in rows]
    if not ids:
        return
    for part in HANGING:
        await session.exec(delete(part).where(col(part.postmortem_id).in_(ids)))
    for row in rows:
        await session.delete(row)
    await session.flush()


async def parts(session: AsyncSession, postmortem: Postmortem) -> PostmortemParts:
    """Everything that hangs on one postmortem but its reviewers, in two statements."""
    lists = (await postmortem_lists.lists_of(session, [postmortem.id]))[postmortem.id]
    return PostmortemParts(
        incident=lists.incident,
        sections=await sections(session, postmortem.id),
        services=[each.name for each in lists.services],
        roles={each.user_id: each.role for each in lists.responders},
        teams=[each.name for each in lists.teams],
        related=lists.related,
    )
