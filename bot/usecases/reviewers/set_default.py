"""Say who reviews what concerns a team, or strikes a service, unless somebody else is named."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engines.lifecycle.permissions import may, require
from bot.errors import NotFound
from bot.queries import people
from bot.queries.reviewers import Subject
from bot.usecases.fields import Faults, unfit
from bot.usecases.roles import roles_in
from bot.usecases.unit import Unit
from bot.vocabulary import Role, TeamRole, Verb
from storage import reviewers, roles, services, teams

MOST = 10
"""More than anybody waits for; each of them is asked by direct message."""


async def set_default(unit: Unit, subject: Subject, reviewer_ids: Sequence[str]) -> None:
    """Ask these from now on, in this order; nobody: nobody by default. What holds already changes nothing.

    Raises:
        NotFound: the team or the service was removed meanwhile.
        NotAllowed: it is of a team that the actor does not lead; the sentence says who does. Guests may nothing.
        BadFields: `reviewers`.
    """
    name, team_id = await _held(unit, subject)
    await _authorise(unit, name, team_id)
    wanted = list(dict.fromkeys(reviewer_ids))
    known = await people.by_ids(unit.reading, wanted)
    faults = Faults()
    for each in wanted:
        faults.add("reviewers", unfit(known.get(each), task="review"))
    faults.add("reviewers", f"Name at most {MOST} people: each of them is asked." if len(wanted) > MOST else None)
    faults.refuse()
    before = [each.user_id for each in await reviewers.defaults(unit.session, [subject.id])]
    if before == wanted:
        return
    await reviewers.put_defaults(unit.session, subject.id, wanted)
    after = {"reviewer_ids": wanted, "name": name}
    await unit.event("set-reviewers", subject.id, before={"reviewer_ids": before}, after=after)


async def _held(unit: Unit, subject: Subject) -> tuple[str, str | None]:
    """What it is called now, and whose it is."""
    if subject.is_team:
        team = next(iter(await teams.by_ids(unit.session, [subject.id])), None)
        if team is not None:
            return team.name, team.id
    else:
        service = await services.by_id(unit.session, subject.id, lock=True)
        if service is not None:
            return service.name, service.team_id
    raise NotFound(f"{subject.name} is not there any more. `/postmortem reviewers` shows who reviews what.")


async def _authorise(unit: Unit, name: str, team_id: str | None) -> None:
    membership = await teams.membership(unit.session, team_id, unit.person.id) if team_id else None
    held = roles_in(unit.person, TeamRole(membership.role) if membership else None)
    if may(Verb.KEEP_REVIEWERS, held, has_team=team_id is not None):
        return
    leads = (await roles.leads(unit.session, [team_id])).get(team_id, []) if team_id else []
    names = sorted(person.name for person in (await people.by_ids(unit.reading, leads)).values())
    require(Verb.KEEP_REVIEWERS, held, subject=name, names={Role.LEAD: names}, has_team=team_id is not None)
