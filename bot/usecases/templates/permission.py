"""Who may change templates.

A template is of the teams that begin with it: who leads all of them may change it. What no team begins with is
nobody's, and what comes with Watchbill is everybody's: those are the admins'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from bot.engines.lifecycle.permissions import may, require
from bot.engines.templates import BUILT_IN
from bot.engines.templates.files import file_of
from bot.errors import Locked
from bot.queries import people, teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.templates import TemplateView
from bot.usecases.roles import roles_in
from bot.vocabulary import Role, TeamRole, Verb
from storage import roles


async def require_keep(reading: Reading, person: Person, *, key: str, name: str, team_ids: Collection[str]) -> None:
    """Let pass who may change the template with which these teams begin.

    Raises:
        NotAllowed: the sentence says who may.
        Locked: it comes from a file, and is changed there.
    """
    await _require(reading, person, _owners(key, team_ids), subject=f"the template {name}")
    if file := file_of(key, reading.settings.templates):
        raise Locked(f"{name} comes from the file {file}: it is changed there, by whoever runs Watchbill.")


async def require_team(reading: Reading, person: Person, team_id: str | None, *, subject: str) -> None:
    """Let pass who may say what that team begins with; without a team, who may change what is nobody's.

    Raises:
        NotAllowed: the sentence says who may.
    """
    await _require(reading, person, [team_id] if team_id else [], subject=subject)


def keepable(person: Person, in_teams: Mapping[str, TeamRole], views: Iterable[TemplateView]) -> frozenset[str]:
    """The ids of those templates that they may change, given what they are in their teams."""
    return frozenset(
        view.id
        for view in views
        if view.file is None and _may(person, in_teams, _owners(view.key, [team.id for team in view.teams]))
    )


def keeps_all(person: Person) -> bool:
    """Whether they may say what any team begins with, and make templates that are nobody's."""
    return may(Verb.KEEP_TEMPLATES, roles_in(person), has_team=False)


def led(person: Person, in_teams: Mapping[str, TeamRole]) -> frozenset[str]:
    """The ids of their teams of which they may say what they begin with."""
    return frozenset(team_id for team_id in in_teams if _may(person, in_teams, [team_id]))


def _owners(key: str, team_ids: Collection[str]) -> Collection[str]:
    return () if key in BUILT_IN else team_ids


def _may(person: Person, in_teams: Mapping[str, TeamRole], owners: Collection[str]) -> bool:
    return may(Verb.KEEP_TEMPLATES, roles_in(person, _role(in_teams, owners)), has_team=bool(owners))


def _role(in_teams: Mapping[str, TeamRole], owners: Collection[str]) -> TeamRole | None:
    """What somebody is to all these teams together: their lead, if they lead each."""
    held = [in_teams[each] for each in owners if each in in_teams]
    if not held:
        return None
    return TeamRole.ADMIN if len(held) == len(owners) and set(held) == {TeamRole.ADMIN} else TeamRole.USER


async def _require(reading: Reading, person: Person, owners: Collection[str], *, subject: str) -> None:
    in_teams = await teams.roles_of(reading, person.id)
    if _may(person, in_teams, owners):
        return
    require(
        Verb.KEEP_TEMPLATES,
        roles_in(person, _role(in_teams, owners)),
        subject=subject,
        names={Role.LEAD: await _leads_of_all(reading, owners)},
        has_team=bool(owners),
    )


async def _leads_of_all(reading: Reading, team_ids: Collection[str]) -> list[str]:
    by_team = await roles.leads(reading.session, team_ids)
    ids = set.intersection(*(set(by_team.get(each, ())) for each in team_ids)) if team_ids else set()
    return sorted(person.name for person in (await people.by_ids(reading, ids)).values())
