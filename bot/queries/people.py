"""Who is who: people by id, by their id in Slack, and what they may be told apart by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.engines.wallclock import zone_of
from bot.queries.reading import Reading
from bot.settings import Settings
from storage import users
from storage.models import User

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)[|>]")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as every room above storage knows them. `is_admin` counts Slack's admins and those named in ADMINS."""

    id: str
    slack_id: str | None
    name: str
    email: str | None
    timezone: str | None
    is_admin: bool
    is_outsider: bool
    is_bot: bool
    has_left: bool
    refreshed_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone their times are read and written in; UTC where Slack knows none."""
        return zone_of(self.timezone or "UTC")


def as_person(user: User, settings: Settings) -> Person:
    """The view of a row, with the settings' word on who is an admin."""
    named = {user.slack_id and user.slack_id.lower(), user.email} & settings.admins
    return Person(
        id=user.id,
        slack_id=user.slack_id,
        name=user.name,
        email=user.email,
        timezone=user.timezone,
        is_admin=bool(named) or user.is_workspace_admin,
        is_outsider=user.is_outsider or user.is_bot,
        is_bot=user.is_bot,
        has_left=user.has_left,
        refreshed_at=user.refreshed_at,
    )


async def by_slack_id(reading: Reading, slack_id: str, *, seen_since: datetime | None = None) -> Person | None:
    """The person with that id in Slack, if they were met.

    When Slack told of them last is remembered too, and may be later by now: with `seen_since`, whoever is remembered as
    seen before that is read again.
    """
    kept, key = await reading.recollection.kept(), ("person", slack_id)
    known: Person | None = kept.get(key)
    if key not in kept or (known and seen_since and known.refreshed_at < seen_since):
        user = await users.by_slack_id(reading.session, slack_id)
        known = kept[key] = as_person(user, reading.settings) if user else None
    return known


async def by_ids(reading: Reading, ids: Iterable[str]) -> dict[str, Person]:
    """The people with these ids, by id; unknown ids are left out."""
    found = await users.by_ids(reading.session, ids)
    return {user.id: as_person(user, reading.settings) for user in found}


async def mentioned_in(reading: Reading, texts: Iterable[str]) -> Mapping[str, Person]:
    """The people whom texts of Slack's mrkdwn mention, by their id in Slack; those never met are left out.

    One statement at most, none where nobody is mentioned.
    """
    return await by_slack_ids(reading, (slack_id for text in texts for slack_id in _MENTION.findall(text)))


async def by_slack_ids(reading: Reading, slack_ids: Iterable[str]) -> Mapping[str, Person]:
    """The people with these ids in Slack; those never met are left out."""
    found = await users.by_slack_ids(reading.session, set(slack_ids))
    return {user.slack_id: as_person(user, reading.settings) for user in found if user.slack_id}
