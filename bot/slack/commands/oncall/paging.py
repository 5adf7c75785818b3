"""Paging: the form as its schedule stands now, and carrying it out, from words or from that form."""

from __future__ import annotations

from bot.errors import AlreadyDone
from bot.queries import on_call, schedules
from bot.queries.alert_outlook import outlook
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.slack.cards.alert_paged import asked_card
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.page_form import PageFields, page_form
from bot.slack.desk import Desk
from bot.usecases.alerts.page import WantedPage, page


async def drawn(reading: Reading, fields: PageFields, *, note: str = "") -> Block:
    """The form with these fields, and who is on call by its schedule. A schedule that is gone is left out."""
    watched = await schedules.by_id(reading, fields.schedule_id) if fields.schedule_id else None
    stands = await on_call.standings(reading, [watched], at=reading.now) if watched else []
    return page_form(fields, stand=stands[0] if stands else None, now=reading.now, note=note)


async def paged(wanted: WantedPage, person: Person, desk: Desk, *, key: str) -> Card:
    """Who is called, now or when the same request came the first time.

    Raises:
        Mistake: as `page`.
    """
    try:
        async with desk.units.begin(person, key=key) as unit:
            alert_id = (await page(unit, wanted, await desk.rulebooks.current(unit.reading))).id
    except AlreadyDone as done:
        alert_id = done.outcome
    async with desk.reader() as reading:
        found = await outlook(reading, alert_id)
    assert found is not None  # noqa: S101  it was made a moment ago
    return asked_card(found)
