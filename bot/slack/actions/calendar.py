"""The button of a calendar's link: [New link]."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.actions.lines import Listener, is_for_one, place_of
from bot.slack.cards.blocks import Card
from bot.slack.commands.dispatch import Place
from bot.slack.commands.oncall.calendar import new_link
from bot.slack.desk import Desk
from bot.slack.doing import do


def renewed(desk: Desk) -> Listener:
    """The old link stops, and the new one takes its place in the message; pressed twice it is done once."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = place_of(body, replace=is_for_one(body))
        await do(_renewed(action["value"], place, desk), place, ack, desk)

    return listener


async def _renewed(value: str, place: Place, desk: Desk) -> Card:
    schedule_id, _, fingerprint = value.rpartition(":")
    return await new_link(schedule_id, fingerprint, await desk.people.person(place.slack_id), desk)
