"""Incidents over HTTP: made, changed, ended, deleted, and what of them is refused."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.usecases.housekeeping.purge import DailyPurge
from bot.vocabulary import Right
from tests.api.conftest import Api
from tests.api.opsgenie.incidents.making import became, opened, service_of, team_of, user_of
from tests.conftest import StillClock

BAD: tuple[tuple[dict[str, Any], set[str]], ...] = (
    ({"message": ""}, {"message"}),
    ({"message": "\u200b"}, {"message"}),
    ({"message": "m\nn"}, {"message"}),
    ({"tags": ["t\u2028u"]}, {"tags"}),
    ({"statusPageEntry": {"title": "t\nu"}}, {"statusPageEntry#title"}),
    ({"message": "m" * 131}, {"message"}),
    ({"description": "d" * 10_001}, {"description"}),
    ({"priority": "P9"}, {"priority"}),
    ({"serviceId": "nothing"}, {"serviceId"}),
    ({"impactedServices": ["nothing", "\ud7ff"]}, {"impactedServices"}),
    ({"responders": [{"type": "team", "name": "nobodys"}, {"type": "user"}]}, {"responders#0", "responders#1"}),
    ({"responders": [{"type": "schedule", "id": "x"}]}, {"responders#0#type"}),
    ({"tags": ["t" * 51]}, {"tags"}),
    ({"tags": [str(number) for number in range(21)]}, {"tags"}),
    ({"tags": "t"}, {"tags"}),
    ({"details": {"a": "d" * 8_000}}, {"details"}),
    ({"details": {" ": "d"}}, {"details"}),
    ({"details": {"a": 1}}, {"details#a"}),
    ({"note": "n" * 25_001}, {"note"}),
    ({"statusPageEntry": {"detail": "d"}}, {"statusPageEntry#title"}),
    ({"statusPageEntry": {"title": "t" * 201}}, {"statusPageEntry#title"}),
    ({"message": "m" * 131, "tags": ["t" * 51], "serviceId": "nothing"}, {"message", "tags", "serviceId"}),
)
"""What is wrong with an incident, and the fields that are named."""

BAD_CHANGES: tuple[tuple[str, str, Any, set[str]], ...] = (
    ("POST", "notes", {"note": " "}, {"note"}),
    ("POST", "notes", {}, {"note"}),
    ("POST", "close", {"note": "n" * 25_001}, {"note"}),
    ("POST", "responders", {"responder": []}, {"responders"}),
    ("POST", "responders", {"responder": [{"type": "user", "username": "x@example.com"}]}, {"responders#0"}),
    ("POST", "tags", {"tags": []}, {"tags"}),
    ("POST", "tags", {"tags": [str(number) for number in range(20)]}, {"tags"}),
    ("DELETE", "tags?tags=,", None, {"tags"}),
    ("POST", "details", {"details": {}}, {"details"}),
    ("DELETE", "details", None, {"keys"}),
    ("PUT", "priority", {"priority": "P0"}, {"priority"}),
    ("PUT", "priority", {}, {"priority"}),
    ("POST", "message", {"message": "m" * 131}, {"message"}),
    ("POST", "message", {"message": "m\r\nn"}, {"message"}),
    ("PUT", "description", {"description": "d" * 10_001}, {"description"}),
    ("GET", "?identifierType=alias", None, {"identifierType"}),
    ("GET", "notes?limit=0", None, {"limit"}),
    ("GET", "notes?limit=-1", None, {"limit"}),
    ("GET", "logs?direction=up", None, {"direction"}),
    ("GET", "logs?offset=x", None, {"offset"}),
)
"""A request about an incident with one tag, and the fields that are named."""


async def test_an_incident_is_made_with_all_there_is_to_say_and_read(api: Api, clock: StillClock) -> None:
    team, mia = await team_of(api), await user_of(api)
    services = [await service_of(api, team), await service_of(api, team, "mail")]
    body = {
        "message": " Checkout is down ",
        "description": "Nobody can pay.",
        "responders": [{"type": "user", "username": "MIA@example.com"}, {"type": "team", "name": "payments"}],
        "tags": ["pay", " db ", "pay"],
        "details": {"region": "eu", "build": "417"},
        "priority": "P1",
        "note": "Called the bank.",
        "serviceId": services[0],
        "impactedServices": services,
        "statusPageEntry": {"title": "We are on it", "detail": ""},
        "notifyStakeholders": "true",
        "alias": "unknown",
    }
    made = await api.post("/v1/incidents/create/", body)
    status = await became(api, made)
    assert (status["action"], status["status"]) == ("Create", "Created incident")
    assert status["processedAt"] == "2026-11-18T09:00:00Z"
    path = f"/v1/incidents/{status['incidentId']}"
    now = "2026-11-18T09:00:00Z"
    whole = {
        "id": status["incidentId"],
        "serviceId": services[0],
        "tinyId": "1",
        "message": "Checkout is down",
        "description": "Nobody can pay.",
        "status": "open",
        "priority": "P1",
        "tags": ["pay", "db"],
        "createdAt": now,
        "updatedAt": now,
        "ownerTeam": team,
        "responders": [{"type": "user", "id": mia}, {"type": "team", "id": team}],
        "extraProperties": {"region": "eu", "build": "417"},
        "impactedServices": services,
        "impactStartDate": now,
        "actions": [],
        "links": {"web": f"{api.address}{path}", "api": f"{api.address}{path}"},
    }
    assert (await api.get(f"{path}/")).data == whole
    for tiny in ("1", "INC-1", "inc-1"):
        assert (await api.get(f"/v1/incidents/{tiny}?identifierType=tiny")).data == whole
    (note,) = (await api.get(f"{path}/notes")).data
    assert (note["note"], note["createdAt"]) == ("Called the bank.", now)
    assert (await api.get(f"{path}/responder-alert-ids")).data == []
    assert (await api.get(f"{path}/associated-alert-ids/")).data == []
    bare = (await api.get(await opened(api, message="Disk full"))).data
    assert (bare["priority"], bare["ownerTeam"], bare["impactedServices"]) == ("P3", "", [])
    assert "serviceId" not in bare


async def test_an_incident_is_changed_word_by_word_and_its_log_tells_it(api: Api, clock: StillClock) -> None:
    path, mia = await opened(api, tags=["a"], details={"x": "1"}), await user_of(api)
    clock.advance(minutes=5)
    called = {"incidentId": "x", "note": "", "responder": [{"type": "user", "id": mia}]}
    changes: tuple[tuple[str, str, Any], ...] = (
        ("PUT", "priority", {"priority": "P2"}),
        ("POST", "message", {"message": "Checkout is slow"}),
        ("PUT", "description", {"description": "Half of the pods."}),
        ("POST", "responders", called),
        ("POST", "responders", {"responder": {"type": "user", "id": mia}}),
        ("POST", "tags", {"tags": ["b", "a", "c, d"], "note": "tagged"}),
        ("DELETE", "tags?tags=a,unknown&note=", None),
        ("DELETE", "tags?tags=c,%20d", None),
        ("POST", "details/", {"details": {"x": "2", "y": "3"}}),
        ("DELETE", "details?keys=x", None),
    )
    for method, part, body in changes:
        await became(api, await api.ask(method, f"{path}/{part}", body))
    found = (await api.get(path)).data
    assert (found["priority"], found["message"], found["description"]) == (
        "P2",
        "Checkout is slow",
        "Half of the pods.",
    )
    assert (found["tags"], found["extraProperties"]) == (["b"], {"y": "3"})
    assert (found["responders"], found["updatedAt"]) == ([{"type": "user", "id": mia}], "2026-11-18T09:05:00Z")
    await became(api, await api.ask("PUT", f"{path}/description", {"description": ""}))
    assert (await api.get(path)).data["description"] == ""

    logs = await api.get(f"{path}/logs?order=asc&limit=5")
    assert [each["log"] for each in logs.data] == [
        "Incident created",
        "Priority changed to [P2]",
        "Message changed to [Checkout is slow]",
        "Description changed to [Half of the pods.]",
        "Responders added",
    ]
    assert logs.data[0]["owner"].startswith("everything")
    following = await api.get(logs.body["paging"]["next"].removeprefix(api.address))
    assert [each["log"] for each in following.data] == [
        "Tags added: [b, c, d]",
        "Note added",
        "Tags removed: [a]",
        "Tags removed: [c, d]",
        "Details added: [x=2, y=3]",
    ]
    newest = await api.get(f"{path}/logs?limit=1&identifierType=id?limit=1")
    assert newest.data[0]["log"] == "Description changed to []"
    earlier = await api.get(f"{path}/logs?limit=1&direction=prev&order=asc&offset={newest.data[0]['offset']}")
    assert earlier.data[0]["log"] == "Details removed: [x]"


async def test_notes_are_read_in_pages_either_way(api: Api) -> None:
    path = await opened(api)
    for text in ("one", "two", "three"):
        await became(api, await api.post(f"{path}/notes", {"note": text}))
    assert [each["note"] for each in (await api.get(f"{path}/notes?order=ASC")).data] == ["one", "two", "three"]
    first = await api.get(f"{path}/notes?limit=2")
    assert [each["note"] for each in first.data] == ["three", "two"]
    for listed, length in ((f"{path}/notes", 3), ("/v1/incidents", 1), ("/v1/services", 0)):
        assert len((await api.get(f"{listed}?limit={'9' * 5_000}")).data) == length
    last = await api.get(first.body["paging"]["next"].removeprefix(api.address))
    assert ([each["note"] for each in last.data], "next" in last.body["paging"]) == (["one"], False)
    back = await api.get(f"{path}/notes?direction=prev&limit=1&offset={last.data[0]['offset']}")
    assert [each["note"] for each in back.data] == ["two"]
    assert "direction=prev" in back.body["paging"]["next"]


async def test_an_incident_is_resolved_closed_and_opened_again(api: Api, clock: StillClock) -> None:
    path = await opened(api)
    clock.advance(hours=1)
    for _ in range(2):
        await became(api, await api.ask("POST", f"{path}/resolve"))
    found = (await api.get(path)).data
    assert (found["status"], found["impactEndDate"]) == ("resolved", "2026-11-18T10:00:00Z")
    clock.advance(hours=1)
    status = await became(api, await api.post(f"{path}/close", {"note": "All is well."}))
    assert (status["action"], status["status"]) == ("Close", "Closed incident")
    found = (await api.get(path)).data
    assert (found["status"], found["impactEndDate"]) == ("closed", "2026-11-18T10:00:00Z")
    await became(api, await api.post(f"{path}/resolve", {}))
    found = (await api.get(path)).data
    assert (found["status"], found["impactEndDate"]) == ("closed", "2026-11-18T10:00:00Z")
    refused = await api.post(f"{path}/notes", {"note": ""})
    assert (refused.status, refused.body["errors"]) == (422, {"note": "note: write at least one word."})
    told = (await api.get(f"/v1/incidents/requests/{refused.body['requestId']}")).data
    assert (told["isSuccess"], told["incidentId"], told["status"]) == (False, "", refused.body["errors"]["note"])
    await became(api, await api.post(f"{path}/reopen", {}))
    found = (await api.get(path)).data
    assert (found["status"], "impactEndDate" in found) == ("open", False)
    await became(api, await api.post(f"{path}/close", {}))
    assert (await api.get(path)).data["impactEndDate"] == "2026-11-18T11:00:00Z"
    assert [each["type"] for each in (await api.get(f"{path}/logs?order=asc")).data] == [
        "open-incident",
        "resolve-incident",
        "close-incident",
        "note-incident",
        "reopen-incident",
        "close-incident",
    ]


async def test_an_incident_goes_with_its_notes_and_its_request_is_forgotten_after_a_week(
    api: Api, clock: StillClock
) -> None:
    path = await opened(api, note="n", tags=["t"])
    gone = await api.ask("DELETE", path)
    assert (await became(api, gone))["action"] == "Delete"
    answers = [
        await api.ask(method, f"{path}{part}", body)
        for method, part, body in (
            ("GET", "", None),
            ("DELETE", "", None),
            ("POST", "/close", {}),
            ("GET", "/notes", None),
            ("GET", "/logs", None),
            ("POST", "/tags", {"tags": ["a"]}),
            ("GET", "/associated-alert-ids", None),
        )
    ]
    assert {answer.status for answer in answers} == {404}
    assert answers[0].body["message"] == f"No incident exists with id [{path.rpartition('/')[2]}]."
    for tiny in ("1", "x", "9" * 30, "%2B1"):
        assert (await api.get(f"/v1/incidents/{tiny}?identifierType=tiny")).status == 404
    request = f"/v1/incidents/requests/{gone.body['requestId']}"
    clock.advance(days=7, seconds=1)
    assert await DailyPurge(api.units, clock).run() > 0
    assert (await api.get(request)).status == 404
    assert (await api.get("/v1/incidents/requests/unknown")).status == 404


async def test_a_bad_incident_is_refused_by_field_and_nothing_is_made(api: Api) -> None:
    for body, fields in BAD:
        answer = await api.post("/v1/incidents", {"message": "m", **body})
        assert (answer.status, set(answer.body["errors"])) == (422, fields), (body, answer.body)
    assert (await api.get("/v1/incidents")).data == []


async def test_a_bad_change_is_refused_by_field_and_nothing_is_changed(api: Api) -> None:
    path = await opened(api, tags=["t"])
    before = (await api.get(path)).data
    for method, part, body, fields in BAD_CHANGES:
        answer = await api.ask(method, f"{path}/{part}" if not part.startswith("?") else f"{path}{part}", body)
        assert (answer.status, set(answer.body["errors"])) == (422, fields), (part, answer.body)
    assert (await api.get(path)).data == before
    assert len((await api.get(f"{path}/logs")).data) == 1


async def test_a_key_of_a_team_has_its_own_incidents_and_no_others(api: Api) -> None:
    payments, core = await team_of(api), await team_of(api, "core")
    theirs = await service_of(api, core)
    key = await api.make_key(Right.READ, Right.WRITE, Right.DELETE, team="payments")
    own = await opened(api, "Ours", key=key)
    assert (await api.get(own, key=key)).data["ownerTeam"] == payments
    other, nobodys = await opened(api, "Theirs", serviceId=theirs), await opened(api, "Nobody's")
    assert (await api.get(other)).data["ownerTeam"] == core
    for path in (other, nobodys):
        for method, part, body in (("GET", "", None), ("POST", "/close", {}), ("DELETE", "", None)):
            answer = await api.ask(method, f"{path}{part}", body, key=key)
            assert (answer.status, answer.body["code"]) == (403, 40301), path
    listed = await api.get("/v1/incidents?query=*", key=key)
    assert ([each["message"] for each in listed.data], "next" in listed.body["paging"]) == (["Ours"], False)
    refused = await api.post("/v1/incidents", {"message": "m", "impactedServices": [theirs]}, key=key)
    assert (refused.status, set(refused.body["errors"])) == (422, {"impactedServices"})
    closed = await api.post(f"{other}/close", {})
    request = f"/v1/incidents/requests/{closed.body['requestId']}"
    unknown = await api.get("/v1/incidents/requests/unknown", key=key)
    hidden = await api.get(request, key=key)
    assert (hidden.status, unknown.status, (await api.get(request)).status) == (404, 404, 200)
    assert hidden.body["message"].replace(closed.body["requestId"], "unknown") == unknown.body["message"]
    same = {"X-Request-Id": "the-same"}
    assert (await api.post(f"{own}/notes", {"note": "n"}, key=key, headers=same)).status == 202
    assert (await api.post(f"{other}/reopen", {}, headers=same)).status == 202
    for asking, action in ((key, "AddNote"), ("", "Reopen")):
        assert (await api.get("/v1/incidents/requests/the-same", key=asking)).data["action"] == action
    in_use = [await api.ask("DELETE", f"/v2/teams/{core}"), await api.ask("DELETE", f"/v1/services/{theirs}")]
    assert [(answer.status, "incidents INC-2" in answer.body["message"]) for answer in in_use] == [(428, True)] * 2


async def test_rights_are_those_of_the_method_and_configuration_is_none_of_them(api: Api) -> None:
    path = await opened(api)
    reads, writes = await api.make_key(Right.READ, name="reads"), await api.make_key(Right.WRITE, name="writes")
    assert (await api.get(path, key=reads)).status == 200
    assert (await api.post(f"{path}/notes", {"note": "n"}, key=reads)).status == 403
    assert (await api.post(f"{path}/notes", {"note": "n"}, key=writes)).status == 202
    assert (await api.ask("DELETE", f"{path}/tags?tags=a", key=writes)).status == 403


async def test_templates_there_are_none(api: Api) -> None:
    assert (await api.get("/v1/incident-templates/")).data == {"incidentTemplates": []}
    for method in ("GET", "PUT", "DELETE"):
        assert (await api.ask(method, "/v1/incident-templates/x")).status == 404
    assert (await api.post("/v1/incident-templates", {"name": "x"})).status == 405


async def test_changes_at_once_are_all_kept(api: Api) -> None:
    path = await opened(api)
    names = [f"tag{number}" for number in range(5)]
    sent = [api.post(f"{path}/tags", {"tags": [name]}) for name in names]
    same = {"X-Request-Id": "the-same"}
    sent += [api.post("/v1/incidents", {"message": "twice"}, headers=same) for _ in range(3)]
    assert {answer.status for answer in await asyncio.gather(*sent)} == {202}
    assert set((await api.get(path)).data["tags"]) == set(names)
    assert (await api.get("/v1/incidents/requests/the-same")).data["isSuccess"] is True
