"""A whole message, as the chat methods, an acknowledgement or a response_url would be sent it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from bot.playground.blockkit import limits
from bot.playground.blockkit.across import validate_blocks
from bot.playground.blockkit.blocks import Surface
from bot.playground.blockkit.problems import Problem, must_provide, too_long, too_many, under
from bot.playground.blockkit.schema import (
    SOUND,
    Check,
    anything,
    array,
    boolean,
    record,
    string,
)


class Sending(StrEnum):
    """By which way a message is sent; the ways differ in a few limits."""

    POST = "chat.postMessage"
    UPDATE = "chat.update"
    EPHEMERAL = "chat.postEphemeral"
    SCHEDULE = "chat.scheduleMessage"
    RESPONSE = "response_url"
    """A response_url or the body of an acknowledgement."""


MESSAGE_TRUNCATED: Final = "message_truncated"
"""The warning of a post whose text was cut."""


def posted_text(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as Slack keeps it, cut at 40,000 characters, and the warnings that go with the answer."""
    if len(text) <= limits.POSTED_TEXT_MAX:
        return text, ()
    return text[: limits.POSTED_TEXT_MAX], (MESSAGE_TRUNCATED,)


def validate_message(payload: Mapping[str, object], sending: Sending = Sending.POST) -> list[Problem]:
    """Everything wrong with a message; pointers start at the payload (`/blocks/0/text/text`).

    `payload` is what the caller gave, with form fields that hold JSON already decoded: a `blocks` that is still a
    string is refused as Slack refuses it (`invalid_blocks_format`). Arguments that say nothing of the content (channel,
    thread_ts, unfurl_links, team_id) are not looked at. A text over 40,000 characters is no fault: see `posted_text`.
    """
    return [
        *_nothing_to_say(payload, sending),
        *_text(payload, sending),
        *_markdown_text(payload),
        *_blocks(payload),
        *_attachments(payload, sending),
        *_metadata(payload),
    ]


def _nothing_to_say(payload: Mapping[str, object], sending: Sending) -> list[Problem]:
    """A message has text, blocks or attachments. Deleting the original through a response_url needs none."""
    if any(payload.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        return []
    if sending is Sending.RESPONSE and payload.get("delete_original") is True:
        return []
    return [Problem("no_text", "no_text")]


def _text(payload: Mapping[str, object], sending: Sending) -> list[Problem]:
    text = payload.get("text")
    if text is None:
        return []
    if not isinstance(text, str):
        return under("text", string()(text))
    if sending is Sending.UPDATE and len(text) > limits.UPDATED_TEXT_MAX:
        return [Problem("msg_too_long", "msg_too_long")]
    return []


def _markdown_text(payload: Mapping[str, object]) -> list[Problem]:
    """`markdown_text` stands alone, and has a limit of its own."""
    if payload.get("markdown_text") is None:
        return []
    if payload.get("text") or payload.get("blocks"):
        return [Problem("markdown_text_conflict", "markdown_text_conflict")]
    markdown = payload["markdown_text"]
    if isinstance(markdown, str) and len(markdown) > limits.MARKDOWN_TEXT_MAX:
        problem = too_long(limits.MARKDOWN_TEXT_MAX, len(markdown))
        return [Problem("msg_too_long", problem.message, "/markdown_text", problem.constraint)]
    return under("markdown_text", string()(markdown))


def _blocks(payload: Mapping[str, object]) -> list[Problem]:
    blocks = payload.get("blocks")
    if blocks is None or blocks == "":
        return []
    if not isinstance(blocks, list):
        return [Problem("invalid_blocks_format", "invalid_blocks_format")]
    return under("blocks", validate_blocks(Surface.MESSAGE, blocks))


_FIELD = record({}, {"title": string(least=0), "value": string(least=0), "short": boolean})
_ATTACHMENT_TEXTS = (
    "author_icon",
    "author_link",
    "author_name",
    "author_subname",
    "callback_id",
    "color",
    "fallback",
    "footer_icon",
    "image_url",
    "pretext",
    "text",
    "thumb_url",
    "title",
    "title_link",
)
_ATTACHMENT: Check = record(
    {},
    {
        **dict.fromkeys(_ATTACHMENT_TEXTS, string(least=0)),
        "actions": array(anything, most=limits.ATTACHMENT_ACTIONS_MAX),
        "attachment_type": anything,
        "blocks": lambda blocks: validate_blocks(Surface.MESSAGE, blocks),
        "fields": array(_FIELD),
        "footer": string(most=limits.ATTACHMENT_FOOTER_MAX, least=0),
        "mrkdwn_in": array(string()),
        "ts": anything,
    },
)


def _attachments(payload: Mapping[str, object], sending: Sending) -> list[Problem]:
    attachments = payload.get("attachments")
    if attachments is None or attachments == "":
        return []
    if not isinstance(attachments, list):
        return [Problem("invalid_attachments", "invalid_attachments")]
    if len(attachments) > limits.MESSAGE_ATTACHMENTS_MAX:
        message = too_many(limits.MESSAGE_ATTACHMENTS_MAX, len(attachments)).message
        return [Problem("too_many_attachments", message, "/attachments")]
    found = [
        Problem("invalid_attachments", "ephemeral attachments cannot hold blocks", f"/attachments/{at}/blocks")
        for at, attachment in enumerate(attachments)
        if sending is Sending.EPHEMERAL and isinstance(attachment, dict) and "blocks" in attachment
    ]
    return found or under("attachments", array(_ATTACHMENT)(attachments))


def _object(value: object) -> Sequence[Problem]:
    return SOUND if isinstance(value, dict) else (must_provide("an object", value),)


_METADATA = record({"event_type": string(), "event_payload": _object}, {"entities": array(_object)})


def _metadata(payload: Mapping[str, object]) -> list[Problem]:
    """Metadata is an object of `event_type` and `event_payload` (and `entities`, for Work Objects)."""
    metadata = payload.get("metadata")
    if metadata is None or metadata == "":
        return []
    if not isinstance(metadata, dict):
        return [Problem("invalid_metadata_format", "invalid_metadata_format")]
    faults = _METADATA(metadata) if metadata else ()
    return [Problem("invalid_metadata_schema", fault.message, f"/metadata{fault.pointer}") for fault in faults]
