"""The form of a schedule, sent: what it would come to is shown on top of it, and nothing is saved."""

from __future__ import annotations

from bot.engines.rotation import Schedule
from bot.errors import BadFields, Conflict
from bot.escaping import mrkdwn
from bot.queries import teams
from bot.queries.naming import Naming, naming
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.slack.cards.blocks import Block
from bot.slack.cards.conflict import Choice
from bot.slack.cards.inputs import metadata
from bot.slack.cards.schedule_form_fields import ScheduleFields
from bot.slack.cards.schedule_form_preview import Ahead, preview
from bot.slack.desk import Desk
from bot.slack.forms.schedule.looking_ahead import ahead_of, side_by_side
from bot.slack.forms.schedule.reading import read
from bot.slack.forms.schedule.state import fields_of
from bot.slack.forms.schedule.two_edits import choice_between
from bot.slack.forms.sending import Outcome, Sent, Stacked
from bot.usecases.schedules.kept import keep_form
from bot.usecases.schedules.planning import EditPlan, Plan, plan_edit, plan_new
from bot.usecases.schedules.wanted import TakesEffect, WantedSchedule


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Keep what was typed, and show the next hand-offs, or every field that is wrong."""
    fields = fields_of(dict(sent.view))
    async with desk.units.begin(sent.person) as unit:
        kept = await keep_form(unit, fields.schedule_id, fields.content, sitting=fields.sitting)
    try:
        return Stacked(await seen_ahead(fields, kept, sent.person, desk))
    except BadFields as error:
        raise BadFields(_by_block(fields, error.fields)) from error


async def seen_ahead(
    fields: ScheduleFields, kept: str, person: Person, desk: Desk, *, choice: Choice | None = None
) -> Block:
    """What the fields would come to; where somebody else changed the schedule since, the choice between both.

    `kept` is the kept text of what was typed, `choice` how `fields` came of it.

    Raises:
        BadFields: everything that is wrong, by field as use cases name them.
    """
    wanted = await read(fields, desk)
    try:
        async with desk.reader() as reading:
            view = await _preview(reading, person, fields, wanted.wanted, _about(fields, kept, choice))
    except BadFields as error:
        raise BadFields(error.fields | wanted.faults) from error
    except Conflict as conflict:
        assert isinstance(conflict.theirs, Watched)  # noqa: S101  raised below
        view = await choice_between(conflict.theirs, fields, kept=kept, person=person, desk=desk)
    if wanted.faults:
        raise BadFields(wanted.faults)
    return view


def _by_block(fields: ScheduleFields, faults: dict[str, str]) -> dict[str, str]:
    """The sentences by block; where two belong to one, both."""
    placed: dict[str, str] = {}
    for name, sentence in faults.items():
        place = fields.block_id(name)
        placed[place] = f"{placed[place]} {sentence}" if place in placed else sentence
    return placed


async def _preview(
    reading: Reading, person: Person, fields: ScheduleFields, wanted: WantedSchedule, about: str
) -> Block:
    if fields.schedule_id is None:
        plan = await plan_new(reading, person, wanted)
        known = await _everybody(reading, plan.after)
        once = ahead_of(plan.after, known, now=reading.now)
        return preview(
            name=plan.after.name,
            facts=await _facts(reading, plan),
            rotations=[Ahead(each, each) for each in once],
            metadata=about,
        )
    at_once = await plan_edit(reading, person, fields.schedule_id, wanted, TakesEffect.NOW)
    later = await plan_edit(reading, person, fields.schedule_id, wanted, TakesEffect.NEXT_HAND_OFF)
    before = at_once.before
    if before.version != fields.version:
        raise Conflict("Somebody else changed it meanwhile.", theirs=before, version=before.version)
    known = await _everybody(reading, at_once.after, before.schedule)
    return preview(
        name=at_once.after.name,
        facts=await _facts(reading, at_once),
        rotations=side_by_side(
            ahead_of(later.after, known, now=reading.now, before=before.schedule),
            ahead_of(at_once.after, known, now=reading.now, before=before.schedule),
        ),
        metadata=about,
        changes=_changes(at_once),
    )


def _about(fields: ScheduleFields, kept: str, choice: Choice | None) -> str:
    """What is saved from a preview: the kept text, or what was chosen of it, as an edit of that version."""
    return metadata(kept=kept, version=fields.version or 0, choice=choice or "")


async def _everybody(reading: Reading, *of: Schedule) -> Naming:
    named = {
        who
        for schedule in of
        for rotation in schedule.rotations
        for version in rotation.versions
        for who in version.rule.participants
    }
    return await naming(reading, named)


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
