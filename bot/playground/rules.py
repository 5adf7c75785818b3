"""Slack's rules for what the bot sends and may do, as the rest of the stand-in asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.playground.blockkit import (
    Sending,
    check_submission_reply,
    message_refusal,
    posted_text,
    validate_blocks,
    validate_message,
    validate_view,
    view_refusal,
)
from bot.playground.blockkit.blocks import Surface
from bot.playground.channels import Channel, ChannelKind
from bot.playground.manifest import EVENT_SCOPES, METHOD_TIERS, scopes_for
from bot.playground.one_shots import Refusal

__all__ = ["Sending", "posted_text"]

TOKENLESS = frozenset({"api.test", "apps.manifest.validate", "blocks.validate"})
"""Methods that need no bot token; a manifest is checked with a developer's own, which nobody has here."""
OPTIONS_MOST = 100
_CHANNEL_KINDS = {ChannelKind.PUBLIC: "public", ChannelKind.PRIVATE: "private", ChannelKind.DM: "im"}
_LISTED_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def check_message(payload: Mapping[str, Any], sending: Sending) -> None:
    """Return when Slack would take the message. Refusal with Slack's own answer otherwise."""
    if problems := validate_message(payload, sending):
        raise _refusal(message_refusal(problems))


def check_view(view: Any, *, kind: str) -> None:
    """Return when Slack would take the view (a modal or a home tab). Refusal with Slack's own answer otherwise."""
    if problems := validate_view(view):
        raise _refusal(view_refusal(problems))
    if view["type"] != kind:
        message = f"[ERROR] must be a {kind} view [json-pointer:/view/type]"
        raise Refusal("invalid_arguments", response_metadata={"messages": [message]})


def submission_reply_problems(view: dict[str, Any], reply: object) -> list[str]:
    """What is wrong with the answer to a submission of this view; empty when Slack would do as it says."""
    return [str(problem) for problem in check_submission_reply(view, reply)]


def options_problem(answer: object) -> str | None:
    """What is wrong with the answer to a block_suggestion, or None. An empty list is legal: it says "No results"."""
    if not isinstance(answer, dict) or len(answer) != 1 or not set(answer) <= {"options", "option_groups"}:
        return "the answer must hold either options or option_groups"
    [(name, listed)] = answer.items()
    if listed == []:
        return None
    select = {"type": "static_select", "action_id": "select", name: listed}
    text = {"type": "plain_text", "text": "select"}
    block = {"type": "section", "text": text, "accessory": select}
    return "; ".join(map(str, validate_blocks(Surface.MESSAGE, [block]))) or None


def calls_per_minute(method: str) -> int | None:
    """The method's tier; None for one that has none."""
    return METHOD_TIERS.get(method)


def scope_sets(method: str, args: Mapping[str, Any], channels: Mapping[str, Channel]) -> list[tuple[str, ...]]:
    """The scopes a call needs: one of each tuple. Which they are depends on the kind of channel it means."""
    if method == "apps.connections.open":
        return []
    if method == "conversations.list":
        kinds = [each.strip() for each in str(args.get("types") or "public_channel").split(",")]
        return [scopes_for(method, _LISTED_KINDS[kind]) for kind in kinds if kind in _LISTED_KINDS]
    if method == "conversations.open":
        return [scopes_for(method, "im")]
    if method == "conversations.create":
        return [scopes_for(method, "private" if args.get("is_private") in {True, "true", "1"} else "public")]
    channel = channels.get(str(args.get("channel") or ""))
    needed = scopes_for(method, _CHANNEL_KINDS[channel.kind] if channel is not None else None)
    return [needed] if needed else []


def event_scopes(subscription: str) -> frozenset[str]:
    """The scopes any one of which lets an app hear of this event; empty when it needs none."""
    return frozenset(EVENT_SCOPES.get(subscription, ()))


def event_allowed(subscription: str, scopes: frozenset[str]) -> bool:
    """True when the scopes let an app hear of this event."""
    needed = event_scopes(subscription)
    return not needed or bool(needed & scopes)


def _refusal(body: dict[str, Any]) -> Refusal:
    return Refusal(body["error"], **{name: value for name, value in body.items() if name not in {"ok", "error"}})
