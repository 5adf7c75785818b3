"""What of alerts is refused over HTTP, with the field named, and what is not built."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zlib import compress

from bot.settings import RATE_LIMITS
from bot.vocabulary import Domain, Right
from storage.database import Database
from tests.api.conftest import Api, served
from tests.api.opsgenie.alerts.making import failed, logged, raised, status_of
from tests.api.opsgenie.incidents.making import team_of
from tests.conftest import StillClock

BAD: tuple[tuple[dict[str, Any], set[str]], ...] = (
    ({"message": ""}, {"message"}),
    ({"message": None}, {"message"}),
    ({"message": "\u200b"}, {"message"}),
    ({"message": "\ud800"}, {"body"}),
    ({"message": ["m"]}, {"message"}),
    ({"alias": "a" * 513}, {"alias"}),
    ({"description": "d" * 15_001}, {"description"}),
    ({"priority": "P9"}, {"priority"}),
    ({"priority": "p1"}, {"priority"}),
    ({"responders": [{"type": "team", "name": "nobodys"}, {"type": "user"}]}, {"responders#1"}),
    ({"responders": [{"type": "group", "id": "x"}]}, {"responders#0#type"}),
    ({"responders": [{}] * 51}, {"responders"}),
    ({"visibleTo": [{"type": "schedule"}]}, {"visibleTo#0#type"}),
    ({"tags": ["t" * 51]}, {"tags"}),
    ({"tags": [str(number) for number in range(21)]}, {"tags"}),
    ({"tags": ["t"] * 101}, {"tags"}),
    ({"tags": "t"}, {"tags"}),
    ({"actions": ["a" * 51]}, {"actions"}),
    ({"actions": [str(number) for number in range(11)]}, {"actions"}),
    ({"details": {"a": "d" * 8_000}}, {"details"}),
    ({"details": {" ": "d"}}, {"details"}),
    ({"details": {"a": {}}}, {"details#a"}),
    ({"details": [1]}, {"details"}),
    ({"entity": "e" * 513}, {"entity"}),
    ({"user": "u" * 101}, {"user"}),
    ({"note": "n" * 25_001}, {"note"}),
    (
        {"description": "d" * 15_001, "note": "n" * 25_001, "responders": [{"type": "team"}]},
        {"description", "note", "responders#0"},
    ),
)
"""What is wrong with an alert, and the fields that are named."""

BAD_CHANGES: tuple[tuple[str, str, Any, set[str]], ...] = (
    ("POST", "/acknowledge", {"note": "n" * 25_001, "user": "u" * 101, "source": "s" * 101}, {"note", "user"}),
    ("POST", "/close", {"note": 1}, {"note"}),
    ("POST", "/snooze", {}, {"endTime"}),
    ("POST", "/snooze", {"endTime": "tomorrow"}, {"endTime"}),
    ("POST", "/snooze", {"endTime": "2026-11-18T09:00:00Z"}, {"endTime"}),
    ("POST", "/snooze", {"endTime": "2026-11-25T09:00:01Z"}, {"endTime"}),
    ("POST", "/assign", {}, {"owner"}),
    ("POST", "/assign", {"owner": {"username": "nobody@example.com"}}, {"owner"}),
    ("POST", "/escalate", {"escalation": {"name": "none"}}, {"escalation"}),
    ("POST", "/escalate", {"escalation": {}}, {"escalation"}),
    ("POST", "/responders", {"responder": {"type": "user", "username": "x@example.com"}}, {"responder"}),
    ("POST", "/responders", {"responder": {"type": "group"}}, {"responder#type"}),
    ("POST", "/teams", {"team": {"id": "none"}}, {"team"}),
    ("POST", "/tags", {"tags": []}, {"tags"}),
    ("POST", "/tags", {"tags": ["t" * 51]}, {"tags"}),
    ("POST", "/tags", {"tags": [str(number) for number in range(20)]}, {"tags"}),
    ("DELETE", "/tags?tags=,", None, {"tags"}),
    ("POST", "/details", {"details": {}}, {"details"}),
    ("POST", "/details", {"details": {"a": "d" * 8_000}}, {"details"}),
    ("DELETE", "/details", None, {"keys"}),
    ("POST", "/notes", {"note": " "}, {"note"}),
    ("POST", "/notes", {}, {"note"}),
    ("PUT", "/priority", {"priority": "P0"}, {"priority"}),
    ("PUT", "/message", {"message": " "}, {"message"}),
    ("PUT", "/description", {"description": "d" * 15_001}, {"description"}),
    ("DELETE", "?user=" + "u" * 101, None, {"user"}),
    ("GET", "?identifierType=name", None, {"identifierType"}),
    ("GET", "/notes?limit=0", None, {"limit"}),
    ("GET", "/logs?direction=up", None, {"direction"}),
    ("GET", "/logs?offset=x", None, {"offset"}),
)
"""A request about an alert with one tag, and the fields that are named."""


async def test_a_bad_alert_is_refused_by_field_and_nothing_is_made(api: Api) -> None:
    for body, fields in BAD:
        answer = await api.post("/v2/alerts", {"message": "m", **body})
        assert answer.status == 422 or fields == {"body"}, (body, answer.body)
        assert set(answer.body.get("errors", fields)) == fields, (body, answer.body)
    ten_megabytes = BytesIO(json.dumps({"message": "m", "description": "d" * 10_000_000}).encode())
    assert (await api.ask("POST", "/v2/alerts", data=ten_megabytes)).status == 413
    assert (await api.get("/v2/alerts/count")).data == {"count": 0}
    failure = await api.post("/v2/alerts", {"message": "m", "description": "d" * 15_001})
    status = (await api.get(f"/v2/alerts/requests/{failure.body['requestId']}")).data
    assert (status["isSuccess"], "15,001" in status["status"]) == (False, True)


async def test_a_bad_change_is_refused_by_field_and_nothing_is_changed(api: Api) -> None:
    path = await raised(api, tags=["t"])
    before, log = (await api.get(path)).data, await logged(api, path)
    for method, part, body, fields in BAD_CHANGES:
        answer = await api.ask(method, f"{path}{part}", body)
        assert (answer.status, set(answer.body["errors"])) == (422, fields), (part, answer.body)
    for query, field in (
        ("limit=-1", "limit"),
        ("offset=-1", "offset"),
        ("sort=colour", "sort"),
        ("order=up", "order"),
        ("query=colour:red", "query"),
        ("searchIdentifier=mine", "searchIdentifier"),
    ):
        answer = await api.get(f"/v2/alerts?{query}")
        assert (answer.status, list(answer.body["errors"])) == (422, [field]), query
    assert ((await api.get(path)).data, await logged(api, path)) == (before, log)


async def test_an_alert_that_is_not_there_is_told_of_by_the_requests_status_alone(api: Api) -> None:
    asked: tuple[tuple[str, str, Any], ...] = (
        ("POST", "acknowledge", None),
        ("POST", "notes", {"note": "n"}),
        ("POST", "actions/x", {}),
        ("PUT", "priority", {"priority": "P1"}),
        ("DELETE", "tags?tags=a", None),
    )
    for method, end, body in asked:
        assert await failed(api, await api.ask(method, f"/v2/alerts/none/{end}", body)) == "Alert does not exist"
    for tiny in ("x", "0", "9" * 18, "%2B1", "-1"):
        assert (await api.get(f"/v2/alerts/{tiny}?identifierType=tiny")).status == 404
    assert (await api.get("/v2/alerts/requests/unknown")).status == 404
    assert (await api.get("/v2/alerts/none")).body["message"] == "No alert exists with id [none]."


async def test_a_packed_body_is_read_and_a_broken_one_is_not(api: Api) -> None:
    whole = json.dumps({"message": "packed"}).encode()
    packed = await api.ask("POST", "/v2/alerts", data=compress(whole), headers={"Content-Encoding": "deflate"})
    assert (await status_of(api, packed))["isSuccess"] is True
    for data, status in ((b"{cut", 400), (b'{"message": "a\\u0000b"}', 422), (b"[]", 422)):
        assert (await api.ask("POST", "/v2/alerts", data=data)).status == status, data


async def test_a_key_of_a_team_has_its_own_alerts_and_no_others(api: Api) -> None:
    payments, core = await team_of(api), await team_of(api, "core")
    key = await api.make_key(Right.READ, Right.WRITE, Right.DELETE, team="payments", name="theirs")
    reads = await api.make_key(Right.READ, name="reads")
    own = await raised(api, "Ours", key=key)
    other = await raised(api, "Theirs", responders=[{"type": "team", "id": core}])
    nobodys = await raised(api, "Nobody's")
    assert (await api.get(own, key=key)).data["ownerTeamId"] == payments
    same = [await raised(api, alias="disk", key=each) for each in (key, "")]
    assert [(await api.get("/v2/alerts/disk?identifierType=alias", key=each)).data["id"] for each in (key, "")] == [
        each.rpartition("/")[2] for each in same
    ]
    for path in same:
        assert (await api.ask("DELETE", path)).status == 202
    for path in (other, nobodys):
        for method, part, body in (
            ("GET", "", None),
            ("POST", "/close", {}),
            ("GET", "/logs", None),
            ("DELETE", "", None),
        ):
            answer = await api.ask(method, f"{path}{part}", body, key=key)
            assert (answer.status, answer.body["code"]) == (403, 40301), path
    assert [each["message"] for each in (await api.get("/v2/alerts?query=*", key=key)).data] == ["Ours"]
    assert (await api.get("/v2/alerts/count", key=key)).data == {"count": 1}
    hidden = await api.post("/v2/alerts", {"message": "m", "responders": [{"type": "team", "id": core}]}, key=key)
    assert (await api.get("/v2/alerts?query=message:m", key=key)).data[0]["responders"] == [
        {"type": "team", "id": payments}
    ]
    assert (await api.get(own, key=reads)).status == 200
    assert (await api.post(f"{own}/close", {}, key=reads)).status == 403
    assert (await api.get(f"/v2/alerts/requests/{hidden.body['requestId']}", key=reads)).status == 200


async def test_what_is_not_built_says_so(api: Api) -> None:
    path = await raised(api)
    asked = (
        ("GET", f"{path}/attachments"),
        ("POST", f"{path}/attachments?alertIdentifierType=id"),
        ("GET", f"{path}/attachments/1"),
        ("DELETE", f"{path}/attachments/1"),
    )
    for method, address in asked:
        answer = await api.ask(method, address, headers={"Content-Type": "multipart/form-data; boundary=x"})
        assert (answer.status, set(answer.body)) == (501, {"message", "took", "requestId"}), address


async def test_alerts_have_a_limit_of_their_own_which_lists_do_not_count_against(
    database: Database, clock: StillClock
) -> None:
    async with served(database, clock, rate_limits="alert=3/60,search=9/60") as limited:
        answers = [await limited.post("/v2/alerts", {"message": "m"}) for _ in range(4)]
        assert [answer.status for answer in answers] == [202, 202, 202, 429]
        assert (await limited.get("/v2/alerts/count")).data == {"count": 3}
    storm = next(each for each in RATE_LIMITS if each.domain is Domain.ALERT)
    assert storm.requests >= 2_000 and storm.seconds == 60, "a thousand in a minute, each asked about once"
