"""What an administrator does to people and channels, and the events that follow."""

from __future__ import annotations

from typing import Any

from bot.playground.channels import Channel
from bot.playground.people import Person, user_object
from bot.playground.screens import Kind
from bot.playground.workspace import Workspace


def change_person(workspace: Workspace, user_id: str, **changes: Any) -> None:
    """Change what is known of a person (`tz`, `deleted`, `display_name`, ...); the bot hears user_change.

    AttributeError for what a person does not have.
    """
    person = workspace.people[user_id]
    for name, value in changes.items():
        setattr(person, name, value)
    _tell(workspace, "user_change", person)


def add_person(workspace: Workspace, person: Person) -> None:
    """Let somebody join the workspace; the bot hears team_join."""
    workspace.people[person.id] = person
    _tell(workspace, "team_join", person)


def invite(workspace: Workspace, channel_id: str, user_id: str) -> None:
    """Put a person, or the bot, into a channel; the bot hears member_joined_channel where it is a member."""
    _membership(workspace, channel_id, user_id, "member_joined_channel")


def remove(workspace: Workspace, channel_id: str, user_id: str) -> None:
    """Take a person, or the bot, out of a channel; the bot hears member_left_channel where it is still a member."""
    _membership(workspace, channel_id, user_id, "member_left_channel")


def archive(workspace: Workspace, channel_id: str) -> None:
    """Archive a channel; the bot hears channel_archive."""
    channel = workspace.channels[channel_id]
    channel.archived = True
    event = {"type": "channel_archive", "channel": channel_id, "user": _anybody(channel)}
    workspace.emit({**event, "event_ts": f"{workspace.clock.time():.6f}"})
    workspace.broadcast(Kind.CHANNELS)
    workspace.changed()


def _membership(workspace: Workspace, channel_id: str, user_id: str, event_type: str) -> None:
    channel = workspace.channels[channel_id]
    if event_type == "member_joined_channel":
        channel.members.add(user_id)
    else:
        channel.members.discard(user_id)
    if workspace.app.user_id in channel.members:
        event = {
            "type": event_type,
            "user": user_id,
            "channel": channel_id,
            "channel_type": channel.event_type[0].upper(),
            "team": workspace.team.id,
            "event_ts": f"{workspace.clock.time():.6f}",
        }
        workspace.emit(event)
    workspace.broadcast(Kind.CHANNELS)
    workspace.changed()


def _anybody(channel: Channel) -> str:
    return min(channel.members, default="")


def _tell(workspace: Workspace, event_type: str, person: Person) -> None:
    with_email = "users:read.email" in workspace.granted_scopes
    now = workspace.clock.now()
    user = user_object(person, team_id=workspace.team.id, now=now, with_email=with_email)
    event: dict[str, Any] = {"type": event_type, "user": user, "event_ts": f"{now.timestamp():.6f}"}
    workspace.emit(event | ({"cache_ts": int(now.timestamp())} if event_type == "user_change" else {}))
    workspace.changed()
