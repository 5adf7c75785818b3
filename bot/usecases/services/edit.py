"""Change a service."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.fields import Faults
from bot.usecases.postmortems.indexing import index
from bot.usecases.reach import own_team
from bot.usecases.services.create import taken, team_named
from bot.usecases.services.held import hold
from bot.usecases.services.making import described
from bot.usecases.services.wanted import WantedService, look_at
from bot.usecases.unit import Unit
from storage import postmortems, services
from storage.models import Service
from storage.models.base import name_key


async def edit(unit: Unit, service_id: str, wanted: WantedService) -> Service:
    """Change what is said and leave what is not; answers the service. Postmortems that name it follow.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
        BadFields: with every field that is wrong, a team that there is not included.
        Taken: another service has that name.
    """
    service = await hold(unit, service_id)
    faults = Faults()
    look_at(wanted, faults)
    team_id = own_team(unit) or await team_named(unit, wanted.team_id, faults)
    faults.refuse()
    before = described(service)
    try:
        async with unit.session.begin_nested():
            service.name = wanted.name or service.name
            service.name_key = name_key(service.name)
            service.team_id = team_id or service.team_id
            service.description = service.description if wanted.description is None else wanted.description
            service.tags = service.tags if wanted.tags is None else list(wanted.tags)
            service.visibility = wanted.visibility.value if wanted.visibility else service.visibility
    except IntegrityError as error:
        raise taken(wanted.name or "") from error
    if service.name != before["name"]:
        await _find_by_new_name(unit, service)
    await unit.event("edit-service", service.id, before=before, after=described(service))
    return service


async def _find_by_new_name(unit: Unit, service: Service) -> None:
    """A postmortem is found by the names of its services: have it found by this one."""
    for number in await services.postmortems_with(unit.session, service.id):
        row = await postmortems.by_number(unit.session, number, lock=True, even_deleted=True)
        if row is not None:
            await index(unit, row)
