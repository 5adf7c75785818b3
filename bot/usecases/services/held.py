"""A service that a verb is about, looked up, locked and within reach of who acts."""

from __future__ import annotations

from bot.errors import NotFound
from bot.usecases.reach import require_reach
from bot.usecases.unit import Unit
from storage import services
from storage.models import Service


async def hold(unit: Unit, service_id: str) -> Service:
    """The service, which nobody else changes before this transaction ends.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    service = await services.by_id(unit.session, service_id, lock=True)
    if service is None:
        raise NotFound(f"No service exists with id [{service_id}].")
    require_reach(unit.actor, service.team_id)
    return service
