"""Postmortems and their parts in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.vocabulary import PostmortemStatus
from storage.models import AffectedService, Incident, Postmortem, Responder, Reviewer, Section, Service, User


@dataclass(frozen=True, slots=True)
class PostmortemParts:
    """Everything that hangs on one postmortem, each list in its order."""

    incident: Incident
    sections: Sequence[Section]
    services: Sequence[str]
    responder_ids: Sequence[str]


async def by_number(session: AsyncSession, number: int, *, lock: bool = False) -> Postmortem | None:
    """The postmortem of that number; with `lock` nobody else changes it before this transaction ends."""
    statement = select(Postmortem).where(Postmortem.number == number)
    return (await session.exec(statement.with_for_update() if lock else statement)).first()


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> list[Postmortem]:
    """The postmortems with these ids, in no order."""
    wanted = set(ids)
    if not wanted:
        return []
    return list((await session.exec(select(Postmortem).where(col(Postmortem.id).in_(wanted)))).all())


async def newest_number(session: AsyncSession) -> int | None:
    """The highest number given out so far."""
    return (await session.exec(select(func.max(Postmortem.number)))).one()


async def number_of_incident(session: AsyncSession, incident_id: str) -> int | None:
    """The number of the postmortem that stands on an incident."""
    return (await session.exec(select(Postmortem.number).where(Postmortem.incident_id == incident_id))).first()


async def page(
    session: AsyncSession, *, status: PostmortemStatus | None, limit: int, offset: int
) -> tuple[list[Postmortem], int]:
    """One page of the postmortems, of one status where given, newest first; and how many there are in all."""
    condition = (Postmortem.status == status,) if status else ()
    total = (await session.exec(select(func.count()).select_from(Postmortem).where(*condition))).one()
    return await _newest_first(session, select(Postmortem).where(*condition).limit(limit).offset(offset)), total


async def due_before(session: AsyncSession, day: date) -> list[Postmortem]:
    """Those not published whose due date is before a day, newest first."""
    in_draft = and_(Postmortem.status == PostmortemStatus.DRAFT, col(Postmortem.draft_due_on) < day)
    in_review = and_(Postmortem.status == PostmortemStatus.IN_REVIEW, col(Postmortem.review_due_on) < day)
    return await _newest_first(session, select(Postmortem).where(or_(in_draft, in_review)))


async def drafts_of(session: AsyncSession, owner_id: str) -> list[Postmortem]:
    """A person's own drafts, newest first."""
    mine = select(Postmortem).where(Postmortem.owner_id == owner_id, Postmortem.status == PostmortemStatus.DRAFT)
    return await _newest_first(session, mine)


async def reviews_of(session: AsyncSession, user_id: str) -> list[Postmortem]:
    """The postmortems in review that name a person among their reviewers or as their owner, newest first."""
    judged = select(Reviewer.postmortem_id).where(Reviewer.user_id == user_id)
    concerning = or_(col(Postmortem.id).in_(judged), Postmortem.owner_id == user_id)
    in_review = select(Postmortem).where(Postmortem.status == PostmortemStatus.IN_REVIEW, concerning)
    return await _newest_first(session, in_review)


async def reviewers(session: AsyncSession, ids: Iterable[str]) -> dict[str, list[Reviewer]]:
    """The reviewers of each of these postmortems, in the order they were named."""
    wanted = list(ids)
    found = await session.exec(
        select(Reviewer).where(col(Reviewer.postmortem_id).in_(wanted)).order_by(col(Reviewer.position))
    )
    grouped: dict[str, list[Reviewer]] = {each: [] for each in wanted}
    for row in found.all():
        grouped[row.postmortem_id].append(row)
    return grouped


async def sections(session: AsyncSession, postmortem_id: str) -> list[Section]:
    """The sections of one postmortem, in order."""
    found = await session.exec(
        select(Section).where(Section.postmortem_id == postmortem_id).order_by(col(Section.position))
    )
    return list(found.all())


async def parts(session: AsyncSession, postmortem: Postmortem) -> PostmortemParts:
    """Everything that hangs on one postmortem but its reviewers, in four statements."""
    incident = await session.get_one(Incident, postmortem.incident_id)
    services = await session.exec(
        select(Service.name)
        .join(AffectedService, col(AffectedService.service_id) == Service.id)
        .where(AffectedService.postmortem_id == postmortem.id)
        .order_by(Service.name_key)
    )
    responders = await session.exec(
        select(Responder.user_id)
        .join(User, col(User.id) == Responder.user_id)
        .where(Responder.postmortem_id == postmortem.id)
        .order_by(User.name)
    )
    return PostmortemParts(
        incident=incident,
        sections=await sections(session, postmortem.id),
        services=services.all(),
        responder_ids=responders.all(),
    )


async def _newest_first(session: AsyncSession, statement: SelectOfScalar[Postmortem]) -> list[Postmortem]:
    return list((await session.exec(statement.order_by(col(Postmortem.number).desc()))).all())
