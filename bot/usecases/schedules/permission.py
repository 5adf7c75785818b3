"""Who may make, edit and delete schedules, with the team of the schedule looked up.

A key's rights were judged where its request came in; here it is only whether it acts for the schedule's team. Nobody,
the operator at the command line or the clock, may do everything.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.engines.lifecycle.permissions import may, require
from bot.queries import teams
from bot.queries.actors import Actor
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.usecases.reach import require_reach
from bot.usecases.roles import roles_in
from bot.vocabulary import Role, Verb


def require_create(actor: Actor | None) -> None:
    """Let keys and members of the workspace pass.

    Raises:
        NotAllowed: an outsider asks.
    """
    if isinstance(actor, Person):
        require(Verb.CREATE_SCHEDULE, roles_in(actor), subject="a schedule")


async def require_edit(reading: Reading, actor: Actor | None, watched: Watched) -> None:
    """Let teammates and leads of its team pass, members where it has none, and keys that reach its team.

    Raises:
        NotAllowed: the sentence names who leads the team.
    """
    await _require(reading, actor, Verb.EDIT_SCHEDULE, watched)


async def require_delete(reading: Reading, actor: Actor | None, watched: Watched) -> None:
    """Let leads of its team pass, admins where it has none, and keys that reach its team.

    Raises:
        NotAllowed: the sentence names who leads the team.
    """
    await _require(reading, actor, Verb.DELETE_SCHEDULE, watched)


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


async def _require(reading: Reading, actor: Actor | None, verb: Verb, watched: Watched) -> None:
    require_reach(actor, watched.team_id)
    if not isinstance(actor, Person):
        return
    in_teams = await teams.roles_of(reading, actor.id)
    leads = await teams.leads(reading, watched.team_id) if watched.team_id else []
    require(
        verb,
        roles_in(actor, in_teams.get(watched.team_id or "")),
        subject=watched.schedule.name,
        names={Role.LEAD: [lead.name for lead in leads]},
        has_team=watched.team_id is not None,
    )
