"""People as programs know them: what Slack tells, and beside it what programs have said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import BadFields
from bot.queries.naming import username
from bot.queries.people import Person, as_person
from bot.queries.reading import Reading
from bot.queries.words import require_few
from bot.vocabulary import UserOrder
from storage import schedules, teams, usages, users
from storage.models import Profile, User
from storage.users import UserFilter

_PART = re.compile(r'(?:(\w+)\s*:\s*)?(?:"([^"]*)"|(\S+))')


@dataclass(frozen=True, slots=True)
class UserView:
    """A person. `created_at` is when a program made them, or, of somebody known from Slack alone, when Slack told last.

    The role of somebody of whom no program has said one is Admin for admins, else User.
    """

    id: str
    username: str
    full_name: str
    timezone: str | None
    slack_id: str | None
    email: str | None
    role: str
    locale: str | None
    skype_username: str | None
    address: Mapping[str, Any] | None
    tags: Sequence[str]
    details: Mapping[str, Sequence[str]]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class UserPage:
    """Some of a list of people, and how long it is."""

    users: tuple[UserView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Named:
    """A thing a person has to do with."""

    id: str
    name: str
    description: str
    team_id: str | None
    enabled: bool = True


async def identified(reading: Reading, identifier: str) -> UserView | None:
    """The person with that id or user name, unless they have left or are a bot."""
    found = await users.identified(reading.session, ids=[identifier], names=[identifier])
    if not found:
        return None
    user = next((each for each in found if each.id == identifier), found[0])
    profiles = await users.profiles(reading.session, [user.id])
    return _as_view(user, profiles.get(user.id), reading)


async def page(
    reading: Reading, query: str, *, order: UserOrder, descending: bool, limit: int, offset: int
) -> UserPage:
    """Some of everybody with an e-mail who has not left and is no bot, and how many they are.

    `query` is words of names and e-mails, and `username:`, `fullName:`, `role:` with a word or a "quoted text"; all of
    it has to be so.

    Raises:
        BadFields: the query asks for a field that there is not, or has too many words.
    """
    wanted = read_query(query)
    rows = await users.page(reading.session, wanted, order=order, descending=descending, limit=limit, offset=offset)
    total = await users.count(reading.session, wanted)
    return UserPage(tuple(_as_view(user, profile, reading) for user, profile in rows), total)


async def count(reading: Reading) -> int:
    """How many people programs are told of."""
    return await users.count(reading.session, UserFilter())


def read_query(query: str) -> UserFilter:
    """A query as a filter. Case does not count, nor the word AND.

    Raises:
        BadFields: it asks for a field that there is not, or has too many words.
    """
    parts = _PART.findall(query)
    require_few("query", parts)
    words: list[str] = []
    fields: dict[str, str] = {}
    for name, quoted, word in parts:
        value = (quoted or word).lower()
        if not name and word != "AND":
            words.append(value)
        elif name:
            fields[name.lower()] = value
    unknown = [name for name in fields if name not in {"username", "fullname", "role"}]
    if unknown:
        raise BadFields({"query": f"Users are found by username, fullName and role, not by {', '.join(unknown)}."})
    return UserFilter(tuple(words), fields.get("username"), fields.get("fullname"), fields.get("role"))


async def teams_of(reading: Reading, user_id: str) -> list[Named]:
    """The teams they are in, by name."""
    return [Named(row.id, row.name, row.description, row.id) for row in await teams.of_user(reading.session, user_id)]


async def schedules_of(reading: Reading, user_id: str) -> list[Named]:
    """The schedules that name them in a roster, or in an override that is not over; by name."""
    rows = await schedules.concerning(reading.session, [user_id], reading.now)
    return [Named(row.id, row.name, row.description, row.team_id, row.enabled) for row in rows]


async def escalations_of(reading: Reading, user_id: str) -> list[Named]:
    """The escalations that notify them by name."""
    rows = await usages.escalations_with(reading.session, user_id)
    return [Named(row.id, row.name, row.description, row.team_id) for row in rows]


def _as_view(user: User, profile: Profile | None, reading: Reading) -> UserView:
    person = as_person(user, reading.settings)
    return UserView(
        id=user.id,
        username=username(person),
        full_name=user.name,
        timezone=user.timezone,
        slack_id=user.slack_id,
        email=user.email,
        role=profile.role if profile else _role_of(person),
        locale=profile.locale if profile else None,
        skype_username=profile.skype_username if profile else None,
        address=profile.address if profile else None,
        tags=tuple(profile.tags) if profile else (),
        details=profile.details if profile else {},
        created_at=profile.created_at if profile else user.refreshed_at,
    )


def _role_of(person: Person) -> str:
    return "Admin" if person.is_admin else "User"
