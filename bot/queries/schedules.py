"""The schedules there are, and each as the rotation engine takes it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
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
from storage import models, schedule_rows, schedules
from storage.schedule_rows import OverrideLine, RotationLine, ScheduleRows, VersionLine

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
    schedule = models.Schedule.model_validate(rows["schedule"])
    versions: dict[str, list[RotationVersion]] = {}
    for row in (models.RotationVersion.model_validate(each) for each in rows["versions"]):
        versions.setdefault(row.rotation_id, []).append(as_version(row))
    rotations = [models.Rotation.model_validate(each) for each in rows["rotations"]]
    return Watched(
        _schedule(schedule, rotations, versions), (), schedule.team_id, schedule.version, schedule.description
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
        until = _laid_over_since(reading, since)
        found = await schedule_rows.every(reading.session, overrides_until_after=until)
        return tuple(_as_watched(each) for each in found)

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
    until = _laid_over_since(reading, since)
    found = await schedule_rows.of(reading.session, rows, overrides_until_after=until)
    return [_as_watched(each) for each in found]


def _laid_over_since(reading: Reading, since: datetime | None) -> datetime:
    """An override that ended a moment ago still says when the running shift began: as far back as one may last."""
    return (since or reading.now) - timedelta(days=62)


def _as_watched(rows: ScheduleRows) -> Watched:
    versions: dict[str, list[RotationVersion]] = {}
    for version in rows.versions:
        versions.setdefault(version.rotation_id, []).append(_version_read(version))
    return Watched(
        _schedule(rows.schedule, rows.rotations, versions),
        tuple(_override_read(row) for row in rows.overrides),
        rows.schedule.team_id,
        rows.schedule.version,
        rows.schedule.description,
    )


def _schedule(
    row: models.Schedule,
    rotations: Iterable[models.Rotation | RotationLine],
    versions: Mapping[str, Sequence[RotationVersion]],
) -> Schedule:
    """A rotation of which no version is left was deleted while it was being read, and is left out."""
    return Schedule(
        id=row.id,
        name=row.name,
        zone=zone_of(row.timezone),
        enabled=row.enabled,
        rotations=tuple(
            Rotation(id=each.id, name=each.name, versions=tuple(versions[each.id]), closed_at=each.closed_at)
            for each in rotations
            if each.id in versions
        ),
        off_since=row.off_since,
    )


def as_version(row: models.RotationVersion) -> RotationVersion:
    """The version of a rotation kept in a row.

    Raises:
        KeyError, TypeError, ValueError, AttributeError, OSError: it is none that was ever checked.
    """
    restriction = as_restriction(row.restriction) if row.restriction else None
    return _version(row, tuple(_as_participant(each) for each in row.participants), restriction)


def _version_read(line: VersionLine) -> RotationVersion:
    return _version(line, _roster_read(line.participants), _restriction_read(line.restriction))


def _version(
    row: models.RotationVersion | VersionLine, roster: tuple[Participant, ...], restriction: Restriction | None
) -> RotationVersion:
    rule = RotationRule(
        start=row.start,
        end=row.end,
        type=RotationType(row.type),
        length=row.length,
        participants=roster,
        restriction=restriction,
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
    return Restriction(RestrictionKind(stored["type"]), tuple(_as_window(each) for each in stored["windows"]))


@lru_cache(maxsize=1024)
def _restriction_read(text: str | None) -> Restriction | None:
    """Made once for all rotations that say the same: many do, and it is most of the work of reading them."""
    stored = json.loads(text) if text else None
    return as_restriction(stored) if stored else None


def _as_window(stored: Mapping[str, Any]) -> TimeWindow:
    return TimeWindow(
        stored["start_hour"],
        stored["start_minute"],
        stored["end_hour"],
        stored["end_minute"],
        _as_day(stored.get("start_day")),
        _as_day(stored.get("end_day")),
    )


def _as_day(stored: str | None) -> Weekday | None:
    return Weekday(stored) if stored else None


@lru_cache(maxsize=1024)
def _roster_read(text: str) -> tuple[Participant, ...]:
    """Made once for all rotations of one team that stand in the same order."""
    return tuple(_as_participant(each) for each in json.loads(text))


def _as_participant(stored: Mapping[str, Any]) -> Participant:
    return _participant(stored["type"], stored.get("id"))


@lru_cache(maxsize=4096)
def _participant(kind: str, participant_id: str | None) -> Participant:
    """Made once for all rosters they stand in."""
    return Participant(ParticipantKind(kind), participant_id)


def _override_read(line: OverrideLine) -> Override:
    return Override(
        id=line.id,
        participant=_participant(line.kind, line.user_id or line.team_id or line.escalation_id),
        start=line.start,
        end=line.end,
        rotation_ids=_ids_read(line.rotation_ids),
        sequence=line.sequence,
        created_by=line.created_by,
    )


@lru_cache(maxsize=1024)
def _ids_read(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))
