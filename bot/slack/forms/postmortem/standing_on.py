"""The form of a new postmortem, filled in from the incident that was just chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.queries import incident_cards
from bot.slack.actions.lines import Listener
from bot.slack.cards.blocks import Block
from bot.slack.cards.typed import INITIALS
from bot.slack.declaring import known_of
from bot.slack.desk import Desk
from bot.slack.forms.values import Filled

log = structlog.get_logger(__name__)
_NAMED = ("type", "callback_id", "title", "submit", "close", "private_metadata")
_CHOSEN = "incident"


def incident_chosen(desk: Desk) -> Listener:
    """What is empty, or as the form had proposed it, is as the incident has it; what was filled in by hand stays."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = body["view"]
        person, incident_id = await desk.people.person(body["user"]["id"]), Filled(view).choice(_CHOSEN)
        if person.is_outsider or incident_id is None:
            return
        async with desk.reader() as reading:
            incident = await incident_cards.by_id(reading, incident_id)
        if incident is None:
            return
        form = filled_in(view, known_of(incident), mark=incident.label)
        try:
            await desk.client.views_update(view_id=view["id"], hash=view["hash"], view=form)
        except (SlackApiError, ClientError, TimeoutError) as error:  # the form stays as it is, and can be sent
            log.info("form not filled in from its incident", problem=str(error))

    return listener


def filled_in(view: Mapping[str, Any], known: Mapping[str, Any], *, mark: str) -> Block:
    """An open form, as Slack sent it, with what is known in the fields that nobody filled in.

    What an incident chosen before had filled in gives way, also to nothing.
    `known` has the shape of a view's values. Slack keeps what stands in a box as long as its ids stay the same: a box
    that is filled in is another one, told by the mark behind its action_id.
    """
    values = view["state"]["values"]
    blocks = [_filled_in(block, values, known, mark) for block in view["blocks"]]
    return {**{name: view[name] for name in _NAMED}, "blocks": blocks}


def _filled_in(block: Block, values: Mapping[str, Any], known: Mapping[str, Any], mark: str) -> Block:
    name = str(block.get("block_id"))
    if block["type"] != "input" or name == _CHOSEN:
        return block
    element = block["element"]
    held, initial = INITIALS[element["type"]]
    told = _only(known.get(name, {})).get(held)
    stands = _only(values.get(name, {})).get(held)
    is_untouched = not stands or _meant(stands) == _meant(element.get(initial))
    own_id, was_filled_in, _ = element["action_id"].partition(":")
    if not is_untouched or not (told or was_filled_in):
        return block
    bare = {part: each for part, each in element.items() if part != initial}
    value = {initial: told} if told else {}
    return {**block, "element": {**bare, **value, "action_id": f"{own_id}:{mark}"}}


def _only(state: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the one element of a block holds."""
    return next(iter(state.values()), {})


def _meant(value: Any) -> Any:
    """A value without how it is shown: of an option what it stands for."""
    if isinstance(value, list):
        return [_meant(each) for each in value]
    return value["value"] if isinstance(value, dict) else value
