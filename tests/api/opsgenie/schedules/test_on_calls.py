"""GET on-calls: who is on call by one schedule and by all, now, in the past and in time to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from bot.engines.rotation import NOBODY
from bot.vocabulary import Right, RotationType
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.watches import MONDAY, Watches, rotation
from tests.conftest import StillClock
from tests.usecases.stories import statements

DAY = timedelta(days=1)


def _who(data: dict[str, Any]) -> list[str]:
    return [each["name"] for each in data["onCallParticipants"]]


async def test_it_says_who_is_on_call_in_either_form_and_by_either_identifier(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj = await watches.people("ana", "raj")
    schedule = await watches.schedule("Pay & more", rotation("Primary", ana, raj), rotation("Second", raj, NOBODY))
    answer = await api.get(f"/v2/schedules/{schedule.id}/on-calls")
    assert answer.data == {
        "_parent": {"id": schedule.id, "name": "Pay & more", "enabled": True},
        "onCallParticipants": [{"id": raj.id, "name": "raj@example.com", "type": "user"}],
    }
    name = quote("Pay & more")
    for kind in ("scheduleIdentifierType", "identifierType"):
        flat = await api.get(f"/v2/schedules/{name}/on-calls/?{kind}=name&flat=True")
        assert flat.data == {"_parent": answer.data["_parent"], "onCallRecipients": ["raj@example.com"]}
    for flag in ("false", "", "False"):
        assert (await api.get(f"/v2/schedules/{schedule.id}/on-calls?flat={flag}&date=")).data == answer.data


async def test_date_asks_of_the_past_and_of_time_to_come_and_a_raw_plus_is_understood(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj, mia = await watches.people("ana", "raj", "mia")
    schedule = await watches.schedule("Payments", rotation("Primary", ana, raj))
    await watches.override(schedule, mia, MONDAY + DAY, MONDAY + 2 * DAY)
    path = f"/v2/schedules/{schedule.id}/on-calls"
    for date, who in (
        ("2026-01-05T08:00:00Z", ["ana@example.com"]),
        ("2026-01-05T07:59:59.999Z", []),
        ("2026-01-06T09:00:00+01:00", ["mia@example.com"]),
        ("2026-01-06T09:00:00%2B01:00", ["mia@example.com"]),
        ("2026-01-12T08:00:00.000000+00:00", ["raj@example.com"]),
        ("2036-01-14T08:00:00Z", ["raj@example.com"]),
    ):
        assert _who((await api.get(f"{path}?date={date}")).data) == who, date


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("date=tomorrow", "date"),
        ("date=2026-01-05T08:00:00", "date"),
        ("date=0001-01-01T00:00:00%2B23:59", "date"),
        ("date=9999-12-31T23:59:59Z", "date"),
        ("flat=perhaps", "flat"),
        ("scheduleIdentifierType=tiny", "scheduleIdentifierType"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_cannot_be_understood_is_named(api: Api, query: str, field: str) -> None:
    schedule = await Watches(api.units).schedule("Payments")
    for path in ("on-calls", "next-on-calls", "timeline"):
        if path == "timeline" and field == "flat":
            continue
        answer = await api.get(f"/v2/schedules/{schedule.id}/{path}?{query}")
        assert (answer.status, list(answer.body["errors"])) == (422, [field])
        assert answer.body["message"] == "Query parameters are not processable. Please check the errors."


async def test_a_schedule_that_is_off_has_nobody_and_one_that_is_not_there_is_not_found(api: Api) -> None:
    watches = Watches(api.units)
    ana = await watches.person("ana")
    schedule = await watches.schedule("Payments", rotation("Primary", ana), enabled=False)
    for path, field in (("on-calls", "onCallParticipants"), ("next-on-calls", "nextOnCallRecipients")):
        answer = await api.get(f"/v2/schedules/{schedule.id}/{path}")
        assert answer.data["_parent"]["enabled"] is False
        assert answer.data[field] == []
        for nowhere in ("nothing", "Payments", "payments?identifierType=name"):
            identifier, _, query = nowhere.partition("?")
            assert (await api.get(f"/v2/schedules/{identifier}/{path}?{query}")).status == 404


async def test_what_was_before_a_schedule_was_switched_off_stays_true(api: Api, clock: StillClock) -> None:
    watches = Watches(api.units)
    ana = await watches.person("ana")
    schedule = await watches.schedule("Payments", rotation("Primary", ana))
    path = f"/v2/schedules/{schedule.id}"
    yesterday = f"{clock.now - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"

    async def on_call(date: str = "") -> list[str]:
        answer = await api.get(f"{path}/on-calls?flat=true&date={date}")
        recipients: list[str] = answer.data["onCallRecipients"]
        return recipients

    await api.ask("PATCH", path, {"enabled": False})
    assert (await on_call(), await on_call(yesterday)) == ([], ["ana@example.com"])
    clock.advance(minutes=60)
    await api.ask("PATCH", path, {"enabled": False, "description": "Nobody needs it."})
    assert await on_call(f"{clock.now - timedelta(minutes=30):%Y-%m-%dT%H:%M:%SZ}") == []
    assert await on_call(yesterday) == ["ana@example.com"]
    await api.ask("PATCH", path, {"enabled": True})
    assert await on_call() == await on_call(yesterday) == ["ana@example.com"]


async def test_a_team_and_an_escalation_hold_those_they_stand_for(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj, mia, li = await watches.people("ana", "raj", "mia", "li")
    crew = await watches.team("Crew", ana, raj, lead=raj)
    deck = await watches.team("Deck", mia, li)
    await watches.schedule("Deck's own", rotation("Primary", li), team=deck)
    ladder = await watches.escalation(
        "Ladder",
        (0, "default", "user", mia.id),
        (0, "admins", "team", crew.id),
        (0, "default", "team", deck.id),
        (5, "default", "user", ana.id),
    )
    schedule = await watches.schedule("Payments", rotation("Teams", crew), rotation("Ladders", ladder))
    await watches.forwarding(mia, ana, MONDAY, MONDAY + 400 * DAY)
    path = f"/v2/schedules/{schedule.id}/on-calls"
    first, second = (await api.get(path)).data["onCallParticipants"]
    assert first == {
        "id": crew.id,
        "name": "Crew",
        "type": "team",
        "onCallParticipants": [
            {"id": who.id, "name": f"{name}@example.com", "type": "user"}
            for who, name in sorted(((ana, "ana"), (raj, "raj")), key=lambda each: each[0].id or "")
        ],
    }
    told = {"escalationTime": 0, "notifyType": "default"}
    assert second == {
        "id": ladder.id,
        "name": "Ladder",
        "type": "escalation",
        "onCallParticipants": [
            {
                "id": ana.id,
                "name": "ana@example.com",
                "type": "user",
                "forwardedFrom": {"id": mia.id, "name": "mia@example.com", "type": "user"},
                **told,
            },
            {
                "id": crew.id,
                "name": "Crew",
                "type": "team",
                "onCallParticipants": [{"id": raj.id, "name": "raj@example.com", "type": "user"}],
                "escalationTime": 0,
                "notifyType": "admins",
            },
            {
                "id": deck.id,
                "name": "Deck",
                "type": "team",
                "onCallParticipants": [{"id": li.id, "name": "li@example.com", "type": "user"}],
                **told,
            },
        ],
    }
    flat = (await api.get(f"{path}?flat=true")).data["onCallRecipients"]
    assert sorted(flat) == ["ana@example.com", "li@example.com", "raj@example.com"]


async def test_duty_that_was_forwarded_says_from_whom(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj, mia = await watches.people("ana", "raj", "mia")
    schedule = await watches.schedule("Payments", rotation("Primary", ana))
    await watches.forwarding(ana, raj, MONDAY, MONDAY + DAY)
    await watches.forwarding(raj, mia, MONDAY, MONDAY + DAY, sequence=2)
    path = f"/v2/schedules/{schedule.id}/on-calls"
    [who] = (await api.get(f"{path}?date=2026-01-05T09:00:00Z")).data["onCallParticipants"]
    assert (who["name"], who["forwardedFrom"]["name"]) == ("mia@example.com", "ana@example.com")
    [later] = (await api.get(f"{path}?date=2026-01-06T08:00:00Z")).data["onCallParticipants"]
    assert later == {"id": ana.id, "name": "ana@example.com", "type": "user"}


async def test_all_schedules_are_answered_by_name_and_to_a_team_s_key_its_own(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj = await watches.people("ana", "raj")
    crew = await watches.team("Crew", ana)
    await watches.schedule("B", rotation("Primary", ana), team=crew)
    await watches.schedule("a", rotation("Primary", raj, every=RotationType.DAILY), enabled=False)
    await watches.schedule("C", rotation("Primary", crew))
    answer = await api.get("/v2/schedules/on-calls?flat=true")
    told = [(each["_parent"]["name"], each["onCallRecipients"]) for each in answer.data]
    assert told == [("a", []), ("B", ["ana@example.com"]), ("C", ["ana@example.com"])]
    key = await api.make_key(Right.READ, Right.CONFIGURE, team="Crew")
    own = (await api.get("/v2/schedules/on-calls", key=key)).data
    assert [each["_parent"]["name"] for each in own] == ["B"]
    others = answer.data[0]["_parent"]["id"]
    refused = await api.get(f"/v2/schedules/{others}/on-calls", key=key)
    assert (refused.status, refused.body["code"]) == (403, 40301)


async def test_a_change_is_seen_at_once_and_a_hand_off_when_it_comes(api: Api, clock: StillClock) -> None:
    watches = Watches(api.units)
    ana, raj, mia = await watches.people("ana", "raj", "mia")
    schedule = await watches.schedule("Payments", rotation("Primary", ana, raj))
    path = f"/v2/schedules/{schedule.id}/on-calls"
    assert _who((await api.get(path)).data) == ["raj@example.com"]
    await watches.override(schedule, mia, clock.now, clock.now + timedelta(hours=1))
    assert _who((await api.get(path)).data) == ["mia@example.com"]
    clock.advance(hours=1)
    assert _who((await api.get(path)).data) == ["raj@example.com"]
    clock.advance(days=5)
    assert _who((await api.get(path)).data) == ["ana@example.com"]


async def test_the_statements_do_not_grow_with_what_there_is_and_asked_again_there_are_none(api: Api) -> None:
    watches = Watches(api.units)
    ana = await watches.person("ana")
    crew = await watches.team("Crew", ana)
    ladder = await watches.escalation("Ladder", (0, "default", "team", crew.id))
    counts: list[list[int]] = []
    for numbers in (range(5), range(5, 50)):
        for number in numbers:
            owner = crew if number % 2 else None
            last = await watches.schedule(f"S{number}", rotation("Primary", ana, crew, ladder), team=owner)
        found = []
        for path in (f"{last.id}/on-calls", f"{last.id}/next-on-calls", f"{last.id}/timeline", "on-calls"):
            with statements() as cold:
                assert (await api.get(f"/v2/schedules/{path}")).status == 200
            with statements() as warm:
                await api.get(f"/v2/schedules/{path}")
            assert [each for each in warm if "counter" not in each] == []
            found.append(len(cold))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20
