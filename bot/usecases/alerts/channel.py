"""Which channel an alert's message goes to."""

from __future__ import annotations

from collections.abc import Iterable

from bot.engines.policies import Named
from bot.queries.responders import channels
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind


async def channel_for(unit: Unit, responders: Iterable[Named], owner_team_id: str | None) -> str | None:
    """Slack's id of the channel; None where there is none, and only its people are told.

    The one linked to the first schedule among the responders that has one, else to a schedule of the alert's team, else
    ALERTS_CHANNEL. Of several links the first one made counts.
    """
    reading = unit.remembering
    for each in responders:
        if each.kind is AlertResponderKind.SCHEDULE and (found := await channels(reading, schedule_id=each.id)):
            return found[0]
    if owner_team_id and (found := await channels(reading, team_id=owner_team_id)):
        return found[0]
    return unit.settings.alerts_channel or None
