"""Timeline and on-calls over HTTP say the same at any instant, for random schedules, mostly where clocks are moved.

The full count: `AGREEMENT_SCHEDULES=10000 python -m pytest tests/api/opsgenie/schedules/test_agreement.py`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.engines.rotation import Schedule, on_call
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.random_worlds import drawn, within, written
from tests.api.opsgenie.schedules.watches import Watches
from tests.conftest import StillClock
from tests.engines.rotation.worlds import World

SCHEDULES = int(os.environ.get("AGREEMENT_SCHEDULES", "300"))
"""On both databases together."""
INSTANTS = 2
"""At random; as many again at the beginnings and ends of periods."""


@dataclass(frozen=True)
class Seen:
    """One schedule as programs see it."""

    api: Api
    schedule: Schedule
    world: World

    async def timeline(self, at: datetime) -> dict[str, Any]:
        """What is final in the days around an instant."""
        day = written(at - timedelta(days=1))
        path = f"/v2/schedules/{self.schedule.id}/timeline?intervalUnit=days&interval=3&date={day}"
        found: dict[str, Any] = (await self.api.get(path)).data
        return found

    async def on_call(self, at: datetime) -> list[tuple[str, str]]:
        """Everybody on call, by kind and id."""
        answer = await self.api.get(f"/v2/schedules/{self.schedule.id}/on-calls?date={written(at)}")
        return [(each["type"], each["id"]) for each in answer.data["onCallParticipants"]]


async def test_timeline_and_on_calls_agree_at_every_instant(api: Api, clock: StillClock, database_url: str) -> None:
    is_sqlite = database_url.startswith("sqlite")
    watches, chance = Watches(api.units), Random(is_sqlite)
    await watches.crew_of_worlds()
    held = 0
    for number, world in enumerate(drawn(SCHEDULES // 2, seeded=int(is_sqlite))):
        seen = Seen(api, await watches.world(world, f"S{number}"), world)
        clock.now = within(world, chance)
        asked = within(world, chance)
        told = await seen.timeline(asked)
        for at in [asked, *_edges(told, chance)]:
            said = _at(told, at)
            assert said == await seen.on_call(at), (number, at, world)
            truth = on_call(world.schedule, at, world.overrides, world.forwardings)
            assert said == [(each.participant.kind.value, each.participant.id) for each in truth], (number, at, world)
            held += len(said)
    assert held > SCHEDULES  # mostly somebody is on call


def _edges(told: dict[str, Any], chance: Random) -> list[datetime]:
    """Some instants of the time drawn at which a period begins or ends, and some at random."""
    edges = {
        at
        for rotation in told["finalTimeline"]["rotations"]
        for each in rotation["periods"]
        for at in (_read(each["startDate"]), _read(each["endDate"]))
    }
    start, end = _read(told["startDate"]), _read(told["endDate"])
    some = chance.sample(sorted(edges - {end}), min(len(edges - {end}), INSTANTS))
    return [*some, *(start + chance.random() * (end - start) for _ in range(INSTANTS))]


def _at(told: dict[str, Any], at: datetime) -> list[tuple[str, str]]:
    """Whose periods hold an instant, each once."""
    held = {
        (each["recipient"]["type"], each["recipient"]["id"]): None
        for rotation in told["finalTimeline"]["rotations"]
        for each in rotation["periods"]
        if _read(each["startDate"]) <= at < _read(each["endDate"])
    }
    return list(held)


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
