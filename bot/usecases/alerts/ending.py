"""The end of an alert, whoever brings it about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.queries.alert_log import AlertHappening
from bot.usecases.alerts.flow import show, stand_down
from bot.usecases.alerts.held import changed
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus
from storage.models import Alert


async def end(unit: Unit, alert: Alert, *, by: str, after: Mapping[str, Any] | None = None) -> None:
    """Close an open alert by the name of who does, and let everybody be who was still to be told."""
    alert.status, alert.closed_at, alert.closed_by = AlertStatus.CLOSED, unit.now, by
    await changed(unit, alert, AlertHappening.CLOSED, after=after)
    await stand_down(unit, alert, closed=True)
    await show(unit, alert)
