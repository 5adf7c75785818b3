"""chat.*: the bot's own messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.playground import posting, rules
from bot.playground.channels import Channel
from bot.playground.files import NotYet
from bot.playground.messages import Message, message_object
from bot.playground.methods.call import Answer, Call, method
from bot.playground.one_shots import Refusal
from bot.playground.records import ViolationKind
from bot.playground.rules import Sending


def content(call: Call, sending: Sending) -> dict[str, Any]:
    """`text`, `blocks`, `attachments` and `metadata` of a call, looked through. Refusal: as in Slack, recorded."""
    payload: dict[str, Any] = {
        "text": call.text("text"),
        "blocks": call.structure("blocks", otherwise="invalid_blocks_format") or [],
        "attachments": call.structure("attachments", otherwise="invalid_attachments") or [],
        "markdown_text": call.text("markdown_text") or None,
        "metadata": call.structure("metadata", otherwise="invalid_metadata_format"),
    }
    try:
        rules.check_message(payload, sending)
        call.workspace.files.check(payload["blocks"])
    except NotYet:
        raise
    except Refusal as refusal:
        call.workspace.violate(ViolationKind.INVALID_BLOCKS, f"{sending}: {refusal}")
        raise
    if markdown := payload.pop("markdown_text"):
        payload["blocks"] = [{"type": "markdown", "text": markdown}]
    return payload


def _destination(call: Call) -> Channel:
    """The channel to post to; a user id means the app's direct messages with that person."""
    given, workspace = call.required("channel"), call.workspace
    if given.startswith(("U", "W")):
        person = workspace.people.get(given)
        if person is None or person.deleted or person.is_bot:
            raise Refusal("channel_not_found")
        channel = workspace.dm(given)
    else:
        channel = call.channel()
    if channel.user is not None and not workspace.manifest.messages_tab:
        raise Refusal("messages_tab_disabled")
    if channel.archived:
        raise Refusal("is_archived")
    if workspace.app.user_id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    """The parent's ts. Refusal: cannot_reply_to_message where it is a reply's, or no message's."""
    given = call.text("thread_ts")
    if not given:
        return None
    parent = call.workspace.messages.find(channel.id, given)
    if parent is None or parent.is_reply:
        raise Refusal("cannot_reply_to_message")
    return given


def _post_message(call: Call) -> Answer:
    channel = _destination(call)
    payload = content(call, Sending.POST)
    thread_ts = _thread(call, channel)
    payload["text"], warnings = rules.posted_text(payload["text"])
    message = posting.post(
        call.workspace,
        channel,
        user=call.workspace.app.user_id,
        thread_ts=thread_ts,
        **payload,
    )
    answer: Answer = {
        "channel": channel.id,
        "ts": message.ts,
        "message": message_object(message, with_metadata=True),
    }
    if warnings:
        answer |= {"warning": ",".join(warnings), "response_metadata": {"warnings": list(warnings)}}
    return answer


def _post_ephemeral(call: Call) -> Answer:
    channel = call.channel()
    user = call.required("user")
    if channel.archived:
        raise Refusal("is_archived")
    if call.workspace.app.user_id not in channel.members:
        raise Refusal("not_in_channel")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    payload = content(call, Sending.EPHEMERAL)
    message = posting.post(
        call.workspace,
        channel,
        user=call.workspace.app.user_id,
        thread_ts=call.text("thread_ts") or None,
        ephemeral_to=user,
        **payload,
    )
    return {"message_ts": message.ts}


def _own_message(call: Call, refusal: str) -> Message:
    channel = call.channel()
    if channel.archived:
        raise Refusal("is_archived")
    message = call.workspace.messages.find(channel.id, call.required("ts"))
    if message is None:
        raise Refusal("message_not_found")
    if message.user != call.workspace.app.user_id:
        raise Refusal(refusal)
    return message


def _update(call: Call) -> Answer:
    message = _own_message(call, "cant_update_message")
    payload = content(call, Sending.UPDATE)
    if _has_rich_text(message.blocks) and not _has_rich_text(payload["blocks"]):
        call.workspace.violate(ViolationKind.INVALID_BLOCKS, f"{Sending.UPDATE}: block_mismatch")
        raise Refusal("block_mismatch")
    edited = posting.edit(call.workspace, message, **payload)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": edited.text,
        "message": message_object(edited, with_metadata=True),
    }


def _has_rich_text(blocks: Iterable[Mapping[str, Any]]) -> bool:
    """Whether there is any: an edit may change it, but not turn it into blocks of other types."""
    return any(each["type"] == "rich_text" for each in blocks)


def _delete(call: Call) -> Answer:
    message = _own_message(call, "cant_delete_message")
    posting.delete(call.workspace, message)
    return {"channel": message.channel, "ts": message.ts}


def _get_permalink(call: Call) -> Answer:
    channel = call.channel()
    message = call.workspace.messages.find(channel.id, call.required("message_ts"))
    if message is None:
        raise Refusal("message_not_found")
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
    link = f"{call.workspace.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}{thread}"
    return {"channel": channel.id, "permalink": link}


_CONTENT = ("channel", "text", "blocks", "attachments", "markdown_text", "link_names", "parse")
METHODS = (
    method(
        "chat.postMessage",
        _post_message,
        *_CONTENT,
        "thread_ts",
        "reply_broadcast",
        "metadata",
        "unfurl_links",
        "unfurl_media",
        "mrkdwn",
        "username",
        "icon_emoji",
        "icon_url",
    ),
    method("chat.postEphemeral", _post_ephemeral, *_CONTENT, "user", "thread_ts", "username", "icon_emoji", "icon_url"),
    method("chat.update", _update, *_CONTENT, "ts", "metadata", "reply_broadcast"),
    method("chat.delete", _delete, "channel", "ts"),
    method("chat.getPermalink", _get_permalink, "channel", "message_ts"),
)
