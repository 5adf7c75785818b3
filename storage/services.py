"""Services in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import AffectedService, Postmortem, Service
from storage.models.base import name_key
from storage.references import Lock, keepable, locked


async def by_names(session: AsyncSession, names: Iterable[str]) -> dict[str, Service]:
    """The services of these names, by name key; case and blanks do not count."""
    wanted = {name_key(name) for name in names}
    if not wanted:
        return {}
    found = await session.exec(select(Service).where(col(Service.name_key).in_(wanted)))
    return {service.name_key: service for service in found.all()}


async def containing(session: AsyncSession, words: Sequence[str], *, limit: int) -> list[Service]:
    """The services whose names have all the words, parts of words in the form of `name_key`, by name."""
    has_words = [col(Service.name_key).contains(word, autoescape=True) for word in words]
    found = await session.exec(select(Service).where(*has_words).order_by(Service.name_key).limit(limit))
    return list(found.all())


async def by_id(session: AsyncSession, service_id: str, *, lock: bool = False) -> Service | None:
    """The service with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(Service, service_id, with_for_update=lock or None)


async def kept(session: AsyncSession, ids: Iterable[str]) -> list[Service]:
    """The services with these ids, in no order, which stay until this transaction ends."""
    wanted = keepable(ids)
    if not wanted:
        return []
    statement = select(Service).where(col(Service.id).in_(wanted)).order_by(Service.id)
    return list((await session.exec(locked(statement, Lock.KEEP))).all())


async def page(
    session: AsyncSession, words: Sequence[str], *, team_id: str | None, descending: bool, limit: int, offset: int
) -> list[Service]:
    """Some of the services whose names have all the words, by name; of one team, or of all."""
    order = col(Service.name_key).desc() if descending else col(Service.name_key)
    statement = select(Service).where(*_conditions(words, team_id)).order_by(order).limit(limit).offset(offset)
    return list((await session.exec(statement)).all())


async def count(session: AsyncSession, words: Sequence[str], *, team_id: str | None) -> int:
    """How many services have all the words in their names."""
    return (await session.exec(select(func.count()).select_from(Service).where(*_conditions(words, team_id)))).one()


async def of_team(session: AsyncSession, team_id: str) -> list[Service]:
    """The services of a team, by name."""
    return list(
        (await session.exec(select(Service).where(Service.team_id == team_id).order_by(Service.name_key))).all()
    )


async def postmortems_with(session: AsyncSession, service_id: str) -> list[int]:
    """The numbers of the postmortems that name a service, those deleted a moment ago included, the newest first."""
    found = await session.exec(
        select(Postmortem.number)
        .join(AffectedService, col(AffectedService.postmortem_id) == Postmortem.id)
        .where(AffectedService.service_id == service_id)
        .order_by(col(Postmortem.number).desc())
    )
    return list(found.all())


def _conditions(words: Sequence[str], team_id: str | None) -> list[ColumnElement[bool]]:
    has_words = [col(Service.name_key).contains(word, autoescape=True) for word in words]
    return [*has_words, *([] if team_id is None else [col(Service.team_id) == team_id])]
