"""The verbs that ask: mine, show, list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.errors import Unreadable
from bot.queries import drafts, postmortems, snoozes, waiting
from bot.queries.people import Person
from bot.queries.postmortems import Listing
from bot.queries.reading import Reading
from bot.slack.cards.blocks import Card, actions, button, context
from bot.slack.cards.postmortem import postmortem_card, snooze_words
from bot.slack.cards.postmortem_lists import ROWS, kept_card, list_card, mine_card, own_forms
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
    """What waits for the asker, and their texts that are not in their place; these an outsider may have, too."""
    async with desk.reader() as reading:
        if request.person.is_outsider and (texts := own_forms(await drafts.mine(reading, request.person))):
            return kept_card(texts)
        return mine_card(await waiting.for_person(reading, request.person))


async def show(request: Request, desk: Desk) -> Card:
    """`show PM-12`: the card as it stands; it is the asker's until they show it to the channel."""
    number, _ = spoken(request.words)
    async with desk.reader() as reading:
        view = await postmortems.by_number(reading, number, request.person)
        snooze = await snoozes.own(reading, view.id, request.person)
    if request.public:
        return postmortem_card(view)
    card = postmortem_card(view, asker=request.person)
    quiet = [context(snooze_words(snooze))] if snooze else []
    return Card(card.text, (*card.blocks, *quiet, actions(button("Show to channel", Action.SHOW, request.line))))


async def listed(request: Request, desk: Desk) -> Card:
    """`list [draft|review|overdue|published]`: newest first, in pages; a page beyond the last is the last."""
    wanted = _wanted(request.text)
    page = wanted.page
    async with desk.reader() as reading:
        listing = await _page(reading, request.person, wanted, page)
        if page > 1 and not listing.items:
            page = max(1, -(-listing.total // ROWS))
            listing = await _page(reading, request.person, wanted, page)
    line = " ".join(part for part in ("postmortem list", wanted.words) if part)
    return list_card(listing, head=_counted(listing.total, wanted), line=line, page=page, public=request.public)


async def _page(reading: Reading, asker: Person, wanted: _Wanted, page: int) -> Listing:
    return await postmortems.listing(
        reading, asker, status=wanted.status, overdue=wanted.overdue, limit=ROWS, offset=(page - 1) * ROWS
    )


def _counted(total: int, wanted: _Wanted) -> str:
    """`3 postmortems in review`."""
    noun = "postmortem" if total == 1 else "postmortems"
    if wanted.overdue:
        return f"{total} overdue {noun}"
    match wanted.status:
        case PostmortemStatus.DRAFT:
            return f"{total} draft{'s' * (total != 1)}"
        case PostmortemStatus.IN_REVIEW:
            return f"{total} {noun} in review"
        case PostmortemStatus.PUBLISHED:
            return f"{total} published {noun}"
        case None:
            return f"{total} {noun}"


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
