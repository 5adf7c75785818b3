"""How a schedule becomes another one without its past changing: values in, values out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engines.rotation import Rotation, RotationVersion, Schedule, closed, edited, moved_to_zone, next_hand_offs
from bot.usecases.schedules.checking import CheckedSchedule
from bot.usecases.schedules.checking_rotations import CheckedRotation
from bot.usecases.schedules.wanted import TakesEffect

_MOMENT = timedelta(microseconds=1)


def made(wanted: CheckedSchedule) -> Schedule:
    """A new schedule. It and its rotations get their ids when they are stored."""
    return Schedule("", wanted.name, wanted.zone, wanted.enabled, tuple(_new(each) for each in wanted.rotations))


def changed(schedule: Schedule, wanted: CheckedSchedule, *, effect: TakesEffect, now: datetime) -> Schedule:
    """The schedule after an edit; every instant before `now` keeps its answer.

    Each rotation changes now, or at its own next hand-off. One that has not begun changes now, one that is no longer
    wanted is closed, one that is new counts from its own start. Those closed earlier stay in the list, at its end.
    """
    known = {rotation.id: rotation for rotation in schedule.rotations if rotation.closed_at is None}
    kept = {each.id for each in wanted.rotations if each.id in known}
    rotations = [
        _edited(known[each.id], each, schedule, wanted.zone, effect=effect, now=now) if each.id in known else _new(each)
        for each in wanted.rotations
    ]
    rotations += [
        closed(rotation, at=_moment(rotation, schedule.zone, effect=effect, now=now))
        if rotation.id in known
        else rotation
        for rotation in schedule.rotations
        if rotation.id not in kept
    ]
    return replace(
        schedule,
        name=wanted.name,
        zone=wanted.zone,
        enabled=wanted.enabled,
        off_since=_off_since(schedule, wanted, now),
        rotations=tuple(rotations),
    )


def _new(wanted: CheckedRotation) -> Rotation:
    return Rotation("", wanted.name, (RotationVersion(wanted.rule),))


def _off_since(schedule: Schedule, wanted: CheckedSchedule, now: datetime) -> datetime | None:
    """When it was switched off, if it is off then. One that was never on has no such moment."""
    if wanted.enabled:
        return None
    return now if schedule.enabled else schedule.off_since


def _edited(
    rotation: Rotation,
    wanted: CheckedRotation,
    schedule: Schedule,
    zone: ZoneInfo,
    *,
    effect: TakesEffect,
    now: datetime,
) -> Rotation:
    at = _moment(rotation, schedule.zone, effect=effect, now=now)
    alone = replace(schedule, rotations=(rotation,))
    moved = moved_to_zone(alone, zone, at=at).rotations[0]
    return replace(edited(moved, wanted.rule, at=at, zone=zone), name=wanted.name)


def _moment(rotation: Rotation, zone: ZoneInfo, *, effect: TakesEffect, now: datetime) -> datetime:
    """When an edit of this rotation takes effect: now where it has not begun, or no hand-off is to come."""
    has_begun = rotation.versions[0].rule.start <= now
    if effect is TakesEffect.NOW or not has_begun:
        return now
    to_come = next_hand_offs(rotation, zone, now + _MOMENT, 1)
    return to_come[0].at if to_come else now
