"""The addresses of the pages of schedules and postmortems. Whoever has been given one in Slack may look at that one
schedule or postmortem, and at no other.

Such an address is the key: a person who is handed a postmortem, be it on paper, by mail or in a browser without Slack,
opens it without signing in anywhere, which is what a page is for. Signing in with Slack would need an app of its own
there, a public address and sessions, and would shut out everybody to whom a postmortem is handed on.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import quote

from bot.engines.pictures import Period
from bot.queries.schedules import ScheduleName
from bot.settings import Settings

FOLDER = "/schedules"
POSTMORTEMS = "/postmortems"
KEY = "key"
"""The name of the part of an address that opens the page."""
VERSION = "version"
"""The name of the part of an address that asks for an older version of a postmortem."""
_BYTES = 16


def address(settings: Settings, schedule: ScheduleName, period: Period) -> str:
    """Where a schedule's page is, with the key that opens it.

    The key is made of the bot's token and the schedule's id: every replica makes the same, it outlives a restart and a
    new name, nothing is stored, and a new token makes all of them worthless.
    """
    path = f"{FOLDER}/{quote(schedule.name, safe='')}"
    return f"{settings.address}{path}?{period.kind}={period.text}&{KEY}={_key(settings, f'schedule {schedule.id}')}"


def opens(settings: Settings, schedule_id: str, given: str) -> bool:
    """Whether a key is that schedule's; compared in constant time. Without a bot's token there is no key."""
    return _is_key(settings, f"schedule {schedule_id}", given)


def postmortem_address(settings: Settings, postmortem_id: str, number: int, *, version: int | None = None) -> str:
    """Where a postmortem's page is, with the key that opens it, which is made like a schedule's.

    With `version` the page of that version, as it was published.
    """
    address = f"{locked_address(settings, number)}?{KEY}={_key(settings, f'postmortem {postmortem_id}')}"
    return address if version is None else f"{address}&{VERSION}={version}"


def locked_address(settings: Settings, number: int) -> str:
    """Where a postmortem's page is, without the key: for whom it is not to open."""
    return f"{settings.address}{POSTMORTEMS}/PM-{number}"


def opens_postmortem(settings: Settings, postmortem_id: str, given: str) -> bool:
    """Whether a key is that postmortem's, as `opens`."""
    return _is_key(settings, f"postmortem {postmortem_id}", given)


def _is_key(settings: Settings, subject: str, given: str) -> bool:
    return bool(settings.slack_bot_token) and hmac.compare_digest(
        _key(settings, subject).encode(), given.encode(errors="replace")
    )


def _key(settings: Settings, subject: str) -> str:
    digest = hmac.digest(settings.slack_bot_token.encode(), f"page of {subject}".encode(), sha256)
    return urlsafe_b64encode(digest[:_BYTES]).decode().rstrip("=")
