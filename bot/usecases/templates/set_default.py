"""Say what the postmortems of a team begin with."""

from __future__ import annotations

from bot.engines.templates import DEFAULT
from bot.errors import BadFields, NotFound
from bot.usecases.templates.held import GONE
from bot.usecases.templates.permission import require_team
from bot.usecases.unit import Unit
from storage import teams, templates


async def set_default(unit: Unit, team_id: str, template_id: str) -> str:
    """From now on the team's postmortems begin with that template; answers what the team is called.

    The default one is what every team begins with that has chosen nothing.

    Raises:
        NotAllowed: they do not lead the team; the sentence says who does.
        BadFields: `team`: there is none.
        NotFound: the template was removed.
    """
    team = next(iter(await teams.by_ids(unit.session, [team_id])), None)
    if team is None:
        raise BadFields({"team": "Team: it is not there any more. Choose another."})
    await require_team(unit.reading, unit.person, team.id, subject=f"what {team.name} begins with")
    row = await templates.held(unit.session, template_id)
    if row is None:
        raise NotFound(GONE)
    chosen = None if row.key == DEFAULT.key else row.id
    if team.template_id != chosen:
        before, team.template_id = team.template_id, chosen
        after = {"team_id": team.id, "team": team.name}
        await unit.event("choose-template", row.id, before={"template_id": before}, after=after)
    return team.name
