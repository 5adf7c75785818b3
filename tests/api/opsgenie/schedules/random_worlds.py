"""Random schedules and instants for what is asked over HTTP, the same ones every time."""

from __future__ import annotations

from datetime import datetime
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.engines.rotation.worlds import World, worlds


def drawn(count: int, *, seeded: int) -> list[World]:
    """So many random worlds."""
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


def within(world: World, chance: Random) -> datetime:
    """Some instant of a world."""
    return world.start + chance.random() * (world.end - world.start)


def written(at: datetime) -> str:
    """An instant as it stands in an address."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
