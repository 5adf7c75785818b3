"""GET timeline: the sample's shape, the window, what is past, and what it is made of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.engines.rotation import NOBODY, Rotation, RotationVersion, closed
from bot.queries import periods
from bot.vocabulary import RotationType
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.watches import MONDAY, Watches, rotation
from tests.conftest import StillClock

DAY = timedelta(days=1)
THIS_WEEK = datetime.fromisoformat("2026-11-16T08:00:00Z")
"""The hand-off of the running week."""


def _told(timeline: dict[str, Any], *, number: int = 0) -> list[tuple[str, str, str, str | None]]:
    """The periods of one rotation: from, until, type, and the name."""
    return [
        (each["startDate"][5:16], each["endDate"][5:16], each["type"], each["recipient"].get("name"))
        for each in timeline["rotations"][number]["periods"]
    ]


async def test_it_has_the_shape_of_the_sample(api: Api, clock: StillClock) -> None:
    clock.now = datetime.fromisoformat("2026-11-18T14:56:34.603Z")
    watches = Watches(api.units)
    ana, raj, mia = await watches.people("ana", "raj", "mia")
    crew = await watches.team("Crew", ana)
    daily = rotation("First Rotation", ana, crew, raj, every=RotationType.DAILY, start=THIS_WEEK)
    schedule = await watches.schedule("ScheduleName", daily)
    at = datetime.fromisoformat("2026-11-18T14:33:00Z")
    await watches.override(schedule, mia, at, at + DAY)
    await watches.forwarding(raj, ana, THIS_WEEK + 5 * DAY, THIS_WEEK + 6 * DAY)
    path = f"/v2/schedules/{schedule.id}/timeline"
    answer = await api.get(f"{path}?expand=base,forwarding,override")
    [row] = schedule.rotations
    assert list(answer.body) == ["data", "expandable", "took", "requestId"]
    assert answer.body["expandable"] == ["base", "forwarding", "override"]
    data = answer.data
    assert data["_parent"] == {"id": schedule.id, "name": "ScheduleName", "enabled": True}
    assert (data["startDate"], data["endDate"]) == ("2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z")
    [drawn] = data["finalTimeline"]["rotations"]
    assert (drawn["id"], drawn["name"], drawn["order"]) == (row.id, "First Rotation", 1)
    assert _told(data["finalTimeline"]) == [
        ("11-16T08:00", "11-17T08:00", "historical", "ana@example.com"),
        ("11-17T08:00", "11-18T08:00", "historical", "Crew"),
        ("11-18T08:00", "11-18T14:33", "historical", "raj@example.com"),
        ("11-18T14:33", "11-18T14:56", "historical", "mia@example.com"),
        ("11-18T14:56", "11-19T14:33", "override", "mia@example.com"),
        ("11-19T14:33", "11-20T08:00", "default", "ana@example.com"),
        ("11-20T08:00", "11-21T08:00", "default", "Crew"),
        ("11-21T08:00", "11-22T08:00", "forwarding", "ana@example.com"),
        ("11-22T08:00", "11-22T23:00", "default", "ana@example.com"),
    ]
    assert drawn["periods"][4] == {
        "startDate": "2026-11-18T14:56:34.603Z",
        "endDate": "2026-11-19T14:33:00Z",
        "type": "override",
        "recipient": {"id": mia.id, "type": "user", "name": "mia@example.com"},
    }
    assert drawn["periods"][1]["flattenedRecipients"] == [{"id": ana.id, "type": "user", "name": "ana@example.com"}]
    past = [each for each in drawn["periods"] if "flattenedRecipients" in each]
    assert past == [each for each in drawn["periods"] if each["type"] == "historical"]
    assert past[2]["flattenedRecipients"] == [past[2]["recipient"]]
    assert _told(data["baseTimeline"])[2] == ("11-18T08:00", "11-19T08:00", "default", "raj@example.com")
    assert {each["type"] for each in data["baseTimeline"]["rotations"][0]["periods"]} == {"default"}
    assert _told(data["overrideTimeline"]) == [("11-18T14:33", "11-19T14:33", "override", "mia@example.com")]
    assert data["forwardingTimeline"]["rotations"] == [
        {
            "id": row.id,
            "name": "",
            "order": 0,
            "periods": [
                {
                    "startDate": "2026-11-21T08:00:00Z",
                    "endDate": "2026-11-22T08:00:00Z",
                    "type": "forwarding",
                    "fromUser": raj.id,
                    "recipient": {"id": ana.id, "type": "user", "name": "ana@example.com"},
                }
            ],
        }
    ]
    plain = await api.get(f"{path}?identifierType=id&expand=")
    assert list(plain.data) == ["_parent", "startDate", "endDate", "finalTimeline"]
    assert plain.body["expandable"] == ["base", "forwarding", "override"]


async def test_the_window_is_counted_in_units_from_the_beginning_of_one(api: Api) -> None:
    watches = Watches(api.units)
    await watches.schedule("A b.c", rotation("Primary", await watches.person("ana")), enabled=False)
    for query, start, end in (
        ("", "2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z"),
        ("&interval=&intervalUnit=&date=", "2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z"),
        ("&intervalUnit=days&interval=366", "2026-11-17T23:00:00Z", "2027-11-18T23:00:00Z"),
        ("&intervalUnit=weeks&interval=52", "2026-11-15T23:00:00Z", "2027-11-14T23:00:00Z"),
        ("&intervalUnit=months&interval=6&date=2021-11-20T00:00:00Z", "2021-10-31T23:00:00Z", "2022-04-30T22:00:00Z"),
        ("&intervalUnit=months&interval=12&date=2100-12-31T12:00:00Z", "2100-11-30T23:00:00Z", "2101-11-30T23:00:00Z"),
        ("&intervalUnit=days&date=2026-03-29T12:00:00 02:00", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
    ):
        for kind in ("identifierType", "scheduleIdentifierType"):
            answer = await api.get(f"/v2/schedules/A b.c/timeline?{kind}=name{query}")
            assert (answer.data["startDate"], answer.data["endDate"]) == (start, end), query
    assert answer.data["_parent"]["enabled"] is False
    assert answer.data["finalTimeline"]["rotations"][0]["periods"]  # drawn, though the schedule is off


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("interval=0", "interval"),
        ("interval=-1", "interval"),
        ("interval=many", "interval"),
        ("interval=1.5", "interval"),
        ("interval=53", "interval"),
        ("interval=99999999999999999999999", "interval"),
        ("interval=367&intervalUnit=days", "interval"),
        ("interval=13&intervalUnit=months", "interval"),
        ("intervalUnit=years", "intervalUnit"),
        ("intervalUnit=Weeks", "intervalUnit"),
        ("date=2101-01-01T00:00:00Z", "date"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_window_that_cannot_be_is_refused_by_name(api: Api, query: str, field: str) -> None:
    schedule = await Watches(api.units).schedule("Payments")
    answer = await api.get(f"/v2/schedules/{schedule.id}/timeline?{query}")
    assert (answer.status, list(answer.body["errors"])) == (422, [field])
    assert answer.body["errors"][field]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_more_periods_than_can_be_drawn_are_refused(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    watches = Watches(api.units)
    ana, raj = await watches.people("ana", "raj")
    crew = await watches.team("Crew", ana)
    await watches.schedule("Inside", rotation("r", ana, raj, every=RotationType.HOURLY), team=crew)
    hourly = [rotation(f"r{number}", ana, raj, every=RotationType.HOURLY) for number in range(3)]
    schedule = await watches.schedule("Payments", *hourly)
    through = await watches.schedule("Through", rotation("r", crew))
    monkeypatch.setattr(periods, "MOST_PERIODS", 3 * 24 * 7)
    fits = await api.get(f"/v2/schedules/{schedule.id}/timeline?expand=base")
    assert sum(len(each["periods"]) for each in fits.data["finalTimeline"]["rotations"]) == 3 * 24 * 7
    for each, query in ((schedule, "interval=2"), (through, "interval=6&date=2026-03-01T00:00:00Z")):
        answer = await api.get(f"/v2/schedules/{each.id}/timeline?{query}")
        assert (answer.status, list(answer.body["errors"])) == (422, ["interval"])
        assert answer.body["errors"]["interval"].startswith("Choose a shorter time")
        assert answer.body["message"].startswith("Query parameters are not processable.")


async def test_the_past_is_told_by_the_versions_and_rotations_that_held_then(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj, mia = await watches.people("ana", "raj", "mia")
    edited_at, closed_at = MONDAY + 9 * DAY, MONDAY + 16 * DAY
    old, new = rotation("Primary", ana).rule, rotation("Primary", raj).rule
    edited = Rotation("r", "Primary", (RotationVersion(old), RotationVersion(new, holds_from=edited_at)))
    gone = closed(rotation("Gone", mia), at=closed_at)
    schedule = await watches.schedule("Payments", gone, edited)
    path = f"/v2/schedules/{schedule.id}/timeline?intervalUnit=months&date=2026-01-20T00:00:00Z"
    final = (await api.get(path)).data["finalTimeline"]
    assert [(each["name"], each["order"]) for each in final["rotations"]] == [("Gone", 1), ("Primary", 2)]
    whose = _told(final, number=1)
    assert {each[2] for each in whose} == {"historical"}
    assert [(since, who) for since, _, _, who in whose][:3] == [
        ("01-05T08:00", "ana@example.com"),
        ("01-12T08:00", "ana@example.com"),
        ("01-14T08:00", "raj@example.com"),
    ]
    assert _told(final)[-1] == ("01-19T08:00", "01-21T08:00", "historical", "mia@example.com")
    today = (await api.get(f"/v2/schedules/{schedule.id}/timeline")).data["finalTimeline"]
    assert [(each["name"], each["order"]) for each in today["rotations"]] == [("Primary", 1)]


async def test_a_past_period_of_a_team_names_all_it_came_to_stand_for(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj, mia, li = await watches.people("ana", "raj", "mia", "li")
    crew = await watches.team("Crew", ana, raj, li)
    await watches.schedule("Crew's own", rotation("Daily", raj, mia, every=RotationType.DAILY), team=crew)
    ladder = await watches.escalation("Ladder", (0, "default", "user", li.id), (5, "default", "user", ana.id))
    schedule = await watches.schedule("Payments", rotation("Weekly", crew, ladder, crew, start=THIS_WEEK - 14 * DAY))
    await watches.forwarding(li, ana, THIS_WEEK - 4 * DAY, THIS_WEEK - 3 * DAY)
    path = f"/v2/schedules/{schedule.id}/timeline?interval=4&date=2026-11-02T12:00:00Z"
    drawn = (await api.get(path)).data["finalTimeline"]["rotations"][0]["periods"]
    told = [(each["type"], [who["name"][:3] for who in each.get("flattenedRecipients", ())]) for each in drawn]
    crew_s = told[0][1]
    assert sorted(crew_s) == ["mia", "raj"]
    assert told[1] == ("historical", ["li@", "ana"])
    assert (told[2][0], sorted(told[2][1])) == ("historical", ["mia", "raj"])
    assert told[3] == ("default", [])


async def test_nobody_is_left_out_in_the_end_and_named_as_such_among_the_overrides(api: Api) -> None:
    watches = Watches(api.units)
    ana = await watches.person("ana")
    schedule = await watches.schedule("Payments", rotation("Primary", ana), rotation("Nobody", NOBODY))
    await watches.override(schedule, NOBODY, THIS_WEEK + DAY, THIS_WEEK + 2 * DAY, rotations=[schedule.rotations[0].id])
    data = (await api.get(f"/v2/schedules/{schedule.id}/timeline?expand=override,base")).data
    assert _told(data["finalTimeline"], number=1) == _told(data["baseTimeline"], number=1) == []
    assert [each[:2] for each in _told(data["finalTimeline"])][1:3] == [
        ("11-16T08:00", "11-17T08:00"),
        ("11-18T08:00", "11-18T09:00"),
    ]
    [nobody] = data["overrideTimeline"]["rotations"][0]["periods"]
    assert nobody["recipient"] == {"type": "none"}
