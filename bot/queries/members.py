"""A team from within: who is in it, the roles it has made up, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.queries import people
from bot.queries.naming import username
from bot.queries.reading import Reading
from storage import teams
from storage.models import Event


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team; `role` is admin, user, or the name of one of the team's own."""

    user_id: str
    username: str
    role: str


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role that a team has made up; its rights as programs sent them."""

    id: str
    name: str
    rights: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class LogLine:
    """Something that happened: in words, by whom, and when. `by` is empty where the clock or an operator did it."""

    words: str
    by: str
    at: datetime


async def of_team(reading: Reading, team_id: str) -> tuple[Member, ...]:
    """Everybody in a team who has not left, in order of their user names; two statements."""
    rows = await teams.memberships(reading.session, team_id)
    known = await people.by_ids(reading, [row.user_id for row in rows])
    members = (
        Member(row.user_id, username(person), row.title or str(row.role))
        for row in rows
        if (person := known.get(row.user_id)) and not person.has_left
    )
    return tuple(sorted(members, key=lambda member: member.username))


async def own_roles(reading: Reading, team_id: str) -> tuple[OwnRole, ...]:
    """The roles that a team has made up, by name."""
    return tuple(OwnRole(row.id, row.name, row.rights) for row in await teams.own_roles(reading.session, team_id))


async def log(reading: Reading, team_id: str, *, limit: int, offset: int, newest_first: bool) -> tuple[LogLine, ...]:
    """Some of what happened to a team; one statement."""
    rows = await teams.happenings(reading.session, team_id, limit=limit, offset=offset, newest_first=newest_first)
    return tuple(LogLine(_words(event), person or key or "", event.at) for event, person, key in rows)


def _words(event: Event) -> str:
    """The verb and what it was about: `create team [payments]`."""
    said = {**event.before, **event.after}
    about = said.get("rule") or said.get("policy") or said
    name = about.get("name") or about.get("role")
    return event.verb.replace("-", " ") + (f" [{name}]" if name else "")
