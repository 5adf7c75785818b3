"""Schedules as calendars, without a database: drawn, told, and told again after whatever happens in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.engines.calendars import (
    TAIL,
    Entry,
    Terms,
    Told,
    body,
    feed_key,
    head,
    shifts_within,
    told_now,
    uid_of,
    window,
)
from bot.engines.rotation import Forwarding, Override, Schedule

FEED = feed_key("schedule", "s")


def entries(
    schedule: Schedule, now: datetime, overrides: Sequence[Override] = (), forwardings: Sequence[Forwarding] = ()
) -> list[Entry]:
    """All shifts of a schedule as its calendar tells them on that day; everybody's name is their id."""
    span = window(now, months_ahead=12)
    return [
        Entry(
            uid=uid_of(FEED, shift.rotation_id, shift.start),
            schedule_id=schedule.id,
            rotation_id=shift.rotation_id,
            start=shift.start,
            end=shift.end,
            participant=shift.participant,
            name=shift.participant.id or "",
            schedule=schedule.name,
            rotation=shift.rotation_name,
        )
        for rotation in schedule.while_on.rotations
        for shift in shifts_within(schedule, rotation, overrides, forwardings, span)
        if shift is not None
    ]


@dataclass
class Memory:
    """What calendars were told, as the database keeps it."""

    kept: dict[str, Told] = field(default_factory=dict)

    def tell(self, wanted: Sequence[Entry], now: datetime) -> Mapping[str, Told]:
        """What they are told now, by uid."""
        since = window(now, months_ahead=12).since
        told = {each.entry.uid: each for each in told_now(wanted, self.kept, Terms(now, since))}
        self.kept |= told
        return told


def written(told: Mapping[str, Told]) -> bytes:
    """The whole file."""
    return head("support") + body(told.values(), own=False) + TAIL
