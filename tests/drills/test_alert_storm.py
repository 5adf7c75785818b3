"""`kill -9` in a storm of alerts: every alert that was answered is there, and every step of it was taken once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drills.alert_storm import storm
from tests.drills.nursery import nursery

KILLS = 10
SEED = 20261122


@pytest.mark.drill
async def test_ten_kills_lose_no_alert_and_repeat_no_step(empty_database_url: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    async with nursery(log) as bots:
        found = await storm(empty_database_url, bots, tmp_path, kills=KILLS, seed=SEED)
    assert found.faults == [], log.read_text()
    assert found.answered >= KILLS
