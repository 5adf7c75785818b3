"""Postmortems that a search found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.engines.searching import excerpt, marked
from bot.escaping import mrkdwn_within, shortened
from bot.queries.search import WHAT_TO_TYPE, Found, Hit
from bot.slack.cards.blocks import Block, Card, actions, button, context, plain, section
from bot.slack.cards.postmortem import status_words
from bot.slack.ids import Action
from bot.slack.words.local import day_words

ROWS = 5
LINE_CHARACTERS = 300
QUERY_CHARACTERS = 100
TITLE_CHARACTERS = 300


def found_card(found: Found, *, query: str, line: str, page: int, public: bool) -> Card:
    """`/postmortem search`: a page of what was found, newest first; `line` asks for the same, page by page.

    In a public answer nothing can be shared once more.
    """
    head = f"{_counted(found.total)} with “{mrkdwn_within(query, QUERY_CHARACTERS)}”"
    blocks: list[Block] = [section(f"*{head}*")]
    if found.left_out:
        blocks.append(
            context(f"You typed {found.left_out + len(found.words)} words; the first {len(found.words)} count.")
        )
    if not found.total:
        blocks.append(context(f"Every word must be in it, or begin one. {WHAT_TO_TYPE}"))
    for hit in found.hits:
        blocks.extend(_row(hit, found.words, public=public))
    turning = list(_turning(found.total, line, page))
    if turning:
        blocks.append(actions(*turning))
    told = "; ".join(f"{hit.postmortem.label} {mrkdwn_within(hit.postmortem.title, 150)}" for hit in found.hits)
    return Card(f"{head}: {told}" if told else f"{head}.", tuple(blocks))


def _row(hit: Hit, words: Sequence[str], *, public: bool) -> Iterator[Block]:
    """Title, label, day and state, as typed; then the line; then what can be done."""
    outline = hit.postmortem
    day = f"{day_words(outline.started_at)} {outline.started_at.year}"
    title = shortened(outline.title, TITLE_CHARACTERS)
    yield {"type": "section", "text": plain(f"{title}\n{outline.label}, {day}, {status_words(outline.status)}")}
    if hit.line:
        yield _quotation(excerpt(hit.line, words, LINE_CHARACTERS), words)
    buttons = [button("Open", f"{Action.RUN}:{outline.label}", f"postmortem show {outline.label}")]
    if not public:
        buttons.append(button("Share here", Action.SHOW, f"postmortem show {outline.label}"))
    yield actions(*buttons)


def _quotation(line: str, words: Sequence[str]) -> Block:
    """The line exactly as it stands there, with the words in bold: as rich text, in which no mark formats or pings."""
    pieces = [
        {"type": "text", "text": text} | ({"style": {"bold": True}} if is_hit else {})
        for text, is_hit in marked(line, words)
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": pieces}]}


def _turning(total: int, line: str, page: int) -> Iterator[Block]:
    if page > 1:
        yield button("Newer", f"{Action.RUN}:newer", f"{line} (page {page - 1})")
    if page * ROWS < total:
        yield button("Older", f"{Action.RUN}:older", f"{line} (page {page + 1})")


def _counted(total: int) -> str:
    match total:
        case 0:
            return "No postmortem"
        case 1:
            return "1 postmortem"
        case _:
            return f"{total} postmortems"
