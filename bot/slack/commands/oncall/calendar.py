"""`/oncall calendar [schedule]`."""

from __future__ import annotations

from bot.errors import NotFound
from bot.queries import schedules
from bot.queries.feed_links import OWN
from bot.queries.people import Person
from bot.queries.schedules import ScheduleName
from bot.slack.cards.blocks import Card
from bot.slack.cards.calendar import calendar_card
from bot.slack.commands.oncall.choosing import meant
from bot.slack.desk import Desk, Request
from bot.usecases.calendars.give_link import GONE, give_link
from bot.usecases.calendars.roll_link import roll_link


async def calendar(request: Request, desk: Desk) -> Card:
    """The asker's link to a schedule's calendar, or without words to that of their own shifts."""
    schedule: ScheduleName | None = None
    if request.text.strip():
        async with desk.reader() as reading:
            schedule = await meant(reading, request.text)
    async with desk.units.begin(request.person) as unit:  # asked twice it is the same link
        token = await give_link(unit, schedule.id if schedule else OWN)
    return calendar_card(token, schedule, address=desk.settings.address)


async def new_link(schedule_id: str, fingerprint: str, person: Person, desk: Desk) -> Card:
    """A new link in place of the one with that fingerprint; where that has stopped already, the one that holds.

    Raises:
        NotFound: the schedule is gone, and its calendar with it.
    """
    async with desk.reader() as reading:
        known = await schedules.listed(reading) if schedule_id != OWN else ()
    schedule = next((each for each in known if each.id == schedule_id), None)
    if schedule is None and schedule_id != OWN:
        raise NotFound(GONE)
    async with desk.units.begin(person) as unit:
        token = await roll_link(unit, schedule_id, fingerprint=fingerprint)
    return calendar_card(token, schedule, address=desk.settings.address, is_new=True)
