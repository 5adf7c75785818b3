"""Edits that leave the past alone: each closes the version that holds and opens another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines.rotation.schedules import Participant, Rotation, RotationRule, RotationVersion, Schedule
from bot.engines.rotation.turns import Turns
from bot.engines.wallclock import to_local


def edited(rotation: Rotation, rule: RotationRule, *, at: datetime, zone: ZoneInfo) -> Rotation:
    """The rotation with a new rule from `at` on, which is now or the next hand-off; `zone` is the schedule's.

    Every instant before `at` keeps its answer. The new rule counts from the hand-off running at `at`, with whoever was
    on call by the rotation first (the roster's first when they are no longer in it); the order after them is the
    roster's. Where the rule's start itself is another than that of the version it follows, turns count from that start.
    An edit that was still waiting for its moment at `at` is replaced. The same rule again changes nothing.
    """
    if rule == rotation.rule:
        return rotation
    return _continued(rotation, rule, at=at, zone=zone)


def closed(rotation: Rotation, *, at: datetime) -> Rotation:
    """The rotation as deleted from `at` on: it has nobody from then, overrides included, and keeps its past."""
    return replace(rotation, closed_at=at if rotation.closed_at is None else min(at, rotation.closed_at))


def moved_to_zone(schedule: Schedule, zone: ZoneInfo, *, at: datetime) -> Schedule:
    """The schedule on another zone's wall clock from `at` on; every instant before keeps its answer.

    Running turns stay as they are and the next hand-offs keep the reading that their start has in the new zone.
    """
    if zone == schedule.zone:
        return schedule
    rotations = tuple(_moved(rotation, at=at, zone=schedule.zone) for rotation in schedule.rotations)
    return replace(schedule, zone=zone, rotations=rotations)


def _moved(rotation: Rotation, *, at: datetime, zone: ZoneInfo) -> Rotation:
    begun = tuple(version for version in rotation.versions if _holds_before(version, at))
    if not begun:
        return rotation
    waiting = rotation.versions[len(begun) :]
    pinned = tuple(replace(version, zone=version.zone or zone) for version in begun)
    continued = _continued(replace(rotation, versions=pinned), begun[-1].rule, at=at, zone=zone)
    *before, newest = continued.versions
    # A time skipped on the old wall clock says nothing about the new one.
    return replace(rotation, versions=(*before, replace(newest, skipped=timedelta(0)), *waiting))


def _continued(rotation: Rotation, rule: RotationRule, *, at: datetime, zone: ZoneInfo) -> Rotation:
    kept = tuple(version for version in rotation.versions if _holds_before(version, at))
    if kept and kept[-1].holds_from is None and kept[-1].rule.start > at:
        kept = ()
    follows = kept[-1] if kept else None
    if follows is None or follows.rule.start != rule.start or follows.rule.start > at:
        return replace(rotation, versions=(*kept, RotationVersion(rule, holds_from=at)))
    return replace(rotation, versions=(*kept, _running_on(follows, rule, at=at, zone=follows.zone or zone)))


def _holds_before(version: RotationVersion, at: datetime) -> bool:
    return version.holds_from is None or version.holds_from < at


def _running_on(follows: RotationVersion, rule: RotationRule, *, at: datetime, zone: ZoneInfo) -> RotationVersion:
    turns = Turns(follows, zone)
    running = turns.at(at)
    meant = turns.local_hand_off(running.number)
    skipped = timedelta(0)
    if meant is not None:
        skipped = max(to_local(running.start, zone) - meant, skipped)
    roster_turn = running.number + follows.place
    place = _place_of(running.participant, roster_turn, follows.rule.participants, rule.participants)
    return RotationVersion(rule, holds_from=at, counted_from=running.start, place=place, skipped=skipped)


def _place_of(
    who: Participant, turn: int, old_roster: tuple[Participant, ...], new_roster: tuple[Participant, ...]
) -> int:
    """Where they stand in the new roster: who stands there twice keeps the same one of their places, if it can be."""
    places = [place for place, participant in enumerate(new_roster) if participant == who]
    if not places or not old_roster:
        return 0
    earlier = old_roster[: turn % len(old_roster)].count(who)
    return places[min(earlier, len(places) - 1)]
