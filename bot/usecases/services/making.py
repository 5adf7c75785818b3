"""The row of a new service: the one way to it, for people and for programs."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.usecases.unit import Unit
from storage.models import Service
from storage.models.base import name_key


async def insert(unit: Unit, name: str, **said: Any) -> Service | None:
    """A new service of that name, with what else is said of it; None where there is one, whatever its case."""
    service = Service(name=name, name_key=name_key(name), **said)
    try:
        async with unit.session.begin_nested():
            unit.session.add(service)
    except IntegrityError:
        return None
    await unit.event("create-service", service.id, after=described(service))
    return service


def described(service: Service) -> dict[str, Any]:
    """A service for the log."""
    return service.model_dump(mode="json", exclude={"id", "name_key"})
