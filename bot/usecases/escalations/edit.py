"""Change an escalation."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.escalations.held import described, hold, taken, team_of
from bot.usecases.escalations.wanted import WantedEscalation, look_at, rules_of
from bot.usecases.fields import Faults
from bot.usecases.references import Ref
from bot.usecases.unit import Unit
from storage.models import Escalation


async def edit(unit: Unit, ref: Ref, wanted: WantedEscalation) -> Escalation:
    """Change what is said and leave what is not; answers the escalation.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
        BadFields: with every field that is wrong, what does not exist included.
        Taken: another escalation has that name.
    """
    row = await hold(unit, ref)
    faults = Faults()
    look_at(wanted, faults)
    team_id = await team_of(unit, wanted.team, faults)
    rules = await rules_of(unit, wanted.rules or (), faults, before=row.rules if wanted.rules else ())
    faults.refuse()
    before = described(row)
    try:
        async with unit.session.begin_nested():
            row.name = wanted.name or row.name
            row.description = row.description if wanted.description is None else wanted.description
            row.team_id = team_id or row.team_id
            row.rules = row.rules if wanted.rules is None else rules
            if wanted.repeat is not None:
                row.repeat = dict(wanted.repeat) or None
    except IntegrityError as error:
        raise taken(wanted.name or "") from error
    await unit.event("edit-escalation", row.id, before=before, after=described(row))
    return row
