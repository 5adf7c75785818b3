"""Open one's Home tab, and keep it fresh from then on."""

from __future__ import annotations

from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage import homes


async def open_home(unit: Unit) -> None:
    """Have the actor's Home tab published as it is now. Whoever never opens theirs costs nothing."""
    person = unit.person
    await homes.open_it(unit.session, person.id, unit.now)
    if person.slack_id:
        await unit.tell(MessageKind.HOME, person.id, person.slack_id)
