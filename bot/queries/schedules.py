"""The schedules there are, and each as the rotation engine takes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from bot.engines.rotation import (
    Override,
    Participant,
    Restriction,
    Rotation,
    RotationRule,
    RotationVersion,
    Schedule,
    TimeWindow,
)
from bot.engines.wallclock import zone_of
from bot.queries import forwardings, people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, TurnCounting, Weekday
from storage import models, schedules
from storage.schedules import ScheduleRows

_WINDOW = ("start_hour", "start_minute", "end_hour", "end_minute", "start_day", "end_day")
"""What is kept of a window, in the order in which one is made."""
CHANGES = ("create-schedule", "edit-schedule")
"""The verbs of events that change what a schedule itself says."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A schedule ready for the rotation engine, with the overrides laid over it and the row's version."""

    schedule: Schedule
    overrides: tuple[Override, ...]
    team_id: str | None
    version: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleName:
    """A schedule as a menu shows it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a schedule last, and when; `by` None: no person did."""

    by: Person | None
    at: datetime


async def last_change(reading: Reading, schedule_id: str) -> LastChange | None:
    """The last change to a schedule itself, its making included; what is laid over it or linked to it is none."""
    event = await schedules.last_event(reading.session, schedule_id, CHANGES)
    if event is None:
        return None
    known = await people.by_ids(reading, [event.actor_id] if event.actor_id else [])
    return LastChange(known.get(event.actor_id or ""), event.at)


async def listed(reading: Reading) -> tuple[ScheduleName, ...]:
    """All schedules by id and name, in order of the names."""

    async def load() -> tuple[ScheduleName, ...]:
        return tuple(ScheduleName(id_, name) for id_, name in await schedules.ids_and_names(reading.session))

    return await reading.recollection.remembered("ids and names of schedules", load)


async def names(reading: Reading) -> tuple[str, ...]:
    """The names of all schedules, in order."""

    async def load() -> tuple[str, ...]:
        return tuple(each.name for each in await listed(reading))

    return await reading.recollection.remembered("names of schedules", load)


async def count(reading: Reading) -> int:
    """How many schedules there are."""
    return await reading.recollection.remembered("count of schedules", lambda: schedules.count(reading.session))


async def by_name(reading: Reading, name: str, *, since: datetime | None = None) -> Watched | None:
    """The schedule of that name, for questions about `since` (now, when left out) and later."""

    async def load() -> Watched | None:
        row = await schedules.by_name(reading.session, name)
        return (await _watched(reading, [row], since))[0] if row else None

    if since is not None and since < reading.now:
        return await load()
    kept = await reading.recollection.kept()
    found: Watched | None = kept.get(("schedule", name)) or await load()
    if found is not None and found.schedule.name == name:  # by the many other spellings of it nothing is kept
        kept["schedule", name] = found
    return found


async def by_id(reading: Reading, schedule_id: str, *, since: datetime | None = None) -> Watched | None:
    """The schedule with that id, for questions about `since` (now, when left out) and later."""

    async def load() -> Watched | None:
        row = await schedules.by_id(reading.session, schedule_id)
        return (await _watched(reading, [row], since))[0] if row else None

    if since is not None and since < reading.now:
        return await load()
    return await reading.recollection.remembered(("schedule by id", schedule_id), load)


async def as_of_version(reading: Reading, schedule_id: str, version: int) -> Watched | None:
    """A schedule as it was under a version that an edit has replaced; None where that is not written down.

    What is laid over it is left out.
    """
    event = await schedules.edit_of_version(reading.session, schedule_id, version)
    if event is None:
        return None
    rows = event.before["rows"]
    return _as_watched(
        ScheduleRows(
            schedule=models.Schedule.model_validate(rows["schedule"]),
            rotations=[models.Rotation.model_validate(each) for each in rows["rotations"]],
            versions=[models.RotationVersion.model_validate(each) for each in rows["versions"]],
            overrides=(),
        )
    )


async def first(
    reading: Reading, *, limit: int, skip: int = 0, channel: str = "", since: datetime | None = None
) -> tuple[Watched, ...]:
    """Some schedules in order, for questions about `since` (now, when left out) and later.

    By name, those linked to `channel` before all others. The very first are remembered, for each channel that is named
    here apart: one without links is better not named.
    """

    async def load() -> tuple[Watched, ...]:
        rows = await schedules.page(reading.session, channel=channel, limit=limit, offset=skip)
        return tuple(await _watched(reading, rows, since))

    if skip or (since is not None and since < reading.now):
        return await load()
    return await reading.recollection.remembered(("first schedules", channel, limit), load)


async def concerning(reading: Reading, person_id: str) -> list[Watched]:
    """The schedules in which a person stands in a roster, or is put by an override that is not over.

    Or one whose duty may be forwarded to them.
    """
    user_ids = await forwardings.passing_to(reading, person_id)
    return await _watched(reading, await schedules.concerning(reading.session, user_ids, reading.now), None)


async def every(reading: Reading, *, since: datetime | None = None) -> tuple[Watched, ...]:
    """All schedules by name, for questions about `since` (now, when left out) and later."""

    async def load() -> tuple[Watched, ...]:
        return tuple(await _watched(reading, await schedules.every(reading.session), since))

    if since is not None and since < reading.now:
        return await load()
    return await reading.recollection.remembered("every schedule", load)


async def of_teams(
    reading: Reading, team_ids: Collection[str], *, and_ids: Collection[str] = (), since: datetime | None = None
) -> list[Watched]:
    """The schedules of these teams and those with these ids, by name; `since` as for `by_id`.

    Four statements at most.
    """
    return await _watched(reading, await schedules.of_teams(reading.session, team_ids, and_ids=and_ids), since)


async def _watched(reading: Reading, rows: Iterable[models.Schedule], since: datetime | None) -> list[Watched]:
    # An override that ended a moment ago still says when the running shift began: look back as far as one may last.
    until = (since or reading.now) - timedelta(days=62)
    found = await schedules.with_rotations(reading.session, rows, overrides_until_after=until)
    return [_as_watched(each) for each in found]


def _as_watched(rows: ScheduleRows) -> Watched:
    versions: dict[str, list[RotationVersion]] = {}
    for version in rows.versions:
        versions.setdefault(version.rotation_id, []).append(as_version(version))
    schedule = Schedule(
        id=rows.schedule.id,
        name=rows.schedule.name,
        zone=zone_of(rows.schedule.timezone),
        enabled=rows.schedule.enabled,
        rotations=tuple(
            Rotation(id=row.id, name=row.name, versions=tuple(versions[row.id]), closed_at=row.closed_at)
            for row in rows.rotations
        ),
        off_since=rows.schedule.off_since,
    )
    return Watched(
        schedule,
        tuple(_as_override(row) for row in rows.overrides),
        rows.schedule.team_id,
        rows.schedule.version,
        rows.schedule.description,
    )


def as_version(row: models.RotationVersion) -> RotationVersion:
    """The version of a rotation kept in a row.

    Raises:
        KeyError, TypeError, ValueError, AttributeError, OSError: it is none that was ever checked.
    """
    rule = RotationRule(
        start=row.start,
        end=row.end,
        type=RotationType(row.type),
        length=row.length,
        participants=tuple(_as_participant(each) for each in row.participants),
        restriction=as_restriction(row.restriction) if row.restriction else None,
        turns=TurnCounting(row.turns),
    )
    return RotationVersion(
        rule=rule,
        holds_from=row.holds_from,
        counted_from=row.counted_from,
        place=row.place,
        skipped=timedelta(seconds=row.skipped_seconds),
        zone=zone_of(row.timezone) if row.timezone else None,
    )


def as_restriction(stored: Mapping[str, Any]) -> Restriction:
    """The restriction kept in a row: `{"type", "windows": [{"start_day"?, "start_hour", ...}]}`."""
    windows = tuple(tuple(window.get(name) for name in _WINDOW) for window in stored["windows"])
    return _restriction(stored["type"], windows)


@lru_cache(maxsize=1024)
def _restriction(kind: str, windows: tuple[tuple[Any, ...], ...]) -> Restriction:
    """Made once for all rotations that say the same: many do, and it is most of the work of reading them."""
    made = tuple(
        TimeWindow(*times, *(Weekday(day) if day else None for day in days))
        for times, days in ((window[:4], window[4:]) for window in windows)
    )
    return Restriction(RestrictionKind(kind), made)


def _as_participant(stored: Mapping[str, Any]) -> Participant:
    return _participant(stored["type"], stored.get("id"))


@lru_cache(maxsize=4096)
def _participant(kind: str, participant_id: str | None) -> Participant:
    """Made once for all rosters they stand in."""
    return Participant(ParticipantKind(kind), participant_id)


def _as_override(row: models.Override) -> Override:
    return Override(
        id=row.id,
        participant=Participant(ParticipantKind(row.kind), row.user_id or row.team_id or row.escalation_id),
        start=row.start,
        end=row.end,
        rotation_ids=frozenset(row.rotation_ids),
        sequence=row.sequence,
        created_by=row.created_by,
    )
