"""Make an escalation."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.escalations.held import described, taken, team_of
from bot.usecases.escalations.wanted import WantedEscalation, look_at, rules_of
from bot.usecases.fields import Faults
from bot.usecases.unit import Unit
from storage.models import Escalation


async def create(unit: Unit, wanted: WantedEscalation) -> Escalation:
    """The new escalation. A key that acts for a team makes it that team's, whatever is said.

    Raises:
        BadFields: with every field that is wrong, what does not exist included.
        Taken: there is an escalation of that name.
    """
    faults = Faults()
    faults.add("name", None if wanted.name else "name is mandatory.")
    faults.add("rules", None if wanted.rules is not None else "rules is mandatory.")
    look_at(wanted, faults)
    team_id = await team_of(unit, wanted.team, faults)
    rules = await rules_of(unit, wanted.rules or (), faults)
    faults.refuse()
    row = Escalation(
        name=wanted.name or "",
        description=wanted.description or "",
        team_id=team_id,
        rules=rules,
        repeat=dict(wanted.repeat) if wanted.repeat else None,
        created_at=unit.now,
    )
    try:
        async with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError as error:
        raise taken(row.name) from error
    await unit.event("create-escalation", row.id, after=described(row))
    return row
