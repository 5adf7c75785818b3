"""Buttons whose value is a command line: they do what typing it would do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.cards.sentences import STRAY, mistake_card
from bot.slack.commands import COMMANDS
from bot.slack.commands.dispatch import Place, give, run
from bot.slack.desk import Desk

Listener = Callable[..., Awaitable[None]]


def pressed(desk: Desk) -> Listener:
    """The answer takes the place of the message that held the button, if only the presser sees that one."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await _run_line(ack, body, action, desk, public=False)

    return listener


def shown(desk: Desk) -> Listener:
    """The answer goes to the whole channel, asked anew so that it is true now."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await _run_line(ack, body, action, desk, public=True)

    return listener


async def _run_line(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], desk: Desk, *, public: bool) -> None:
    name, _, text = action["value"].partition(" ")
    place = place_of(body, replace=not public and _is_for_one(body), public=public)
    command = next((each for each in COMMANDS if each.name == f"/{name}"), None)
    if command is None:
        await ack()
        await give(mistake_card(STRAY), place_of(body), desk)
        return
    await run(command, text, place, ack, desk)


def _is_for_one(body: dict[str, Any]) -> bool:
    """Whether the message is shown to the presser alone; any other stays what it is for everybody else."""
    return bool(body.get("container", {}).get("is_ephemeral"))


def place_of(body: dict[str, Any], *, key: str = "", replace: bool = False, public: bool = False) -> Place:
    """Where a button was pressed. Without a `key` each press is a request of its own."""
    return Place(
        slack_id=body["user"]["id"],
        channel=body.get("channel", {}).get("id", ""),
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url", ""),
        key=key or body["trigger_id"],
        replace=replace,
        public=public,
    )
