"""Remove a forwarding: the duty is again whose it was, in the past too."""

from __future__ import annotations

from bot.queries.changes import Passing
from bot.usecases.forwardings.asked import authorise
from bot.usecases.forwardings.held import held, note, passing
from bot.usecases.unit import Unit


async def remove(unit: Unit, forwarding_id: str) -> None:
    """It is gone, as if it had never been made.

    Raises:
        NotFound: it is gone already.
        NotAllowed: the key acts for one team alone.
    """
    authorise(unit)
    row = await held(unit, forwarding_id)
    await note(unit, Passing.REMOVED, row, before=passing(row), after=None)
    await unit.session.delete(row)
