"""Let go of a kept text: it has found its place, or its writer does not want it."""

from __future__ import annotations

from bot.usecases.unit import Unit
from storage import drafts


async def drop(unit: Unit, draft_id: str) -> None:
    """Forget one of the actor's own kept texts. Nothing happens where there is none of that id."""
    draft = await drafts.by_id(unit.session, draft_id)
    if draft is not None and draft.user_id == unit.person.id:
        await unit.session.delete(draft)
