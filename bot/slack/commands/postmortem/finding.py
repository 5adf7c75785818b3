"""The verbs that ask for what is known: mine and show."""

from __future__ import annotations

import asyncio
import re

from bot.queries import documents, drafts, pages, postmortems, snoozes, versions, waiting
from bot.slack.cards.blocks import Card
from bot.slack.cards.document import document_card
from bot.slack.cards.frozen import frozen_card
from bot.slack.cards.postmortem import postmortem_card
from bot.slack.cards.postmortem_lists import kept_card, mine_card, own_forms
from bot.slack.commands.postmortem.about import spoken
from bot.slack.desk import Desk, Request

_VERSION = re.compile(r"(?:v|version)\s*(\d{1,6})", re.IGNORECASE | re.ASCII)


async def mine(request: Request, desk: Desk) -> Card:
    """What waits for the asker, and their texts that are not in their place; these an outsider may have, too."""
    async with desk.reader() as reading:
        if request.person.is_outsider and (texts := own_forms(await drafts.mine(reading, request.person))):
            return kept_card(texts)
        return mine_card(await waiting.for_person(reading, request.person))


async def show(request: Request, desk: Desk) -> Card:
    """`show PM-12`: all of it, to the asker; shown to the channel it is the card alone.

    `show PM-12 v1` is the first of its versions, as it was published.
    """
    number, rest = spoken(request.words)
    version = _VERSION.fullmatch(rest.strip())
    async with desk.reader() as reading:
        if version:
            frozen = await versions.by_number(reading, number, int(version[1]), request.person)
            page = pages.postmortem_address(reading.settings, frozen.postmortem_id, number, version=int(version[1]))
            return await asyncio.to_thread(frozen_card, frozen, page=page)
        if request.public:
            return postmortem_card(await postmortems.by_number(reading, number, request.person))
        whole = await documents.by_number(reading, number, request.person)
        snooze = await snoozes.own(reading, whole.view.id, request.person)
        page = pages.postmortem_address(reading.settings, whole.view.id, number)
    line = f"postmortem show PM-{whole.view.number}"
    return await asyncio.to_thread(document_card, whole, asker=request.person, snooze=snooze, line=line, page=page)
