"""The Slack app's manifest: manifest.yml as it is, or with what `HISTORY=on` needs besides."""

from __future__ import annotations

from typing import Any

import yaml

from bot.slack.ids import Shortcut

HISTORY_SCOPES = ("reactions:read", "channels:history", "groups:history")
HISTORY_EVENTS = ("reaction_added", "reaction_removed", "message.channels", "message.groups")
WHOLE_THREAD = {
    "name": "Add whole thread",
    "type": "message",
    "callback_id": Shortcut.ADD_THREAD.value,
    "description": "Keep all messages of this thread in a postmortem's timeline",
}
_HEAD = "# The Slack app of Watchbill with HISTORY=on: manifest.yml, and what reading channels needs.\n"
WIDTH = 120


def with_history(text: str) -> str:
    """The manifest in a text, with the scopes, the events and the shortcut of `HISTORY=on`."""
    manifest: dict[str, Any] = yaml.safe_load(text)
    manifest["oauth_config"]["scopes"]["bot"] += HISTORY_SCOPES
    manifest["settings"]["event_subscriptions"]["bot_events"] += HISTORY_EVENTS
    manifest["features"]["shortcuts"].append(WHOLE_THREAD)
    return _HEAD + yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=WIDTH)
