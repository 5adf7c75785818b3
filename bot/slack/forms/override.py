"""The form of an override: looked up, redrawn, shown back, and sent so that it counts."""

from __future__ import annotations

from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import BadFields
from bot.slack.actions.lines import Listener
from bot.slack.cards.override import confirm_view, done_view
from bot.slack.cards.override_fields import OverrideFields, fields_from
from bot.slack.cards.override_form import rotations_block
from bot.slack.cards.undo import undone_view
from bot.slack.commands.oncall.override import drawn, planned_of
from bot.slack.commands.oncall.putting import MovedOn, put
from bot.slack.desk import Desk
from bot.slack.forms.sending import Outcome, Replaced, Sent, Stacked
from bot.slack.forms.values import Filled
from bot.slack.refusals import problem_of

log = structlog.get_logger(__name__)
MISSING = {
    "person": "Choose who is to be on call.",
    "schedule": "Choose a schedule.",
    "start": "Choose from when.",
    "until": "Choose until when.",
}


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Show back what was filled in, on top of the form."""
    fields = _filled(sent.filled)
    known = {"person": fields.person, "schedule": fields.schedule_id, "start": fields.start, "until": fields.end}
    missing = {name: sentence for name, sentence in MISSING.items() if known[name] is None}
    if missing:
        raise BadFields(missing)
    try:
        planned = await planned_of(fields, sent.person, desk)
    except BadFields as error:
        block = rotations_block(fields.schedule_id or "")
        raise BadFields({block if name == "rotations" else name: said for name, said in error.fields.items()}) from None
    return Stacked(confirm_view(planned, me=sent.person))


async def confirmed(sent: Sent, desk: Desk) -> Outcome:
    """Make it count, and say so; where it changed since it was shown, show it anew."""
    came = await put(fields_from(dict(sent.about)), sent.person, desk, key=sent.key)
    if isinstance(came, MovedOn):
        return Replaced(confirm_view(came.plan, me=sent.person, note=came.sentence))
    return Replaced((undone_view if came.undone else done_view)(came, me=sent.person))


def schedule_chosen(desk: Desk) -> Listener:
    """The form shows the rotations of the schedule that was chosen, with everything else as it was filled in."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = body["view"]
        fields = _filled(Filled(view))
        async with desk.reader() as reading:
            form = await drawn(reading, fields)
        try:
            await desk.client.views_update(view_id=view["id"], hash=view["hash"], view=form)
        except (SlackApiError, ClientError, TimeoutError) as error:  # the form stays as it is, without the rotations
            problem = problem_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.info("form not redrawn", problem=problem)

    return listener


def _filled(filled: Filled) -> OverrideFields:
    """What the form says; rotations only of the schedule for which they were shown, none where all are ticked."""
    schedule_id = filled.choice("schedule")
    ticked = filled.choices(rotations_block(schedule_id)) if schedule_id else ()
    return OverrideFields(
        schedule_id=schedule_id,
        person=filled.user("person"),
        start=filled.moment("start"),
        end=filled.moment("until"),
        rotation_ids=ticked,
    )
