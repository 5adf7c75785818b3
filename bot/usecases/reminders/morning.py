"""The message of a morning, kept up: edited until it was read, and from then on true to what its reader does.

Its details are `{"morning": the instant that morning began, "told": ids of the postmortems it tells, "actions": ids of
the actions it tells, each with its postmortem's, "read_at"}`, the instants in ISO form. `read_at` is there once it was
read, which a bot learns only from a press in it, or from words written below it. One that was read on an earlier
morning gives way to a new message.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage import deliveries
from storage.models import Delivery, DeliveryState

Standing = Mapping[tuple[str, str], Delivery]
"""The morning messages that are kept up, by the person's id and their id in Slack."""


async def standing_of(unit: Unit, person_ids: Collection[str]) -> Standing:
    """The morning messages of these people, in one statement."""
    rows = await deliveries.open_ones(unit.session, kind=MessageKind.MORNING, subjects=person_ids)
    return {(row.subject, row.recipient): row for row in rows}


async def tell_morning(
    unit: Unit,
    person_id: str,
    slack_id: str,
    *,
    morning: datetime,
    told: Sequence[str],
    actions: Mapping[str, str] | None = None,
    standing: Standing | None = None,
) -> None:
    """Tell a person what waits for them on the morning that began then: `told` and `actions` as in the details.

    Told again on the same morning, it is still one message. One of an earlier morning is edited, or left as it is where
    it was read. `standing` holds the message there is, if any; without, it is looked for.
    """
    details = {"morning": morning.isoformat(), "told": list(told), "actions": dict(actions or {})}
    key = person_id, slack_id
    row = await _standing(unit, *key) if standing is None else standing.get(key)
    if row and row.details.get("morning") == details["morning"]:
        both = {"told": [*row.details["told"], *told], "actions": {**row.details["actions"], **(actions or {})}}
        deliveries.renew(row, details={**row.details, **both}, now=unit.now)
        return
    if row and "read_at" in row.details:
        deliveries.let_go(row)
        await unit.session.flush()
    if row and row.state != DeliveryState.CLOSED:
        deliveries.renew(row, details=details, now=unit.now)
        return
    kind = MessageKind.MORNING
    deliveries.add(unit.session, kind=kind, subject=person_id, recipient=slack_id, details=details, now=unit.now)


async def mark_read(unit: Unit, person_id: str, slack_id: str, *, ts: str | None = None) -> None:
    """Note that a person has read their morning message: with `ts` only if it is that one.

    Nothing happens where there is no such message. News that were to be edited into the one they read become a new
    message, since an edit of it would reach nobody.
    """
    row = await _standing(unit, person_id, slack_id)
    if row is None or row.ts is None or ts not in {None, row.ts}:
        return
    if row.state == DeliveryState.DUE and "read_at" not in row.details:
        deliveries.let_go(row)
        return
    row.details = {**row.details, "read_at": unit.now.isoformat()}


async def show_what_was_done(unit: Unit, postmortem_id: str) -> None:
    """Bring the actor's morning message up to date, where they have read it and it tells of this postmortem."""
    person = unit.acting_person
    if person is None or person.slack_id is None:
        return
    row = await _standing(unit, person.id, person.slack_id)
    if row is None or "read_at" not in row.details:
        return
    if postmortem_id in {*row.details.get("told", ()), *row.details.get("actions", {}).values()}:
        deliveries.renew(row, details=row.details, now=unit.now)


async def _standing(unit: Unit, person_id: str, slack_id: str) -> Delivery | None:
    return await deliveries.open_one(unit.session, kind=MessageKind.MORNING, subject=person_id, recipient=slack_id)
