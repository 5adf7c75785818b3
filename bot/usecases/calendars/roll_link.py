"""Give somebody a new link to a calendar; the old one stops at once."""

from __future__ import annotations

from secrets import token_urlsafe

from bot.queries.feed_links import OWN, fingerprint_of
from bot.usecases.calendars.give_link import SECRET_BYTES, make_link
from bot.usecases.roles import authorise_member
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import calendars


async def roll_link(unit: Unit, schedule_id: str = OWN, *, fingerprint: str) -> str:
    """The secret of the asker's new link to that feed.

    `fingerprint` is that of the link that is to stop (`fingerprint_of`). Where another one holds by now, it was rolled
    already, by this very press or by a later one: that other one is answered, and nothing changes. Who has no link gets
    their first one.

    Raises:
        NotFound: there is no link yet, and the schedule is gone.
    """
    await authorise_member(unit, Verb.SUBSCRIBE)
    row = await calendars.link_of(unit.session, unit.person.id, schedule_id, lock=True)
    if row is None:
        return await make_link(unit, schedule_id)
    if fingerprint_of(row.token) == fingerprint:
        row.token, row.created_at = token_urlsafe(SECRET_BYTES), unit.now
        await unit.session.flush()
        await unit.event("roll-calendar-link", schedule_id or unit.person.id)
    return row.token
