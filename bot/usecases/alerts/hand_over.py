"""Give an alert to a person, by somebody who means that very person."""

from __future__ import annotations

from bot.queries.alerts import AlertRef
from bot.usecases.alerts.assign import assign
from bot.usecases.references import Ref
from bot.usecases.unit import Unit
from storage.models import Alert


async def hand_over(unit: Unit, ref: AlertRef, person_id: str, *, note: str = "") -> Alert:
    """It has a new owner, who is told of it, also where they had passed it on before. Answers the alert.

    Raises:
        NotFound, NotAllowed, BadFields, Locked: as `assign`.
    """
    return await assign(unit, ref, Ref(id=person_id), note=note)
