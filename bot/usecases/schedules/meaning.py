"""Whom the rosters that programs send mean."""

from __future__ import annotations

from collections.abc import Callable

from bot.engines.rotation import Participant
from bot.usecases.references import Ref, named, people_named
from bot.usecases.schedules.wanted import UNSAID, Named, WantedSchedule
from bot.usecases.unit import Unit
from bot.vocabulary import ParticipantKind
from storage.models import Escalation, Team, User

Meant = dict[Named, Participant]
"""Who is not in it is not there, or not within the reach of the key that asks."""


async def meant(unit: Unit, wanted: WantedSchedule) -> Meant:
    """Everybody who is named in it, and who stays until this transaction ends; three statements at most."""
    rotations = () if wanted.rotations is UNSAID else wanted.rotations
    rosters = [each.participants for each in rotations if each.participants is not UNSAID]
    asked = {who for roster in rosters for who in roster if isinstance(who, Named)}
    refs = {kind: [each.ref for each in asked if each.kind is kind] for kind in ParticipantKind}
    users = await people_named(unit, refs[ParticipantKind.USER])
    teams = await named(unit, Team, refs[ParticipantKind.TEAM])
    escalations = await named(unit, Escalation, refs[ParticipantKind.ESCALATION])
    look_up: dict[ParticipantKind, Callable[[Ref], User | Team | Escalation | None]] = {
        ParticipantKind.USER: users.of,
        ParticipantKind.TEAM: teams.of,
        ParticipantKind.ESCALATION: escalations.of,
    }
    rows = {each: look_up[each.kind](each.ref) for each in asked}
    return {each: Participant(each.kind, row.id) for each, row in rows.items() if row}
