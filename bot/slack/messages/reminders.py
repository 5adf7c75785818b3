"""The message of a morning and the digest of a week, as they read now."""

from __future__ import annotations

from bot.queries import waiting
from bot.queries.reading import Reading
from bot.slack.cards.postmortem_lists import digest_card, morning_card, settled_card
from bot.slack.sending import Told
from bot.usecases.deliveries.claim import Claimed


async def morning(reading: Reading, claimed: Claimed) -> Told | None:
    """Everything that waits for one person; once all is settled the message there is edited to say so."""
    items = await waiting.morning(reading, claimed.subject)
    if items:
        return Told(morning_card(items))
    return Told(settled_card()) if claimed.ts else None


async def digest(reading: Reading, claimed: Claimed) -> Told | None:
    """What is long overdue in one channel."""
    items = await waiting.digest(reading, claimed.recipient)
    return Told(digest_card(items)) if items else None
