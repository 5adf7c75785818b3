"""The kill drill at its full count: `python -m tests.drills --kills 200 --database both --seed 1`.

With `--storm` it is a storm of alerts in which the bot is killed. Prints a table; ends with status 1 where anything
acknowledged was lost, or told or done twice beyond the one exception.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text

from storage.database import async_url
from tests.drills.alert_storm import Storm, storm
from tests.drills.checking import Findings, checked, total
from tests.drills.nursery import Nursery, nursery
from tests.drills.people import Ledger
from tests.drills.script import ACTS, act_it_out
from tests.drills.world import opened
from tests.postgres import TemporaryPostgres, wheel_binaries

KILLS_IN_ONE_WORLD = 10
STORM_COLUMNS = ("database", "kills", "alerts answered", "faults")
COLUMNS = ("database", "kills", "acts", "acknowledged", "found", "doubled by exception", "sent again", "lost")


def main() -> int:
    """Run the drills and print what they came to; answers the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--storm", action="store_true", help="a storm of alerts, not a morning of postmortems")
    wanted = parser.parse_args()
    kinds = ("sqlite", "postgres") if wanted.database == "both" else (wanted.database,)
    if wanted.storm:
        return _storms(kinds, kills=wanted.kills, seed=wanted.seed)
    print(" | ".join(COLUMNS), flush=True)
    faults = []
    for kind in kinds:
        findings, sent_again = asyncio.run(_drills(kind, kills=wanted.kills, seed=wanted.seed))
        print(_row(kind, findings, sent_again), flush=True)
        faults += findings.faults
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _storms(kinds: Sequence[str], *, kills: int, seed: int) -> int:
    print(" | ".join(STORM_COLUMNS), flush=True)
    faults = []
    for kind in kinds:
        found = asyncio.run(_storms_on(kind, kills=kills, seed=seed))
        answered = sum(each.answered for each in found)
        faults += [fault for each in found for fault in each.faults]
        print(f"{kind} | {sum(each.kills for each in found)} | {answered} | {len(faults)}", flush=True)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


async def _storms_on(kind: str, *, kills: int, seed: int) -> list[Storm]:
    """One storm after another until there were so many kills."""
    done: list[Storm] = []
    with tempfile.TemporaryDirectory(prefix="watchbill-drills-") as name, _databases(kind, Path(name)) as databases:
        folder = Path(name)
        async with nursery(folder / "log") as bots:
            for left in range(kills, 0, -KILLS_IN_ONE_WORLD):
                now = min(left, KILLS_IN_ONE_WORLD)
                done.append(await storm(next(databases), bots, folder, kills=now, seed=seed + len(done)))
    return done


async def _drills(kind: str, *, kills: int, seed: int) -> tuple[Findings, int]:
    """One world after another until there were so many kills; and how often a bot logged that it sent one again."""
    done: list[Findings] = []
    with tempfile.TemporaryDirectory(prefix="watchbill-drills-") as folder, _databases(kind, Path(folder)) as databases:
        log = Path(folder) / "log"
        async with nursery(log) as bots:
            left = kills
            while left > 0:
                done.append(
                    await _drill(next(databases), bots, seed=seed + len(done), kills=min(left, KILLS_IN_ONE_WORLD))
                )
                left -= KILLS_IN_ONE_WORLD
        return total(done), log.read_text().count('"message sent again"')


async def _drill(url: str, bots: Nursery, *, seed: int, kills: int) -> Findings:
    ledger = Ledger()
    async with opened(url, nursery=bots, seed=seed, kills=kills, acts=ACTS) as world:
        try:
            await act_it_out(world, ledger)
        except (AssertionError, TimeoutError) as error:
            return Findings(len(world.outages), ledger.attempts, faults=[f"seed {seed}: {error}"])
        findings = await checked(world, ledger)
    findings.faults = [f"seed {seed}: {fault}" for fault in findings.faults]
    print(_row(f"seed {seed}", findings, None), file=sys.stderr, flush=True)
    return findings


@contextmanager
def _databases(kind: str, folder: Path) -> Iterator[Iterator[str]]:
    """URLs of empty databases."""
    if kind == "sqlite":
        yield (f"sqlite:///{folder / uuid4().hex}.db" for _ in iter(int, 1))
        return
    binaries = wheel_binaries()
    assert binaries, "no PostgreSQL: install the test extra"
    server = TemporaryPostgres(binaries)
    server.start()
    try:
        yield (_new_database(server) for _ in iter(int, 1))
    finally:
        server.stop()


def _new_database(server: TemporaryPostgres) -> str:
    name = f"drill_{uuid4().hex}"
    engine = create_engine(async_url(server.url()), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'create database "{name}"'))
    engine.dispose()
    return server.url(name)


def _row(name: str, findings: Findings, sent_again: int | None) -> str:
    counts = (findings.kills, findings.acts, findings.acknowledged, findings.found, findings.doubled, sent_again)
    return " | ".join([name, *("" if each is None else str(each) for each in counts), str(findings.lost)])


if __name__ == "__main__":
    sys.exit(main())
