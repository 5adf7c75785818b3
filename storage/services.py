"""Services in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Service
from storage.models.base import name_key


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
