"""People, channels and messages in the shapes the page reads."""

from __future__ import annotations

from typing import Any

from bot.playground import opening
from bot.playground.channels import Channel, ChannelKind
from bot.playground.messages import Message
from bot.playground.people import Person, zone_fields
from bot.playground.workspace import Workspace

Value = dict[str, Any]
_COLORS = ("#1d3557", "#2a6f97", "#2d6a4f", "#7f5539", "#9d4edd", "#bc4749", "#b5838d", "#3d405b")


def user(workspace: Workspace, person: Person) -> Value:
    """A person or bot. `tz`, `tz_label` and `tz_offset` are null for who has no zone."""
    zone = zone_fields(person, workspace.clock.now())
    letters = [word[0] for word in person.shown_name.split() if word[0].isalnum()]
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "display_name": person.display_name,
        "tz": zone.get("tz"),
        "tz_label": zone.get("tz_label"),
        "tz_offset": zone.get("tz_offset"),
        "is_bot": person.is_bot,
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "deleted": person.deleted,
        "avatar": {"initials": "".join(letters[:2]).upper(), "color": _COLORS[sum(map(ord, person.id)) % len(_COLORS)]},
    }


def channel(workspace: Workspace, place: Channel, *, reader: str) -> Value:
    """A conversation as one person's side bar shows it; replies in threads leave it as it is."""
    read = workspace.screen(reader).read.get(place.id, "")
    messages = workspace.messages.in_channel(place.id)
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "user": workspace.app.user_id if place.kind is ChannelKind.DM else None,
        "topic": place.topic,
        "is_member": workspace.app.user_id in place.members,
        "unread": sum(each.ts > read and each.user != reader and not each.is_reply for each in messages),
    }


def message(workspace: Workspace, said: Message) -> Value:
    """A message with how many replies it has."""
    return {
        "ts": said.ts,
        "channel": said.channel,
        "user": said.user,
        "bot": said.bot_id is not None,
        "text": said.text,
        "blocks": list(said.blocks),
        "thread_ts": said.thread_ts,
        "reply_count": 0 if said.is_reply else len(workspace.messages.replies(said)),
        "edited": said.edited_ts is not None,
        "ephemeral": said.ephemeral_to is not None,
        "time": float(said.ts),
        "command_echo": said.command_echo,
    }


def side_bar(workspace: Workspace, reader: str) -> list[Value]:
    """Every conversation of one person that is not archived, the app's direct messages among them."""
    workspace.dm(reader)
    return [channel(workspace, place, reader=reader) for place in workspace.channels_of(reader) if not place.archived]


def bootstrap(workspace: Workspace, person: Person) -> Value:
    """All that the page needs to begin."""
    manifest, app, team = workspace.manifest, workspace.app, workspace.team
    return {
        "team": {"id": team.id, "name": team.name, "domain": team.domain},
        "me": user(workspace, person),
        "users": [user(workspace, each) for each in workspace.people.values()],
        "groups": [{"id": each.id, "handle": each.handle, "name": each.name} for each in workspace.groups.values()],
        "channels": side_bar(workspace, person.id),
        "commands": [
            {"command": each.command, "description": each.description, "usage_hint": each.usage_hint}
            for each in manifest.commands.values()
        ],
        "shortcuts": [
            {"callback_id": each.callback_id, "name": each.name, "type": each.type, "description": each.description}
            for each in manifest.shortcuts.values()
        ],
        "now": workspace.clock.time(),
        "app": {
            "id": app.id,
            "name": app.name,
            "user_id": app.user_id,
            "description": app.description,
            "home_tab": manifest.home_tab,
        },
        "views": [opening.described(workspace, view) for view in workspace.views.stack(person.id)],
    }
