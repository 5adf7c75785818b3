"""Keeping what was typed, on Slack's side: what is worth keeping of a form or a line, until it has found its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.errors import Unavailable
from bot.queries import drafts
from bot.queries.drafts import SET_ASIDE
from bot.queries.people import Person
from bot.slack.desk import Desk
from bot.slack.ids import Form
from bot.usecases.drafts.keep import keep

log = structlog.get_logger(__name__)
NEW_POSTMORTEM = "a new postmortem"


@dataclass(frozen=True, slots=True)
class Typed:
    """A text worth keeping: the form it belongs into, what it is about, and what it says.

    `content` holds `values`, fields by block_id as Slack sends them, or `rich_text`, a section's text; with `view`, the
    id of the modal it was typed into, and `version`, that of the row it was to change.
    """

    form: Form
    subject: str
    content: Mapping[str, Any]


Keeping = Callable[[Any], Typed | None]


def set_aside(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a text that gave way to another by choice: no form begins with it, unless it is asked for."""
    return {**{name: value for name, value in content.items() if name != "view"}, SET_ASIDE: True}


def has_moved_on(content: Mapping[str, Any], version: int) -> bool:
    """Whether a text was typed about another version than this, or gave way to another text."""
    return bool(content.get(SET_ASIDE)) or content.get("version", version) != version


async def kept(typed: Typed, why: str, person: Person, desk: Desk) -> str | None:
    """Keep it, and answer the id it is kept under; None where the database does not take it."""
    try:
        async with desk.units.begin(person) as unit:
            return await keep(unit, form=typed.form, subject=typed.subject, content=typed.content, why=why)
    except Unavailable:
        log.warning("typed text not kept", form=str(typed.form), subject=typed.subject)
        return None


async def kept_of_view(view_id: str, person: Person, desk: Desk) -> tuple[str, ...]:
    """The ids of what was kept of one modal: earlier attempts to send it, which were refused."""
    async with desk.reader() as reading:
        mine = await drafts.mine(reading, person)
    return tuple(draft.id for draft in mine if draft.content.get("view") == view_id)
