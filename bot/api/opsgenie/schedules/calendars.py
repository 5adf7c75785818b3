"""A schedule, and a user's own duty, as files for calendars (RFC 5545)."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Domain, Endpoint, File, Nothing, Reply
from bot.api.opsgenie.schedules.identifying import ByIdentifier, IdentifierType, schedule_named, schedule_of
from bot.api.opsgenie.schedules.reading import told
from bot.errors import NotFound
from bot.queries import calendars, people, users
from bot.queries.reading import Reading
from bot.queries.schedules import Watched

CALENDAR = "text/calendar"
CONTENT_TYPE = f"{CALENDAR}; charset=utf-8"


async def _schedule(call: Call[ByIdentifier, Nothing]) -> File | Reply:
    """From a month ago to a year ahead; a schedule whose own name ends so is meant by it, and told as ever."""
    async with call.desk.reader() as reading:
        if called_so := await _called_so(reading, call):
            return await told(reading, called_so)
        watched = await schedule_of(reading, call)
        feed = await calendars.of_schedule(reading, watched)
    return File(CONTENT_TYPE, f"{watched.schedule.name}.ics", call.desk.calendars.pieces(feed))


async def _called_so(reading: Reading, call: Call[ByIdentifier, Nothing]) -> Watched | None:
    if call.query.kind is not IdentifierType.NAME:
        return None
    found = await schedule_named(reading, f"{call.parts['identifier']}.ics")
    return found if found and call.key.reaches(found.team_id) else None


async def _user(call: Call[Nothing, Nothing]) -> File:
    """The three months to come, and what was within the last: by a team's key, in the schedules of that team."""
    identifier = call.parts["identifier"]
    async with call.desk.reader() as reading:
        user = await users.identified(reading, identifier)
        person = (await people.by_ids(reading, [user.id])).get(user.id) if user else None
        if user is None or person is None:
            raise NotFound(f"No user exists with id or username [{identifier}].")
        feed = await calendars.of_person(reading, person, months=calendars.QUARTER, team_id=call.key.team_id)
    return File(CONTENT_TYPE, f"{user.username}.ics", call.desk.calendars.pieces(feed))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/schedules/on-calls/{identifier}.ics",
        summary="Export a user's own shifts as a calendar",
        handle=_user,
        query=Nothing,
        body=Nothing,
        domain=Domain.ON_CALL,
        media_type=CALENDAR,
    ),
    Endpoint(
        method="GET",
        path="/v2/schedules/{identifier}.ics",
        summary="Export a schedule as a calendar",
        handle=_schedule,
        query=ByIdentifier,
        body=Nothing,
        media_type=CALENDAR,
    ),
)
