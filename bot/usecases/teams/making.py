"""The row of a new team: the one way to it, for people and for programs."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.unit import Unit
from storage.models import Team
from storage.models.base import name_key


async def insert(unit: Unit, name: str, *, description: str = "") -> Team | None:
    """A new team of that name; None where there is one whose name has the very same letters."""
    team = Team(name=name, name_key=name_key(name), description=description, created_at=unit.now)
    try:
        async with unit.session.begin_nested():
            unit.session.add(team)
    except IntegrityError:
        return None
    return team
