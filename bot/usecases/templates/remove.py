"""Remove a template."""

from __future__ import annotations

from bot.engines.templates import DEFAULT
from bot.errors import Locked
from bot.usecases.templates.held import hold
from bot.usecases.unit import Unit
from storage.models import Team, Template


async def removable(unit: Unit, template_id: str) -> tuple[Template, list[Team]]:
    """The template that is to go, held, and the teams that begin with it.

    Raises:
        NotFound: it was removed already.
        NotAllowed: they may not; the sentence says who may.
        Locked: it comes from a file, or it is the default one.
    """
    row, begun_by = await hold(unit, template_id)
    if row.key == DEFAULT.key:
        raise Locked(f"{row.name} stays: a postmortem begins with it where nobody chose another. You can edit it.")
    return row, begun_by


async def remove(unit: Unit, template_id: str) -> None:
    """From now on nobody can choose it. Postmortems keep the sections they began with.

    The teams that began with it begin with the default one.

    Raises:
        NotFound, NotAllowed, Locked: as `removable`.
    """
    row, begun_by = await removable(unit, template_id)
    for team in begun_by:
        team.template_id = None
    row.removed_at = unit.now
    await unit.event("remove-template", row.id, before={"name": row.name, "teams": [team.name for team in begun_by]})
