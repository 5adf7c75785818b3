"""The Home tab, opened: it is published as it is at that moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.desk import Desk
from bot.usecases.people.open_home import open_home

Middleware = Callable[..., Awaitable[None]]
HOME = "home"


def opened(desk: Desk) -> Middleware:
    """Written down before Slack's event is acknowledged; the messages tab of the app is opened by the same event."""

    async def listener(body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]) -> None:
        event = body["event"]
        if event.get("tab") == HOME:
            person = await desk.people.person(event["user"])
            async with desk.units.begin(person) as unit:
                await open_home(unit)
            context["home_of"] = person.id
        await next_()

    return listener


def published(desk: Desk) -> Middleware:
    """Published at once; should that fail, the round of everything due does it."""

    async def listener(context: AsyncBoltContext) -> None:
        if person_id := context.get("home_of"):
            await desk.sender.publish_home(person_id)

    return listener
