"""A message of Slack as something to be kept: read from a shortcut, an event or a channel's history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.escaping import mrkdwn
from bot.slack.words.normalise import storable

NAMELESS = "a bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A message as a shortcut carries it: ids are Slack's, `text` its mrkdwn; `thread_ts` is empty outside of one.

    `whole_thread_but`: the thread in which it stands is meant, all of it but what that user wrote, which is us.
    """

    channel: str
    ts: str
    thread_ts: str
    text: str
    author: str
    author_name: str
    permalink: str
    file_names: tuple[str, ...]
    whole_thread_but: str = ""

    @property
    def at(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(float(self.ts), UTC)

    @property
    def thread(self) -> str:
        """The `ts` of the thread it stands in, or begins."""
        return self.thread_ts or self.ts


def marked_of(message: Mapping[str, Any], *, channel: str, ts: str, permalink: str) -> Marked:
    """What a message says, in the form in which Slack tells it everywhere.

    Its text is kept byte for byte, but for what no database takes.
    """
    return Marked(
        channel=channel,
        ts=ts,
        thread_ts=str(message.get("thread_ts") or ""),
        text=_clean(str(message.get("text") or "") or _told_otherwise(message)),
        author=str(message.get("user") or ""),
        author_name=_clean(_author_name(message)),
        permalink=permalink,
        file_names=tuple(_clean(_file_name(each)) for each in message.get("files") or ()),
    )


def permalink_in(archive: str, ts: str, thread_ts: str) -> str:
    """The permalink of a message, `archive` being the address at which its channel is kept."""
    channel = archive.rpartition("/")[2]
    link = f"{archive}/p{ts.replace('.', '')}"
    return f"{link}?thread_ts={thread_ts}&cid={channel}" if thread_ts and thread_ts != ts else link


def _author_name(message: Mapping[str, Any]) -> str:
    """The name that a message brings along; one of a person brings none but their id."""
    profile = message.get("bot_profile") or {}
    return str(message.get("username") or profile.get("name") or message.get("user") or NAMELESS)


def _file_name(file: Mapping[str, Any]) -> str:
    return str(file.get("name") or file.get("title") or "a file")


def _told_otherwise(message: Mapping[str, Any]) -> str:
    """The words of a bot that says nothing but in blocks or attachments."""
    attached = (_attached(each) for each in message.get("attachments") or ())
    return "\n".join([*_in_blocks(message.get("blocks")), *filter(None, attached)])


def _attached(attachment: Mapping[str, Any]) -> str:
    told = [str(attachment[part]) for part in ("pretext", "title", "text") if attachment.get(part)]
    return "\n".join(told or [*_in_blocks(attachment.get("blocks"))] or [mrkdwn(str(attachment.get("fallback") or ""))])


def _in_blocks(node: object) -> Iterator[str]:
    """Every text in blocks as mrkdwn, in order; buttons and menus say nothing of what happened."""
    if isinstance(node, list):
        for child in node:
            yield from _in_blocks(child)
    elif isinstance(node, Mapping) and node.get("type") != "actions":
        text = node.get("text")
        if isinstance(text, str):
            yield text if node.get("type") == "mrkdwn" else mrkdwn(text)
        else:
            for part in ("text", "fields", "elements"):
                yield from _in_blocks(node.get(part))


def _clean(text: str) -> str:
    """The text without what no database takes: NUL, and halves of characters."""
    return storable(text).encode(errors="replace").decode()
