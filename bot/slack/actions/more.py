"""[6 more] under an answer about schedules, and the pages of the modal it opens."""

from __future__ import annotations

from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.blocks import Block
from bot.slack.cards.more import Rest
from bot.slack.cards.sentences import mistake_card
from bot.slack.commands.dispatch import explained, give, show_form
from bot.slack.commands.oncall.more import more_schedules
from bot.slack.desk import Desk

log = structlog.get_logger(__name__)
UNOPENED = "Slack did not open the list in time. Press the button again."


def pressed(desk: Desk) -> Listener:
    """Asks anew, so that what is shown is true now: in a modal of its own, or in the one whose page is turned."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        place = place_of(body)
        async with explained(place, desk):
            person = await desk.people.person(place.slack_id)
            async with desk.reader() as reading:
                view = await more_schedules(reading, person, Rest.read(action["value"]))
            if body.get("view", {}).get("type") == "modal":
                await _turn(body["view"]["id"], view, desk)
            elif not await show_form(view, place, desk):
                await give(mistake_card(UNOPENED), place, desk)

    return listener


async def _turn(view_id: str, view: Block, desk: Desk) -> None:
    try:
        await desk.client.views_update(view_id=view_id, view=view)
    except (SlackApiError, ClientError, TimeoutError) as error:  # closed meanwhile, or pressed again: nothing is lost
        log.info("page not turned", problem=str(error))
