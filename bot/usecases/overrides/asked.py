"""An override as programs ask for it: whom and which rotations they mean, and whether it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.rotation import NOBODY, Participant, Rotation
from bot.errors import Taken
from bot.queries.people import as_person
from bot.queries.schedules import Watched
from bot.usecases.fields import Faults, unfit, wrong_name
from bot.usecases.overrides.effects import Laid, open_rotations
from bot.usecases.overrides.planning import EARLIEST_YEAR, LATEST_YEAR
from bot.usecases.references import Ref, missing, named, people_named
from bot.usecases.staying import staying
from bot.usecases.unit import Unit
from bot.vocabulary import ParticipantKind
from storage import models, overrides

ALIAS_CHARACTERS = 512


@dataclass(frozen=True, slots=True)
class AskedOverride:
    """Whom a program wants on call from `start` until `end`, to the very second, past or to come.

    `who` names them, and nobody where `kind` is none. Without rotations it lies over all, those to come included.
    `alias` None: one is made up.
    """

    kind: ParticipantKind
    who: Ref
    start: datetime
    end: datetime
    rotations: tuple[Ref, ...] = ()
    alias: str | None = None


async def understood(unit: Unit, watched: Watched, asked: AskedOverride, *, before: Laid | None = None) -> Laid:
    """The override that is meant. Whom it put on call `before`, and in which rotations, may stay, whatever became of
    them since.

    Raises:
        BadFields: something in it is wrong; everything is named at once.
        Taken: another override of the schedule has that alias.
    """
    faults = Faults()
    who = await _staying(unit, asked, before) or await _recipient(unit, asked, faults)
    faults.add_all(wrong_instants(asked.start, asked.end))
    there = [each for each in watched.schedule.rotations if before and each.id in before.rotation_ids]
    rotations = [*open_rotations(watched, asked.start), *there]
    ids = [_meant(ref, rotations) for ref in asked.rotations]
    for place, found in enumerate(ids):
        faults.add(f"rotations.{place}", None if found else _unknown(asked.rotations[place], watched))
    faults.add("alias", wrong_alias(asked.alias))
    faults.refuse()
    assert who is not None  # noqa: S101  else it was refused
    await _refuse_taken(unit, watched, asked.alias)
    return Laid(who, asked.start, asked.end, tuple(dict.fromkeys(id_ for id_ in ids if id_)))


def wrong_instants(start: datetime, end: datetime) -> dict[str, str]:
    """What is wrong with the times that a program sends, by field."""
    years = f"Choose a time between the years {EARLIEST_YEAR} and {LATEST_YEAR}."
    wrong = {field: years for field, at in (("start", start), ("end", end)) if not is_imaginable(at)}
    if end <= start:
        wrong.setdefault("end", "The end must be later than the start.")
    return wrong


def is_imaginable(at: datetime) -> bool:
    """Whether a time is one that can be meant; beyond these years calendars end and sums of times fail."""
    return EARLIEST_YEAR <= at.year <= LATEST_YEAR


def wrong_alias(alias: str | None) -> str | None:
    """What is wrong with the name that a program gives to something, if it gives one."""
    return wrong_name(alias, called="The alias", limit=ALIAS_CHARACTERS) if alias is not None else None


async def _staying(unit: Unit, asked: AskedOverride, before: Laid | None) -> Participant | None:
    if before is None or before.participant.id is None:
        return None
    there = await staying(unit.reading, [(before.participant.kind.value, before.participant.id)])
    return before.participant if there.of(asked.kind, asked.who) else None


async def _recipient(unit: Unit, asked: AskedOverride, faults: Faults) -> Participant | None:
    """Whom it is to put on call. They stay until the unit ends."""
    if asked.kind is ParticipantKind.NONE:
        return NOBODY
    if asked.kind is ParticipantKind.USER:
        person = (await people_named(unit, [asked.who])).of(asked.who)
        if person is not None:
            faults.add("user", unfit(as_person(person, unit.settings), task="be on call"))
        found = person.id if person else None
    else:
        found = await _group_id(unit, asked)
    faults.add("user", None if found else missing(asked.kind, asked.who))
    return Participant(asked.kind, found) if found else None


async def _group_id(unit: Unit, asked: AskedOverride) -> str | None:
    if asked.kind is ParticipantKind.TEAM:
        team = (await named(unit, models.Team, [asked.who])).of(asked.who)
        return team.id if team else None
    escalation = (await named(unit, models.Escalation, [asked.who])).of(asked.who)
    return escalation.id if escalation else None


def _meant(ref: Ref, rotations: Sequence[Rotation]) -> str | None:
    if ref.id:
        return next((each.id for each in rotations if each.id == ref.id), None)
    return next((each.id for each in rotations if each.name == ref.name), None)


def _unknown(ref: Ref, watched: Watched) -> str:
    if ref.is_empty:
        return missing("rotation", ref)
    return f"{watched.schedule.name} has no rotation with {ref}."


async def _refuse_taken(unit: Unit, watched: Watched, alias: str | None) -> None:
    """Of two at once the second comes here when the first has committed: both hold the schedule's row."""
    if alias and await overrides.by_alias(unit.session, watched.schedule.id, alias):
        raise Taken({"alias": f"{watched.schedule.name} has an override with the alias “{alias}” already."})
