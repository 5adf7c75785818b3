"""Give somebody their link to a calendar."""

from __future__ import annotations

from secrets import token_urlsafe

from bot.errors import NotFound
from bot.queries.feed_links import OWN
from bot.usecases.roles import authorise_member
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import calendars, schedules
from storage.models import FeedLink

SECRET_BYTES = 32
GONE = "That schedule is gone. `/oncall schedules` lists those there are."


async def give_link(unit: Unit, schedule_id: str = OWN) -> str:
    """The secret of the asker's link to a schedule's calendar, or with OWN to that of their own shifts.

    It is made the first time, and stays the same until it is rolled. The log tells of it without the secret.

    Raises:
        NotFound: the schedule is gone.
    """
    await authorise_member(unit, Verb.SUBSCRIBE)
    row = await calendars.link_of(unit.session, unit.person.id, schedule_id)
    if row is not None:
        return row.token
    return await make_link(unit, schedule_id)


async def make_link(unit: Unit, schedule_id: str) -> str:
    """A new secret for a feed to which the asker has no link.

    Raises:
        NotFound: the schedule is gone.
    """
    if schedule_id != OWN and await schedules.by_id(unit.session, schedule_id, lock=True) is None:
        raise NotFound(GONE)
    link = FeedLink(
        token=token_urlsafe(SECRET_BYTES), user_id=unit.person.id, schedule_id=schedule_id, created_at=unit.now
    )
    token = link.token
    if await calendars.add_link(unit.session, link):
        await unit.event("give-calendar-link", schedule_id or unit.person.id)
        return token
    other = await calendars.link_of(unit.session, unit.person.id, schedule_id)
    assert other is not None  # noqa: S101  it stood in the way a moment ago
    return other.token
