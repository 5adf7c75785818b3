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
from bot.slack.sending import NotYet, Told, in_place_of
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
    """What is long overdue in one channel; where the channel refuses, each owner gets what is theirs of it."""
    if "channel" in claimed.details:
        return await _own_digest(reading, claimed)
    if night := await _night(reading, claimed.recipient):
        return night
    items = await waiting.digest(reading, claimed.recipient)
    owners = dict.fromkeys(each.postmortem.owner for each in items if not each.postmortem.owner.has_left)
    reachable = tuple(each.slack_id for each in owners if each.slack_id)
    return Told(digest_card(items), instead_each=reachable) if items else None


async def _own_digest(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """What one owner has long overdue in a channel that refused to be told."""
    owner = await people.by_slack_id(reading, claimed.recipient)
    if owner is None:
        return None
    if night := await _night(reading, owner.id):
        return night
    channel = claimed.details["channel"]
    items = [each for each in await waiting.digest(reading, channel) if each.postmortem.owner.id == owner.id]
    if not items:
        return None
    return Told(in_place_of(digest_card(items), channel=channel, problem=claimed.details["problem"]))


async def _night(reading: Reading, recipient: str) -> NotYet | None:
    """Where this person, by their id, or channel may not be reminded at this hour: until when."""
    person = (await people.by_ids(reading, [recipient])).get(recipient)
    known = person.timezone if person else None
    zone = ZoneInfo(known) if known else (await cadence_of(reading, [])).zones.default
    morning_at = send_at(reading.now, zone, reading.settings.nudge_hour)
    return NotYet(morning_at) if morning_at > reading.now else None
