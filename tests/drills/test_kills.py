"""`kill -9` at any moment: what was acknowledged is there, once, and everybody is told, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drills.checking import checked
from tests.drills.nursery import nursery
from tests.drills.people import Ledger
from tests.drills.script import ACTS, act_it_out
from tests.drills.world import opened

KILLS = 10
SEED = 20261118


@pytest.mark.drill
async def test_ten_kills_forget_nothing_that_was_acknowledged(empty_database_url: str, tmp_path: Path) -> None:
    ledger = Ledger()
    log = tmp_path / "log"
    async with (
        nursery(log) as bots,
        opened(empty_database_url, nursery=bots, seed=SEED, kills=KILLS, acts=ACTS) as world,
    ):
        await act_it_out(world, ledger)
        findings = await checked(world, ledger)
    assert findings.faults == [], log.read_text()
    assert (findings.kills, findings.lost) == (KILLS, 0)
