"""The template that a new postmortem begins with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engines.templates import BUILT_IN, DEFAULT, Template
from bot.usecases.templates.keep_up import keep_up
from bot.usecases.unit import Unit
from storage import templates
from storage.templates import Newest


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template as it is now, and the id of this text of it: what becomes of it later does not matter."""

    template: Template
    version_id: str


async def wrong_template(unit: Unit, key: str | None) -> str | None:
    """Why nothing can begin with the template of that key; None where it can, and where nothing was chosen."""
    if key is None or await _named(unit, key):
        return None
    keys = ", ".join(row.key for row, _ in await templates.present(unit.session))
    return f"Template: there is no “{key}”. Choose one of {keys}."


async def chosen(unit: Unit, key: str | None, *, team_id: str | None) -> Chosen:
    """The template of that key; where there is none, or nothing was chosen, the team's, else the default one."""
    found = await _named(unit, key) if key is not None else None
    if found is None and team_id is not None:
        found = await templates.of_team(unit.session, team_id)
    found = found or await _named(unit, DEFAULT.key)
    assert found is not None, "the default template cannot be removed"  # noqa: S101  ours to keep true
    row, version = found
    return Chosen(Template.of(row.key, row.name, version.markdown), version.id)


async def _named(unit: Unit, key: str) -> Newest | None:
    """That template. The first to ask may be a program, before Slack was reached and anything was put in place."""
    found = await templates.by_key(unit.session, key)
    if found is None and key in BUILT_IN and await templates.row(unit.session, key=key) is None:
        await keep_up(unit)
        found = await templates.by_key(unit.session, key)
    return found
