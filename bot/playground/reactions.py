"""Emoji that people put on messages, and take off again."""

from __future__ import annotations

from dataclasses import replace

from bot.playground.messages import Message
from bot.playground.workspace import Workspace


def react(workspace: Workspace, message: Message, *, user: str, emoji: str) -> bool:
    """Put an emoji on a message; False where this person has done so already."""
    if (emoji, user) in message.reactions:
        return False
    workspace.messages.put(replace(message, reactions=(*message.reactions, (emoji, user))))
    _tell_bot(workspace, "reaction_added", message, user=user, emoji=emoji)
    return True


def unreact(workspace: Workspace, message: Message, *, user: str, emoji: str) -> bool:
    """Take one's own emoji off a message; False where there is none."""
    if (emoji, user) not in message.reactions:
        return False
    left = tuple(each for each in message.reactions if each != (emoji, user))
    workspace.messages.put(replace(message, reactions=left))
    _tell_bot(workspace, "reaction_removed", message, user=user, emoji=emoji)
    return True


def _tell_bot(workspace: Workspace, kind: str, message: Message, *, user: str, emoji: str) -> None:
    """The event names the message by its channel and time, and says nothing of its text."""
    if workspace.app.user_id in workspace.channels[message.channel].members:
        workspace.emit(
            {
                "type": kind,
                "user": user,
                "reaction": emoji,
                "item_user": message.user,
                "item": {"type": "message", "channel": message.channel, "ts": message.ts},
                "event_ts": f"{workspace.clock.time():.6f}",
            }
        )
    workspace.changed()
