"""`/postmortem publish` and `/postmortem preview`: looked at first, where there is reason to.

Typed, it is published at once, and what is worth a look is said in the answer: whoever types it means it. What looks
like a secret is the exception, because it cannot be taken back once it is announced: the preview comes instead, whose
button publishes it all the same.
"""

from __future__ import annotations

import asyncio

from bot.queries import papers
from bot.queries.deletions import absent
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.inputs import metadata
from bot.slack.cards.preview import publish_form
from bot.slack.cards.sentences import said_card
from bot.slack.commands.postmortem.about import about
from bot.slack.desk import Desk, Request
from bot.slack.moves import Mover
from bot.usecases.postmortems.publish import LooksSecret, publishable


async def publish(request: Request, desk: Desk) -> Card | Block:
    """`publish PM-12 [#channel]`."""
    asked = about(request)
    channel = asked.channels[0] if asked.channels else None
    mover = Mover(request.person, request.key, desk)
    try:
        return said_card(await mover.publish(asked.number, channel, heeds_secrets=True))
    except LooksSecret:
        return await _preview(request, desk, asked.number, channel)


async def preview(request: Request, desk: Desk) -> Card | Block:
    """`preview PM-12`, which the button [Publish] runs: what publishing it would show, for who may publish it now."""
    asked = about(request)
    return await _preview(request, desk, asked.number, asked.channels[0] if asked.channels else None)


async def _preview(request: Request, desk: Desk, number: int, channel: str | None) -> Block:
    async with desk.units.begin(request.person) as unit:
        held = await publishable(unit, number)
        own_channel = held.row.channel
    async with desk.reader() as reading:
        found = await papers.by_number(reading, number)
        if found is None:
            raise await absent(reading, number, request.person)
    about_it = metadata(pm=number)
    return await asyncio.to_thread(publish_form, found[1], channel=channel or own_channel, metadata=about_it)
