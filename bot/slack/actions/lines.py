"""Buttons and menus whose value is a command line: they do what typing it would do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.cards.sentences import STRAY, mistake_card
from bot.slack.commands import COMMANDS
from bot.slack.commands.dispatch import Place, PressedIn, give, is_direct, run
from bot.slack.desk import Desk
from bot.slack.ids import Form

Listener = Callable[..., Awaitable[None]]


def pressed(desk: Desk) -> Listener:
    """The answer takes the place of the message that held the button, if only the presser sees that one."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await _run_line(ack, body, action, desk, public=False)

    return listener


def shown(desk: Desk) -> Listener:
    """The answer goes to the whole channel, asked anew so that it is true now.

    Of a message that only the presser sees it goes there once: the message says so from then on.
    """

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await _run_line(ack, body, action, desk, public=True)

    return listener


async def _run_line(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], desk: Desk, *, public: bool) -> None:
    line = action["value"] if "value" in action else action["selected_option"]["value"]
    name, _, text = line.partition(" ")
    place = _in_channel(body) if public else place_of(body, replace=is_for_one(body))
    command = next((each for each in COMMANDS if each.name == f"/{name}"), None)
    if command is None:
        await ack()
        await give(mistake_card(STRAY), place_of(body), desk)
        return
    await run(command, text, place, ack, desk)


def _in_channel(body: dict[str, Any]) -> Place:
    """The channel around a message; from one that only the presser sees, by a key that is the same for every press."""
    place = replace(place_of(body), public=True)
    if not is_for_one(body):
        return place
    return replace(place, key=f"shown:{place.slack_id}:{body['container']['message_ts']}", once=True)


def is_for_one(body: dict[str, Any]) -> bool:
    """Whether the message is shown to the presser alone; any other stays what it is for everybody else."""
    return bool(body.get("container", {}).get("is_ephemeral"))


def place_of(body: dict[str, Any], *, key: str = "", replace: bool = False) -> Place:
    """Where a button was pressed. Without a `key` each press is a request of its own."""
    channel = body.get("channel", {})
    return Place(
        slack_id=body["user"]["id"],
        channel=channel.get("id", ""),
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url", ""),
        key=key or body["trigger_id"],
        replace=replace,
        direct=is_direct(channel.get("id", ""), channel.get("name", "")),
        view=_pressed_in(body.get("view", {})),
    )


def _pressed_in(view: dict[str, Any]) -> PressedIn | None:
    """The view of a press where an answer can be shown; a form answers in its own way."""
    form = view.get("callback_id")
    is_shown = form in {Form.ANSWER, Form.MORE} or view.get("type") == "home"
    return PressedIn(view["id"], is_answer=form == Form.ANSWER, is_list=form == Form.MORE) if is_shown else None
