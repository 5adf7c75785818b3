"""Make a template."""

from __future__ import annotations

from bot.engines.templates import Template, key_of
from bot.errors import Taken
from bot.usecases.fields import Faults
from bot.usecases.templates.making import insert, rewrite
from bot.usecases.templates.permission import require_team
from bot.usecases.templates.wanted import wrong_markdown, wrong_template_name
from bot.usecases.unit import Unit
from storage import models, teams, templates


async def create(unit: Unit, *, name: str, markdown: str, team_id: str | None = None) -> models.Template:
    """A new template, with which that team begins from now on; without a team it is nobody's.

    The name of one that was removed is free again: it goes on with the next text.

    Raises:
        NotAllowed: they do not lead the team; without one, they are no admin.
        BadFields: `name`, `markdown`, `team`.
        Taken: there is one of that name; case, blanks and accents do not count.
    """
    team = next(iter(await teams.by_ids(unit.session, [team_id])), None) if team_id else None
    await require_team(unit.reading, unit.person, team.id if team else None, subject="templates")
    faults = Faults()
    faults.add("name", wrong_template_name(name))
    faults.add("markdown", wrong_markdown(markdown))
    faults.add("team", "Team: it is not there any more. Choose another." if team_id and team is None else None)
    faults.refuse()
    row = await _made(unit, " ".join(name.split()), markdown)
    if team is not None:
        team.template_id = row.id
        await unit.session.flush()
    return row


async def _made(unit: Unit, name: str, markdown: str) -> models.Template:
    template = Template.of(key_of(name), name, markdown)
    row = await insert(unit, template, by=unit.person.id)
    if row is not None:
        return row
    earlier = await templates.row(unit.session, key=template.key)
    if earlier is None or earlier.removed_at is None:
        called = earlier.name if earlier else name
        raise Taken({"name": f"Name: there is a template “{called}” already. Edit that one, or choose another name."})
    earlier.name = name
    await rewrite(unit, earlier, markdown, by=unit.person.id)
    return earlier
