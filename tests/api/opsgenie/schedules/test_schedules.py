"""Schedules over HTTP: what an update keeps, what a deletion takes along, two writers at once, a team's key."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from bot.engines.rotation import on_call, timeline
from bot.errors import NotAllowed
from bot.queries import schedules
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.queries.schedules import Watched
from bot.usecases.people.meet import SlackProfile, meet
from bot.usecases.schedules.create import create
from bot.usecases.schedules.delete import delete
from bot.usecases.undo.take_back import take_back
from bot.vocabulary import Right
from storage.models import (
    ChannelLink,
    Escalation,
    Event,
    FeedLink,
    Override,
    PublishedShift,
    Rotation,
    RotationVersion,
    RoutingRule,
    Schedule,
)
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.bodies import rotation, schedule
from tests.api.opsgenie.schedules.watches import Watches
from tests.conftest import StillClock, met
from tests.usecases.overrides.watch import wanted_schedule, weekly


@pytest.fixture
async def ana(api: Api) -> Person:
    return await met(api.units, "UANA")


@pytest.fixture
async def raj(api: Api) -> Person:
    return await met(api.units, "URAJ")


ANA, RAJ = "uana@example.com", "uraj@example.com"


async def made(api: Api, *rotations: dict[str, Any], **more: Any) -> str:
    answer = await api.post("/v2/schedules", {**schedule(*rotations), **more})
    assert answer.status == 201, answer.body
    return str(answer.data["id"])


async def watched(reader: Reader, schedule_id: str) -> Watched:
    async with reader() as reading:
        found = await schedules.by_id(reading, schedule_id)
    assert found
    return found


def holders(found: Watched, at: datetime) -> list[str | None]:
    return [segment.participant.id for segment in on_call(found.schedule, at)]


async def test_an_update_keeps_the_past_and_the_ids_of_rotations_it_names(
    api: Api, reader: Reader, clock: StillClock, ana: Person, raj: Person
) -> None:
    schedule_id = await made(api, rotation(ANA, name="Days"), rotation(RAJ, name="Nights"), rotation(ANA, name="Old"))
    path = f"/v2/schedules/{schedule_id}"
    before = await watched(reader, schedule_id)
    days, nights, old = [each.id for each in before.schedule.rotations]
    clock.advance(days=1)
    sent = [rotation(RAJ, ANA, id=nights, name="Late"), rotation(RAJ, ANA, name="Days"), rotation(RAJ)]
    assert (await api.ask("PATCH", path, {"rotations": sent})).status == 200
    told = (await api.get(path)).data["rotations"]
    assert [each["name"] for each in told] == ["Late", "Days", "Rot3"]
    assert [each["id"] for each in told][:2] == [nights, days]
    assert [each["startDate"] for each in told] == ["2026-11-16T08:00:00Z"] * 3
    assert [each["username"] for each in told[1]["participants"]] == [RAJ, ANA]
    after = await watched(reader, schedule_id)
    long_ago = clock.now - timedelta(days=30)
    drawn = {each.rotation_id: each.final for each in timeline(after.schedule, long_ago, clock.now).rotations}
    for each in timeline(before.schedule, long_ago, clock.now).rotations:
        told_then = [(segment.start, segment.end, segment.participant) for segment in each.final]
        assert [(part.start, part.end, part.participant) for part in drawn[each.rotation_id]] == told_then
    # Whoever was on call stays so, as they are still in the roster; Old is closed, the new one began in the past.
    assert holders(after, clock.now) == [raj.id, ana.id]
    assert next(each for each in after.schedule.rotations if each.id == old).closed_at == clock.now


async def test_an_update_that_says_the_same_writes_nothing(api: Api, reader: Reader, ana: Person) -> None:
    """Not even in a zone whose clock stands at other quarters than the start's."""
    schedule_id = await made(api, rotation(ANA, startDate="2026-11-16T08:00:00Z"), timezone="Europe/Berlin")
    path = f"/v2/schedules/{schedule_id}"
    whole = (await api.get(path)).data
    before = await watched(reader, schedule_id)
    assert (await api.ask("PATCH", path, whole)).status == 200
    assert await watched(reader, schedule_id) == before
    assert (await api.ask("PATCH", path, {"timezone": "Asia/Kathmandu"})).status == 200
    moved = (await api.get(path)).data
    assert moved == whole | {"timezone": "Asia/Kathmandu"}
    versions = (await watched(reader, schedule_id)).version
    assert (await api.ask("PATCH", path, moved)).status == 200
    assert (await watched(reader, schedule_id)).version == versions


async def test_a_deleted_schedule_takes_along_what_hangs_on_it_and_stays_in_the_log(
    api: Api, clock: StillClock, ana: Person
) -> None:
    watches = Watches(api.units)
    schedule_id, other = (
        await made(api, rotation(ANA), description="Who to call"),
        await made(api, rotation(ANA), name="Other"),
    )
    at, later = clock.now, clock.now + timedelta(days=1)
    async with api.units.begin(None) as unit:
        for each in (schedule_id, other):
            unit.session.add_all(
                [
                    Override(
                        schedule_id=each,
                        user_id=ana.id,
                        start=at,
                        end=later,
                        rotation_ids=[],
                        sequence=1,
                        created_at=at,
                    ),
                    ChannelLink(channel="CPAY", schedule_id=each, created_at=at, created_by=ana.id),
                    FeedLink(token=f"secret of {each}", user_id=ana.id, schedule_id=each, created_at=at),
                    PublishedShift(
                        uid=each, schedule_id=each, rotation_id="", start=at, end=later, participant={}, changed_at=at
                    ),
                ]
            )
    escalation = await watches.escalation("Night", (0, "default", "schedule", schedule_id))
    in_use = await api.ask("DELETE", f"/v2/schedules/{schedule_id}")
    assert in_use.status == 428 and "Night" in in_use.body["message"]
    team = await watches.team("Core")
    async with api.units.begin(None) as unit:
        await unit.session.delete(await unit.session.get_one(Escalation, escalation.id))
        rule = RoutingRule(
            team_id=team.id or "", name="First", position=0, criteria={}, notify_type="schedule", notify_id=schedule_id
        )
        unit.session.add(rule)
    assert (await api.ask("DELETE", f"/v2/schedules/{schedule_id}")).status == 428
    async with api.units.begin(None) as unit:
        await unit.session.delete(await unit.session.get_one(RoutingRule, rule.id))
    assert (await api.ask("DELETE", f"/v2/schedules/{schedule_id}")).status == 200
    async with api.units.begin(None) as unit:
        tables: list[type[SQLModel]] = [Schedule, Override, ChannelLink, FeedLink, PublishedShift]
        for table in tables:
            assert len((await unit.session.exec(select(table))).all()) == 1, table
        assert [each.schedule_id for each in (await unit.session.exec(select(Rotation))).all()] == [other]
        assert len((await unit.session.exec(select(RotationVersion))).all()) == 1
        event = (await unit.session.exec(select(Event).where(Event.verb == "delete-schedule"))).one()
    assert (event.subject_id, event.before["name"]) == (schedule_id, "Payments")
    assert {name: len(rows) for name, rows in event.before["rows"].items() if name != "schedule"} == {
        "rotations": 1,
        "versions": 1,
        "overrides": 1,
        "links": 1,
    }
    assert "secret" not in str(event.before)
    assert [each["name"] for each in (await api.get("/v2/schedules")).data] == ["Other"]


async def test_two_writers_at_once_are_never_half_done(api: Api, reader: Reader, ana: Person, raj: Person) -> None:
    schedule_id = await made(api, rotation(ANA, name="Days"))
    path = f"/v2/schedules/{schedule_id}"
    bodies = [
        {
            "name": f"Name {n}",
            "description": f"{n}",
            "rotations": [rotation(ANA, RAJ, name="Days", length=n + 1)] * (n + 1),
        }
        for n in range(4)
    ]
    answers = await asyncio.gather(*(api.ask("PATCH", path, body) for body in bodies))
    assert {answer.status for answer in answers} == {200}
    told = (await api.get(path)).data
    won = int(told["description"])
    assert told["name"] == f"Name {won}" and {each["length"] for each in told["rotations"]} == {won + 1}
    assert len(told["rotations"]) == won + 1
    names = await asyncio.gather(*(api.post("/v2/schedules", {"name": "Same"}) for _ in range(4)))
    assert sorted(answer.status for answer in names) == [201, 409, 409, 409]
    mixed = await asyncio.gather(
        api.ask("PATCH", path, {"description": "last words"}),
        api.ask("DELETE", path),
        api.post(f"{path}/rotations", rotation(RAJ)),
        api.ask("DELETE", path),
    )
    assert {answer.status for answer in mixed} <= {200, 201, 404}
    assert (await api.get(path)).status == 404


async def test_a_key_of_a_team_sees_and_changes_only_what_is_its_teams(api: Api) -> None:
    watches = Watches(api.units)
    core, _ = await watches.team("Core"), await watches.team("Other")
    key = await api.make_key(*Right, team="Core", name="of Core")
    nobody = rotation(participants=[{"type": "none"}])
    for team in ({"name": "Other"}, {"name": "not there"}, None):
        name = f"made for {team}"
        answer = await api.post("/v2/schedules", schedule(nobody, name=name, ownerTeam=team), key=key)
        assert answer.status == 201
    await made(api, nobody, name="Elsewhere", ownerTeam={"name": "Other"})
    await made(api, nobody, name="Nobody's")
    listed = (await api.get("/v2/schedules", key=key)).data
    assert [each["ownerTeam"]["id"] for each in listed] == [core.id] * 3
    own = f"/v2/schedules/{answer.data['id']}"
    moved = await api.ask("PATCH", own, {"ownerTeam": {"name": "Other"}, "description": "ours"}, key=key)
    assert moved.status == 200
    told = (await api.get(own, key=key)).data
    assert (told["ownerTeam"]["name"], told["description"]) == ("Core", "ours")
    assert (await api.get("/v2/schedules/Elsewhere?identifierType=name", key=key)).body["code"] == 40301
    assert len((await api.get("/v2/schedules")).data) == 5


async def test_people_take_back_what_a_program_did_and_nobody_takes_it_for_their_own(
    api: Api, reader: Reader, ana: Person
) -> None:
    profile = SlackProfile("UADMIN", "Admin", None, "UTC", False, False, is_workspace_admin=True, has_left=False)
    async with api.units.begin(None) as unit:
        admin = await meet(unit, profile)
    schedule_id = await made(api, rotation(ANA, name="Days"), description="before")
    path = f"/v2/schedules/{schedule_id}"
    before = (await api.get(path)).data
    change = {"enabled": False, "description": "after", "rotations": [rotation(ANA)]}
    assert (await api.ask("PATCH", path, change)).status == 200
    async with api.units.begin(None) as unit:
        event = (await unit.session.exec(select(Event).where(Event.verb == "edit-schedule"))).one()
    assert (event.actor_id, event.key_id is not None) == (None, True)
    with pytest.raises(NotAllowed):
        async with api.units.begin(ana) as unit:
            await take_back(unit, event.id or 0)
    async with api.units.begin(admin) as unit:
        await take_back(unit, event.id or 0)
    assert (await api.get(path)).data == before


async def test_a_person_and_a_program_go_the_same_way(api: Api, reader: Reader, ana: Person, raj: Person) -> None:
    async with api.units.begin(ana) as unit:
        schedule_id = await create(unit, wanted_schedule(weekly(ana, raj), team="Money"))
    told = (await api.get(f"/v2/schedules/{schedule_id}")).data
    assert (told["name"], told["ownerTeam"]["name"], told["enabled"]) == ("Payments", "Money", True)
    with pytest.raises(NotAllowed, match="a lead of its team"):
        async with api.units.begin(raj) as unit:
            await delete(unit, schedule_id)
    async with api.units.begin(ana) as unit:
        await delete(unit, schedule_id)
    assert (await api.get(f"/v2/schedules/{schedule_id}")).status == 404


async def test_the_past_of_a_deleted_rotation_is_still_known(
    api: Api, reader: Reader, clock: StillClock, ana: Person
) -> None:
    schedule_id = await made(api, rotation(ANA, name="Days"))
    path = f"/v2/schedules/{schedule_id}"
    [one] = (await api.get(f"{path}/rotations")).data
    assert (await api.ask("DELETE", f"{path}/rotations/{one['id']}")).body["result"] == "Deleted"
    assert (await api.get(path)).data["rotations"] == []
    found = await watched(reader, schedule_id)
    assert holders(found, clock.now - timedelta(hours=1)) == [ana.id]
    assert holders(found, datetime(2026, 12, 1, tzinfo=UTC)) == []
