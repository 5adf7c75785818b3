"""Who may make and edit schedules, with the team of the schedule looked up."""

from __future__ import annotations

from collections.abc import Iterable

from bot.engines.lifecycle.permissions import may, require
from bot.queries import teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.usecases.roles import roles_in
from bot.vocabulary import Role, Verb


def require_create(person: Person) -> None:
    """Let members of the workspace pass.

    Raises:
        NotAllowed: an outsider asks.
    """
    require(Verb.CREATE_SCHEDULE, roles_in(person), subject="a schedule")


async def require_edit(reading: Reading, person: Person, watched: Watched) -> None:
    """Let teammates and leads of its team pass; members, where it has none.

    Raises:
        NotAllowed: the sentence names who leads the team.
    """
    in_teams = await teams.roles_of(reading, person.id)
    leads = await teams.leads(reading, watched.team_id) if watched.team_id else []
    require(
        Verb.EDIT_SCHEDULE,
        roles_in(person, in_teams.get(watched.team_id or "")),
        subject=watched.schedule.name,
        names={Role.LEAD: [lead.name for lead in leads]},
        has_team=watched.team_id is not None,
    )


def may_create(person: Person) -> bool:
    """Whether they may make a schedule."""
    return may(Verb.CREATE_SCHEDULE, roles_in(person))


async def editable(reading: Reading, person: Person, watched: Iterable[Watched]) -> frozenset[str]:
    """The ids of those of the schedules that they may edit."""
    in_teams = await teams.roles_of(reading, person.id)
    return frozenset(
        each.schedule.id
        for each in watched
        if may(
            Verb.EDIT_SCHEDULE,
            roles_in(person, in_teams.get(each.team_id or "")),
            has_team=each.team_id is not None,
        )
    )
