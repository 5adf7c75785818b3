"""`/postmortem search`."""

from __future__ import annotations

import re

from bot.queries import search
from bot.slack.cards.blocks import Card
from bot.slack.cards.found import ROWS, found_card
from bot.slack.desk import Desk, Request
from bot.slack.words.normalise import as_typed

_PAGE = re.compile(r"\s*\(page (\d{1,6})\)$")
"""In brackets, so that one can search for `page 2`."""
CARRIED_CHARACTERS = 1_500
"""Of the words in a button that turns pages, which takes 2,000 characters."""


async def find(request: Request, desk: Desk) -> Card:
    """`search words`: those that have them all, newest first, in pages; a page beyond the last is the last."""
    typed = as_typed(request.words).strip()
    turned = _PAGE.search(typed)
    query = " ".join(_PAGE.sub("", typed).split())
    page = max(1, int(turned[1])) if turned else 1
    async with desk.reader() as reading:
        found = await search.find(reading, request.person, query, limit=ROWS, offset=(page - 1) * ROWS)
        if page > 1 and not found.hits:
            total = (await search.find(reading, request.person, query, limit=1)).total
            page = max(1, -(-total // ROWS))
            found = await search.find(reading, request.person, query, limit=ROWS, offset=(page - 1) * ROWS)
    carried = query if not found.left_out and len(query) <= CARRIED_CHARACTERS else " ".join(found.words)
    line = f"postmortem search {carried}"
    return found_card(found, query=query, line=line, page=page, public=request.public)
