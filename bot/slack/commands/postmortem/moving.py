"""The verbs that move a postmortem, or speak of it: submit, approve, changes, comment, reopen, assign, snooze.

Each carries out what was typed; where words are missing it answers with the form that asks for them, unless the
postmortem's state forbids the verb anyway: that is said before anybody types.
"""

from __future__ import annotations

import re

from bot.engines.lifecycle.due import working_day_after
from bot.engines.lifecycle.review import changes_requested
from bot.engines.wallclock import to_local
from bot.queries import postmortems, reviewers
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.inputs import metadata
from bot.slack.cards.notices import text_moved_on_card
from bot.slack.cards.postmortem_forms import (
    SectionLine,
    assign_form,
    changes_form,
    comment_form,
    reopen_form,
    snooze_form,
    submit_form,
)
from bot.slack.cards.sentences import said_card
from bot.slack.commands.postmortem.about import about, about_people, spoken
from bot.slack.commands.postmortem.keeping import with_reason
from bot.slack.desk import Desk, Request
from bot.slack.moves import Mover, review_rules
from bot.slack.sections import about_section, editable
from bot.slack.words.times import read_date
from bot.usecases.postmortems.approve import TextMovedOn
from bot.usecases.postmortems.reopen import reopenable

SHOWN = re.compile(r"shown (\d{1,9}(?:\.\d{1,9})*)", re.ASCII)
"""What an Approve button adds to its line: the versions of the sections it was shown with."""


async def submit(request: Request, desk: Desk) -> Card | Block:
    """`submit PM-12 @ana @raj`; without names the form proposes those asked before, else who reviews by default."""
    asked = about_people(request)
    if asked.users:
        return said_card(await _mover(request, desk).submit(asked.number, asked.users))
    async with desk.reader() as reading:
        view = await editable(reading, asked.number, request.person)
        before = [each.person for each in view.reviewers if each.counts and _can_review(each.person)]
        by_default = () if before else await reviewers.proposed(reading, asked.number)
    return submit_form(
        label=view.label,
        reviewers=[each.slack_id for each in (*before, *by_default) if each.slack_id],
        is_by_default=bool(by_default),
        empty=[section.title for section in view.sections if section.is_empty],
        metadata=metadata(pm=view.number),
    )


async def approve(request: Request, desk: Desk) -> Card | Block:
    """`approve PM-12`; a button adds the text it was shown with: `approve PM-12 shown 1.2.1.1`."""
    asked = about(request)
    try:
        return said_card(await _mover(request, desk).approve(asked.number, seen=_shown(asked.rest)))
    except TextMovedOn as refused:
        async with desk.reader() as reading:
            view = await postmortems.by_number(reading, asked.number, request.person)
        return text_moved_on_card(refused.sentence, view)


async def changes(request: Request, desk: Desk) -> Card | Block:
    """`changes PM-12 [section:] what should change`; without the text the form asks for it."""
    number, text = spoken(request.words)
    async with desk.reader() as reading:
        section, said = await about_section(reading, number, text.strip(), request.person)
        if not said:
            view = await postmortems.by_number(reading, number, request.person)
    if said:
        return said_card(await _mover(request, desk).request_changes(number, said, section))
    changes_requested(view.review, request.person.id, now=desk.reader.now(), rules=review_rules(desk.settings))
    return changes_form(label=view.label, sections=_lines(view), metadata=metadata(pm=number))


async def comment(request: Request, desk: Desk) -> Card | Block:
    """`comment PM-12 [section:] what one has to say`; without the text the form asks for it."""
    number, text = spoken(request.words)
    async with desk.reader() as reading:
        section, said = await about_section(reading, number, text.strip(), request.person)
        if not said:
            view = await editable(reading, number, request.person)
    if said:
        return said_card(await _mover(request, desk).comment(number, said, section))
    return comment_form(label=view.label, sections=_lines(view), metadata=metadata(pm=number))


async def reopen(request: Request, desk: Desk) -> Card | Block:
    """`reopen PM-12 why`; without a reason the form asks for it."""
    number, reason = spoken(request.words)
    if not reason.strip():
        async with desk.units.begin(request.person) as unit:
            await reopenable(unit, number)
        return reopen_form(label=f"PM-{number}", metadata=metadata(pm=number))
    return said_card(await _mover(request, desk).reopen(number, reason.strip()))


async def assign(request: Request, desk: Desk) -> Card | Block:
    """`assign PM-12 @raj`; without a name the form asks for it."""
    asked = about_people(request)
    if not asked.users:
        async with desk.reader() as reading:
            await editable(reading, asked.number, request.person)
        return assign_form(label=f"PM-{asked.number}", metadata=metadata(pm=asked.number))
    return said_card(await _mover(request, desk).assign(asked.number, asked.users[0]))


async def snooze(request: Request, desk: Desk) -> Card | Block:
    """`snooze PM-12 until friday`; without a day the form proposes the next working one."""
    number, words = spoken(request.words)
    now, zone = desk.reader.now(), request.person.zone
    if not words.strip():
        async with desk.reader() as reading:
            await editable(reading, number, request.person)
        first = working_day_after(to_local(now, zone).date(), 1)
        return snooze_form(label=f"PM-{number}", first=first.isoformat(), metadata=metadata(pm=number))
    day, reason = with_reason(words.strip().removeprefix("until "))
    return said_card(await _mover(request, desk).snooze(number, read_date(day, now, zone), reason))


def _can_review(person: Person) -> bool:
    return not (person.has_left or person.is_outsider)


def _lines(view: PostmortemView) -> list[SectionLine]:
    """The sections there are to choose from."""
    return [SectionLine(each.key, each.title, "") for each in view.sections]


def _mover(request: Request, desk: Desk) -> Mover:
    return Mover(request.person, request.key, desk)


def _shown(words: str) -> tuple[int, ...] | None:
    read = SHOWN.fullmatch(words)
    return tuple(map(int, read[1].split("."))) if read else None
