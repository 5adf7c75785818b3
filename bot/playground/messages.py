"""Messages: what one is, and the store that keeps them in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Blocks = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it stands. An edit makes a new value with the same `ts`.

    `ephemeral_to` names the only person who sees it; such a message is in no history. `command_echo` is the typed
    command that an in_channel answer shows above itself. `reactions` are names of emoji, each with who put it there.
    `is_tombstone`: the message itself was deleted, its thread was not.
    """

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: Blocks = ()
    attachments: Blocks = ()
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    bot_id: str | None = None
    app_id: str | None = None
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    command_echo: str | None = None
    reactions: tuple[tuple[str, str], ...] = ()
    is_tombstone: bool = False

    @property
    def is_reply(self) -> bool:
        """True inside a thread, false for its parent."""
        return self.thread_ts is not None and self.thread_ts != self.ts


class Messages:
    """All messages by channel, oldest first; ephemeral ones apart."""

    def __init__(self) -> None:
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], dict[str, Message]] = {}
        self._ephemerals: dict[str, Message] = {}
        self.last_ts = ""

    def put(self, message: Message) -> None:
        """Add a message, or put its newer value in the place of the older."""
        if message.ephemeral_to is not None:
            self._ephemerals[message.ts] = message
        else:
            self._by_channel.setdefault(message.channel, {})[message.ts] = message
            if message.is_reply:
                self._threads.setdefault(_thread(message), {})[message.ts] = message
        self.last_ts = max(self.last_ts, message.ts)

    def remove(self, message: Message) -> None:
        """Take a message away; nothing when it is gone already."""
        if message.ephemeral_to is not None:
            self._ephemerals.pop(message.ts, None)
        else:
            self._by_channel.get(message.channel, {}).pop(message.ts, None)
            self._threads.get(_thread(message), {}).pop(message.ts, None)

    def find(self, channel: str, ts: str) -> Message | None:
        """The message of that channel and time, ephemeral ones not looked at."""
        return self._by_channel.get(channel, {}).get(ts)

    def find_ephemeral(self, ts: str) -> Message | None:
        """The ephemeral message of that time, while it is on somebody's screen."""
        return self._ephemerals.get(ts)

    def in_channel(self, channel: str) -> tuple[Message, ...]:
        """Everything in a channel's history, replies included, oldest first."""
        return tuple(self._by_channel.get(channel, {}).values())

    def ephemerals(self, channel: str, user: str) -> tuple[Message, ...]:
        """What only that person sees in a channel, oldest first."""
        return tuple(m for m in self._ephemerals.values() if m.channel == channel and m.ephemeral_to == user)

    def replies(self, parent: Message) -> tuple[Message, ...]:
        """The replies of a thread without its parent, oldest first."""
        return tuple(self._threads.get((parent.channel, parent.ts), {}).values())

    def everything(self) -> Iterator[Message]:
        """Every message but ephemeral ones, channel by channel."""
        for channel in self._by_channel.values():
            yield from channel.values()


def _thread(message: Message) -> tuple[str, str]:
    return message.channel, message.thread_ts or message.ts


def message_object(
    message: Message, *, replies: tuple[Message, ...] = (), with_metadata: bool = False
) -> dict[str, Any]:
    """The message as conversations.history, chat.postMessage and interaction payloads give it."""
    shown: dict[str, Any] = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    if message.bot_id:
        shown |= {"bot_id": message.bot_id, "app_id": message.app_id}
    if message.blocks:
        shown["blocks"] = [dict(block) for block in message.blocks]
    if message.attachments:
        shown["attachments"] = [dict(attachment) for attachment in message.attachments]
    if message.is_tombstone:
        shown |= {"subtype": "tombstone", "hidden": True}
    if message.edited_ts:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if replies:
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "latest_reply": replies[-1].ts,
            "reply_users": sorted({reply.user for reply in replies}),
        }
    if message.reactions:
        shown["reactions"] = _reactions(message)
    if with_metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown


def _reactions(message: Message) -> list[dict[str, Any]]:
    users: dict[str, list[str]] = {}
    for name, user in message.reactions:
        users.setdefault(name, []).append(user)
    return [{"name": name, "users": each, "count": len(each)} for name, each in users.items()]
