"""What people type after a slash."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import sha256

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.commands.dispatch import Command, Place, is_direct, run
from bot.slack.commands.oncall import ONCALL_COMMAND
from bot.slack.commands.postmortem import POSTMORTEM_COMMAND
from bot.slack.desk import Desk
from bot.slack.words.normalise import storable

COMMANDS = (ONCALL_COMMAND, POSTMORTEM_COMMAND)


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to every command."""
    for command in COMMANDS:
        app.command(command.name)(_listener(command, desk))


def _listener(command: Command, desk: Desk) -> Callable[..., Awaitable[None]]:
    async def typed(ack: AsyncAck, body: dict[str, str]) -> None:
        text = storable(body.get("text", ""))
        place = Place(
            slack_id=body["user_id"],
            channel=body["channel_id"],
            trigger_id=body["trigger_id"],
            response_url=body["response_url"],
            key=_key(body["trigger_id"], f"{command.name} {text}"),
            typed=True,
            direct=is_direct(body["channel_id"], body.get("channel_name", "")),
        )
        await run(command, text, place, ack, desk)

    return typed


def _key(trigger_id: str, line: str) -> str:
    """The name of the request, of bounded length: a database's index does not take a whole line of 4,000 characters."""
    return f"{trigger_id}:{sha256(line.encode()).hexdigest()}"
