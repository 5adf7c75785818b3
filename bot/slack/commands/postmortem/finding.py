"""The verbs that ask: mine, show, list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.errors import Unreadable
from bot.queries import postmortems, waiting
from bot.slack.cards.blocks import Card, actions, button
from bot.slack.cards.postmortem import postmortem_card
from bot.slack.cards.postmortem_lists import ROWS, list_card, mine_card
from bot.slack.commands.postmortem.about import spoken
from bot.slack.desk import Desk, Request
from bot.slack.ids import Action
from bot.vocabulary import PostmortemStatus

STATUSES = {
    "draft": PostmortemStatus.DRAFT,
    "drafts": PostmortemStatus.DRAFT,
    "review": PostmortemStatus.IN_REVIEW,
    "in-review": PostmortemStatus.IN_REVIEW,
    "published": PostmortemStatus.PUBLISHED,
}
_PAGE = re.compile(r"\bpage (\d{1,6})$")


async def mine(request: Request, desk: Desk) -> Card:
    """What waits for the asker."""
    async with desk.reader() as reading:
        return mine_card(await waiting.for_person(reading, request.person))


async def show(request: Request, desk: Desk) -> Card:
    """`show PM-12`: the card as it stands; it is the asker's until they show it to the channel."""
    number, _ = spoken(request)
    async with desk.reader() as reading:
        view = await postmortems.by_number(reading, number, request.person)
    if request.public:
        return postmortem_card(view)
    card = postmortem_card(view, asker=request.person)
    return Card(card.text, (*card.blocks, actions(button("Show to channel", Action.SHOW, request.line))))


async def listed(request: Request, desk: Desk) -> Card:
    """`list [draft|review|overdue|published]`: newest first, in pages."""
    wanted = _wanted(request.text)
    async with desk.reader() as reading:
        listing = await postmortems.listing(
            reading,
            request.person,
            status=wanted.status,
            overdue=wanted.overdue,
            limit=ROWS,
            offset=(wanted.page - 1) * ROWS,
        )
    line = " ".join(part for part in ("postmortem list", wanted.words) if part)
    return list_card(listing, what=wanted.words, line=line, page=wanted.page, public=request.public)


@dataclass(frozen=True, slots=True)
class _Wanted:
    words: str
    status: PostmortemStatus | None
    overdue: bool
    page: int


def _wanted(text: str) -> _Wanted:
    page = _PAGE.search(text.strip())
    words = _PAGE.sub("", text.strip()).strip().lower()
    if words and words != "overdue" and words not in STATUSES:
        raise Unreadable(f"“{words}” is not something to list by. There are: draft, review, overdue, published.")
    return _Wanted(words, STATUSES.get(words), words == "overdue", max(1, int(page[1])) if page else 1)
