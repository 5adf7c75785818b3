"""Channels, private channels and direct messages, and how Slack describes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ChannelKind(StrEnum):
    """What a conversation is; the values are those of the page's protocol."""

    PUBLIC = "channel"
    PRIVATE = "private"
    DM = "dm"


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation. `members` holds user ids, the app's own among them where it was invited; `user` is the person
    at the other end of the app's direct messages, `creator` whoever made the channel, where that is known.
    """

    id: str
    name: str
    kind: ChannelKind = ChannelKind.PUBLIC
    topic: str = ""
    members: set[str] = field(default_factory=set)
    archived: bool = False
    user: str | None = None
    created: int = 0
    creator: str = ""

    @property
    def event_type(self) -> str:
        """`channel_type` of message events."""
        return {ChannelKind.PUBLIC: "channel", ChannelKind.PRIVATE: "group", ChannelKind.DM: "im"}[self.kind]

    @property
    def payload_name(self) -> str:
        """The name as commands and actions carry it: only public channels tell theirs."""
        return {
            ChannelKind.PUBLIC: self.name,
            ChannelKind.PRIVATE: "privategroup",
            ChannelKind.DM: "directmessage",
        }[self.kind]


def channel_object(channel: Channel, *, bot_user_id: str) -> dict[str, object]:
    """The conversation as conversations.info and conversations.list give it to the app."""
    if channel.kind is ChannelKind.DM:
        return {
            "id": channel.id,
            "created": channel.created,
            "is_im": True,
            "is_archived": False,
            "is_channel": False,
            "is_group": False,
            "is_mpim": False,
            "is_private": False,
            "user": channel.user,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "creator": channel.creator,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind is ChannelKind.PRIVATE,
        "is_archived": channel.archived,
        "is_general": channel.name == "general",
        "is_member": bot_user_id in channel.members,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }
