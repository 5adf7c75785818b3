"""What the bot says back to an interaction: bodies of command acks, and posts to a response url."""

from __future__ import annotations

from typing import Any

from bot.playground import posting, rules
from bot.playground.files import NotYet
from bot.playground.messages import Message
from bot.playground.one_shots import Refusal, ResponseUrl
from bot.playground.records import ViolationKind
from bot.playground.workspace import Workspace

_FIELDS = frozenset(
    {
        "text",
        "blocks",
        "attachments",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "unfurl_links",
        "unfurl_media",
        "metadata",
        "mrkdwn",
        "parse",
        "link_names",
    }
)


def answer(workspace: Workspace, url: ResponseUrl, body: Any) -> Message | None:
    """Do what an answer says: post it (for one person unless in_channel), replace or delete the original.

    Gives the message that is there afterwards. Refusal: invalid_payload, no_text, invalid_blocks and their kin; each
    is a violation too.
    """
    payload = {"text": body} if isinstance(body, str) else body
    if not isinstance(payload, dict):
        workspace.violate(ViolationKind.BAD_REPLY, f"an answer must be text or an object, not {body!r}")
        raise Refusal("invalid_payload")
    if unknown := sorted(set(payload) - _FIELDS):
        workspace.violate(ViolationKind.UNKNOWN_FIELD, f"an answer with {', '.join(unknown)}")
    original = _original(workspace, url)
    if payload.get("delete_original"):
        if original is not None:
            posting.delete(workspace, original)
        return None
    content = _content(workspace, payload)
    if payload.get("replace_original") and original is not None:
        return posting.edit(workspace, original, **content)
    in_channel = payload.get("response_type") == "in_channel"
    return posting.post(
        workspace,
        workspace.channels[url.channel],
        user=workspace.app.user_id,
        thread_ts=payload.get("thread_ts") or url.thread_ts,
        ephemeral_to=None if in_channel else url.user,
        command_echo=url.command_echo if in_channel else None,
        **content,
    )


def _original(workspace: Workspace, url: ResponseUrl) -> Message | None:
    if url.message_ts is None:
        return None
    messages = workspace.messages
    found = messages.find(url.channel, url.message_ts) or messages.find_ephemeral(url.message_ts)
    return found if found is not None and found.user == workspace.app.user_id else None


def _content(workspace: Workspace, payload: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {
        "text": payload.get("text") or "",
        "blocks": payload.get("blocks") or [],
        "attachments": payload.get("attachments") or [],
        "metadata": payload.get("metadata"),
    }
    try:
        rules.check_message(content, rules.Sending.RESPONSE)
        workspace.files.check(content["blocks"])
    except NotYet:
        raise
    except Refusal as refusal:
        workspace.violate(ViolationKind.INVALID_BLOCKS, f"an answer: {refusal}")
        raise
    return content
