"""From the words and choices in the form to the schedule that is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.rotation import Participant, Restriction, Rotation
from bot.errors import NotFound, Unreadable
from bot.queries import people, schedules, teams
from bot.queries.people import Person
from bot.slack.cards.schedule_form_fields import RotationFields, ScheduleFields
from bot.slack.commands.oncall.schedule_form import NEW_TEAM, shown_in_menu
from bot.slack.desk import Desk
from bot.slack.words.windows import read_windows
from bot.usecases.schedules.wanted import ExistingTeam, WantedRotation, WantedSchedule
from bot.vocabulary import ParticipantKind, RotationType, TurnCounting

_UNREAD = datetime(2000, 1, 1)  # noqa: DTZ001  a local time; stands where a fault is noted, and is never stored
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Read:
    """What is wanted, and the sentences for what could not be read, by field as use cases name them."""

    wanted: WantedSchedule
    faults: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the form's ids stand for: people by their id in Slack, the stored rotations, everybody in their rosters."""

    people: Mapping[str, Person]
    rotations: Mapping[str, Rotation]
    stored: Mapping[str, Person]


async def read(fields: ScheduleFields, desk: Desk) -> Read:
    """Read the form. What cannot be read is noted, so that it is said together with what use cases find wrong.

    Raises:
        Unavailable: Slack or the database does not say who somebody is.
    """
    faults: dict[str, str] = {}
    known = await _known(fields, desk)
    rotations = tuple(
        _rotation(rotation, known, f"rotations.{place}", faults) for place, rotation in enumerate(fields.rotations)
    )
    wanted = WantedSchedule(
        name=fields.name, timezone=fields.timezone, team=await _team(fields.team, desk), rotations=rotations
    )
    return Read(wanted, faults)


async def team_name(choice: str, desk: Desk) -> str | None:
    """The name behind the choice in the form; None for no team, and for one that is gone."""
    if choice.startswith(NEW_TEAM):
        return choice.removeprefix(NEW_TEAM)
    if not choice:
        return None
    team_id = choice.partition(":")[2]
    async with desk.reader() as reading:
        return (await teams.names(reading, [team_id])).get(team_id)


async def _team(choice: str, desk: Desk) -> str | ExistingTeam | None:
    name = await team_name(choice, desk)
    if name is None or choice.startswith(NEW_TEAM):
        return name
    return ExistingTeam(id=choice.partition(":")[2])


async def _known(fields: ScheduleFields, desk: Desk) -> _Known:
    chosen = tuple(dict.fromkeys(slack_id for rotation in fields.rotations for slack_id in rotation.people))
    found = await asyncio.gather(*(_person(slack_id, desk) for slack_id in chosen))
    async with desk.reader() as reading:
        watched = await schedules.by_id(reading, fields.schedule_id) if fields.schedule_id else None
        rotations = watched.schedule.rotations if watched else ()
        ids = {who.id for rotation in rotations for who in rotation.rule.participants if who.id}
        stored = await people.by_ids(reading, ids)
    return _Known(
        people={slack_id: person for slack_id, person in zip(chosen, found, strict=True) if person},
        rotations={rotation.id: rotation for rotation in rotations},
        stored=stored,
    )


async def _person(slack_id: str, desk: Desk) -> Person | None:
    try:
        return await desk.people.person(slack_id)
    except NotFound:
        return None


def _rotation(typed: RotationFields, known: _Known, field: str, faults: dict[str, str]) -> WantedRotation:
    return WantedRotation(
        id=typed.id,
        name=typed.name,
        participants=_roster(typed, known, field, faults),
        type=RotationType(typed.type),
        length=_length(typed.length),
        start=_start(typed, field, faults),
        restriction=_restriction(typed.windows, field, faults),
        turns=TurnCounting.ACTIVE if typed.skips else TurnCounting.ALL,
    )


def _roster(typed: RotationFields, known: _Known, field: str, faults: dict[str, str]) -> tuple[Participant, ...]:
    """The roster. One that was left as the menu showed it stays whole, with all that a menu cannot show."""
    stored = known.rotations.get(typed.id or "")
    if stored and shown_in_menu(stored.rule.participants, known.stored) == typed.people:
        return stored.rule.participants
    if len(known.people.keys() & set(typed.people)) < len(typed.people):
        faults[f"{field}.participants"] = "Slack does not know one of these people. Choose them again."
    return _as_participants([known.people[slack_id] for slack_id in typed.people if slack_id in known.people])


def _as_participants(chosen: Sequence[Person]) -> tuple[Participant, ...]:
    return tuple(Participant(ParticipantKind.USER, person.id) for person in chosen)


def _length(typed: str) -> int:
    """The number, or 0, which is refused as every wrong length is."""
    digits = typed.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER else 0


def _start(typed: RotationFields, field: str, faults: dict[str, str]) -> datetime:
    try:
        return datetime.fromisoformat(f"{typed.day}T{typed.time}")
    except ValueError:
        faults[f"{field}.start"] = "Choose the day and the time at which the first turn begins."
        return _UNREAD


def _restriction(typed: str, field: str, faults: dict[str, str]) -> Restriction | None:
    try:
        return read_windows(typed)
    except Unreadable as error:
        faults[f"{field}.restriction"] = error.sentence
        return None
