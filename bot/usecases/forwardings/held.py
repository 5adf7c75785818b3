"""The forwarding that a program is to change, held until the unit ends."""

from __future__ import annotations

from bot.errors import NotFound
from bot.usecases.forwardings.asked import Passing
from bot.usecases.unit import Unit
from storage import forwardings
from storage.models import Forwarding


async def held(unit: Unit, forwarding_id: str) -> Forwarding:
    """The forwarding with that id; nobody else changes it meanwhile.

    Raises:
        NotFound: it is gone.
    """
    row = await forwardings.by_id(unit.session, forwarding_id, lock=True)
    if row is None:
        raise NotFound(f"No forwarding rule exists with id [{forwarding_id}].")
    return row


def passing(row: Forwarding) -> Passing:
    """What it says."""
    return Passing(row.from_user_id, row.to_user_id, row.start, row.end)


async def note(unit: Unit, verb: str, row: Forwarding, *, before: Passing | None, after: Passing | None) -> None:
    """Write down what became of it; the Homes of those it concerns are made fresh."""
    for each in (before, after):
        unit.concerned |= {each.from_user_id, each.to_user_id} if each else set()
    await unit.event(verb, row.id, before=before.facts if before else None, after=after.facts if after else None)
