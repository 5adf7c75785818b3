"""conversations.*: where people talk, and what was said."""

from __future__ import annotations

from bot.playground.channels import Channel, ChannelKind, channel_object
from bot.playground.ids import message_ts
from bot.playground.messages import Message, message_object
from bot.playground.methods.call import Answer, Call, method, paged
from bot.playground.one_shots import Refusal

_TYPES = {
    "public_channel": ChannelKind.PUBLIC,
    "private_channel": ChannelKind.PRIVATE,
    "im": ChannelKind.DM,
    "mpim": None,
}


def _described(call: Call, channel: Channel) -> Answer:
    return channel_object(channel, bot_user_id=call.workspace.app.user_id)


def _info(call: Call) -> Answer:
    return {"channel": _described(call, call.channel())}


def _list(call: Call) -> Answer:
    wanted = (call.text("types") or "public_channel").split(",")
    if unknown := [each for each in wanted if each.strip() not in _TYPES]:
        raise Refusal("invalid_types", types=unknown)
    kinds = {_TYPES[each.strip()] for each in wanted}
    bot = call.workspace.app.user_id
    visible = [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind is ChannelKind.PUBLIC or bot in channel.members)
        and not (call.flag("exclude_archived") and channel.archived)
    ]
    page, cursor = paged(visible, call)
    return {"channels": [_described(call, each) for each in page], "response_metadata": {"next_cursor": cursor}}


def _members(call: Call) -> Answer:
    page, cursor = paged(sorted(call.channel().members), call)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def _open(call: Call) -> Answer:
    if given := call.text("channel"):
        channel = call.workspace.channels.get(given)
        if channel is None or channel.kind is not ChannelKind.DM:
            raise Refusal("channel_not_found")
        return {"channel": {"id": channel.id}}
    users = [user for user in call.text("users").split(",") if user]
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("not_supported", note="the stand-in knows no group direct messages")
    person = call.workspace.people.get(users[0])
    if person is None:
        raise Refusal("user_not_found")
    if person.deleted:
        raise Refusal("user_disabled")
    if person.is_bot:
        raise Refusal("cannot_dm_bot")
    channel = call.workspace.dm(person.id)
    return {"channel": _described(call, channel) if call.flag("return_im") else {"id": channel.id}}


def _join(call: Call) -> Answer:
    channel = call.channel()
    if channel.kind is not ChannelKind.PUBLIC:
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    already = call.workspace.app.user_id in channel.members
    channel.members.add(call.workspace.app.user_id)
    call.workspace.changed()
    answer: Answer = {"channel": _described(call, channel)}
    return answer | {"warning": "already_in_channel"} if already else answer


def _joined(call: Call) -> Channel:
    channel = call.channel()
    if call.workspace.app.user_id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _within(call: Call, messages: tuple[Message, ...]) -> list[Message]:
    oldest, latest, inclusive = call.text("oldest"), call.text("latest"), call.flag("inclusive")
    low = message_ts(float(oldest), "") if oldest else ""
    high = message_ts(float(latest), "") if latest else ""
    return [
        each
        for each in messages
        if (not low or each.ts > low or (inclusive and each.ts == low))
        and (not high or each.ts < high or (inclusive and each.ts == high))
    ]


def _history(call: Call) -> Answer:
    channel = _joined(call)
    messages = call.workspace.messages
    top_level = tuple(each for each in messages.in_channel(channel.id) if not each.is_reply)
    page, cursor = paged(_within(call, top_level)[::-1], call, most=999)
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [
            message_object(each, replies=messages.replies(each), with_metadata=with_metadata) for each in page
        ],
        "has_more": bool(cursor),
        "pin_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }


def _replies(call: Call) -> Answer:
    channel = _joined(call)
    messages = call.workspace.messages
    parent = messages.find(channel.id, call.required("ts"))
    if parent is not None and parent.is_reply and parent.thread_ts:
        parent = messages.find(channel.id, parent.thread_ts)
    if parent is None:
        raise Refusal("thread_not_found")
    replies = messages.replies(parent)
    page, cursor = paged([parent, *_within(call, replies)], call, default=1000)
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [
            message_object(each, replies=replies if each is parent else (), with_metadata=with_metadata)
            for each in page
        ],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


_RANGE = ("channel", "cursor", "limit", "oldest", "latest", "inclusive", "include_all_metadata")
METHODS = (
    method("conversations.info", _info, "channel", "include_locale", "include_num_members"),
    method("conversations.list", _list, "types", "cursor", "limit", "exclude_archived"),
    method("conversations.members", _members, "channel", "cursor", "limit"),
    method("conversations.open", _open, "channel", "users", "return_im", "prevent_creation"),
    method("conversations.join", _join, "channel"),
    method("conversations.history", _history, *_RANGE),
    method("conversations.replies", _replies, "ts", *_RANGE),
)
