"""What a user has to do with: teams, schedules, escalations, and the ways to reach them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.users.reading import user_of
from bot.api.opsgenie.users.replies import contacts_of
from bot.api.opsgenie.wire import Wire
from bot.queries import users
from bot.queries.reading import Reading
from bot.queries.users import Named


class TeamOfUser(Wire):
    """A team somebody is in."""

    id: str
    name: str
    description: str


class ScheduleOfUser(TeamOfUser):
    """A schedule that names somebody."""

    enabled: bool


class ContactStatus(Wire):
    """Whether a way to reach somebody is in use."""

    enabled: bool = True


class ContactReply(Wire):
    """A way to reach somebody."""

    id: str
    method: str
    to: str
    status: ContactStatus = ContactStatus()


class NotificationRuleReply(Wire):
    """How somebody wants to be notified. There are none: whom to tell what is Slack's own setting of each person."""

    id: str
    name: str


async def _teams(call: Call[Nothing, Nothing]) -> Reply:
    found = await _reached(call, users.teams_of)
    return Reply([TeamOfUser(id=each.id, name=each.name, description=each.description) for each in found])


async def _schedules(call: Call[Nothing, Nothing]) -> Reply:
    found = await _reached(call, users.schedules_of)
    return Reply(
        [
            ScheduleOfUser(id=each.id, name=each.name, description=each.description, enabled=each.enabled)
            for each in found
        ]
    )


async def _escalations(call: Call[Nothing, Nothing]) -> Reply:
    found = await _reached(call, users.escalations_of)
    return Reply([TeamOfUser(id=each.id, name=each.name, description=each.description) for each in found])


async def _contacts(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        user = await user_of(reading, call)
    return Reply([ContactReply(id=each.id, method=each.contact_method, to=each.to) for each in contacts_of(user)])


async def _notification_rules(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        await user_of(reading, call)
    return Reply([])


async def _reached(call: Call[Nothing, Nothing], ask: Callable[[Reading, str], Awaitable[list[Named]]]) -> list[Named]:
    """What a key may see of it: a key that acts for a team sees only what is that team's."""
    async with call.desk.reader() as reading:
        user = await user_of(reading, call)
        return [each for each in await ask(reading, user.id) if call.key.reaches(each.team_id)]


def _list(path: str, summary: str, handle: Callable[[Call[Nothing, Nothing]], Awaitable[Reply]], data: Any) -> Any:
    return Endpoint(
        method="GET",
        path=f"/v2/users/{{identifier}}/{path}",
        summary=summary,
        handle=handle,
        query=Nothing,
        body=Nothing,
        data=data,
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    _list("teams", "List the teams of a user", _teams, list[TeamOfUser]),
    _list("schedules", "List the schedules of a user", _schedules, list[ScheduleOfUser]),
    _list("escalations", "List the escalations of a user", _escalations, list[TeamOfUser]),
    _list("contacts", "List the contacts of a user", _contacts, list[ContactReply]),
    _list(
        "notification-rules", "List the notification rules of a user", _notification_rules, list[NotificationRuleReply]
    ),
)
