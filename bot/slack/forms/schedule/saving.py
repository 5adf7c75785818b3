"""The preview of a schedule, sent: the schedule is saved, once, and the view says what it says now."""

from __future__ import annotations

from bot.errors import AlreadyDone, BadFields, Conflict, NotFound, Unavailable, WatchbillError
from bot.escaping import mrkdwn
from bot.queries import people, schedules, teams
from bot.slack.cards.blocks import Block
from bot.slack.cards.schedule_form_fields import fields_from
from bot.slack.cards.schedule_form_preview import EFFECT, not_saved, saved
from bot.slack.desk import Desk
from bot.slack.forms.schedule.looking_ahead import ahead_of
from bot.slack.forms.schedule.reading import read
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.usecases.schedules.create import create
from bot.usecases.schedules.edit import edit
from bot.usecases.schedules.kept import drop_form, kept_by_id
from bot.usecases.schedules.wanted import TakesEffect

GONE = "What you typed was saved or thrown away already. `/oncall schedules` shows what there is."


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Save what the form under the preview held; where that cannot be, say why and leave everything as it is."""
    try:
        schedule_id = await _saved_id(sent, desk)
        return Replaced(await _saved(schedule_id, desk))
    except (Conflict, Unavailable) as error:
        return Replaced(not_saved(f"{error} Nothing was changed. Go back and press “Preview” once more."))
    except WatchbillError as error:
        return Replaced(not_saved(str(error)))


async def _saved_id(sent: Sent, desk: Desk) -> str:
    """The id of the schedule that this very press saved, now or when Slack sent it the first time."""
    async with desk.reader() as reading:
        kept = await kept_by_id(reading, sent.person, sent.about["kept"])
    fields = fields_from(kept.content) if kept else None
    form = await read(fields, desk) if fields else None
    try:
        async with desk.units.begin(sent.person, key=sent.key) as unit:
            if fields is None or form is None:
                raise NotFound(GONE)
            if form.faults:
                raise BadFields(form.faults)
            wanted = form.wanted
            if fields.schedule_id is None:
                await create(unit, wanted)
            else:
                await edit(
                    unit,
                    fields.schedule_id,
                    wanted,
                    version=sent.about["version"],
                    effect=TakesEffect(sent.filled.choice(EFFECT) or TakesEffect.NOW),
                )
            await drop_form(unit, fields.schedule_id, sitting=fields.sitting)
            return unit.outcome
    except AlreadyDone as done:
        return done.outcome


async def _saved(schedule_id: str, desk: Desk) -> Block:
    async with desk.reader() as reading:
        watched = await schedules.by_id(reading, schedule_id)
        if watched is None:
            raise NotFound(GONE)
        ids = {who.id for each in watched.schedule.rotations for who in each.rule.participants if who.id}
        known = await people.by_ids(reading, ids)
        names = await teams.names(reading, [watched.team_id] if watched.team_id else [])
        rotations = ahead_of(watched.schedule, known, now=reading.now)
    team = f"team {mrkdwn(names[watched.team_id])}" if watched.team_id else "no team"
    return saved(
        name=watched.schedule.name, facts=f"Time zone {watched.schedule.zone.key} · {team}", rotations=rotations
    )
