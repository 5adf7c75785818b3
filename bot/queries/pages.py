"""The addresses of schedules' pages. Whoever has been given one in Slack may look at that schedule, and at no other."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import quote

from bot.engines.pictures import Period
from bot.queries.schedules import ScheduleName
from bot.settings import Settings

FOLDER = "/schedules"
KEY = "key"
"""The name of the part of an address that opens the page."""
_BYTES = 16


def address(settings: Settings, schedule: ScheduleName, period: Period) -> str:
    """Where a schedule's page is, with the key that opens it.

    The key is made of the bot's token and the schedule's id: every replica makes the same, it outlives a restart and a
    new name, nothing is stored, and a new token makes all of them worthless.
    """
    path = f"{FOLDER}/{quote(schedule.name, safe='')}"
    return f"{settings.address}{path}?{period.kind}={period.text}&{KEY}={_key(settings, schedule.id)}"


def opens(settings: Settings, schedule_id: str, given: str) -> bool:
    """Whether a key is that schedule's; compared in constant time. Without a bot's token there is no key."""
    return bool(settings.slack_bot_token) and hmac.compare_digest(
        _key(settings, schedule_id).encode(), given.encode(errors="replace")
    )


def _key(settings: Settings, schedule_id: str) -> str:
    digest = hmac.digest(settings.slack_bot_token.encode(), f"page of schedule {schedule_id}".encode(), sha256)
    return urlsafe_b64encode(digest[:_BYTES]).decode().rstrip("=")
