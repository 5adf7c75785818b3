"""Have an override say something else, for a program."""

from __future__ import annotations

from dataclasses import replace as but

from bot.engines.rotation import Participant
from bot.queries.naming import naming
from bot.usecases.overrides.asked import AskedOverride, understood
from bot.usecases.overrides.effects import Laid, effect_of
from bot.usecases.overrides.held import held_override, held_schedule
from bot.usecases.overrides.laying import lay
from bot.usecases.overrides.remove import taken_back
from bot.usecases.unit import Unit
from bot.vocabulary import ParticipantKind
from storage.models import Override


async def replace(unit: Unit, schedule_id: str, alias: str, asked: AskedOverride) -> str:
    """The override says what is asked, all of it anew; answers its alias, which stays, whatever `asked` says.

    It keeps its place among those that overlap: it was made when it was made. What it said is written down as taken
    back. Nothing happens where it says all that already.

    Raises:
        NotFound: the schedule has none of that alias, or is gone itself.
        NotAllowed: the key is another team's.
        BadFields: something in it is wrong; everything is named at once.
    """
    watched = await held_schedule(unit, schedule_id, since=asked.start)
    row = await held_override(unit, watched, alias)
    before = _laid(row)
    laid = await understood(unit, watched, but(asked, alias=None), before=before)
    if laid != before:
        beneath = tuple(each for each in watched.overrides if each.sequence < row.sequence)
        effect = await effect_of(unit.reading, but(watched, overrides=beneath), laid)
        await taken_back(unit, row, schedule=watched.schedule.name)
        await lay(unit, row, laid, effect, known=await naming(unit.reading, [laid.participant]))
    return row.alias


def _laid(row: Override) -> Laid:
    who = Participant(ParticipantKind(row.kind), row.user_id or row.team_id or row.escalation_id)
    return Laid(who, row.start, row.end, tuple(row.rotation_ids))
