"""What appears on each person's screen, in order, and how to wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.playground.messages import Message
from bot.playground.views import View


class Kind(StrEnum):
    """What appeared; the values are those of the page's event stream."""

    MESSAGE = "message"
    MESSAGE_CHANGED = "message_changed"
    MESSAGE_DELETED = "message_deleted"
    VIEW_OPENED = "view_opened"
    VIEW_UPDATED = "view_updated"
    VIEW_PUSHED = "view_pushed"
    VIEW_CLOSED = "view_closed"
    VIEWS_CLEARED = "views_cleared"
    HOME = "home"
    NOTICE = "notice"
    CLOCK = "clock"
    CHANNELS = "channels"
    VIOLATION = "violation"


ABOUT_THE_WORKSPACE = frozenset({Kind.CLOCK, Kind.CHANNELS, Kind.VIOLATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Something that came up on one person's screen, as it looked then. `text` is all of its words as a reader sees
    them: entities decoded, mentions as names, dates in the reader's zone.
    """

    kind: Kind
    text: str = ""
    message: Message | None = None
    view: View | None = None

    @property
    def shown(self) -> Message | View:
        """The message or view. LookupError for an appearance that is neither."""
        if self.message is not None:
            return self.message
        if self.view is not None:
            return self.view
        raise LookupError(f"a {self.kind} shows neither a message nor a view")


class NothingSeen(AssertionError):
    """What was waited for did not appear in time; its text lists what did."""


@dataclass(slots=True)
class Screen:
    """One person's client: what appeared so far, what is typed into inputs, what external selects have offered.

    `typed` and `offered` are keyed by surface (a view id, or channel and ts of a message), then by block_id and
    action_id.
    """

    user: str
    appearances: list[Appearance] = field(default_factory=list)
    typed: dict[str, dict[tuple[str, str], dict[str, Any]]] = field(default_factory=dict)
    offered: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, appearance: Appearance) -> None:
        """Put something on the screen and wake everyone who waits for it."""
        self.appearances.append(appearance)
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def next_after(self, position: int) -> tuple[Appearance, ...]:
        """Everything from that position on; waits until there is something."""
        while len(self.appearances) <= position:
            await self._news.wait()
        return tuple(self.appearances[position:])

    async def wait_for(self, wanted: Callable[[Appearance], bool], *, since: int, within: float) -> Appearance:
        """The first appearance from position `since` on that is wanted. NothingSeen after `within` real seconds."""
        try:
            async with asyncio.timeout(within):
                position = since
                while True:
                    for appearance in await self.next_after(position):
                        position += 1
                        if wanted(appearance):
                            return appearance
        except TimeoutError:
            seen = "; ".join(f"{each.kind}: {each.text!r}" for each in self.appearances[since:]) or "nothing"
            raise NothingSeen(f"{self.user} did not see it within {within} s; seen: {seen}") from None
