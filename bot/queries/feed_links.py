"""The secret links of calendar feeds, and what each of them shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from secrets import compare_digest

from bot.queries import people, schedules
from bot.queries.calendars import Feed, of_person, of_schedule
from bot.queries.people import Person
from bot.queries.reading import Reading
from storage import calendars

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
"""32 random bytes, as secrets.token_urlsafe writes them."""
OWN = ""
"""Stands for a schedule's id where a feed is that of somebody's own shifts."""
FORM = 2
"""Of what a feed says: goes up where the same shifts are told otherwise, so that nobody keeps the old text."""


@dataclass(frozen=True, slots=True)
class Link:
    """A feed's secret, and whose it is; `schedule_id` OWN: of their own shifts. The feed of who has left is over."""

    token: str
    person: Person
    schedule_id: str

    @property
    def is_over(self) -> bool:
        """Whether nothing is told by it any more."""
        return self.person.has_left


def fingerprint_of(token: str) -> str:
    """By which a button names a link without giving its secret away."""
    return sha256(token.encode()).hexdigest()[:16]


async def link_to(reading: Reading, person_id: str, schedule_id: str) -> str | None:
    """The secret of somebody's link to that feed; None where they have not asked for one."""
    row = await calendars.link_of(reading.session, person_id, schedule_id)
    return row.token if row else None


async def link_by(reading: Reading, token: str) -> Link | None:
    """The link with that secret; None where there is none, also after it was rolled."""
    if not TOKEN.fullmatch(token):
        return None
    row = await calendars.link_by_token(reading.session, token)
    if row is None or not compare_digest(row.token, token):
        return None
    person = (await people.by_ids(reading, [row.user_id])).get(row.user_id)
    return Link(row.token, person, row.schedule_id) if person else None


async def feed_of(reading: Reading, link: Link) -> Feed | None:
    """What is behind a link; None where the schedule is gone."""
    if link.schedule_id == OWN:
        return await of_person(reading, link.person)
    watched = await schedules.by_id(reading, link.schedule_id)
    return await of_schedule(reading, watched) if watched else None


async def edition(reading: Reading, link: Link) -> str:
    """A word that is another one whenever what the link shows may be: another day, or any change of who is on call."""
    revision = await calendars.revision(reading.session)
    parts = (str(FORM), link.person.id, link.schedule_id, str(link.is_over), reading.now.date().isoformat(), revision)
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
