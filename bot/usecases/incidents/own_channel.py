"""A channel of its own for an incident: wanted in the transaction that declares it, made once that is committed.

Making it is a Delivery: it is taken with a lease, tried again with growing waits, and one that was made before a crash
is found again. What comes of it is written down here.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.queries.incident_log import IncidentHappening
from bot.usecases.incidents.held import changed, label
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage import incidents
from storage.models import Incident


async def want_channel(unit: Unit, incident: Incident) -> None:
    """Have a channel made for it as soon as this transaction is committed."""
    await unit.tell(MessageKind.INCIDENT_CHANNEL, incident.id, label(incident))


async def move_in(unit: Unit, incident_id: str, channel: str, *, not_invited: Sequence[str]) -> None:
    """It goes on in that channel from now on, which has its card; where it was declared, the card says so.

    `not_invited` are the names of people whom Slack did not let in. The same again changes nothing.
    """
    incident = await incidents.by_id(unit.session, incident_id, lock=True)
    if incident is None or incident.has_own_channel:
        return
    after = {"channel": channel, "not_invited": list(not_invited)}
    await changed(unit, incident, IncidentHappening.MOVED_IN, after=after)
    incident.channel, incident.has_own_channel = channel, True
    await unit.tell(MessageKind.INCIDENT, incident.id, channel)


async def stay_out(unit: Unit, incident_id: str, why: str) -> None:
    """There is no channel for it: it goes on where it was declared, and its thread says `why`, a plain sentence."""
    incident = await incidents.by_id(unit.session, incident_id, lock=True)
    if incident is not None and not incident.has_own_channel:
        await changed(unit, incident, IncidentHappening.STAYED_OUT, after={"why": why})
