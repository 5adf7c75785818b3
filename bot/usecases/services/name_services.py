"""Name the services that something struck: those that exist, and new ones."""

from __future__ import annotations

from collections.abc import Iterable

from bot.usecases.services.making import insert
from bot.usecases.unit import Unit
from storage import services
from storage.models import Service
from storage.models.base import name_key


async def name_service(unit: Unit, name: str) -> Service:
    """The service of that name; where there is none it is made."""
    return (await name_services(unit, [name]))[0]


async def name_services(unit: Unit, names: Iterable[str]) -> list[Service]:
    """The services of these names, each once, in the order given; those that do not exist are made."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(name_key(name), " ".join(name.split()))
    known = await services.by_names(unit.session, wanted)
    # In one order, so that two who name the same new services at once wait for each other and never in a circle.
    for key in sorted(set(wanted) - set(known)):
        known[key] = await _made(unit, wanted[key])
    return [known[key] for key in wanted]


async def _made(unit: Unit, name: str) -> Service:
    return await insert(unit, name) or (await services.by_names(unit.session, [name]))[name_key(name)]
