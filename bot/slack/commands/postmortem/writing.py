"""The verbs that write: create and edit."""

from __future__ import annotations

from bot.engines.lifecycle.permissions import require
from bot.queries import templates
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.inputs import metadata
from bot.slack.cards.postmortem_forms import TITLE_MOST, create_form
from bot.slack.cards.typed import BOX_CHARACTERS, refilled, text_value
from bot.slack.commands.postmortem.about import spoken
from bot.slack.desk import Desk, Request
from bot.slack.sections import editable, section_box, section_list, section_named
from bot.slack.words.normalise import as_typed
from bot.vocabulary import Role, Verb


async def create(request: Request, desk: Desk) -> Card | Block:
    """`create [title]`: the form, with the title, the owner and the channel guessed."""
    role = Role.OUTSIDER if request.person.is_outsider else Role.MEMBER
    require(Verb.CREATE_POSTMORTEM, frozenset({role}), subject="")
    title = as_typed(request.words).strip()
    warning = ""
    if TITLE_MOST < len(title) <= BOX_CHARACTERS:
        warning = f"The title is longer than {TITLE_MOST} characters; all of it is in the box, please shorten it."
    async with desk.reader() as reading:
        choices = await templates.choices(reading, request.person)
    form = create_form(
        owner=request.person.slack_id or "",
        channel=request.channel if request.channel.startswith(("C", "G")) else None,
        now=desk.reader.now(),
        templates=choices,
        due_days=desk.settings.postmortem_due_days,
        warning=warning,
        metadata=metadata(),
    )
    return refilled(form, {"values": {"title": text_value(title)}}) if title else form


async def edit(request: Request, desk: Desk) -> Card | Block:
    """`edit PM-12 [section]`: that section's box, or the list of sections."""
    number, words = spoken(request.words)
    async with desk.reader() as reading:
        view = await editable(reading, number, request.person)
        if not words.strip():
            return section_list(view)
        return await section_box(reading, view, section_named(view, words), request.person)
