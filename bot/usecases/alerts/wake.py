"""Do what is due about alerts: each step once, in whatever process, whenever that ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.queries.reading import Reading
from bot.usecases.alerts.steps import act, escalated
from bot.usecases.alerts.telling import Telling, write_all
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStep
from storage import alert_timers, alerts
from storage.models import Alert

log = structlog.get_logger(__name__)
BATCH = 50
TRY_AGAIN = timedelta(minutes=1)
"""After how long what could not be done is tried again; what is due about other alerts does not wait for it."""


async def next_due(reading: Reading) -> datetime | None:
    """When to wake next; None while nothing is to be done about any alert."""
    return await alert_timers.next_due(reading.session)


async def wake(unit: Unit, *, limit: int = BATCH) -> int:
    """Do what is due about up to `limit` alerts; wake again while that was not nothing.

    What is due goes from the database together with what it has led to. What is due about one alert is done in order of
    time, by one process; those in somebody's hands are left for later.
    """
    held = await alert_timers.hold_due(unit.session, now=unit.now, limit=limit)
    if not held:
        return 0
    if not await _done(unit, held):
        for number in held:
            await _done_alone(unit, number)
    return len(held)


async def _done_alone(unit: Unit, number: int) -> None:
    """Do what is due about one alert: one that cannot be acted on must not hold up all others."""
    alert = await alerts.by_number(unit.session, number, lock=True)  # what was undone is not known any more
    if alert is not None and not await _done(unit, {number: alert}):
        await alert_timers.put_off(unit.session, number, due_by=unit.now, until=unit.now + TRY_AGAIN)


async def _done(unit: Unit, held: Mapping[int, Alert]) -> bool:
    """Do what is due about these alerts; where something cannot be done nothing is."""
    try:
        async with unit.session.begin_nested():
            await _act_on(unit, held)
    except Exception:  # whatever it was, people of other alerts must still be told
        log.exception("steps of alerts not taken", numbers=list(held))
        return False
    return True


async def _act_on(unit: Unit, held: Mapping[int, Alert]) -> None:
    """Steps of escalations, of which there are most, are taken together, and written down in a few statements."""
    together: list[tuple[Alert, Telling]] = []
    for number, due in (await alert_timers.take_due(unit.session, held.keys(), now=unit.now)).items():
        alert = held[number]
        if [each.step for each in due] == [AlertStep.ESCALATE]:
            if (telling := await escalated(unit, alert, due[0])) is not None:
                together.append((alert, telling))
            continue
        await act(unit, alert, due)
    if together:
        await write_all(unit, together)
