"""Modals and home tabs: the stacks on people's screens, with their hashes and external ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

STACK_LIMIT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view as it stands on one person's screen; an update makes a new value with the same `id`.

    `body` is what the bot sent, with every block_id and action_id filled in. `root_id` is the first view of the
    stack, `previous_id` the one below.
    """

    id: str
    user: str
    body: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None

    @property
    def type(self) -> str:
        """`modal` or `home`."""
        return str(self.body["type"])

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks on screen."""
        blocks: list[dict[str, Any]] = self.body["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """The bot's own name for the view, or empty."""
        return str(self.body.get("external_id") or "")

    @property
    def title(self) -> str:
        """The modal's title; empty on a home tab."""
        return str((self.body.get("title") or {}).get("text", ""))


def view_object(view: View, *, values: dict[str, Any], team_id: str, app_id: str, bot_id: str) -> dict[str, Any]:
    """The view as Slack sends it; `values` is what its inputs hold, in Slack's form."""
    body = view.body
    return {
        "id": view.id,
        "team_id": team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": body.get("private_metadata") or "",
        "callback_id": body.get("callback_id") or "",
        "state": {"values": values},
        "hash": view.hash,
        "title": body.get("title"),
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "submit_disabled": bool(body.get("submit_disabled")),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": app_id,
        "external_id": view.external_id,
        "app_installed_team_id": team_id,
        "bot_id": bot_id,
    }


class Views:
    """Every live view: a stack of modals and one home tab a person."""

    def __init__(self) -> None:
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user: str) -> tuple[View, ...]:
        """The modals on that person's screen, the lowest first."""
        return tuple(self._stacks.get(user, ()))

    def top(self, user: str) -> View | None:
        """The modal that can be touched, if one is open."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        """What was published for that person."""
        return self._homes.get(user)

    def homes(self) -> tuple[View, ...]:
        """Every published home tab."""
        return tuple(self._homes.values())

    def find(self, *, view_id: str = "", external_id: str = "") -> View | None:
        """The live view of that id or external id; None when it was closed or never was."""
        for view in self._everything():
            if (view_id and view.id == view_id) or (external_id and view.external_id == external_id):
                return view
        return None

    def open(self, view: View) -> None:
        """Start a new stack with this view; an older stack of that person goes away."""
        self._stacks[view.user] = [view]

    def push(self, view: View) -> None:
        """Put the view on top. The caller has looked at STACK_LIMIT."""
        self._stacks.setdefault(view.user, []).append(view)

    def put(self, view: View) -> None:
        """Put a newer value of a live view in the place of the older; a home tab may be new."""
        if view.type == "home":
            self._homes[view.user] = view
            return
        stack = self._stacks.get(view.user, [])
        self._stacks[view.user] = [view if each.id == view.id else each for each in stack]

    def close(self, view: View) -> None:
        """Take the view off its stack."""
        self._stacks[view.user] = [each for each in self._stacks.get(view.user, []) if each.id != view.id]

    def clear(self, user: str) -> None:
        """Take the whole stack away."""
        self._stacks.pop(user, None)

    def _everything(self) -> Iterator[View]:
        for stack in self._stacks.values():
            yield from stack
        yield from self._homes.values()


def updated(view: View, body: dict[str, Any], new_hash: str) -> View:
    """The view with another body under another hash."""
    return replace(view, body=body, hash=new_hash)
