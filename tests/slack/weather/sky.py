"""The weathers: what Slack does to the calls that carry something to a person, and how it clears up."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.playground.faults import DROP_ANSWER
from bot.playground.hands import Hands
from bot.playground.screens import Appearance, Kind
from tests.slack.conftest import Town

CHANNEL, ASKED, DIRECT = "channel", "where asked", "direct message"
FORM, HOME = "form", "Home tab"
VIEWS = frozenset({Kind.VIEW_OPENED, Kind.VIEW_PUSHED, Kind.VIEW_UPDATED})


@dataclass(frozen=True, slots=True)
class Weather:
    """A fault of Slack's: what befalls the next `times` calls.

    `everywhere`: every call, until it heals; otherwise only the one that carries what is meant for the person.
    """

    kind: int | str
    times: int = 1
    everywhere: bool = False

    def begins(
        self, town: Town, method: str, only: Callable[[Mapping[str, Any]], bool] = lambda _args: True
    ) -> asyncio.Event:
        """From now on; what it answers is set once it has struck."""
        struck = asyncio.Event()

        def strikes(args: Mapping[str, Any]) -> bool:
            if self.everywhere or only(args):
                struck.set()
                return True
            return False

        name, times = ("*", 1000) if self.everywhere else (method, self.times)
        town.workspace.faults.add(method=name, kind=self.kind, times=times, retry_after=1, only=strikes)
        return struck


LIMITED = Weather(429)
BROKEN = Weather(500)
TAKEN = Weather(DROP_ANSWER)
REFUSED = tuple(Weather(each, times=9) for each in ("not_in_channel", "channel_not_found", "is_archived"))
OURS = tuple(Weather(each, everywhere=True) for each in ("account_inactive", "token_revoked"))
LATE_TRIGGER = Weather("expired_trigger_id", times=9)


async def clears_up(town: Town, struck: asyncio.Event | None = None) -> None:
    """Once it has struck it is over, and time goes by until everything that waited for that is told."""
    async with asyncio.timeout(15):
        await town.playground.settled()
        if struck:
            await struck.wait()
        await town.house.in_hand.settled()
    town.workspace.faults.clear()
    while not await _all_told(town):
        await town.move(minutes=4)


async def settled(town: Town) -> None:
    """Nothing is on its way to the bot, or in its hands."""
    await town.playground.settled()
    await town.house.in_hand.settled()
    await town.all_told()


async def _all_told(town: Town) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(0.5):
            await town.all_told()
            return True
    return False


def places(hands: Hands, since: int, *words: str) -> dict[str, int]:
    """Where this person got something with one of these words since then, and how often."""
    counted = Counter(
        _place(hands, each) for each in hands.appearances[since:] if any(word in each.text for word in words)
    )
    del counted[""]
    return dict(counted)


def _place(hands: Hands, each: Appearance) -> str:
    message = each.message
    if each.kind in VIEWS:
        return FORM
    if message is None or each.kind is not Kind.MESSAGE or message.is_reply or message.bot_id is None:
        return ""
    if message.channel == hands.dm.id:
        return DIRECT
    return CHANNEL if message.ephemeral_to is None else ASKED
