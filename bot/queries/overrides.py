"""The overrides of a schedule as programs are told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.engines.rotation import Participant, Rotation
from bot.queries.changes import Changing
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind
from storage import changes, models, overrides


@dataclass(frozen=True, slots=True)
class OverrideView:
    """Who is put on call, and when. `rotations` are those it names; none: it lies over all."""

    alias: str
    participant: Participant
    start: datetime
    end: datetime
    rotations: tuple[Rotation, ...]


async def of_schedule(reading: Reading, watched: Watched) -> list[OverrideView]:
    """Every override of a schedule, past ones too, in the order in which they were made."""
    return [_view(row, watched) for row in await overrides.of_schedule(reading.session, watched.schedule.id)]


async def by_alias(reading: Reading, watched: Watched, alias: str) -> OverrideView | None:
    """The override of a schedule that programs call so."""
    row = await overrides.by_alias(reading.session, watched.schedule.id, alias)
    return _view(row, watched) if row else None


async def keys_behind(reading: Reading, watched: Iterable[Watched], *, at: datetime) -> Mapping[str, str]:
    """The names of the keys by which programs laid what lies over these schedules at an instant, by override.

    One statement, and none where people laid it all.
    """
    laid = {
        override.id: each.schedule.id
        for each in watched
        for override in each.overrides
        if override.created_by is None and override.start <= at < override.end
    }
    return await changes.keys_behind(
        reading.session, Changing.OVERRIDDEN, set(laid.values()), key="override_id", values=laid.keys()
    )


def _view(row: models.Override, watched: Watched) -> OverrideView:
    return OverrideView(
        alias=row.alias,
        participant=Participant(ParticipantKind(row.kind), row.user_id or row.team_id or row.escalation_id),
        start=row.start,
        end=row.end,
        rotations=tuple(each for each in watched.schedule.rotations if each.id in row.rotation_ids),
    )
