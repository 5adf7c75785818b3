"""What those who were told of an alert have done, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import RecipientState
from storage.models import Alert, AlertRecipient


async def mark(session: AsyncSession, alert: Alert, user_id: str, state: RecipientState, *, now: datetime) -> None:
    """Write down what somebody has done, if they were told of the alert."""
    told = (col(AlertRecipient.alert_number) == alert.number, col(AlertRecipient.user_id) == user_id)
    await session.exec(update(AlertRecipient).where(*told).values(state=state, updated_at=now))
