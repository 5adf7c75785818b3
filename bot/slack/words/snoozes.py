"""For how long an alert is snoozed: what the menu's words mean on somebody's clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engines.wallclock import resolve, to_local

ANOTHER = "until"
"""The word that asks for a time of one's own."""
MORNING = "morning"
MORNING_AT = time(9)
SOONEST_MORNING = timedelta(hours=1)
"""Who chooses the morning when it is nearer means the next; who chooses it at half past seven must not be gone for a
day.
"""
SPANS = {"30m": timedelta(minutes=30), "1h": timedelta(hours=1), "4h": timedelta(hours=4)}
CHOICES = (
    ("For 30 minutes", "30m"),
    ("For 1 hour", "1h"),
    ("For 4 hours", "4h"),
    ("Until morning, 09:00", MORNING),
    ("Until …", ANOTHER),
)
"""What the menu offers, and the words by which it is known again."""


def until_of(choice: str, now: datetime, zone: ZoneInfo) -> datetime:
    """When it ends, as somebody in that zone means it who chooses at `now`. Of a time that is skipped, the next."""
    if choice in SPANS:
        return now + SPANS[choice]
    day = to_local(now, zone).date()
    mornings = (resolve(datetime.combine(day + timedelta(days=later), MORNING_AT), zone) for later in range(3))
    return next(each for each in mornings if each - now >= SOONEST_MORNING)
