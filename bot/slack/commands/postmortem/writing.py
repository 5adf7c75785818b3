"""The verbs that write: create and edit."""

from __future__ import annotations

from bot.engines.templates import TEMPLATES
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.inputs import metadata
from bot.slack.cards.postmortem_forms import TITLE_MOST, create_form
from bot.slack.commands.postmortem.about import spoken
from bot.slack.desk import Desk, Request
from bot.slack.sections import editable, section_box, section_list, section_named


async def create(request: Request, desk: Desk) -> Card | Block:
    """`create [title]`: the form, with the title, the owner and the channel guessed."""
    title = request.text.strip()
    warning = ""
    if len(title) > TITLE_MOST:
        warning = f"The title is longer than {TITLE_MOST} characters; all of it is in the box, please shorten it."
    return create_form(
        title=title,
        owner=request.person.slack_id or "",
        channel=request.channel if request.channel.startswith(("C", "G")) else None,
        now=desk.reader.now(),
        templates=[(template.key, template.name) for template in TEMPLATES.values()],
        warning=warning,
        metadata=metadata(),
    )


async def edit(request: Request, desk: Desk) -> Card | Block:
    """`edit PM-12 [section]`: that section's box, or the list of sections."""
    number, words = spoken(request)
    async with desk.reader() as reading:
        view = await editable(reading, number, request.person)
        if not words.strip():
            return section_list(view)
        return await section_box(reading, view, section_named(view, words), request.person)
