"""Alerts and incidents: what belongs together, and what Grafana's clients call an alert group."""

from __future__ import annotations

from typing import Any

from tests.api.conftest import Answer, Api
from tests.api.opsgenie.alerts.making import became, raised

POSTMORTEMS = "/api/v1/postmortems/"


async def test_an_alert_group_may_be_an_alert_and_leads_to_its_incident(api: Api) -> None:
    shown = {"Authorization": api.key}
    path = await raised(api, "db is\x07 down", priority="P2")
    alert = path.rpartition("/")[2]

    async def write(group: str) -> Answer:
        body: dict[str, Any] = {"alert_group_id": group, "text": "It broke."}
        return await api.ask("POST", POSTMORTEMS, body, key=None, headers=shown)

    unwritten = await api.ask("GET", f"{POSTMORTEMS}?alert_group_id={alert}", key=None, headers=shown)
    assert unwritten.body["count"] == 0
    for group in (alert, "#1", " #1 "):
        made = await write(group)
        assert (made.status, made.body["alert_group_id"]) == (201, group.strip()), made.body
    (incident,) = (await api.get("/v1/incidents")).data
    assert (incident["message"], incident["priority"]) == ("db is  down", "P2")
    for kind, expected in (("associated", [alert]), ("responder", [])):
        assert (await api.get(f"/v1/incidents/{incident['id']}/{kind}-alert-ids")).data == expected
    written = await api.ask("GET", f"{POSTMORTEMS}?alert_group_id=%231", key=None, headers=shown)
    assert written.body["count"] == 3
    assert (await write("#2")).status == 400
    log = {each["log"] for each in (await api.get(f"{path}/logs?limit=100")).data}
    assert f"Incident INC-{incident['tinyId']} declared" in log
    await became(api, await api.ask("DELETE", path))
    assert (await api.get(f"/v1/incidents/{incident['id']}/associated-alert-ids")).data == []
