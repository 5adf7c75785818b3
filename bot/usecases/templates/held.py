"""A template that a verb is about: looked up, locked, and within the rights of who acts."""

from __future__ import annotations

from bot.errors import NotFound
from bot.usecases.templates.permission import require_keep
from bot.usecases.unit import Unit
from storage import templates
from storage.models import Team, Template

GONE = "That template was removed meanwhile. `/postmortem templates` lists those there are."


async def hold(unit: Unit, template_id: str) -> tuple[Template, list[Team]]:
    """The template and the teams that begin with it; nobody else changes it before this transaction ends.

    Raises:
        NotFound: it was removed.
        NotAllowed: they may not change it; the sentence says who may.
        Locked: it comes from a file, and is changed there.
    """
    row = await templates.held(unit.session, template_id)
    if row is None:
        raise NotFound(GONE)
    begun_by = await templates.teams_with(unit.session, [row.id])
    await require_keep(unit.reading, unit.person, key=row.key, name=row.name, team_ids=[team.id for team in begun_by])
    return row, begun_by
