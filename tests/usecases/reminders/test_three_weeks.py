"""Three weeks of reminders for six people in six zones, through the weeks in which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.approve import approve
from bot.usecases.postmortems.create import create
from bot.usecases.postmortems.snooze import snooze
from bot.usecases.postmortems.submit import submit
from bot.usecases.reminders.wake import Woken, next_due, wake
from bot.usecases.teams.name_team import name_team
from bot.usecases.unit import Units
from storage.models import Membership
from tests.conftest import StillClock, met
from tests.usecases.stories import CHANNEL, Story, wanted

ZONES = {
    "UANA": "Europe/Berlin",
    "URAJ": "America/New_York",
    "ULI": "Asia/Kolkata",
    "UKIM": "Pacific/Auckland",
    "UADMIN": "America/Los_Angeles",
    "UJOY": "Australia/Lord_Howe",
}

# PM-1: Ana's draft, due on Monday the 26th. She snoozes it on the 27th until the 30th, and writes in it on the 3rd.
# PM-2: Raj's, in review since the 20th by Li (who approves on the 23rd) and Kim (who never does), due on the 22nd.
MORNINGS = {
    "UANA": "23/10 26/10 27/10 30/10 2/11 3/11 5/11 6/11 9/11",
    "URAJ": "26/10 27/10 28/10 29/10 30/10 2/11 3/11 4/11 5/11 6/11 9/11",
    "ULI": "21/10 22/10 23/10",
    "UKIM": "21/10 22/10 23/10 26/10 27/10 28/10 29/10 30/10 2/11 3/11 4/11 5/11 6/11 9/11 10/11",
    "UADMIN": "5/11 6/11 9/11",
    "UJOY": "9/11",
    CHANNEL: "2/11 9/11",
}


class _Morning:
    """The clockwork: wakes whenever something is due, and writes down who was told when."""

    def __init__(self, units: Units, reader: Reader, clock: StillClock) -> None:
        self._units, self._reader, self._clock = units, reader, clock
        self.told: dict[str, list[datetime]] = {}

    async def until(self, end: datetime) -> None:
        while (due := await self._next()) and due <= end:
            self._clock.now = due
            woken = await self._wake()
            for recipient in woken.people + woken.channels:
                self.told.setdefault(recipient, []).append(due)
        self._clock.now = end

    async def _next(self) -> datetime | None:
        async with self._reader() as reading:
            return await next_due(reading)

    async def _wake(self) -> Woken:
        async with self._units.begin(None) as unit:
            return await wake(unit)


async def test_six_people_in_six_zones_are_told_on_their_mornings_and_only_then(
    units: Units, reader: Reader, clock: StillClock
) -> None:
    clock.now = datetime(2026, 10, 19, 9, 0, tzinfo=UTC)
    people = {slack_id: await met(units, slack_id, timezone=zone) for slack_id, zone in ZONES.items()}
    clockwork = _Morning(units, reader, clock)
    story = Story(units, reader, clock, people["UANA"], people["URAJ"], people["ULI"])
    await _begin(story, people)

    await clockwork.until(datetime(2026, 10, 20, 15, 0, tzinfo=UTC))
    async with units.begin(people["URAJ"]) as unit:
        await submit(unit, 2, [people["ULI"].id, people["UKIM"].id])
    await clockwork.until(datetime(2026, 10, 23, 12, 0, tzinfo=UTC))
    async with units.begin(people["ULI"]) as unit:
        await approve(unit, 2)
    await clockwork.until(datetime(2026, 10, 27, 12, 0, tzinfo=UTC))
    async with units.begin(people["UANA"]) as unit:
        await snooze(unit, 1, date(2026, 10, 30))
    await clockwork.until(datetime(2026, 11, 3, 15, 0, tzinfo=UTC))
    await story.wrote(1, "The pool was empty.")
    await clockwork.until(datetime(2026, 11, 9, 22, 30, tzinfo=UTC))

    zones = {people[slack_id].id: ZoneInfo(zone) for slack_id, zone in ZONES.items()}
    names = {people[slack_id].id: slack_id for slack_id in ZONES}
    # Each zone has one person, so the channel lives in the first by name.
    local = {
        names.get(recipient, recipient): [
            at.astimezone(zones.get(recipient, ZoneInfo("America/Los_Angeles"))) for at in told
        ]
        for recipient, told in clockwork.told.items()
    }
    assert {name: " ".join(f"{at.day}/{at.month}" for at in told) for name, told in local.items()} == MORNINGS
    assert {(at.hour, at.minute) for told in local.values() for at in told} == {(10, 0)}
    assert [at.hour for at in clockwork.told[people["UANA"].id][:2]] == [8, 9]  # Berlin's clocks went back between them
    mornings = await story.messages(MessageKind.MORNING)
    assert {row.recipient: row.revision for row in mornings} == {
        name: len(days.split()) for name, days in MORNINGS.items() if name != CHANNEL
    }
    assert [row.subject for row in await story.messages(MessageKind.CHANNEL_DIGEST)] == ["2026-W45", "2026-W46"]


async def _begin(story: Story, people: dict[str, Person]) -> None:
    """Joy leads the team that Ana is in; Ana and Raj start a postmortem each."""
    async with story.units.begin(people["UJOY"]) as unit:
        team = await name_team(unit, "Payments")
        unit.session.add(Membership(team_id=team.id, user_id=story.ana.id))
    for owner in (story.ana, story.raj):
        async with story.units.begin(owner) as unit:
            await create(unit, wanted(owner, unit.now))
