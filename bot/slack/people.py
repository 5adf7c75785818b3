"""People as Slack knows them, met in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFound, Unavailable
from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.slack.installation import Installation
from bot.slack.refusals import problem_of
from bot.usecases.people.meet import SlackProfile, meet, meet_all, tells_news
from bot.usecases.unit import Units

STALE_AFTER = timedelta(days=1)


class People:
    """Finds the person behind an id of Slack: from the database, or from Slack when they are new or long unseen."""

    def __init__(self, client: AsyncWebClient, reader: Reader, units: Units, installation: Installation) -> None:
        self._client = client
        self._reader = reader
        self._units = units
        self._installation = installation

    async def person(self, slack_id: str) -> Person:
        """The person with this id in Slack. Somebody known is answered from memory when Slack is not.

        Raises:
            NotFound: Slack knows nobody of that id.
            Unavailable: they are new, and Slack does not answer.
        """
        async with self._reader() as reading:
            fresh_since = reading.now - STALE_AFTER
            known = await people.by_slack_id(reading, slack_id, seen_since=fresh_since)
            if known and known.refreshed_at > fresh_since:
                return known
        try:
            answer = await self._client.users_info(user=slack_id)
        except SlackApiError as error:
            if problem_of(error) in {"user_not_found", "user_not_visible"}:
                raise NotFound("Slack knows nobody of that name here.") from error
            if known:
                return known
            raise Unavailable("Slack does not say who that is at the moment.") from error
        except (ClientError, TimeoutError) as error:
            if known:
                return known
            raise Unavailable("Slack does not say who that is at the moment.") from error
        return await self.learn(answer["user"])

    async def learn(self, user: dict[str, Any]) -> Person:
        """Keep what Slack says of a person in `users.info`."""
        return await self._met(self._profile(user))

    async def learn_all(self, users: Iterable[dict[str, Any]]) -> None:
        """Keep what Slack says of many people in `users.list`; who has left and was never met is not kept."""
        profiles = [self._profile(user) for user in users]
        async with self._units.begin(None) as unit:
            await meet_all(unit, profiles)

    async def hear(self, user: dict[str, Any]) -> None:
        """Keep what the event `user_change` says, if we know the person and it is news: Slack tells of everybody."""
        profile = self._profile(user)
        async with self._reader() as reading:
            known = await people.by_slack_id(reading, profile.slack_id)
            is_news = known is not None and tells_news(known, profile, reading.settings)
        if is_news:
            await self._met(profile)

    def _profile(self, user: dict[str, Any]) -> SlackProfile:
        return as_profile(user, is_foreign=self._installation.is_foreign(user))

    async def _met(self, profile: SlackProfile) -> Person:
        async with self._units.begin(None) as unit:
            return await meet(unit, profile)


def as_profile(user: dict[str, Any], *, is_foreign: bool = False) -> SlackProfile:
    """Slack's user object as what we keep of it. A zone that IANA does not know counts as unknown.

    A person of a connected workspace is an outsider whatever they are at home. Their e-mail is not kept: it is the
    other workspace that vouches for it, and here it might name an admin.
    """
    profile = user.get("profile", {})
    zone = user.get("tz")
    is_foreign = is_foreign or bool(user.get("is_stranger"))
    return SlackProfile(
        slack_id=user["id"],
        name=profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name", ""),
        email=None if is_foreign else profile.get("email"),
        timezone=zone if zone in _zones() else None,
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_outsider=is_foreign or bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_workspace_admin=not is_foreign and bool(user.get("is_admin") or user.get("is_owner")),
        has_left=bool(user.get("deleted")),
    )


@cache
def _zones() -> frozenset[str]:
    """The zones this machine knows; asking for them reads several hundred files."""
    return frozenset(available_timezones())
