"""The preview of a schedule, sent: the schedule is saved, once, and the view says what it says now."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import AlreadyDone, BadFields, Conflict, NotFound, Unavailable, WatchbillError
from bot.escaping import mrkdwn
from bot.queries import schedules
from bot.queries.naming import naming_of
from bot.queries.schedules import Watched
from bot.slack.cards.blocks import Block
from bot.slack.cards.conflict import Choice
from bot.slack.cards.schedule_form_fields import ScheduleFields, fields_from
from bot.slack.cards.schedule_form_preview import EFFECT, not_saved, saved
from bot.slack.desk import Desk
from bot.slack.forms.schedule.looking_ahead import ahead_of
from bot.slack.forms.schedule.reading import read
from bot.slack.forms.schedule.two_edits import choice_between, chosen
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.usecases.schedules.create import create
from bot.usecases.schedules.edit import edit
from bot.usecases.schedules.kept import drop_form, kept_by_id
from bot.usecases.schedules.wanted import TakesEffect

GONE = "What you typed was saved or thrown away already. `/oncall schedules` shows what there is."


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Save what the form under the preview held; where that cannot be, say why and leave everything as it is."""
    async with desk.reader() as reading:
        kept = await kept_by_id(reading, sent.person, sent.about["kept"])
    typed = fields_from(kept.content) if kept else None
    try:
        return Replaced(await _saved(await _saved_id(sent, typed, desk), desk))
    except Conflict as conflict:
        assert typed and isinstance(conflict.theirs, Watched)  # noqa: S101  as usecases/schedules/edit.py says
        return Replaced(
            await choice_between(conflict.theirs, typed, kept=sent.about["kept"], person=sent.person, desk=desk)
        )
    except Unavailable as error:
        return Replaced(not_saved(f"{error} Nothing was changed. Go back and press “Preview” once more."))
    except WatchbillError as error:
        return Replaced(not_saved(str(error)))


async def _saved_id(sent: Sent, typed: ScheduleFields | None, desk: Desk) -> str:
    """The id of the schedule that this very press saved, now or when Slack sent it the first time."""
    fields = await _wanted(sent, typed, desk) if typed else None
    form = await read(fields, desk) if fields else None
    try:
        async with desk.units.begin(sent.person, key=sent.key) as unit:
            if fields is None or form is None:
                raise NotFound(GONE)
            if form.faults:
                raise BadFields(form.faults)
            wanted = form.wanted
            if fields.schedule_id is None or fields.version is None:
                await create(unit, wanted)
            else:
                effect = TakesEffect(sent.filled.choice(EFFECT) or TakesEffect.NOW)
                await edit(unit, fields.schedule_id, wanted, version=fields.version, effect=effect)
            await drop_form(unit, fields.schedule_id, sitting=fields.sitting)
            return unit.outcome
    except AlreadyDone as done:
        return done.outcome


async def _wanted(sent: Sent, typed: ScheduleFields, desk: Desk) -> ScheduleFields:
    """What was typed, or what was chosen of it and of another edit, as an edit of the version that was shown."""
    choice = Choice(sent.about["choice"]) if sent.about.get("choice") else None
    if choice is None or typed.schedule_id is None:
        return typed
    async with desk.reader() as reading:
        theirs = await schedules.by_id(reading, typed.schedule_id)
    if theirs is None:
        raise NotFound(GONE)
    return replace(await chosen(typed, theirs, choice, desk), version=sent.about["version"])


async def _saved(schedule_id: str, desk: Desk) -> Block:
    async with desk.reader() as reading:
        watched = await schedules.by_id(reading, schedule_id)
        if watched is None:
            raise NotFound(GONE)
        known = await naming_of(reading, [watched])
        rotations = ahead_of(watched.schedule, known, now=reading.now)
    team = f"team {mrkdwn(known.teams[watched.team_id])}" if watched.team_id else "no team"
    return saved(
        name=watched.schedule.name, facts=f"Time zone {watched.schedule.zone.key} · {team}", rotations=rotations
    )
