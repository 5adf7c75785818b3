"""The open alerts that one person was called to, in the database."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import AlertStatus, RecipientState
from storage.models import Alert, AlertRecipient


async def open_of(session: AsyncSession, user_id: str, *, limit: int) -> list[Alert]:
    """Up to `limit` of those that they have not passed on, the newest first."""
    called = select(Alert).join(AlertRecipient, col(AlertRecipient.alert_number) == col(Alert.number))
    theirs = called.where(
        AlertRecipient.user_id == user_id,
        AlertRecipient.state != RecipientState.DECLINED,
        Alert.status == AlertStatus.OPEN,
    )
    return list((await session.exec(theirs.order_by(col(Alert.number).desc()).limit(limit))).all())
