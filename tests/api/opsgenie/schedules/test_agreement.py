"""Timeline and on-calls over HTTP say the same at any instant, for random schedules, mostly where clocks are moved.

The full count: `AGREEMENT_SCHEDULES=10000 python -m pytest tests/api/opsgenie/schedules/test_agreement.py`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from bot.engines.rotation import Schedule, on_call
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.watches import Watches
from tests.conftest import StillClock
from tests.engines.rotation.worlds import World, worlds

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
        day = _written(at - timedelta(days=1))
        path = f"/v2/schedules/{self.schedule.id}/timeline?intervalUnit=days&interval=3&date={day}"
        found: dict[str, Any] = (await self.api.get(path)).data
        return found

    async def on_call(self, at: datetime) -> list[tuple[str, str]]:
        """Everybody on call, by kind and id."""
        answer = await self.api.get(f"/v2/schedules/{self.schedule.id}/on-calls?date={_written(at)}")
        return [(each["type"], each["id"]) for each in answer.data["onCallParticipants"]]


async def test_timeline_and_on_calls_agree_at_every_instant(api: Api, clock: StillClock, database_url: str) -> None:
    is_sqlite = database_url.startswith("sqlite")
    watches, chance = Watches(api.units), Random(is_sqlite)
    await watches.crew_of_worlds()
    held = 0
    for number, world in enumerate(_drawn(SCHEDULES // 2, seeded=int(is_sqlite))):
        seen = Seen(api, await watches.world(world, f"S{number}"), world)
        clock.now = _within(world, chance)
        asked = _within(world, chance)
        drawn = await seen.timeline(asked)
        for at in [asked, *_edges(drawn, chance)]:
            said = _at(drawn, at)
            assert said == await seen.on_call(at), (number, at, world)
            truth = on_call(world.schedule, at, world.overrides, world.forwardings)
            assert said == [(each.participant.kind.value, each.participant.id) for each in truth], (number, at, world)
            held += len(said)
    assert held > SCHEDULES  # mostly somebody is on call


def _drawn(count: int, *, seeded: int) -> list[World]:
    """Random worlds, the same ones every time."""
    found: list[World] = []

    @seed(seeded)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds())
    def draw(world: World) -> None:
        found.append(world)

    draw()
    return found


def _within(world: World, chance: Random) -> datetime:
    return world.start + chance.random() * (world.end - world.start)


def _edges(drawn: dict[str, Any], chance: Random) -> list[datetime]:
    """Some instants of the time drawn at which a period begins or ends, and some at random."""
    edges = {
        at
        for rotation in drawn["finalTimeline"]["rotations"]
        for each in rotation["periods"]
        for at in (_read(each["startDate"]), _read(each["endDate"]))
    }
    start, end = _read(drawn["startDate"]), _read(drawn["endDate"])
    some = chance.sample(sorted(edges - {end}), min(len(edges - {end}), INSTANTS))
    return [*some, *(start + chance.random() * (end - start) for _ in range(INSTANTS))]


def _at(drawn: dict[str, Any], at: datetime) -> list[tuple[str, str]]:
    """Whose periods hold an instant, each once."""
    held = {
        (each["recipient"]["type"], each["recipient"]["id"]): None
        for rotation in drawn["finalTimeline"]["rotations"]
        for each in rotation["periods"]
        if _read(each["startDate"]) <= at < _read(each["endDate"])
    }
    return list(held)


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
