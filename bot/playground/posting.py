"""Putting messages into channels, changing them and taking them away, with all that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.playground.channels import Channel, ChannelKind
from bot.playground.ids import message_ts
from bot.playground.messages import Message, message_object
from bot.playground.pings import Mention, Ping, PingKind, mentions
from bot.playground.rendering import blocks_text, mrkdwn_text
from bot.playground.screens import Appearance, Kind
from bot.playground.workspace import Workspace

BURIED = "This message was deleted."


def post(
    workspace: Workspace,
    channel: Channel,
    *,
    user: str,
    text: str = "",
    blocks: Iterable[dict[str, Any]] = (),
    attachments: Iterable[dict[str, Any]] = (),
    thread_ts: str | None = None,
    metadata: dict[str, Any] | None = None,
    ephemeral_to: str | None = None,
    command_echo: str | None = None,
) -> Message:
    """Post a message and show it to everyone it reaches. What is not ephemeral pings and makes events."""
    person = workspace.people[user]
    message = Message(
        ts=message_ts(workspace.clock.time(), workspace.messages.last_ts),
        channel=channel.id,
        user=user,
        text=text,
        blocks=tuple(workspace.with_ids(blocks)),
        attachments=tuple(attachments),
        thread_ts=thread_ts,
        metadata=metadata,
        bot_id=person.bot_id,
        app_id=workspace.app.id if user == workspace.app.user_id else None,
        ephemeral_to=ephemeral_to,
        command_echo=command_echo,
    )
    workspace.messages.put(message)
    if ephemeral_to is None:
        workspace.pings += pings_of(workspace, channel, message)
    show(workspace, Kind.MESSAGE, message)
    if ephemeral_to is None:
        _tell_bot(workspace, channel, message)
        workspace.changed()
    return message


def edit(
    workspace: Workspace,
    message: Message,
    *,
    text: str,
    blocks: Iterable[dict[str, Any]],
    attachments: Iterable[dict[str, Any]] = (),
    metadata: dict[str, Any] | None = None,
) -> Message:
    """Replace what a message says; mentions that an edit adds ping nobody."""
    edited = replace(
        message,
        text=text,
        blocks=tuple(workspace.with_ids(blocks)),
        attachments=tuple(attachments),
        metadata=metadata if metadata is not None else message.metadata,
        edited_ts=message_ts(workspace.clock.time(), message.ts),
    )
    workspace.messages.put(edited)
    show(workspace, Kind.MESSAGE_CHANGED, edited)
    if message.ephemeral_to is None:
        channel = workspace.channels[message.channel]
        _emit_message(
            workspace,
            channel,
            {
                "subtype": "message_changed",
                "ts": message_ts(workspace.clock.time(), message.ts),
                "message": message_object(edited),
                "previous_message": message_object(message),
            },
        )
        workspace.changed()
    return edited


def delete(workspace: Workspace, message: Message) -> None:
    """Take a message away from everyone's screen. A thread without its first message keeps a tombstone in its place."""
    if message.ephemeral_to is None and workspace.messages.replies(message):
        _bury(workspace, message)
        return
    workspace.messages.remove(message)
    show(workspace, Kind.MESSAGE_DELETED, message)
    if message.ephemeral_to is None:
        channel = workspace.channels[message.channel]
        deleted = {
            "subtype": "message_deleted",
            "ts": message_ts(workspace.clock.time(), message.ts),
            "deleted_ts": message.ts,
            "previous_message": message_object(message),
        }
        _emit_message(workspace, channel, deleted)
        workspace.changed()


def _bury(workspace: Workspace, message: Message) -> None:
    buried = replace(
        message, user="USLACKBOT", text=BURIED, blocks=(), attachments=(), metadata=None, is_tombstone=True
    )
    workspace.messages.put(buried)
    show(workspace, Kind.MESSAGE_CHANGED, buried)
    changed = {
        "subtype": "message_changed",
        "hidden": True,
        "ts": message_ts(workspace.clock.time(), message.ts),
        "message": message_object(buried),
        "previous_message": message_object(message),
    }
    _emit_message(workspace, workspace.channels[message.channel], changed)
    workspace.changed()


def show(workspace: Workspace, kind: Kind, message: Message) -> None:
    """Put the message on the screen of everyone who may see it."""
    channel = workspace.channels[message.channel]
    seen_by = [message.ephemeral_to] if message.ephemeral_to is not None else workspace.audience(channel)
    for user in seen_by:
        text = message_text(workspace, message, user)
        workspace.screen(user).show(Appearance(kind=kind, text=text, message=message))


def message_text(workspace: Workspace, message: Message, user: str) -> str:
    """A message's words as that person reads them: those of its blocks, or its text where it has none."""
    reader = workspace.reader(user)
    shown = blocks_text(message.blocks, reader) if message.blocks else mrkdwn_text(message.text, reader)
    attached = blocks_text(message.attachments, reader)
    return f"{shown}\n{attached}" if attached else shown


def pings_of(workspace: Workspace, channel: Channel, message: Message) -> list[Ping]:
    """Every mention in the message with those it reaches in that channel."""
    return [
        Ping(mention, message.user, channel.id, message.ts, _reached(workspace, channel, mention, message.user))
        for mention in mentions(message.text, [*message.blocks, *message.attachments])
    ]


def _reached(workspace: Workspace, channel: Channel, mention: Mention, author: str) -> tuple[str, ...]:
    if mention.kind is PingKind.USER:
        called = {mention.target}
    elif mention.kind is PingKind.GROUP:
        group = workspace.groups.get(mention.target)
        called = set(group.users) if group else set()
    else:
        called = set(workspace.audience(channel))
    return tuple(sorted((called & channel.members) - {author}))


def _tell_bot(workspace: Workspace, channel: Channel, message: Message) -> None:
    inner = message_object(message)
    inner.pop("type")
    _emit_message(workspace, channel, inner)
    called = Mention(PingKind.USER, workspace.app.user_id) in mentions(message.text, message.blocks)
    is_dm = channel.kind is ChannelKind.DM
    if called and not is_dm and message.user != workspace.app.user_id and workspace.app.user_id in channel.members:
        workspace.emit({"type": "app_mention", **inner, "channel": channel.id, "event_ts": message.ts})


def _emit_message(workspace: Workspace, channel: Channel, inner: dict[str, Any]) -> None:
    if workspace.app.user_id not in channel.members:
        return
    event = {"type": "message", **inner, "channel": channel.id, "channel_type": channel.event_type}
    workspace.emit({**event, "event_ts": inner["ts"]})
