"""What Slack sends the bot when a person does something, field for field."""

from __future__ import annotations

from typing import Any

from bot.playground.channels import Channel
from bot.playground.messages import Message, message_object
from bot.playground.people import Person
from bot.playground.workspace import Workspace

Payload = dict[str, Any]


def common(workspace: Workspace, person: Person) -> Payload:
    """The fields every interaction carries."""
    return {
        "team": {"id": workspace.team.id, "domain": workspace.team.domain},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": workspace.team.id},
        "api_app_id": workspace.app.id,
        "token": workspace.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def slash_command(
    workspace: Workspace,
    person: Person,
    channel: Channel,
    *,
    command: str,
    text: str,
    response_url: str,
    trigger_id: str,
) -> Payload:
    """The form fields of a slash command. A command knows no thread."""
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": channel.payload_name,
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def action_time(workspace: Workspace) -> str:
    """`action_ts`: when it was done."""
    return f"{workspace.clock.time():.6f}"


def message_container(message: Message) -> Payload:
    """Where an element of a message sits."""
    container: Payload = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    return container | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def on_message(workspace: Workspace, channel: Channel, message: Message) -> Payload:
    """`channel`, `container` and, unless it is ephemeral, the whole `message`."""
    where: Payload = {
        "channel": {"id": channel.id, "name": channel.payload_name},
        "container": message_container(message),
    }
    return where if message.ephemeral_to is not None else where | {"message": whole(workspace, message)}


def whole(workspace: Workspace, message: Message) -> Payload:
    """The message object with the team it was written in."""
    return message_object(message) | {"team": workspace.team.id}
