"""The form of a schedule, sent: what it would come to is shown on top of it, and nothing is saved."""

from __future__ import annotations

from bot.engines.rotation import Rotation, Schedule
from bot.errors import BadFields
from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries import people, schedules, teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.slack.cards.blocks import Block
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import metadata
from bot.slack.cards.schedule_form_fields import ScheduleFields
from bot.slack.cards.schedule_form_preview import Ahead, Meanwhile, preview
from bot.slack.desk import Desk
from bot.slack.forms.schedule.looking_ahead import ahead_of, side_by_side
from bot.slack.forms.schedule.reading import read
from bot.slack.forms.schedule.state import fields_of
from bot.slack.forms.sending import Outcome, Sent, Stacked
from bot.slack.words.windows import windows_text
from bot.usecases.schedules.kept import keep_form
from bot.usecases.schedules.planning import EditPlan, Plan, plan_edit, plan_new
from bot.usecases.schedules.wanted import TakesEffect, WantedSchedule
from bot.vocabulary import RotationType

_UNITS = {RotationType.WEEKLY: "week", RotationType.DAILY: "day", RotationType.HOURLY: "hour"}


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Keep what was typed, and show the next hand-offs, or every field that is wrong."""
    fields = fields_of(dict(sent.view))
    async with desk.units.begin(sent.person) as unit:
        kept = await keep_form(unit, fields.schedule_id, fields.content, sitting=fields.sitting)
    wanted = await read(fields, desk)
    try:
        async with desk.reader() as reading:
            view = await _preview(reading, sent.person, fields, wanted.wanted, kept)
    except BadFields as error:
        raise BadFields(_by_block(fields, error.fields | wanted.faults)) from error
    if wanted.faults:
        raise BadFields(_by_block(fields, wanted.faults))
    return Stacked(view)


def _by_block(fields: ScheduleFields, faults: dict[str, str]) -> dict[str, str]:
    """The sentences by block; where two belong to one, both."""
    placed: dict[str, str] = {}
    for name, sentence in faults.items():
        place = fields.block_id(name)
        placed[place] = f"{placed[place]} {sentence}" if place in placed else sentence
    return placed


async def _preview(
    reading: Reading, person: Person, fields: ScheduleFields, wanted: WantedSchedule, kept: str
) -> Block:
    if fields.schedule_id is None:
        plan = await plan_new(reading, person, wanted)
        known = await _everybody(reading, plan.after)
        once = ahead_of(plan.after, known, now=reading.now)
        return preview(
            name=plan.after.name,
            facts=await _facts(reading, plan),
            rotations=[Ahead(each, each) for each in once],
            metadata=metadata(kept=kept),
        )
    at_once = await plan_edit(reading, person, fields.schedule_id, wanted, TakesEffect.NOW)
    later = await plan_edit(reading, person, fields.schedule_id, wanted, TakesEffect.NEXT_HAND_OFF)
    before = at_once.before
    known = await _everybody(reading, at_once.after, before.schedule)
    return preview(
        name=at_once.after.name,
        facts=await _facts(reading, at_once),
        rotations=side_by_side(
            ahead_of(later.after, known, now=reading.now, before=before.schedule),
            ahead_of(at_once.after, known, now=reading.now, before=before.schedule),
        ),
        metadata=metadata(kept=kept, version=before.version),
        changes=_changes(at_once),
        meanwhile=await _meanwhile(reading, before, known) if before.version != fields.version else None,
    )


async def _everybody(reading: Reading, *of: Schedule) -> dict[str, Person]:
    ids = {
        who.id
        for schedule in of
        for rotation in schedule.rotations
        for version in rotation.versions
        for who in version.rule.participants
        if who.id
    }
    return await people.by_ids(reading, ids)


async def _facts(reading: Reading, plan: Plan) -> str:
    zone = f"Time zone {plan.after.zone.key}"
    if plan.team is None:
        return f"{zone} · no team"
    is_new = plan.team.casefold() not in {team.name.casefold() for team in await teams.all_by_name(reading)}
    return f"{zone} · team {mrkdwn(plan.team)}" + (" (new; you will lead it)" if is_new else "")


def _changes(plan: EditPlan) -> list[str]:
    before, after = plan.before.schedule, plan.after
    if before == after and plan.team_before == plan.team:
        return ["Nothing is different from what is saved."]
    told = [
        ("Name", before.name, after.name),
        ("Time zone", before.zone.key, after.zone.key),
        ("Team", plan.team_before or "none", plan.team or "none"),
    ]
    return [f"*Changed*  {what}: {mrkdwn(old)} → {mrkdwn(new)}" for what, old, new in told if old != new]


async def _meanwhile(reading: Reading, stored: Watched, known: dict[str, Person]) -> Meanwhile:
    change = await schedules.last_change(reading, stored.schedule.id)
    lines = [f"*{mrkdwn_within(stored.schedule.name, 500)}*, {stored.schedule.zone.key}"]
    lines += [_summary(each, known) for each in stored.schedule.rotations if each.closed_at is None]
    return Meanwhile(
        who=change.by.name if change and change.by else "Somebody else",
        at=change.at if change else reading.now,
        lines=tuple(lines),
    )


def _summary(rotation: Rotation, known: dict[str, Person]) -> str:
    rule = rotation.rule
    names = ", ".join(known[who.id].name if who.id in known else who.kind.value for who in rule.participants)
    every = f"every {rule.length} {_UNITS[rule.type]}s" if rule.length > 1 else f"every {_UNITS[rule.type]}"
    hours = f", only {windows_text(rule.restriction)}" if rule.restriction else ""
    people_ = mrkdwn_within(names, 200)
    return f"{mrkdwn_within(rotation.name, 100)}: {people_}; {every} from {day_and_time(rule.start)}{hours}"
