"""The Home tab, opened: it is published as it is at that moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.slack.desk import Desk
from bot.usecases.people.open_home import open_home

Middleware = Callable[..., Awaitable[None]]
HOME = "home"


def opened(desk: Desk) -> Middleware:
    """Written down before Slack's event is acknowledged; the messages tab of the app is opened by the same event."""

    async def listener(body: dict[str, Any], next_: Callable[[], Awaitable[None]]) -> None:
        event = body["event"]
        if event.get("tab") == HOME:
            person = await desk.people.person(event["user"])
            async with desk.units.begin(person) as unit:
                await open_home(unit)
        await next_()

    return listener


async def published() -> None:
    """The sender does the rest."""
