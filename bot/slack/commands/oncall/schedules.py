"""`/oncall schedules [part of a name]`, `/oncall schedules new`, `/oncall schedules edit <schedule>`."""

from __future__ import annotations

from bot.queries import on_call, schedules, teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.slack.cards.blocks import Block, Card
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
        return await _card(reading, request.person, request.text)


async def _card(reading: Reading, person: Person, words: str) -> Card:
    if not await schedules.count(reading):
        return schedules_card([], more=0, may_create=may_create(person))
    choice = await chosen(reading, words)
    stands = await on_call.standings(reading, choice.watched, at=reading.now)
    may_edit = await editable(reading, person, choice.watched)
    names = await teams.names(reading, {each.team_id for each in choice.watched if each.team_id})
    lines = [
        ScheduleLine(stand, names.get(each.team_id or ""), each.schedule.id in may_edit)
        for each, stand in zip(choice.watched, stands, strict=True)
    ]
    return schedules_card(lines, more=choice.more, may_create=may_create(person))
