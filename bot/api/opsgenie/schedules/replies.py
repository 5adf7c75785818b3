"""Schedules and rotations as they are answered."""

from __future__ import annotations

from pydantic import Field

from bot.api.opsgenie.wire import Instant, Reference, Wire
from bot.engines.rotation import Participant, Restriction, Rotation, Schedule, TimeWindow
from bot.queries.naming import Naming
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, Weekday


class ParticipantReply(Wire):
    """Somebody in a roster: a user by name and id, a team or escalation likewise, or `none`."""

    type: ParticipantKind
    id: str | None = None
    name: str | None = None
    username: str | None = None


class WindowReply(Wire):
    """A window of a restriction; the days only in weekly ones."""

    start_day: Weekday | None = None
    start_hour: int
    start_min: int
    end_day: Weekday | None = None
    end_hour: int
    end_min: int


class RestrictionReply(Wire):
    """A daily one has `restriction`, an object, and no list: of one, Terraform makes seven days and never settles."""

    type: RestrictionKind
    restriction: WindowReply | None = None
    restrictions: tuple[WindowReply, ...] | None = None


class RotationReply(Wire):
    """A rotation as it was last sent, also while an edit waits for its moment."""

    id: str
    name: str
    start_date: Instant
    end_date: Instant | None = None
    type: RotationType
    length: int
    participants: tuple[ParticipantReply, ...]
    time_restriction: RestrictionReply | None = None


class BriefSchedule(Wire):
    """A schedule in short: answered where one was made or changed, and as `_parent` of what belongs to one."""

    id: str
    name: str
    enabled: bool


class RotationOfSchedule(RotationReply):
    """A rotation that was asked for by itself, with the schedule it belongs to."""

    parent: BriefSchedule = Field(serialization_alias="_parent")


class ScheduleReply(Wire):
    """A schedule with its rotations, those that are closed left out."""

    id: str
    name: str
    description: str
    timezone: str
    enabled: bool
    owner_team: Reference | None = None
    rotations: tuple[RotationReply, ...]


def as_brief(schedule: Schedule) -> BriefSchedule:
    """A schedule in short."""
    return BriefSchedule(id=schedule.id, name=schedule.name, enabled=schedule.enabled)


def as_schedule(watched: Watched, naming: Naming, *, is_whole: bool = True) -> ScheduleReply:
    """A schedule, everybody in it named; unless `is_whole`, its rotations without end and restriction."""
    schedule, team = watched.schedule, naming.teams.get(watched.team_id or "")
    return ScheduleReply(
        id=schedule.id,
        name=schedule.name,
        description=watched.description,
        timezone=schedule.zone.key,
        enabled=schedule.enabled,
        owner_team=Reference(id=watched.team_id, name=team) if team else None,
        rotations=tuple(
            as_rotation(each, naming, is_whole=is_whole) for each in schedule.rotations if each.closed_at is None
        ),
    )


def as_rotation(rotation: Rotation, naming: Naming, *, is_whole: bool = True) -> RotationReply:
    """A rotation, everybody in it named; unless `is_whole`, without its end and restriction."""
    rule = rotation.rule
    return RotationReply(
        id=rotation.id,
        name=rotation.name,
        start_date=rule.start,
        end_date=rule.end if is_whole else None,
        type=rule.type,
        length=rule.length,
        participants=tuple(as_participant(who, naming) for who in rule.participants),
        time_restriction=_as_restriction(rule.restriction) if is_whole and rule.restriction else None,
    )


def as_participant(who: Participant, naming: Naming) -> ParticipantReply:
    """A participant; the name of a user is that by which programs know them."""
    if who.kind is ParticipantKind.USER:
        return ParticipantReply(type=who.kind, id=who.id, username=naming.of(who))
    return ParticipantReply(type=who.kind, id=who.id, name=naming.of(who))


def _as_restriction(restriction: Restriction) -> RestrictionReply:
    windows = tuple(_as_window(each) for each in restriction.windows)
    if restriction.kind is RestrictionKind.TIME_OF_DAY:
        return RestrictionReply(type=restriction.kind, restriction=windows[0])
    return RestrictionReply(type=restriction.kind, restrictions=windows)


def _as_window(window: TimeWindow) -> WindowReply:
    return WindowReply(
        start_day=window.start_day,
        start_hour=window.start_hour,
        start_min=window.start_minute,
        end_day=window.end_day,
        end_hour=window.end_hour,
        end_min=window.end_minute,
    )
