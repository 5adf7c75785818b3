"""Every sample of the Postmortem API's documentation, as it is printed there, answered in the sample's shape."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from bot.vocabulary import IncidentStatus
from storage import models
from storage.models import ImpactedService
from tests.api.conftest import Answer, Api
from tests.api.opsgenie.postmortems.world import (
    FIRST,
    INCIDENT,
    JOHN,
    RELATED,
    SECOND,
    Postmortem,
    incident,
    made,
    repaired,
    sample_world,
    whole_body,
)

CREATE = """
{
    "incidentId" : "aff8a4f3-02fd-4146-b278-8e350e06202d",
    "actorUserId" : "b75a117f-fe66-4321-bc69-1782e4b86c4d",
    "ownerId" : "b75a117f-fe66-4321-bc69-1782e4b86c4d"
}"""
DELETE = """
{
    "actorUserId" : "b75a117f-fe66-4321-bc69-1782e4b86c4d",
    "deleteExportIncidentTimelines" : false
}"""
JIRA_ISSUES = """
{
  jiraIssues: [
    "https://atlantis.atlassian.net/browse/TRIDENT-101",
    "https://atlantis.atlassian.net/browse/TRIDENT-102"
  ]
}"""
RELATED_INCIDENTS = """
{
  relatedIncidentIds: [
    "4513b7ea-3b91-438f-b7e4-e3e54af9147c",
    "bb4d9938-c3c2-455d-aaab-727aa701c0d8"
  ]
}"""
AFFECTED_SERVICES = """
{
  affectedServices: [
    {
      "name": "Service 1",
      "id": "fc1448b7-46b2-401d-9df8-c02675958e3b"
    },
    {
      "name": "Service 2",
      "id": "fe954a67-813e-4356-87dc-afed1eec6b66"
    }
  ]
}"""
RESPONDER_TEAMS = AFFECTED_SERVICES.replace("affectedServices", "responderTeams").replace("Service", "Team")
RESPONDER_USERS = """
{
  responderUsers: [
    {
      "name": "User 1",
      "id": "fc1448b7-46b2-401d-9df8-c02675958e3b",
      "role": "Incident Commander"
    },
    {
      "name": "User 2",
      "id": "fe954a67-813e-4356-87dc-afed1eec6b66",
      "role": "Communication Officer"
    }
  ]
}"""
CONTENT = r"""
{
  type:"adf",
  content: "{\"version\":1,\"type\":\"doc\",\"content\":[{\"type\":\"heading\",\"attrs\":{\"level\":4},\"content\":[{\"type\":\"text\",\"text\":\"Leadup\"}]},{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Describe the circumstances that led to this incident\",\"marks\":[{\"type\":\"textColor\",\"attrs\":{\"color\":\"#7a869a\"}}]},{\"type\":\"hardBreak\"}]},{\"type\":\"heading\",\"attrs\":{\"level\":4},\"content\":[{\"type\":\"text\",\"text\":\"Fault\"}]},{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Describe what failed to work as expected\",\"marks\":[{\"type\":\"textColor\",\"attrs\":{\"color\":\"#7a869a\"}}]},{\"type\":\"hardBreak\"}]},{\"type\":\"heading\",\"attrs\":{\"level\":4},\"content\":[{\"type\":\"text\",\"text\":\"Detection\"}]},{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Describe how the incident was detected\",\"marks\":[{\"type\":\"textColor\",\"attrs\":{\"color\":\"#7a869a\"}}]},{\"type\":\"hardBreak\"}]},{\"type\":\"heading\",\"attrs\":{\"level\":4},\"content\":[{\"type\":\"text\",\"text\":\"Root causes\"}]},{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Run a 5-whys analysis to understand the true causes of the incident\",\"marks\":[{\"type\":\"textColor\",\"attrs\":{\"color\":\"#7a869a\"}}]}]}]}"
}"""  # noqa: E501  printed on one line
SUMMARY = r"""
{
  type: "adf",
  executiveSummary: "{\"version\":1,\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Executive summary\",\"marks\":[{\"type\":\"strong\"}]}]}]}"
}"""  # noqa: E501  printed on one line
OPEN = "c8e40431-c6cc-46e4-8a24-cf655e2e9c2b"
ENVELOPE = {"data", "took", "requestId"}


def shape(answer: Answer, *beside: str) -> None:
    assert set(answer.body) == ENVELOPE | set(beside)
    assert isinstance(answer.body["took"], float) and UUID(answer.body["requestId"])


@pytest.fixture
async def postmortem(api: Api) -> Postmortem:
    await sample_world(api.units)
    return await made(api)


def as_printed(printed: str) -> dict[str, Any]:
    """A body with the repaired names."""
    body: dict[str, Any] = json.loads(repaired(printed))
    return body


async def test_get_create_and_delete(api: Api) -> None:
    await sample_world(api.units)
    created = await api.ask("POST", "/v2/postmortem", data=CREATE, headers={"Content-Type": "application/json"})
    shape(created, "postmortemId")
    id_ = created.data["postmortemId"]
    assert (created.status, created.data, created.body["postmortemId"], str(UUID(id_))) == (
        *(201, {"postmortemId": id_}),
        *(id_, id_),
    )
    got = await api.get(f"/v2/postmortem/{id_}")
    shape(got)
    data = got.data
    metadata = [data[name].pop("metadataId") for name in ("rootIncident", "owner", "timeline")]
    assert len({str(UUID(each)) for each in metadata}) == 3
    assert [each["content"][0]["text"] for each in data.pop("content")["content"] if each["type"] == "heading"] == [
        *("Leadup", "Fault", "Detection", "Root causes"),
    ]
    assert data == {
        "executiveSummary": {"version": 1, "type": "doc", "content": []},
        "postmortemId": id_,
        "title": "Incident - postmortem report",
        "severity": "P1",
        "status": "draft",
        "startTime": "2021-02-26T04:13:21.075Z",
        "endTime": "2021-02-26T04:13:27.757Z",
        "respondTime": None,
        "resolveTime": "2021-02-26T04:13:27.757Z",
        "createdAtTime": "2026-11-18T09:00:00Z",
        "rootIncident": {
            "id": INCIDENT,
            "priority": "P1",
            "tinyId": "3",
            "message": "Incident",
            "status": "closed",
            "creationTime": "2021-02-26T04:13:21.075Z",
            "tags": [],
        },
        "owner": {"id": JOHN, "name": "John Doe"},
        "timeline": {"id": f"p_{id_}"},
        **{name: [] for name in ("jiraIssues", "relatedIncidents", "affectedServices", "iccSessions")},
        **{name: [] for name in ("responderTeams", "responders")},
    }
    again = (await api.get(f"/v2/postmortem/{id_}")).data
    assert [again[name]["metadataId"] for name in ("rootIncident", "owner", "timeline")] == metadata

    deleted = await api.ask("DELETE", f"/v2/postmortem/{id_}", data=DELETE)
    shape(deleted)
    assert (deleted.status, deleted.data) == (200, {"message": f"Postmortem with id {id_} deleted"})
    assert [(await api.ask(method, f"/v2/postmortem/{id_}", whole_body())).status for method in ("GET", "PUT")] == [
        404,
        404,
    ]


async def test_the_full_update_and_the_fields_one_by_one(postmortem: Postmortem) -> None:
    answer = await postmortem.put("", whole_body(status="in-review", ownerId=FIRST, severity="P5"))
    shape(answer)
    assert (answer.status, answer.data) == (200, {"message": f"Postmortem with id {postmortem.id} updated"})
    read = await postmortem.read()
    assert (read["title"], read["severity"], read["status"], read["owner"]["name"]) == (
        *("Anew", "P5"),
        *("in-review", "User 1"),
    )
    read = await postmortem.has_put("status", {"actorUserId": JOHN, "status": "draft"})
    assert read["status"] == "draft"
    assert (await postmortem.has_put("owner", {"ownerId": JOHN}))["owner"]["id"] == JOHN
    assert (await postmortem.has_put("severity", {"severity": "P3"}, method="PATCH"))["severity"] == "P3"
    assert (await postmortem.has_put("title", {"title": "Third"}))["title"] == "Third"


async def test_the_lists(postmortem: Postmortem) -> None:
    assert (await postmortem.has_put("jira-issues", as_printed(JIRA_ISSUES)))["jiraIssues"] == [
        "https://atlantis.atlassian.net/browse/TRIDENT-101",
        "https://atlantis.atlassian.net/browse/TRIDENT-102",
    ]
    related = (await postmortem.has_put("related-incidents", as_printed(RELATED_INCIDENTS)))["relatedIncidents"]
    root = (await postmortem.read())["rootIncident"]
    assert [(each["id"], each["tinyId"], set(each)) for each in related] == [
        (RELATED[0], "4", set(root)),
        (RELATED[1], "5", set(root)),
    ]
    services = (await postmortem.has_put("affected-services", as_printed(AFFECTED_SERVICES)))["affectedServices"]
    teams = (await postmortem.has_put("responder-teams", as_printed(RESPONDER_TEAMS)))["responderTeams"]
    users = (await postmortem.has_put("responder-users", as_printed(RESPONDER_USERS)))["responders"]
    assert len({each.pop("metadataId") for each in (*services, *teams, *users)}) == 6
    assert services == [{"id": FIRST, "name": "Service 1"}, {"id": SECOND, "name": "Service 2"}]
    assert teams == [{"id": FIRST, "name": "Team 1"}, {"id": SECOND, "name": "Team 2"}]
    assert users == [
        {"id": FIRST, "name": "User 1", "role": "Incident Commander"},
        {"id": SECOND, "name": "User 2", "role": "Communication Officer"},
    ]


async def test_the_text_and_the_executive_summary(postmortem: Postmortem) -> None:
    content, summary = as_printed(CONTENT), as_printed(SUMMARY)
    read = await postmortem.has_put("content", content)
    assert read["content"] == json.loads(content["content"])
    assert read["executiveSummary"]["content"] == []
    read = await postmortem.has_put("executive-summary", summary)
    assert read["executiveSummary"] == json.loads(summary["executiveSummary"])
    assert read["content"] == json.loads(content["content"])


async def test_while_its_incident_goes_on_its_ends_are_null_and_services_are_those_it_strikes(api: Api) -> None:
    await sample_world(api.units)
    async with api.units.begin(None) as unit:
        row = incident(OPEN, 9, status=IncidentStatus.OPEN, resolved_at=None, closed_at=None)
        unit.session.add(row)
        await unit.session.flush()
        unit.session.add(ImpactedService(incident_id=OPEN, service_id=FIRST))
    read = await (await made(api, incidentId=OPEN)).read()
    assert [read[name] for name in ("endTime", "resolveTime", "respondTime")] == [None] * 3
    assert [each["name"] for each in read["affectedServices"]] == ["Service 1"]
    async with api.units.begin(None) as unit:
        short_id = (await unit.session.exec(select(models.Postmortem.short_id))).one()
    assert (await api.get(f"/v2/postmortem/{short_id}/")).data == read
    assert (await api.get(f"/v2/postmortem/{read['postmortemId'].upper()}")).data == read
