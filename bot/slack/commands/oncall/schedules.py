"""`/oncall schedules [part of a name]`, `/oncall schedules new`, `/oncall schedules edit <schedule>`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.queries import on_call, schedules, teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.more import Asked, Rest, more_buttons
from bot.slack.cards.schedules import ScheduleLine, schedules_card
from bot.slack.commands.oncall.choosing import chosen
from bot.slack.commands.oncall.schedule_form import edit_form, new_form
from bot.slack.desk import Desk, Request
from bot.slack.words.normalise import split_word
from bot.usecases.schedules.permission import editable, may_create

NEW_WORDS = frozenset({"new", "create", "make"})


async def schedule_list(request: Request, desk: Desk) -> Block | Card:
    """The list of schedules, or the form to which the words lead."""
    word, rest = split_word(request.text)
    async with desk.reader() as reading:
        if word.lower() in NEW_WORDS and not rest:
            return await new_form(reading, request.person)
        if word.lower() == "edit" and rest:
            [watched] = (await chosen(reading, rest)).watched
            return await edit_form(reading, request.person, watched.schedule.id)
        return await _card(reading, request)


async def schedule_lines(reading: Reading, person: Person, watched: Sequence[Watched]) -> list[ScheduleLine]:
    """These schedules as the list shows them to that person."""
    stands = await on_call.standings(reading, watched, at=reading.now)
    may_edit = await editable(reading, person, watched)
    names = await teams.names(reading, {each.team_id for each in watched if each.team_id})
    return [
        ScheduleLine(stand, names.get(each.team_id or ""), each.schedule.id in may_edit)
        for each, stand in zip(watched, stands, strict=True)
    ]


async def _card(reading: Reading, request: Request) -> Card:
    may = may_create(request.person)
    if not await schedules.count(reading):
        return schedules_card([], more=[], may_create=may)
    choice = await chosen(reading, request.text, channel=request.channel)
    lines = await schedule_lines(reading, request.person, choice.watched)
    rest = Rest(Asked.SCHEDULES, len(lines), request.channel)
    return schedules_card(lines, more=more_buttons(rest, choice.total), may_create=may)
