"""The message of a morning and the digest of a week, as they read now.

What could not be told on its morning (Slack was out of reach, we were) is not told at night: it waits for the next.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.engines.cadence.mornings import send_at
from bot.queries import people, waiting
from bot.queries.cadence import cadence_of
from bot.queries.reading import Reading
from bot.slack.cards.postmortem_lists import digest_card, morning_card, settled_card
from bot.slack.sending import NotYet, Told
from bot.usecases.deliveries.claim import Claimed


async def morning(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """Everything that waits for one person; once all is settled the message there is edited to say so."""
    if night := await _night(reading, claimed.subject):
        return night
    items = await waiting.morning(reading, claimed.subject)
    if items:
        return Told(morning_card(items))
    return Told(settled_card()) if claimed.ts else None


async def digest(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """What is long overdue in one channel."""
    if night := await _night(reading, claimed.recipient):
        return night
    items = await waiting.digest(reading, claimed.recipient)
    return Told(digest_card(items)) if items else None


async def _night(reading: Reading, recipient: str) -> NotYet | None:
    """Where this person, by their id, or channel may not be reminded at this hour: until when."""
    person = (await people.by_ids(reading, [recipient])).get(recipient)
    known = person.timezone if person else None
    zone = ZoneInfo(known) if known else (await cadence_of(reading, [])).zones.default
    morning_at = send_at(reading.now, zone, reading.settings.nudge_hour)
    return NotYet(morning_at) if morning_at > reading.now else None
