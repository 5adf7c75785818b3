"""Alerts over HTTP: raised, answered, changed, deleted, and what of them is refused."""

from __future__ import annotations

from typing import Any

from bot.queries.naming import username
from tests.api.conftest import Api
from tests.api.opsgenie.alerts.making import became, failed, logged, raised
from tests.api.opsgenie.incidents.making import team_of, user_of
from tests.conftest import StillClock, met

NOW = "2026-11-18T09:00:00Z"


async def test_an_alert_is_raised_with_all_there_is_to_say_and_read(api: Api, clock: StillClock) -> None:
    team, mia = await team_of(api), await user_of(api)
    body = {
        "message": "db is down",
        "alias": "db/eu 1",
        "description": "No connections.",
        "responders": [{"type": "user", "username": "MIA@example.com", "id": ""}, {"type": "team", "name": "payments"}],
        "visibleTo": [{"type": "team", "id": team}],
        "actions": ["Restart", "Ping"],
        "tags": ["db", " eu ", "db", ""],
        "details": {"region": "eu", "build": 417, "slow": True, "none": None},
        "entity": "db-1",
        "source": "",
        "priority": "P1",
        "user": "cron",
        "note": "Look at the disk.",
        "unknown": 1,
    }
    made = await api.post("/v2/alerts/", body)
    status = await became(api, made)
    integration = (await api.get("/v2/integrations")).data[0]["id"]
    assert status == {
        "success": True,
        "action": "Create",
        "processedAt": NOW,
        "integrationId": integration,
        "isSuccess": True,
        "status": "Created alert",
        "alertId": status["alertId"],
        "alias": "db/eu 1",
    }
    path = f"/v2/alerts/{status['alertId']}"
    short = {
        "id": status["alertId"],
        "tinyId": "1",
        "alias": "db/eu 1",
        "message": "db is down",
        "status": "open",
        "acknowledged": False,
        "isSeen": False,
        "seen": False,
        "tags": ["db", "eu"],
        "snoozed": False,
        "count": 1,
        "lastOccurredAt": NOW,
        "createdAt": NOW,
        "updatedAt": NOW,
        "source": "127.0.0.1",
        "owner": "",
        "ownerTeamId": team,
        "teams": [{"id": team}],
        "priority": "P1",
        "responders": [{"type": "user", "id": mia}, {"type": "team", "id": team}],
        "integration": {"id": integration, "name": (await api.get("/v2/integrations")).data[0]["name"], "type": "API"},
    }
    more = {
        "actions": ["Restart", "Ping"],
        "entity": "db-1",
        "description": "No connections.",
        "details": {"region": "eu", "build": "417", "slow": "true", "none": ""},
    }
    assert (await api.get(f"{path}/")).data == {**short, **more}
    assert (await api.get("/v2/alerts")).data == [short]
    for named in ("1?identifierType=tiny", "db%2Feu%201?identifierType=alias", "db/eu 1/?identifierType=Alias"):
        assert (await api.get(f"/v2/alerts/{named}")).data["id"] == status["alertId"], named
    (note,) = (await api.get(f"{path}/notes")).data
    assert (note["note"], note["owner"], note["createdAt"]) == ("Look at the disk.", "cron", NOW)
    clock.advance(minutes=1)
    again = await became(api, await api.post("/v2/alerts", {"message": "other words", "alias": "db/eu 1"}))
    assert (again["alertId"], again["status"]) == (status["alertId"], "Increased the count of the open alert")
    counted = (await api.get(path)).data
    assert (counted["count"], counted["message"]) == (2, "db is down")
    assert (counted["lastOccurredAt"], counted["createdAt"]) == ("2026-11-18T09:01:00Z", NOW)
    bare = (await api.get(await raised(api, alias="", visibleTo=None, responders=None, tags="", details=None))).data
    assert (bare["alias"], bare["priority"], bare["tags"]) == (bare["id"], "P3", [])
    assert (bare["ownerTeamId"], bare["responders"], bare["details"]) == ("", [], {})
    assert (await api.get(await raised(api, f"{'m' * 200}\n", source="s" * 200))).data["message"] == "m" * 130


async def test_an_alert_is_answered_word_by_word_and_its_report_and_log_tell_it(api: Api, clock: StillClock) -> None:
    mia = await user_of(api)
    path = await raised(api, alias="a", actions=["Ping"], responders=[{"type": "user", "id": mia}])
    said = {"user": "mia@example.com", "source": "script", "note": "On it."}
    clock.advance(minutes=2)
    first = await became(api, await api.post(f"{path}/acknowledge", said))
    assert (first["action"], first["status"]) == ("Acknowledge", "Acknowledged alert")
    taken = (await api.get(path)).data
    assert (taken["acknowledged"], taken["isSeen"], taken["owner"]) == (True, True, "mia@example.com")
    assert taken["report"] == {"ackTime": 120_000, "acknowledgedBy": "mia@example.com"}
    second = await became(api, await api.post(f"{path}/acknowledge", {"user": "Ben", "note": "Me too."}))
    assert second["status"] == "mia@example.com acknowledged #1 first."
    assert (await api.get(path)).data["owner"] == "mia@example.com"
    await became(api, await api.post(f"{path}/unacknowledge", None))
    freed = (await api.get(path)).data
    assert (freed["acknowledged"], freed["owner"], "report" in freed) == (False, "", False)
    assert await failed(api, await api.post(f"{path}/unacknowledge", {})) == "Nobody has acknowledged #1."
    until = "2026-11-18T10:00:00.000+00:00"
    assert (await became(api, await api.post(f"{path}/snooze", {"endTime": until})))["action"] == "Snooze"
    asleep = (await api.get(path)).data
    assert (asleep["snoozed"], asleep["snoozedUntil"]) == (True, "2026-11-18T10:00:00Z")
    await became(api, await api.post(f"{path}/assign", {"owner": {"username": "mia@example.com"}}))
    assert (await api.get(path)).data["owner"] == "mia@example.com"
    assert (await became(api, await api.post(f"{path}/actions/Ping", {})))["action"] == "CustomAction"
    unknown = await failed(api, await api.post(f"{path}/actions/Reboot", {}))
    assert unknown == "#1 has no action [Reboot]. It has: Ping."
    clock.advance(minutes=3)
    assert (await became(api, await api.post(f"{path}/close/", {"user": "Mia"})))["status"] == "Closed alert"
    closed = (await api.get(path)).data
    assert (closed["status"], closed["snoozed"], closed["report"]["closeTime"]) == ("closed", False, 300_000)
    assert closed["report"]["closedBy"] == "Mia"
    assert (await became(api, await api.post(f"{path}/close", {})))["status"] == "Mia closed #1 first."
    for late, body in (("acknowledge", {}), ("unacknowledge", {}), ("snooze", {"endTime": until})):
        assert "#1 is closed" in await failed(api, await api.post(f"{path}/{late}", body)), late
    assert await failed(api, await api.post("/v2/alerts/a/close?identifierType=alias", {})) == "Alert does not exist"
    log = [line for line in await logged(api, path) if not line.startswith("N")]
    assert log == [
        "Alert created",
        "Alert acknowledged",
        "Acknowledgement taken back",
        "Snoozed until [2026-11-18T10:00:00Z]",
        "Assigned to [mia@example.com]",
        "Action [Ping] executed",
        "Alert closed",
    ]
    assert [each["note"] for each in (await api.get(f"{path}/notes?order=asc")).data] == ["On it.", "Me too."]
    fresh = await raised(api, alias="a")
    assert (await api.get(fresh)).data["count"] == 1
    assert (await api.get("/v2/alerts/a?identifierType=alias")).data["tinyId"] == "2"


async def test_what_is_said_of_an_alert_is_changed_and_its_log_tells_it(api: Api, clock: StillClock) -> None:
    path = await raised(api, tags=["a"], details={"x": "1"})
    clock.advance(minutes=5)
    changes: tuple[tuple[str, str, Any, str], ...] = (
        ("PUT", "priority", {"priority": "P1"}, "UpdatePriority"),
        ("PUT", "message", {"message": "m" * 200}, "UpdateMessage"),
        ("POST", "message", {"message": "db is slow"}, "UpdateMessage"),
        ("PUT", "description", {"description": "Very.", "note": "n", "user": "Ben"}, "UpdateDescription"),
        ("POST", "description", {"description": ""}, "UpdateDescription"),
        ("POST", "tags", {"tags": ["b,c", "a"]}, "AddTags"),
        ("DELETE", "tags?tags=a,nothing&note=gone&user=Ben&source=s", None, "RemoveTags"),
        ("DELETE", "tags?tags=b%2Cc", None, "RemoveTags"),
        ("POST", "details", {"details": {"x": 2, "y": "3"}}, "AddDetails"),
        ("DELETE", "details?keys=x", None, "RemoveDetails"),
        ("POST", "notes", {"note": "Look."}, "AddNote"),
    )
    for method, end, body, action in changes:
        assert (await became(api, await api.ask(method, f"{path}/{end}", body)))["action"] == action
    found = (await api.get(path)).data
    told = ("message", "description", "priority", "tags", "details", "updatedAt")
    assert [found[name] for name in told] == ["db is slow", "", "P1", [], {"y": "3"}, "2026-11-18T09:05:00Z"]
    assert [line for line in await logged(api, path) if not line.startswith("Nobody")] == [
        "Alert created",
        "Priority changed to [P1]",
        f"Message changed to [{'m' * 130}]",
        "Message changed to [db is slow]",
        "Description changed to [Very.]",
        "Note added",
        "Description changed to []",
        "Tags added: [b,c]",
        "Tags removed: [a]",
        "Note added",
        "Tags removed: [b,c]",
        "Details added: [x=2, y=3]",
        "Details removed: [x]",
        "Note added",
    ]
    notes = (await api.get(f"{path}/notes")).data
    assert [(each["note"], each["owner"]) for each in notes][1:] == [("gone", "Ben"), ("n", "Ben")]
    gone = await became(api, await api.ask("DELETE", f"{path}?user=Ben&source=script"))
    assert (gone["action"], gone["alertId"]) == ("Delete", found["id"])
    assert (await api.get(path)).status == (await api.get(f"{path}/logs")).status == 404
    assert await failed(api, await api.ask("DELETE", path)) == "Alert does not exist"


async def test_an_alert_is_brought_to_others(api: Api) -> None:
    ana, ben = [await met(api.units, each) for each in ("UANA", "UBEN")]
    team = await team_of(api)
    await api.post(f"/v2/teams/{team}/members", {"user": {"id": ben.id}})
    step = {"condition": "if-not-acked", "notifyType": "default", "delay": {"timeAmount": 5, "timeUnit": "minutes"}}
    rules = [{**step, "recipient": {"type": "user", "id": each.id}} for each in (ana, ben)]
    late = (await api.post("/v2/escalations", {"name": "late", "rules": rules})).data["id"]
    path = await raised(api)
    calls: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("responders", {"responder": {"type": "user", "id": ana.id, "username": ""}}, "AddResponder"),
        ("teams", {"team": {"name": "payments"}}, "AddTeam"),
        ("escalate", {"escalation": {"name": "late"}}, "EscalateToNext"),
        ("escalate", {"escalation": {"id": late}}, "EscalateToNext"),
        ("escalate", {"escalation": {"id": late}}, "EscalateToNext"),
        ("assign", {"owner": {"id": ben.id}}, "Assign"),
    )
    for end, body, action in calls:
        assert (await became(api, await api.post(f"{path}/{end}", body)))["action"] == action
    everybody_was_told = await failed(api, await api.post(f"{path}/escalate", {"escalation": {"id": late}}))
    assert "no further step" in everybody_was_told
    found = (await api.get(path)).data
    assert [each["type"] for each in found["responders"]] == ["user", "team", "escalation"]
    assert (found["acknowledged"], found["teams"], found["ownerTeamId"]) == (False, [{"id": team}], "")
    told = (await api.get(f"{path}/recipients")).data
    assert {each["user"]["id"]: each["state"] for each in told} == {ana.id: "notified", ben.id: "notified"}
    log = await logged(api, path)
    assert {"Assigned to [Ben]", "Step 2 of escalation late", "Responders added: [team payments]"} <= set(log), log
    users = {"user": username(ana), "source": ""}
    await became(api, await api.post(f"{path}/acknowledge", users))
    states = {each["user"]["id"]: each["state"] for each in (await api.get(f"{path}/recipients")).data}
    assert states == {ana.id: "acknowledged", ben.id: "notified"}
