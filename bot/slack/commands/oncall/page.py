"""`/oncall page <schedule> <what is wrong>`: at once where both are beyond doubt, else by the form."""

from __future__ import annotations

from bot.queries import links, schedules
from bot.queries.reading import Reading
from bot.queries.schedules import ScheduleName
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.page_form import PageFields
from bot.slack.commands.oncall.paging import drawn, paged
from bot.slack.desk import Desk, Request
from bot.slack.words.normalise import as_typed
from bot.slack.words.pages import TypedPage, read_page
from bot.usecases.alerts.page import MOST_TEXT, WantedPage
from bot.usecases.alerts.permission import require_page

CUT_SHOWN = 40


async def page(request: Request, desk: Desk) -> Block | Card:
    """Reach who is on call; where it is not sure who is meant, or nothing is said, ask for it.

    Without a name the form proposes the channel's only schedule, else the only one there is.
    """
    require_page(request.person)
    text = as_typed(request.words)
    async with desk.reader() as reading:
        known = await schedules.listed(reading)
        typed = _by_id(text, known) or read_page(text, [each.name for each in known])
        meant = next((each for each in known if each.name == typed.schedule), None)
        if meant is None or not typed.is_sure or not typed.text:
            proposed = meant or await _only(reading, request, known)
            fields = PageFields(
                schedule_id=proposed.id if proposed else None,
                text=typed.text,
                url=request.response_url,
                replaces=request.replaces,
            )
            return await drawn(reading, fields, note=" ".join(filter(None, (typed.fault, _cut(typed.text)))))
    wanted = WantedPage(meant.id, typed.text, url=request.response_url, replaces=request.replaces)
    return await paged(wanted, request.person, desk, key=request.key)


def _cut(text: str) -> str:
    """What is said of a text that is longer than the form's box; empty for one that fits."""
    if len(text) <= MOST_TEXT:
        return ""
    return f"A form holds {MOST_TEXT:,} characters. The end of your text is left out: “…{text[-CUT_SHOWN:]}”."


def _by_id(text: str, known: tuple[ScheduleName, ...]) -> TypedPage | None:
    """What a button's line says: the schedule by its id."""
    first, _, rest = text.strip().partition(" ")
    found = next((each for each in known if each.id == first), None)
    return TypedPage(found.name, rest.strip(), is_sure=True) if found else None


async def _only(reading: Reading, request: Request, known: tuple[ScheduleName, ...]) -> ScheduleName | None:
    linked = () if request.direct else await links.of_channel(reading, request.channel)
    if len(linked) == 1:
        return linked[0]
    return known[0] if len(known) == 1 and not linked else None
