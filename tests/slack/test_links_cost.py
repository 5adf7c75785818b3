"""What a question about schedules costs does not grow with the schedules there are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.queries import schedules
from bot.slack.cards.more import Asked, Rest
from bot.slack.commands.oncall.linking import link, unlink
from bot.slack.commands.oncall.log import log
from bot.slack.commands.oncall.more import more_schedules
from bot.slack.commands.oncall.now import at, next_hand_off, now
from bot.slack.commands.oncall.schedules import schedule_list
from bot.slack.desk import Desk, Request
from bot.usecases.channels.link import link as link_
from bot.vocabulary import RotationType
from storage.models import Event, Rotation, RotationVersion, Schedule
from tests.slack.conftest import MORNING, Town
from tests.usecases.stories import statements

CHANNEL = "C02INCIDENTS"
COMMANDS: dict[str, tuple[Callable[[Request, Desk], Awaitable[object]], int]] = {
    "now": (now, 9),
    "next": (next_hand_off, 9),
    "at": (at, 9),
    "schedules": (schedule_list, 12),
    "link": (link, 4),
    "unlink": (unlink, 4),
    "log": (log, 10),
}
"""Each with the most statements it takes, the question for the revision of what is remembered included."""
WORDS = {"at": "at 2026-11-20 18:00"}


async def _made(town: Town, since: int, until: int) -> None:
    """So many schedules, each with Ana on call, with a change in its log; and all that was remembered is forgotten."""
    ana = await town.house.desk.people.person("U01ANA")
    made = [
        Schedule(name=f"Team {number}", name_key=f"team {number}", timezone="Europe/Berlin", created_at=MORNING)
        for number in range(since, until)
    ]
    rotations = [Rotation(schedule_id=each.id, name="Primary", position=0) for each in made]
    versions = [
        RotationVersion(
            rotation_id=each.id,
            sequence=0,
            start=MORNING - timedelta(days=2),
            type=RotationType.WEEKLY,
            length=1,
            participants=[{"type": "user", "id": ana.id}],
        )
        for each in rotations
    ]
    happened = [
        Event(at=MORNING, actor_id=ana.id, verb="frobnicate", subject_id=each.id, before={}, after={}) for each in made
    ]
    async with town.house.database.writing() as session:
        for rows in (made, rotations, versions, happened):
            session.add_all(rows)
            await session.flush()


async def _request(town: Town, words: str) -> Request:
    ana = await town.house.desk.people.person("U01ANA")
    verb, _, rest = words.partition(" ")
    return Request(ana, "/oncall", verb, rest, CHANNEL, key="", trigger_id="")


@pytest.fixture
async def linked(town: Town) -> Town:
    """Ten schedules, two of them linked to the channel."""
    await _made(town, 0, 10)
    ana = await town.house.desk.people.person("U01ANA")
    async with town.house.reader() as reading:
        known = {each.name: each.id for each in await schedules.listed(reading)}
    for name in ("Team 8", "Team 9"):
        async with town.house.units.begin(ana) as unit:
            await link_(unit, CHANNEL, known[name])
    await town.house.clockwork.stop()  # else its look at what is due is counted too
    return town


@pytest.mark.parametrize("verb", COMMANDS)
async def test_a_command_takes_as_many_statements_with_ten_schedules_as_with_a_thousand(
    linked: Town, verb: str
) -> None:
    ask, most = COMMANDS[verb]
    costs = []
    for since, until in ((10, 11), (11, 1_001)):
        await _made(linked, since, until)
        request = await _request(linked, WORDS.get(verb, verb))
        with statements() as seen:
            await ask(request, linked.house.desk)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= most, "\n".join(seen)


@pytest.mark.parametrize("verb", ["now", "next"])
async def test_asked_again_it_reads_nothing_but_whether_anything_changed(linked: Town, verb: str) -> None:
    ask, _ = COMMANDS[verb]
    request = await _request(linked, verb)
    await ask(request, linked.house.desk)
    with statements() as seen:
        await ask(request, linked.house.desk)
    assert [each for each in seen if "counter" not in each] == []


@pytest.mark.parametrize("asked", Asked)
async def test_a_page_of_the_others_takes_as_many_statements_however_many_there_are(linked: Town, asked: Asked) -> None:
    costs = []
    for since, until in ((10, 60), (60, 1_001)):
        await _made(linked, since, until)
        request = await _request(linked, "now")
        async with linked.house.reader() as reading:
            with statements() as seen:
                await more_schedules(reading, request.person, Rest(asked, 8, CHANNEL, MORNING))
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 12, "\n".join(seen)
