"""Change what is said of an alert."""

from __future__ import annotations

from typing import Unpack

from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.flow import show
from bot.usecases.alerts.held import changed
from bot.usecases.alerts.said import Said, held_for, note_down
from bot.usecases.alerts.wanted import cut_message, wrong_description, wrong_message
from bot.usecases.fields import Faults
from bot.usecases.unit import Unit
from bot.vocabulary import Severity
from storage.models import Alert


async def edit(
    unit: Unit,
    ref: AlertRef,
    *,
    message: str | None = None,
    description: str | None = None,
    priority: Severity | None = None,
    **said: Unpack[Said],
) -> Alert:
    """Change what is said and leave what is not; answers the alert. The same again changes nothing.

    Of a long message the beginning is kept, as of a new alert's.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `message`, `description`, `note`, `user`, `source`.
    """
    faults = Faults()
    faults.add("message", None if message is None else wrong_message(message))
    faults.add("description", wrong_description(description or ""))
    alert = await held_for(unit, ref, said, faults)
    before = _said_of(alert)
    if message is not None:
        alert.message = cut_message(message)
    if description is not None:
        alert.description = description
    if priority is not None:
        alert.priority = priority
    after = {name: text for name, text in _said_of(alert).items() if before[name] != text}
    if after:
        known = {name: before[name] for name in after}
        await changed(unit, alert, AlertHappening.EDITED, before=known, after=after)
        await show(unit, alert)
    await note_down(unit, alert, said)
    return alert


def _said_of(alert: Alert) -> dict[str, str]:
    return {
        "message": alert.message,
        "description": alert.description,
        "priority": Severity(alert.priority).value,
    }
