"""The choice between two edits of a schedule, sent: what was chosen is previewed, and saved from there."""

from __future__ import annotations

from bot.errors import NotFound
from bot.queries import schedules
from bot.slack.cards.conflict import Choice
from bot.slack.cards.schedule_choice import left_view
from bot.slack.cards.schedule_form_fields import fields_from
from bot.slack.desk import Desk
from bot.slack.forms.conflict import choice_of
from bot.slack.forms.schedule.previewing import seen_ahead
from bot.slack.forms.schedule.two_edits import choice_between, chosen
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.usecases.schedules.kept import kept_by_id

GONE = "What you typed was saved or thrown away already. `/oncall schedules` shows what there is."


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Show what was chosen as it would be. Where somebody saved once more, the choice is asked anew."""
    choice = choice_of(sent)
    async with desk.reader() as reading:
        kept = await kept_by_id(reading, sent.person, sent.about["kept"])
        mine = fields_from(kept.content) if kept else None
        theirs = await schedules.by_id(reading, mine.schedule_id) if mine and mine.schedule_id else None
    if kept is None or mine is None or theirs is None:
        raise NotFound(GONE)
    if theirs.version != sent.about["version"]:
        return Replaced(await choice_between(theirs, mine, kept=kept.id, person=sent.person, desk=desk))
    if choice is Choice.THEIRS:
        return Replaced(left_view(theirs.schedule.name))
    wanted = await chosen(mine, theirs, choice, desk)
    return Replaced(await seen_ahead(wanted, kept.id, sent.person, desk, choice=choice))
