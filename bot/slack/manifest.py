"""The Slack app's manifest: manifest.yml as it is, or with what a setting needs besides."""

from __future__ import annotations

from typing import Any

import yaml

from bot.settings import Settings
from bot.slack.ids import Shortcut

HISTORY_SCOPES = ("reactions:read", "channels:history", "groups:history")
HISTORY_EVENTS = ("reaction_added", "reaction_removed", "message.channels", "message.groups")
CHANNEL_SCOPES = ("channels:manage", "channels:read")
WHOLE_THREAD = {
    "name": "Add whole thread",
    "type": "message",
    "callback_id": Shortcut.ADD_THREAD.value,
    "description": "Keep all messages of this thread in a postmortem's timeline",
}
WIDTH = 120


def extended(text: str, settings: Settings) -> str:
    """The manifest in a text, with what the settings need besides.

    `HISTORY=on` adds the scopes, the events and the shortcut of reading channels, `INCIDENT_CHANNELS=on` the scopes of
    making them.
    """
    manifest: dict[str, Any] = yaml.safe_load(text)
    added: list[str] = []
    if settings.history:
        manifest["oauth_config"]["scopes"]["bot"] += HISTORY_SCOPES
        manifest["settings"]["event_subscriptions"]["bot_events"] += HISTORY_EVENTS
        manifest["features"]["shortcuts"].append(WHOLE_THREAD)
        added.append("HISTORY=on")
    if settings.incident_channels:
        manifest["oauth_config"]["scopes"]["bot"] += CHANNEL_SCOPES
        added.append("INCIDENT_CHANNELS=on")
    if not added:
        return text
    head = f"# The Slack app of Watchbill with {' and '.join(added)}: manifest.yml, and what that needs besides.\n"
    return head + yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=WIDTH)
