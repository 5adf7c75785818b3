"""A postmortem to read: its sections, one after the other, in a modal."""

from __future__ import annotations

from bot.engines.documents.splitting import to_rich_text_blocks
from bot.escaping import mrkdwn_within
from bot.queries.postmortems import PostmortemView
from bot.slack.cards.blocks import TEXT_LIMIT, Block, context, header, plain
from bot.slack.cards.inputs import modal
from bot.slack.cards.postmortem import status_words
from bot.slack.cards.typed import fits
from bot.slack.ids import Form

SUMMARY_CHARACTERS = 500
SECTION_CHARACTERS = (100_000, 30_000, 10_000, 3_000)
"""How much of each section is shown: all of it, less where Slack would not take it."""


def reading_view(view: PostmortemView) -> Block:
    """The text as it stands. Mentions in it are names here: nobody is pinged by reading."""
    shown = (_shown(view, characters) for characters in SECTION_CHARACTERS)
    return next((each for each in shown if fits(each)), _shown(view, SUMMARY_CHARACTERS))


def _shown(view: PostmortemView, characters: int) -> Block:
    facts = f"{status_words(view.status)}, owned by {view.owner.name}, {view.outline.severity}, {view.incident.label}"
    blocks: list[Block] = [
        {"type": "section", "text": plain(view.title)},
        context(mrkdwn_within(facts, TEXT_LIMIT)),
    ]
    for each in view.sections:
        blocks.append(header(each.title))
        if each.is_empty:
            blocks.append(context("_Nothing written yet._"))
        else:
            blocks.extend(to_rich_text_blocks(each.body, characters, mentioning=False))
    return modal(Form.SAID, view.label, blocks, close="Close")
