"""`/oncall override @user <from> <to> [schedule]`: understood and shown back, or the form where words are missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import BadFields, Mistake, NotFound
from bot.queries import links, schedules
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import ScheduleName
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.override import confirm_card
from bot.slack.cards.override_fields import OverrideFields
from bot.slack.cards.override_form import Choice, override_form
from bot.slack.commands.oncall.choosing import named
from bot.slack.desk import Desk, Request
from bot.slack.words.mentions import Mentions, extract
from bot.slack.words.names import Match, find
from bot.slack.words.normalise import unescape
from bot.slack.words.overrides import Typed, read_override
from bot.usecases.overrides.permission import require_member
from bot.usecases.overrides.planning import OverridePlan, WantedOverride, open_rotations, plan

WHO = "Who? Type @name, or me for yourself."
ONE_AT_A_TIME = "One person at a time: choose who."
WHICH = "Which schedule?"


@dataclass(frozen=True, slots=True)
class _Understood:
    """The fields as far as they were understood, how the times were read, and what was not understood."""

    fields: OverrideFields
    times: str
    faults: tuple[str, ...]


async def override(request: Request, desk: Desk) -> Block | Card:
    """Show back what was typed, with the button that makes it count; where something is missing, ask for it."""
    async with desk.reader() as reading:
        try:
            understood = await _understood(reading, request)
        except NotFound:
            require_member(request.person)  # who may not is told that, not how to make the first schedule
            raise
        if understood.faults:
            require_member(request.person)
            note = " ".join(understood.faults) if request.words.strip() else ""
            return await drawn(reading, understood.fields, note=note)
    try:
        planned = await planned_of(understood.fields, request.person, desk)
    except BadFields as wrong:
        return await _corrected(understood.fields, wrong, desk)
    return confirm_card(planned, me=request.person, understood=understood.times)


async def _corrected(fields: OverrideFields, wrong: BadFields, desk: Desk) -> Block:
    """The form with what is right of it, and with the sentence that says what is not."""
    left = replace(fields, person=None) if "person" in wrong.fields else fields
    async with desk.reader() as reading:
        return await drawn(reading, left, note=wrong.sentence)


async def planned_of(fields: OverrideFields, actor: Person, desk: Desk) -> OverridePlan:
    """What fields that are all known would come to.

    Raises:
        Mistake: as `plan`; NotFound too, where Slack knows nobody of that id.
    """
    wanted = await wanted_of(fields, desk)
    async with desk.reader() as reading:
        return await plan(reading, actor, wanted)


async def wanted_of(fields: OverrideFields, desk: Desk) -> WantedOverride:
    """What is wanted by fields that are all known; the person is looked up.

    Raises:
        NotFound: Slack knows nobody of that id.
        Mistake: something is not known.
    """
    if not fields.person or not fields.schedule_id or not fields.start or not fields.end:
        raise Mistake("Something is missing: who, which schedule, from when, or until when.")
    who = await desk.people.person(fields.person)
    return WantedOverride(fields.schedule_id, who.id, fields.start, fields.end, fields.rotation_ids)


async def drawn(reading: Reading, fields: OverrideFields, *, note: str = "") -> Block:
    """The form with these fields. A schedule that is gone is left out."""
    watched = await schedules.by_id(reading, fields.schedule_id) if fields.schedule_id else None
    if watched is None:
        return override_form(replace(fields, schedule_id=None), schedule=None, rotations=(), note=note)
    return override_form(
        fields,
        schedule=Choice(watched.schedule.id, watched.schedule.name),
        rotations=[Choice(each.id, each.name) for each in open_rotations(watched, reading.now)],
        note=note,
    )


async def _understood(reading: Reading, request: Request) -> _Understood:
    mentions = extract(request.words, me=request.person.slack_id or "")
    names = await schedules.names(reading)
    text = unescape(mentions.rest)
    typed = read_override(
        text,
        reading.now,
        request.person.zone,
        is_name=lambda words: isinstance(find(words, names), Match),
        is_whole_name=lambda words: isinstance(found := find(words, names), Match) and not found.guessed,
    )
    schedule, unknown = await _schedule(reading, typed.schedule, request.channel)
    faults = (_who_fault(mentions), typed.fault, unknown)
    return _Understood(
        fields=OverrideFields(
            schedule_id=schedule.id if schedule else None,
            person=mentions.users[0] if len(mentions.users) == 1 else None,
            start=_start(typed, reading.now),
            end=typed.window.end if typed.window else None,
        ),
        times=typed.window.understood if typed.window else "",
        faults=tuple(fault for fault in faults if fault),
    )


def _start(typed: Typed, now: datetime) -> datetime:
    """From when; where nothing was read, the form proposes now."""
    return typed.window.start if typed.window else typed.start or now.replace(second=0, microsecond=0)


def _who_fault(mentions: Mentions) -> str:
    if len(mentions.users) == 1:
        return ""
    if mentions.users:
        return ONE_AT_A_TIME
    if mentions.unresolved:
        return f"Slack did not say who “@{mentions.unresolved[0]}” is: choose the person."
    return WHO


async def _schedule(reading: Reading, words: str, channel: str) -> tuple[ScheduleName | None, str]:
    """The schedule meant, and what to say where none is known: named, else the channel's only one, else the only one.

    Raises:
        NotFound: there is no schedule at all.
    """
    known = await schedules.listed(reading)
    if not words.strip():
        linked = await links.of_channel(reading, channel)
        only = linked if len(linked) == 1 else known if len(known) == 1 and not linked else ()
        if not known:
            await named(reading, WHICH)
        return (only[0], "") if only else (None, WHICH)
    try:
        name = await named(reading, words)
    except NotFound as error:
        if not known:
            raise
        return None, f"{error.sentence} {', '.join(error.nearest)}".strip()
    return next(each for each in known if each.name == name), ""
