"""Who reviews by default, in the database: what concerns a team, what strikes a service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import col, delete, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import AffectedService, DefaultReviewer, Service, Team

_ORDER = (col(DefaultReviewer.subject_id), col(DefaultReviewer.position), col(DefaultReviewer.user_id))


async def defaults(session: AsyncSession, subject_ids: Iterable[str]) -> list[DefaultReviewer]:
    """The default reviewers of these teams and services, those of each in their order."""
    wanted = col(DefaultReviewer.subject_id).in_(list(subject_ids))
    return list((await session.exec(select(DefaultReviewer).where(wanted).order_by(*_ORDER))).all())


async def defaults_of(session: AsyncSession, postmortem_id: str, team_id: str | None) -> list[DefaultReviewer]:
    """The default reviewers of the services that a postmortem's incident struck, and those of its team."""
    struck = select(AffectedService.service_id).where(AffectedService.postmortem_id == postmortem_id)
    subject = col(DefaultReviewer.subject_id)
    wanted = select(DefaultReviewer).where(or_(subject.in_(struck), subject == team_id))
    return list((await session.exec(wanted.order_by(*_ORDER))).all())


async def reviewed_teams(session: AsyncSession) -> list[Team]:
    """The teams that have default reviewers, by name."""
    subjects = select(DefaultReviewer.subject_id)
    return list((await session.exec(select(Team).where(col(Team.id).in_(subjects)).order_by(Team.name_key))).all())


async def reviewed_services(session: AsyncSession) -> list[Service]:
    """The services that have default reviewers, by name."""
    subjects = select(DefaultReviewer.subject_id)
    statement = select(Service).where(col(Service.id).in_(subjects)).order_by(Service.name_key)
    return list((await session.exec(statement)).all())


async def put_defaults(session: AsyncSession, subject_id: str, user_ids: Sequence[str]) -> None:
    """Make these the default reviewers of a team or a service, in that order; nobody else is from then on."""
    await session.exec(delete(DefaultReviewer).where(col(DefaultReviewer.subject_id) == subject_id))
    session.add_all(
        DefaultReviewer(subject_id=subject_id, user_id=user_id, position=position)
        for position, user_id in enumerate(dict.fromkeys(user_ids))
    )
    await session.flush()
