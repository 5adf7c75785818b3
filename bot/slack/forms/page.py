"""The form that reaches whoever is on call: redrawn for its schedule, and sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import BadFields
from bot.slack.actions.lines import Listener
from bot.slack.cards.page_form import PageFields
from bot.slack.commands.oncall.paging import drawn, paged
from bot.slack.desk import Desk
from bot.slack.forms.sending import Answered, Outcome, Sent
from bot.slack.forms.values import Filled
from bot.slack.refusals import problem_of
from bot.usecases.alerts.page import Urgency, WantedPage

log = structlog.get_logger(__name__)


def schedule_chosen(desk: Desk) -> Listener:
    """The form shows who is on call by the schedule that was chosen, with everything else as it was filled in."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = body["view"]
        filled = Filled(view)
        about = PageFields.read(view["private_metadata"])
        fields = replace(
            about, schedule_id=filled.choice("schedule"), text=filled.text("text"), urgency=_urgency(filled)
        )
        async with desk.reader() as reading:
            form = await drawn(reading, fields)
        try:
            await desk.client.views_update(view_id=view["id"], hash=view["hash"], view=form)
        except (SlackApiError, ClientError, TimeoutError) as error:  # the form stays as it is; it can be sent
            problem = problem_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.info("form not redrawn", problem=problem)

    return listener


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Page them, and say so where the form was asked for."""
    schedule_id = sent.filled.choice("schedule")
    if not schedule_id:
        raise BadFields({"schedule": "Choose whom to reach."})
    about = PageFields.read(sent.view["private_metadata"])
    wanted = WantedPage(
        schedule_id=schedule_id,
        text=sent.filled.text("text"),
        urgency=_urgency(sent.filled),
        url=about.url,
        replaces=about.replaces,
    )
    card = await paged(wanted, sent.person, desk, key=sent.key_of_text)
    return Answered(card, about.url, replace=about.replaces)


def _urgency(filled: Filled) -> Urgency:
    return Urgency(filled.choice("urgency") or Urgency.URGENT)
