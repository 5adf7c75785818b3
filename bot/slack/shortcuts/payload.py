"""What a message shortcut carries, read into a message of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.marked import Marked, marked_of, permalink_in


def marked_in(body: Mapping[str, Any]) -> Marked:
    """The message that was marked. Its text is kept byte for byte, but for what no database takes."""
    message: Mapping[str, Any] = body["message"]
    channel, ts = str(body["channel"]["id"]), str(message.get("ts") or body["message_ts"])
    link = _permalink(body, channel, ts, str(message.get("thread_ts") or ""))
    return marked_of(message, channel=channel, ts=ts, permalink=link)


def _permalink(body: Mapping[str, Any], channel: str, ts: str, thread_ts: str) -> str:
    """As `chat.getPermalink` gives it, which answers only where the bot is; empty where no workspace is named."""
    domain = (body.get("team") or {}).get("domain")
    return permalink_in(f"https://{domain}.slack.com/archives/{channel}", ts, thread_ts) if domain else ""
