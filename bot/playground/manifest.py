"""The app's manifest as the stand-in reads it, and what each method asks of an app's token.

Scopes and rate limits are those of Slack's method pages (machine copy of August 2026).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.playground.blockkit.problems import Problem, broken
from bot.playground.manifest_rules import EVENT_SCOPES, check_manifest

__all__ = [
    "EVENT_SCOPES",
    "METHOD_SCOPES",
    "METHOD_TIERS",
    "POSTS_A_SECOND_IN_A_CHANNEL",
    "Command",
    "InvalidManifest",
    "Manifest",
    "Shortcut",
    "check_manifest",
    "manifest_refusal",
    "scopes_for",
]

_CHANNEL_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_CHANNEL_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_CHANNEL_WRITE = ("channels:manage", "groups:write", "im:write", "mpim:write")
_CHANNEL_INVITE = (*_CHANNEL_WRITE, "channels:write.invites", "groups:write.invites", "mpim:write.invites")
_CHANNEL_TOPIC = (*_CHANNEL_WRITE, "channels:write.topic", "groups:write.topic", "im:write.topic", "mpim:write.topic")

METHOD_SCOPES: Final[Mapping[str, tuple[str, ...]]] = {
    "api.test": (),
    "apps.connections.open": ("connections:write",),
    "auth.test": (),
    "blocks.validate": (),
    **dict.fromkeys(("bookmarks.add", "bookmarks.edit", "bookmarks.remove"), ("bookmarks:write",)),
    "bookmarks.list": ("bookmarks:read",),
    **dict.fromkeys(
        ("canvases.access.delete", "canvases.access.set", "canvases.create", "canvases.delete", "canvases.edit"),
        ("canvases:write",),
    ),
    "canvases.sections.lookup": ("canvases:read",),
    **dict.fromkeys(
        (
            "chat.appendStream",
            "chat.delete",
            "chat.deleteScheduledMessage",
            "chat.postEphemeral",
            "chat.postMessage",
            "chat.scheduleMessage",
            "chat.startStream",
            "chat.stopStream",
            "chat.update",
        ),
        ("chat:write",),
    ),
    "chat.getPermalink": (),
    "chat.scheduledMessages.list": (),
    "chat.unfurl": ("links:write",),
    **dict.fromkeys(
        (
            "conversations.archive",
            "conversations.close",
            "conversations.create",
            "conversations.kick",
            "conversations.leave",
            "conversations.mark",
            "conversations.open",
            "conversations.rename",
            "conversations.unarchive",
        ),
        _CHANNEL_WRITE,
    ),
    "conversations.canvases.create": ("canvases:write",),
    **dict.fromkeys(("conversations.history", "conversations.replies"), _CHANNEL_HISTORY),
    **dict.fromkeys(
        ("conversations.info", "conversations.list", "conversations.members", "users.conversations"), _CHANNEL_READ
    ),
    "conversations.invite": _CHANNEL_INVITE,
    "conversations.join": ("channels:join",),
    **dict.fromkeys(("conversations.setPurpose", "conversations.setTopic"), _CHANNEL_TOPIC),
    **dict.fromkeys(("dnd.info", "dnd.teamInfo"), ("dnd:read",)),
    "emoji.list": ("emoji:read",),
    **dict.fromkeys(("files.completeUploadExternal", "files.delete", "files.getUploadURLExternal"), ("files:write",)),
    **dict.fromkeys(("files.info", "files.list"), ("files:read",)),
    **dict.fromkeys(("pins.add", "pins.remove"), ("pins:write",)),
    "pins.list": ("pins:read",),
    **dict.fromkeys(("reactions.add", "reactions.remove"), ("reactions:write",)),
    **dict.fromkeys(("reactions.get", "reactions.list"), ("reactions:read",)),
    "team.info": ("team:read",),
    **dict.fromkeys(
        (
            "usergroups.create",
            "usergroups.disable",
            "usergroups.enable",
            "usergroups.update",
            "usergroups.users.update",
        ),
        ("usergroups:write",),
    ),
    **dict.fromkeys(("usergroups.list", "usergroups.users.list"), ("usergroups:read",)),
    **dict.fromkeys(("bots.info", "users.getPresence", "users.info", "users.list"), ("users:read",)),
    "users.lookupByEmail": ("users:read.email",),
    "users.profile.get": ("users.profile:read",),
    **dict.fromkeys(("views.open", "views.publish", "views.push", "views.update"), ()),
}
"""Each method with the scopes any one of which suffices; empty: a token is enough.

Where there are several, which of them is asked for depends on the kind of channel: `scopes_for` says.
`connections:write` belongs to an app-level token.
"""

_TIER_2, _TIER_3, _TIER_4, _HUNDREDS = 20, 50, 100, 600

METHOD_TIERS: Final[Mapping[str, int]] = {
    **dict.fromkeys(
        (
            "bookmarks.add",
            "canvases.create",
            "chat.startStream",
            "conversations.create",
            "conversations.list",
            "conversations.setTopic",
            "pins.add",
            "pins.list",
            "pins.remove",
            "usergroups.create",
            "usergroups.disable",
            "usergroups.enable",
            "usergroups.list",
            "usergroups.update",
            "usergroups.users.list",
            "usergroups.users.update",
            "users.list",
        ),
        _TIER_2,
    ),
    **dict.fromkeys(
        (
            "apps.connections.open",
            "canvases.edit",
            "chat.delete",
            "chat.scheduleMessage",
            "chat.update",
            "conversations.history",
            "conversations.info",
            "conversations.invite",
            "conversations.join",
            "conversations.open",
            "conversations.replies",
            "dnd.info",
            "reactions.add",
            "users.lookupByEmail",
        ),
        _TIER_3,
    ),
    **dict.fromkeys(
        (
            "chat.postEphemeral",
            "conversations.members",
            "files.completeUploadExternal",
            "files.getUploadURLExternal",
            "users.info",
            "views.open",
            "views.publish",
            "views.push",
            "views.update",
        ),
        _TIER_4,
    ),
    **dict.fromkeys(("auth.test", "chat.getPermalink"), _HUNDREDS),
}
"""Calls a minute of a method in one workspace. chat.postMessage is missing: it is limited by channel."""

POSTS_A_SECOND_IN_A_CHANNEL: Final = 1


_SCOPE_PREFIXES: Final[Mapping[str, str]] = {
    "public": "channels:",
    "private": "groups:",
    "im": "im:",
    "mpim": "mpim:",
}


def scopes_for(method: str, channel_kind: str | None = None) -> tuple[str, ...]:
    """The scopes any one of which lets a token call `method`, for a channel of this kind where one is meant.

    `channel_kind` is public, private, im or mpim. Empty means that a token is enough; so does a method that the table
    does not know, which the stand-in does not have either.
    """
    scopes = METHOD_SCOPES.get(method, ())
    if channel_kind is None or len(scopes) < 2:
        return scopes
    return tuple(scope for scope in scopes if scope.startswith(_SCOPE_PREFIXES[channel_kind]))


class InvalidManifest(ValueError):
    """A manifest that Slack would refuse; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `usage_hint` is empty where there is none, `url` is the endpoint of HTTP mode."""

    command: str
    description: str
    usage_hint: str = ""
    should_escape: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A message shortcut (`type` "message") or a global one ("global")."""

    name: str
    type: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an app asked for: its name, its scopes, and what of it people see. Commands are keyed by their word."""

    name: str
    description: str = ""
    display_name: str = ""
    scopes: frozenset[str] = frozenset()
    optional_scopes: frozenset[str] = frozenset()
    commands: Mapping[str, Command]
    shortcuts: Mapping[str, Shortcut]
    events: frozenset[str] = frozenset()
    home_tab: bool = False
    messages_tab: bool = False
    messages_tab_read_only: bool = False
    interactivity: bool = False
    socket_mode: bool = False
    request_url: str | None = None
    options_url: str | None = None
    events_url: str | None = None

    @classmethod
    def read(cls, source: Path | str) -> Manifest:
        """The manifest in a YAML (or JSON) file, or in a text that holds one.

        Raises InvalidManifest for what Slack would refuse, OSError where the file cannot be read.
        """
        return _read(source.read_text(encoding="utf-8") if isinstance(source, Path) else source)

    @classmethod
    def of(cls, data: object) -> Manifest:
        """The manifest in decoded data. Raises InvalidManifest."""
        problems = check_manifest(data)
        if problems or not isinstance(data, dict):
            raise InvalidManifest(problems)
        features, settings = data.get("features", {}), data.get("settings", {})
        scopes = data.get("oauth_config", {}).get("scopes", {})
        home, interactivity = features.get("app_home", {}), settings.get("interactivity", {})
        subscriptions = settings.get("event_subscriptions", {})
        return cls(
            name=data["display_information"]["name"],
            description=data["display_information"].get("description", ""),
            display_name=features.get("bot_user", {}).get("display_name", ""),
            scopes=frozenset(scopes.get("bot", ())),
            optional_scopes=frozenset(scopes.get("bot_optional", ())),
            commands={each["command"]: Command(**each) for each in features.get("slash_commands", ())},
            shortcuts={each["callback_id"]: Shortcut(**each) for each in features.get("shortcuts", ())},
            events=frozenset(subscriptions.get("bot_events", ())),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False),
            messages_tab_read_only=home.get("messages_tab_read_only_enabled", False),
            interactivity=interactivity.get("is_enabled", False),
            socket_mode=settings.get("socket_mode_enabled", False),
            request_url=interactivity.get("request_url"),
            options_url=interactivity.get("message_menu_options_url"),
            events_url=subscriptions.get("request_url"),
        )


@lru_cache(maxsize=4)
def _read(text: str) -> Manifest:
    """Remembered: workspaces are begun by the thousand in tests, and to read YAML takes longer than to begin one."""
    try:
        data: object = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InvalidManifest([broken(f"not YAML: {error}", rule="format", expected="yaml")]) from error
    return Manifest.of(data)


def manifest_refusal(problems: Sequence[Problem]) -> dict[str, Any]:
    """What apps.manifest.validate answers. `problems` must not be empty."""
    errors = [{"message": problem.message, "pointer": problem.pointer} for problem in problems]
    return {"ok": False, "error": "invalid_manifest", "errors": errors}
