"""A schedule's own row, made to say what is planned."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from bot.errors import BadFields, Taken
from bot.usecases.schedules.checking import name_taken
from bot.usecases.schedules.owning import team_of
from bot.usecases.schedules.planning import Plan
from bot.usecases.unit import Unit
from storage import models, schedules
from storage.models.base import name_key


async def save_row(unit: Unit, row: models.Schedule | None, plan: Plan) -> models.Schedule:
    """Store the row, a new one where there is none, as the plan says; its team is made where that is new.

    Raises:
        Taken: another schedule took the name at this very moment.
        BadFields: its team was deleted at this very moment.
    """
    columns: dict[str, Any] = {
        "name": plan.after.name,
        "name_key": name_key(plan.after.name),
        "description": plan.description,
        "timezone": plan.after.zone.key,
        "enabled": plan.after.enabled,
        "off_since": plan.after.off_since,
        "team_id": await team_of(unit, plan.owner),
    }
    row = row or models.Schedule(**columns, created_at=unit.now)
    try:
        async with unit.session.begin_nested():
            for name, value in columns.items():
                setattr(row, name, value)
            unit.session.add(row)
            flag_modified(row, "name")  # a changed rotation alone must raise the version of the schedule too
    except IntegrityError as error:
        if await schedules.namesake(unit.session, plan.after.name, but=None, is_exact=True):
            raise Taken({"name": name_taken(plan.after.name)}) from error
        raise BadFields({"team": f"The team {plan.team} is gone. Choose another one."}) from error
    return row
