"""Escalations step by step, with the names of whom they notify."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.queries import people, teams
from bot.queries.naming import username
from bot.queries.reading import Reading
from bot.vocabulary import EscalationCondition, RecipientKind, StepNotifies
from storage import escalations, references, schedules
from storage.models import Escalation


@dataclass(frozen=True, slots=True)
class Step:
    """One rule. The delay is in minutes. `recipient_name` is a user name for a user; None for what is gone."""

    condition: EscalationCondition
    notifies: StepNotifies
    delay: int
    kind: RecipientKind
    recipient_id: str
    recipient_name: str | None


@dataclass(frozen=True, slots=True)
class EscalationView:
    """An escalation; `team` is its team's name."""

    id: str
    name: str
    description: str
    team_id: str | None
    team: str | None
    steps: tuple[Step, ...]
    repeat: Mapping[str, Any] | None


async def identified(reading: Reading, *, id_: str | None = None, name: str | None = None) -> EscalationView | None:
    """The escalation with that id, or whose name is that letter by letter."""
    found = await references.identified(
        reading.session, Escalation, ids=[id_] if id_ else [], names=[name] if name else []
    )
    return (await _views(reading, found))[0] if found else None


async def listed(reading: Reading, *, team_id: str | None = None) -> list[EscalationView]:
    """All escalations by name, or those of one team; four statements at most, however many there are."""
    return await _views(reading, await escalations.every(reading.session, team_id=team_id))


async def _views(reading: Reading, rows: Sequence[Escalation]) -> list[EscalationView]:
    ids = {kind: _recipients(rows, kind) for kind in RecipientKind}
    team_ids = ids[RecipientKind.TEAM] | {row.team_id for row in rows if row.team_id}
    known = await people.by_ids(reading, ids[RecipientKind.USER])
    names = {
        RecipientKind.USER: {id_: username(person) for id_, person in known.items()},
        RecipientKind.TEAM: await teams.names(reading, team_ids),
        RecipientKind.SCHEDULE: await _schedules(reading, ids[RecipientKind.SCHEDULE]),
    }
    return [
        EscalationView(
            id=row.id,
            name=row.name,
            description=row.description,
            team_id=row.team_id,
            team=names[RecipientKind.TEAM].get(row.team_id or ""),
            steps=tuple(_step(rule, names) for rule in row.rules),
            repeat=row.repeat,
        )
        for row in rows
    ]


async def _schedules(reading: Reading, ids: set[str]) -> Mapping[str, str]:
    return await schedules.names_of(reading.session, ids) if ids else {}


def _recipients(rows: Iterable[Escalation], kind: RecipientKind) -> set[str]:
    return {rule["recipient"]["id"] for row in rows for rule in row.rules if rule["recipient"]["type"] == kind}


def _step(rule: Mapping[str, Any], names: Mapping[RecipientKind, Mapping[str, str]]) -> Step:
    kind, recipient_id = RecipientKind(rule["recipient"]["type"]), rule["recipient"]["id"]
    return Step(
        condition=EscalationCondition(rule["condition"]),
        notifies=StepNotifies(rule["notify_type"]),
        delay=rule["delay_minutes"],
        kind=kind,
        recipient_id=recipient_id,
        recipient_name=names[kind].get(recipient_id),
    )
