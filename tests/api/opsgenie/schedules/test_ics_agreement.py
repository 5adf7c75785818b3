"""A calendar read back by another library and on-calls over HTTP say the same at any instant, for random schedules.

The full count: `ICS_SCHEDULES=1000 python -m pytest tests/api/opsgenie/schedules/test_ics_agreement.py`.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from random import Random

from bot.engines.rotation import Schedule
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.random_worlds import drawn, within, written
from tests.api.opsgenie.schedules.watches import Watches
from tests.conftest import StillClock
from tests.engines.calendars.subscriber import Shown, standing, subscribed

SCHEDULES = int(os.environ.get("ICS_SCHEDULES", "16"))
"""On both databases together; a year of each is written down and read."""
INSTANTS = 4


async def test_the_calendar_and_on_calls_agree_at_every_instant(api: Api, clock: StillClock, database_url: str) -> None:
    is_sqlite = database_url.startswith("sqlite")
    watches, chance = Watches(api.units), Random(is_sqlite)
    await watches.crew_of_worlds()
    held = 0
    for number, world in enumerate(drawn(SCHEDULES // 2, seeded=10 + is_sqlite)):
        schedule = await watches.world(world, f"S{number}")
        clock.now = within(world, chance)
        shown = standing(subscribed((await api.get(f"/v2/schedules/{schedule.id}.ics")).text))
        near = {at for each in shown for at in (each.start, each.end) if abs(at - clock.now) < timedelta(days=9)}
        some = chance.sample(sorted(near), min(len(near), INSTANTS))
        for at in (clock.now.replace(microsecond=0), *some, *(each - timedelta(seconds=1) for each in some)):
            said = _on_call(shown, at)
            assert said == await _asked(api, schedule, at), (number, at, world)
            held += len(said)
    assert held > SCHEDULES  # mostly somebody is on call


def _on_call(shown: list[Shown], at: datetime) -> set[str]:
    return {each.who.removeprefix("The team ") for each in shown if each.start <= at < each.end}


async def _asked(api: Api, schedule: Schedule, at: datetime) -> set[str]:
    answer = await api.get(f"/v2/schedules/{schedule.id}/on-calls?date={written(at)}")
    return {each["name"].partition("@")[0] for each in answer.data["onCallParticipants"]}
