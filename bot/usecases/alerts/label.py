"""Put tags and details on an alert, and take them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from bot.errors import BadFields
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.flow import show
from bot.usecases.alerts.held import changed
from bot.usecases.alerts.said import Said, asked_by, held_for, note_down
from bot.usecases.alerts.wanted import wrong_details, wrong_tags
from bot.usecases.fields import Faults
from bot.usecases.labels import tidied
from bot.usecases.unit import Unit
from storage.models import Alert


async def add_tags(unit: Unit, ref: AlertRef, tags: Sequence[str], **said: Unpack[Said]) -> Alert:
    """Put tags on it, behind those it has; answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `tags`: none, a wrong one, or too many together with those it has; `note`, `user`, `source`.
    """
    faults = Faults()
    faults.add("tags", wrong_tags(tags) if tidied(tags) else "tags: name at least one.")
    alert = await held_for(unit, ref, said, faults)
    wanted = tidied([*alert.tags, *tags])
    _refuse({"tags": wrong_tags(wanted)})
    return await _relabelled(unit, alert, AlertHappening.TAGGED, wanted, said)


async def remove_tags(unit: Unit, ref: AlertRef, tags: Sequence[str], **said: Unpack[Said]) -> Alert:
    """Take tags off it; one that it has not is let be. Answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`, `user`, `source`.
    """
    alert = await held_for(unit, ref, said)
    gone = set(tidied(tags))
    kept = [tag for tag in alert.tags if tag not in gone]
    return await _relabelled(unit, alert, AlertHappening.UNTAGGED, kept, said)


async def add_details(unit: Unit, ref: AlertRef, details: Mapping[str, str], **said: Unpack[Said]) -> Alert:
    """Give it details, in the place of those of the same name; answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `details`: none, a wrong one, or too much together with those it has; `note`, `user`, `source`.
    """
    faults = Faults()
    faults.add("details", wrong_details(details) if details else "details: name at least one.")
    alert = await held_for(unit, ref, said, faults)
    wanted = {**alert.details, **details}
    _refuse({"details": wrong_details(wanted)})
    return await _relabelled(unit, alert, AlertHappening.DETAILED, wanted, said)


async def remove_details(unit: Unit, ref: AlertRef, keys: Sequence[str], **said: Unpack[Said]) -> Alert:
    """Take details of these names away; one that it has not is let be. Answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note`, `user`, `source`.
    """
    alert = await held_for(unit, ref, said)
    kept = {key: text for key, text in alert.details.items() if key not in keys}
    return await _relabelled(unit, alert, AlertHappening.UNDETAILED, kept, said)


async def _relabelled(unit: Unit, alert: Alert, what: AlertHappening, value: Any, said: Said) -> Alert:
    """The alert with another value of its tags or its details; the same value again changes nothing."""
    field = "tags" if what in {AlertHappening.TAGGED, AlertHappening.UNTAGGED} else "details"
    before = getattr(alert, field)
    if value != before:
        setattr(alert, field, value)
        await changed(unit, alert, what, before={field: before}, after={field: value, **asked_by(said)})
        await show(unit, alert)
    await note_down(unit, alert, said)
    return alert


def _refuse(faults: Mapping[str, str | None]) -> None:
    found = {field: sentence for field, sentence in faults.items() if sentence}
    if found:
        raise BadFields(found)
