"""Delete a service."""

from __future__ import annotations

from bot.usecases.in_use import require_unused
from bot.usecases.services.held import hold
from bot.usecases.services.making import described
from bot.usecases.unit import Unit
from storage import services
from storage.usages import Use


async def delete(unit: Unit, service_id: str) -> None:
    """Delete a service that no postmortem names.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
        InUse: postmortems name it.
    """
    service = await hold(unit, service_id)
    numbers = await services.postmortems_with(unit.session, service.id)
    uses = {"postmortems": [Use(f"PM-{number}", service.team_id) for number in numbers]}
    require_unused(unit.actor, f"The service {service.name}", uses)
    await unit.event("delete-service", service.id, before=described(service))
    await unit.session.delete(service)
    await unit.session.flush()
