"""A key of a team is told nothing of the names of other teams' things, whatever it asks for."""

from __future__ import annotations

from typing import Any

from bot.vocabulary import Right
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.bodies import rotation, schedule

SECRET = "unmentionable"
NOBODY = {"participants": [{"type": "none"}]}


async def test_a_refusal_names_nothing_of_another_team(api: Api) -> None:
    await api.post("/v2/teams", {"name": "core"})
    team = (await api.post("/v2/teams", {"name": f"{SECRET}-team"})).data["id"]
    body = schedule(rotation(**NOBODY), name=f"{SECRET}-schedule", ownerTeam={"id": team})
    made = (await api.post("/v2/schedules", body)).data["id"]
    step = {"condition": "if-not-acked", "recipient": {"type": "schedule", "id": made}}
    escalation = {"name": f"{SECRET}-escalation", "rules": [step], "ownerTeam": {"id": team}}
    late = (await api.post("/v2/escalations", escalation)).data["id"]
    service = (await api.post("/v1/services", {"name": f"{SECRET}-service", "teamId": team})).data["id"]
    key = await api.make_key(*Right, team="core")
    span = {"startDate": "2026-12-01T08:00:00Z", "endDate": "2026-12-02T08:00:00Z"}
    asked: list[tuple[str, str, Any]] = [
        *(
            (method, path, {"description": "x"} if method == "PATCH" else None)
            for method in ("GET", "PATCH", "DELETE")
            for path in (
                f"/v2/schedules/{made}",
                f"/v2/escalations/{late}",
                f"/v1/services/{service}",
                f"/v2/teams/{team}",
            )
        ),
        ("POST", f"/v2/schedules/{made}/overrides", {"user": "none", **span}),
        ("POST", f"/v2/schedules/{made}/rotations", rotation(**NOBODY)),
        ("GET", f"/v2/schedules/{made}/on-calls", None),
        ("GET", f"/v2/teams/{team}/routing-rules", None),
    ]
    for method, path, sent in asked:
        answer = await api.ask(method, path, sent, key=key)
        assert (answer.status, answer.body["code"]) == (403, 40301), path
        assert SECRET not in answer.text, path


async def test_what_stands_on_a_thing_is_named_to_its_own_team_alone(api: Api) -> None:
    core = (await api.post("/v2/teams", {"name": "core"})).data["id"]
    own = (await api.post("/v2/schedules", schedule(rotation(**NOBODY), ownerTeam={"id": core}))).data["id"]
    step = {"condition": "if-not-acked", "recipient": {"type": "schedule", "id": own}}
    theirs = (await api.post("/v2/teams", {"name": f"{SECRET}-team"})).data["id"]
    for name, team in ((f"{SECRET}-escalation", theirs), ("ours", core)):
        await api.post("/v2/escalations", {"name": name, "rules": [step], "ownerTeam": {"id": team}})
    key = await api.make_key(*Right, team="core")
    answer = await api.ask("DELETE", f"/v2/schedules/{own}", key=key)
    assert (answer.status, SECRET in answer.text) == (428, False)
    assert "escalations ours; something that is not of the key's team." in answer.body["message"]
    everything = await api.ask("DELETE", f"/v2/schedules/{own}")
    assert f"escalations ours, {SECRET}-escalation." in everything.body["message"]
