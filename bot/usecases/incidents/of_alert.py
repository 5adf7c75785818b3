"""The incident of an alert, for whoever writes of what an alert told."""

from __future__ import annotations

from bot.queries.alerts import AlertRef
from bot.usecases.alerts.held import hold
from bot.usecases.fields import on_one_line
from bot.usecases.incidents.declare import Declaration, declare
from bot.usecases.unit import Unit
from bot.vocabulary import Severity
from storage import incident_parts
from storage.models import Incident


async def incident_of_alert(unit: Unit, alert_id: str) -> Incident:
    """The newest incident that an alert belongs to; where there is none it is declared now, of the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
    """
    alert = await hold(unit, AlertRef(alert_id))
    assert alert.number is not None  # noqa: S101  a row that was read
    there = await incident_parts.newest_with_alert(unit.session, alert.number)
    if there:
        return there
    wanted = Declaration(title=on_one_line(alert.message), severity=Severity(alert.priority), alert_id=alert.id)
    return await declare(unit, wanted)
