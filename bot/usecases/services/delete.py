"""Delete a service."""

from __future__ import annotations

from bot.usecases.in_use import MOST_NAMED, require_unused
from bot.usecases.services.held import hold
from bot.usecases.services.making import described
from bot.usecases.unit import Unit
from storage import incidents, reviewers, services
from storage.usages import Use


async def delete(unit: Unit, service_id: str) -> None:
    """Delete a service that no postmortem names and no incident strikes.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
        InUse: postmortems name it, or incidents strike it.
    """
    service = await hold(unit, service_id)
    numbers = await services.postmortems_with(unit.session, service.id)
    striking = await incidents.striking(unit.session, service.id, limit=MOST_NAMED + 1)
    uses = {
        "postmortems": [Use(f"PM-{number}", service.team_id) for number in numbers],
        "incidents": [Use(f"INC-{number}", team_id) for number, team_id in striking],
    }
    require_unused(unit.actor, f"The service {service.name}", uses)
    await unit.event("delete-service", service.id, before=described(service))
    await reviewers.put_defaults(unit.session, service.id, [])
    await unit.session.delete(service)
    await unit.session.flush()
