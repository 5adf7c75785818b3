"""The verbs of a timeline: add, timeline."""

from __future__ import annotations

import re

from bot.queries import timeline
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.timeline import ROWS, added_card, timeline_card
from bot.slack.cards.timeline_forms import entry_form, times_form
from bot.slack.commands.postmortem.about import spoken
from bot.slack.desk import Desk, Request
from bot.slack.sections import editable
from bot.slack.words.references import split_reference
from bot.slack.words.times import split_stamp
from bot.usecases.timeline.add import add as add_
from bot.usecases.timeline.held import removed
from bot.usecases.timeline.wanted import WantedEntry

_PAGE = re.compile(r"page (\d{1,6})")


async def add(request: Request, desk: Desk) -> Card | Block:
    """`add PM-12 [time] text`: what is typed happened then, or now; without a text the form asks for it."""
    number, words = split_reference(request.words)
    now, zone = desk.reader.now(), request.person.zone
    moment, text = split_stamp(words, now, zone)
    if not text.strip():
        async with desk.reader() as reading:
            view = await editable(reading, number, request.person)
        return entry_form(view.label, view.number, at=moment.at if moment else now)
    async with desk.units.begin(request.person, key=request.key) as unit:
        added = await add_(unit, number, WantedEntry(at=moment.at if moment else now, text=text))
        unit.outcome = f"PM-{number} has it"
    async with desk.reader() as reading:
        place = await timeline.by_id(reading, added.entry_id, request.person)
    if place is None:
        raise removed()
    return added_card(place, asker=request.person, understood=moment.understood if moment else "")


async def times(request: Request, desk: Desk) -> Card | Block:
    """`times PM-12`: the form in which the moments of the incident are put right."""
    number, _ = spoken(request.words)
    async with desk.reader() as reading:
        view = await editable(reading, number, request.person)
        shown = await timeline.everything(reading, view.id, limit=0)
    return times_form(view.label, view.number, shown)


async def listed(request: Request, desk: Desk) -> Card:
    """`timeline PM-12`: its entries in the order of time, in pages; a page beyond the last is the last."""
    number, words = spoken(request.words)
    asked = _PAGE.fullmatch(words.strip().lower())
    page = max(1, int(asked[1])) if asked else 1
    async with desk.reader() as reading:
        shown = await timeline.of_number(reading, number, request.person, limit=ROWS, offset=(page - 1) * ROWS)
        if page > 1 and not shown.items:
            page = max(1, -(-shown.total // ROWS))
            shown = await timeline.of_number(reading, number, request.person, limit=ROWS, offset=(page - 1) * ROWS)
    return timeline_card(f"PM-{number}", shown, page=page, public=request.public)
