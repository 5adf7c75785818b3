"""Sockets that Slack refreshes, or that drop, while the bot works on what came by them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlmodel import select

from bot.playground.records import ViolationKind
from bot.playground.screens import Kind
from storage.models import Postmortem, TimelineEntry
from tests.slack.conftest import Town
from tests.slack.weather.meant import INCIDENTS, NEW_POSTMORTEM, NO_SCHEDULE
from tests.slack.weather.sky import places, settled
from tests.slack.writings import draft

RAJ, KIM, NOUR, LEE = "U02RAJ", "U10KIM", "U06NOUR", "U05LEE"
"""All but Raj were met by nobody: who they are is asked while the bot works on what they want."""
A_WHILE = 0.5
ADDED = "Added to the timeline of PM-1"

Break = Callable[[Town], Awaitable[None]]


async def refreshed(town: Town) -> None:
    """Slack asks for a fresh connection, and closes the old one once that is there."""
    await town.playground.sockets.refresh()


async def dropped(town: Town) -> None:
    """The network cuts it."""
    town.playground.sockets.drop()


async def typed_change(town: Town, breaks: Break) -> dict[str, int]:
    """A command that changes something; its answer travels in the acknowledgement."""
    await draft(town)
    kim = town.person(KIM)
    since = kim.mark()
    await _meanwhile(town, breaks, kim.command("/postmortem", "add PM-1 rolled back", channel=INCIDENTS))
    assert await _count(town, TimelineEntry) == 1
    return places(kim, since, ADDED)


async def typed_question(town: Town, breaks: Break) -> dict[str, int]:
    """A command that asks; it is acknowledged before the bot works on it."""
    lee = town.person(LEE)
    since = lee.mark()
    await _meanwhile(town, breaks, lee.command("/oncall", "now", channel=INCIDENTS))
    return places(lee, since, NO_SCHEDULE)


async def mentioned_change(town: Town, breaks: Break) -> dict[str, int]:
    """A change asked for by mention: Slack repeats the event whose acknowledgement it did not get."""
    await draft(town)
    kim = town.person(KIM)
    since = kim.mark()
    words = f"<@{town.workspace.app.user_id}> add PM-1 rolled back"
    await _meanwhile(town, breaks, kim.say(INCIDENTS, words), heard=True)
    await town.move(minutes=2)
    await settled(town)
    await town.move(minutes=6)
    await settled(town)
    assert await _count(town, TimelineEntry) == 1
    return places(kim, since, ADDED, "That was done already")


async def sent_form(town: Town, breaks: Break) -> dict[str, int]:
    """A form: it stays open where Slack hears nothing, and sent again it counts once."""
    raj = town.person(RAJ)
    assert (await raj.command("/postmortem", "create Pool", channel=INCIDENTS)).ok
    form = (await raj.sees(NEW_POSTMORTEM, kind=Kind.VIEW_OPENED)).shown
    since = raj.mark()
    await _meanwhile(town, breaks, raj.submit(form, {"owner": NOUR}))
    if raj.views:
        assert (await raj.submit(raj.view)).ok
    await settled(town)
    assert await _count(town, Postmortem) == 1
    return places(raj, since, "Pool. Status", "*Pool*", "PM-1 Pool")


async def _meanwhile(town: Town, breaks: Break, act: Awaitable[Any], *, heard: bool = False) -> None:
    """Let the connection break while the bot has it in hand, at its question who somebody is."""
    called = asyncio.Event()

    def is_called(_args: Mapping[str, Any]) -> bool:
        called.set()
        return True

    town.workspace.faults.add(method="users.info", delay=A_WHILE, only=is_called)
    doing = asyncio.ensure_future(act)
    await called.wait()
    await breaks(town)
    await doing
    async with asyncio.timeout(15):
        await town.playground.sockets.until_connected()
    if heard:
        await town.playground.settled()
    await town.house.in_hand.settled()
    kinds = {each.kind for each in town.workspace.violations}
    assert kinds <= {ViolationKind.LATE_ACK, ViolationKind.FAILED_ACK}  # a broken wire is no fault of the bot's
    town.workspace.violations.clear()


async def _count(town: Town, table: type[Any]) -> int:
    async with town.house.reader() as reading:
        return len((await reading.session.exec(select(table))).all())
