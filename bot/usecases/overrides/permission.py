"""Who may put whom on call."""

from __future__ import annotations

from bot.engines.lifecycle.permissions import may, require
from bot.queries import teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.usecases.roles import roles_in
from bot.vocabulary import Role, Verb


def require_member(person: Person) -> None:
    """Let members of the workspace pass, who may at least put themselves on call.

    Raises:
        NotAllowed: an outsider asks.
    """
    require(Verb.OVERRIDE_SELF, roles_in(person), subject="a schedule")


async def require_put_on(reading: Reading, actor: Person, who: Person, *, schedule: str, team_id: str | None) -> None:
    """Let anybody of the workspace put themselves on call, and the people of the schedule's team put others.

    Raises:
        NotAllowed: the sentence names who leads the team.
    """
    verb = Verb.OVERRIDE_SELF if who.id == actor.id else Verb.OVERRIDE_OTHERS
    in_teams = await teams.roles_of(reading, actor.id) if team_id else {}
    held, has_team = roles_in(actor, in_teams.get(team_id or "")), team_id is not None
    if may(verb, held, has_team=has_team):
        return
    leads = await teams.leads(reading, team_id) if team_id else []
    names = {Role.LEAD: [lead.name for lead in leads]}
    require(verb, held, subject=schedule, names=names, has_team=has_team)
