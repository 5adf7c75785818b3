"""Texts that wait for their place, in the database."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Draft


async def by_id(session: AsyncSession, draft_id: str) -> Draft | None:
    """The draft with that id."""
    return await session.get(Draft, draft_id)


async def of_form(session: AsyncSession, user_id: str, form: str, subject: str) -> list[Draft]:
    """What a person typed into one form about one subject, newest first."""
    found = await session.exec(
        select(Draft)
        .where(Draft.user_id == user_id, Draft.form == form, Draft.subject == subject)
        .order_by(col(Draft.at).desc(), col(Draft.id))
    )
    return list(found.all())


async def of_user(session: AsyncSession, user_id: str, *, limit: int) -> list[Draft]:
    """What a person typed into any form, newest first."""
    found = await session.exec(
        select(Draft).where(Draft.user_id == user_id).order_by(col(Draft.at).desc(), col(Draft.id)).limit(limit)
    )
    return list(found.all())
