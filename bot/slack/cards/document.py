"""A postmortem to read: its sections, one after the other, in a modal."""

from __future__ import annotations

from bot.engines.documents.splitting import to_rich_text_blocks
from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.postmortems import PostmortemView
from bot.slack.cards.blocks import VIEW_BLOCKS, Block, context, header, section
from bot.slack.cards.inputs import modal
from bot.slack.ids import Form

SECTION_CHARACTERS = 12_000


def reading_view(view: PostmortemView) -> Block:
    """The text as it stands. Mentions in it are names here: nobody is pinged by reading."""
    blocks: list[Block] = [
        section(f"*{mrkdwn_within(view.title, 2000)}*"),
        context(f"{view.status}, {mrkdwn(view.owner.name)}, {view.outline.severity}, {view.incident.label}"),
    ]
    for each in view.sections:
        blocks.append(header(each.title))
        if each.is_empty:
            blocks.append(context("_Nothing written yet._"))
        else:
            blocks.extend(to_rich_text_blocks(each.body, SECTION_CHARACTERS, mentioning=False))
    return modal(Form.SAID, view.label, blocks[:VIEW_BLOCKS], close="Close")
