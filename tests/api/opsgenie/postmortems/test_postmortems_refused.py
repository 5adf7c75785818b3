"""Bad input to the Postmortem API: the field is named, nothing is changed."""

from __future__ import annotations

import asyncio
import json
from io import BytesIO
from typing import Any

import pytest

from bot.vocabulary import Right
from storage.models import User
from tests.api.conftest import Api
from tests.api.opsgenie.postmortems.world import (
    FIRST,
    INCIDENT,
    JOHN,
    RELATED,
    SECOND,
    Postmortem,
    made,
    sample_world,
    whole_body,
)
from tests.conftest import met
from tests.usecases.stories import odd_person

NOBODY = "4a470fc3-2bda-45da-9eff-91723fe583ad"


def adf(*blocks: Any) -> str:
    return json.dumps({"version": 1, "type": "doc", "content": list(blocks)})


def paragraph(text: str, **marks: Any) -> Any:
    return {"type": "paragraph", "content": [{"type": "text", "text": text, **marks}]}


def nested(depth: int) -> str:
    """A document of that many quotes in each other: deeper than can be dumped."""
    return adf("HERE").replace('"HERE"', '{"type":"blockquote","content":[' * depth + "]}" * depth)


LINK = {"marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]}
BAD: tuple[tuple[str, Any, str], ...] = (
    ("content", {"type": "adf"}, "content"),
    ("content", {"content": adf()}, "type"),
    ("content", {"type": "markdown", "content": adf()}, "type"),
    ("content", {"type": "adf", "content": json.loads(adf())}, "content"),
    ("content", {"type": "adf", "content": "no JSON"}, "content"),
    ("content", {"type": "adf", "content": '"a text"'}, "content"),
    ("content", {"type": "adf", "content": "[]"}, "content"),
    ("content", {"type": "adf", "content": adf({"type": "script"})}, "content"),
    ("content", {"type": "adf", "content": nested(1_000)}, "content"),
    ("content", {"type": "adf", "content": "[" * 100_000}, "content"),
    ("content", {"type": "adf", "content": adf(paragraph("x", **LINK))}, "content"),
    ("executive-summary", {"type": "adf", "executiveSummary": {"version": 1}}, "executiveSummary"),
    ("executive-summary", {"type": "adf", "executiveSummary": adf(paragraph("x", **LINK))}, "executiveSummary"),
    ("title", {}, "title"),
    ("title", {"title": ""}, "title"),
    ("content", {"type": "adf", "content": ""}, "content"),
    ("title", {"title": "t" * 300}, "title"),
    ("title", {"title": "two\nlines"}, "title"),
    ("title", {"title": 7}, "title"),
    ("status", {"actorUserId": JOHN, "status": "done"}, "status"),
    ("status", {"status": "published"}, "actorUserId"),
    ("status", {"actorUserId": NOBODY, "status": "published"}, "actorUserId"),
    ("severity", {"severity": "P9"}, "severity"),
    ("severity", {"actorUserId": NOBODY, "severity": "P2"}, "actorUserId"),
    ("owner", {"ownerId": NOBODY}, "ownerId"),
    ("owner", {"ownerId": "the guest"}, "ownerId"),
    ("owner", {"ownerId": JOHN, "actorUserId": "the guest"}, "actorUserId"),
    ("jira-issues", {"jiraIssues": ["https://x.example/A-1", "javascript:alert(1)"]}, "jiraIssues#1"),
    ("jira-issues", {"jiraIssues": ["A-1"]}, "jiraIssues#0"),
    ("jira-issues", {"jiraIssues": "https://x.example/A-1"}, "jiraIssues"),
    ("jira-issues", {"jiraIssues": None}, "jiraIssues"),
    ("jira-issues", {"jiraIssues": ["https://x.example"] * 501}, "jiraIssues"),
    ("related-incidents", {"relatedIncidentIds": [RELATED[0], NOBODY]}, "relatedIncidentIds#1"),
    ("related-incidents", {"relatedIncidentIds": [INCIDENT]}, "relatedIncidentIds#0"),
    ("affected-services", {"affectedServices": [{"id": NOBODY, "name": "Service 1"}]}, "affectedServices#0"),
    ("affected-services", {"affectedServices": [{}]}, "affectedServices#0"),
    ("responder-teams", {"responderTeams": [{"id": FIRST}, {"id": NOBODY}]}, "responderTeams#1"),
    ("responder-users", {"responderUsers": [{"id": NOBODY, "role": "x"}]}, "responderUsers#0"),
    ("responder-users", {"responderUsers": [{"id": JOHN, "role": "r" * 101}]}, "responderUsers#0#role"),
    ("responder-users", {"responderUsers": [{"id": JOHN, "role": "two\nlines"}]}, "responderUsers#0#role"),
    ("responder-users", {"responderUsers": [{"id": JOHN, "role": each} for each in "ab"]}, "responderUsers#1#role"),
    *(("", {name: value for name, value in whole_body().items() if name != left}, left) for left in whole_body()),
)
"""Below the postmortem, the body, and the field that is named; everything in it begins with that."""


@pytest.fixture
async def postmortem(api: Api) -> Postmortem:
    await sample_world(api.units)
    return await made(api)


async def test_a_bad_update_is_refused_by_field_and_changes_nothing(api: Api, postmortem: Postmortem) -> None:
    guest = await met(api.units, "UGUEST", outsider=True)
    before = await postmortem.read()
    for below, body, field in BAD:
        sent = {name: guest.id if value == "the guest" else value for name, value in body.items()}
        answer = await postmortem.put(below, sent)
        assert answer.status == 422, (below, str(body)[:200], answer.body)
        assert all(name.startswith(field) for name in answer.body["errors"]), (below, str(body)[:200], answer.body)
        assert answer.body["message"].startswith("Request body is not processable.")
    assert await postmortem.read() == before


async def test_everything_that_is_wrong_is_told_at_once(postmortem: Postmortem) -> None:
    body = whole_body(
        actorUserId=NOBODY,
        title="t" * 300,
        ownerId=NOBODY,
        jiraIssues=["x"],
        relatedIncidentIds=[NOBODY],
        affectedServices=[{"id": NOBODY}],
        responderTeams=[{"id": NOBODY}],
        responderUsers=[{"id": NOBODY}],
    )
    errors = (await postmortem.put("", body)).body["errors"]
    assert set(errors) == {
        *("actorUserId", "title", "ownerId", "jiraIssues#0", "relatedIncidentIds#0"),
        *("affectedServices#0", "responderTeams#0", "responderUsers#0"),
    }
    assert errors["ownerId"] == f"There is no user with id [{NOBODY}]."
    both = await postmortem.put("content", {"actorUserId": NOBODY, "type": "adf", "content": "{}"})
    assert {name.partition(".")[0] for name in both.body["errors"]} == {"actorUserId", "content"}


async def test_no_postmortem_is_made_of_a_bad_body_and_none_deleted(api: Api, postmortem: Postmortem) -> None:
    robot = await odd_person(api.units, "UROBOT", is_bot=True)
    good = {"incidentId": INCIDENT, "actorUserId": JOHN}
    for changes, fields in (
        ({"incidentId": NOBODY}, {"incidentId"}),
        ({"incidentId": ""}, {"incidentId"}),
        ({"actorUserId": NOBODY}, {"actorUserId"}),
        ({"actorUserId": None}, {"actorUserId"}),
        ({"actorUserId": robot.id}, {"actorUserId"}),
        ({"ownerId": NOBODY}, {"ownerId"}),
        ({"incidentId": NOBODY, "actorUserId": NOBODY, "ownerId": NOBODY}, {"incidentId", "actorUserId", "ownerId"}),
    ):
        answer = await api.post("/v2/postmortem", good | changes)
        assert (answer.status, set(answer.body["errors"])) == (422, fields), changes
    for body in ({}, {"actorUserId": NOBODY}):
        assert set((await api.ask("DELETE", postmortem.path, body)).body["errors"]) == {"actorUserId"}
    assert (await api.get(f"/v2/postmortem/{NOBODY}")).status == 404
    assert (await api.ask("PATCH", "/v2/postmortem/none/title", {"title": "x"})).body["message"] == (
        "No postmortem exists with id [none]."
    )
    large = json.dumps({"type": "adf", "content": adf(paragraph("x" * 5_000_000))})
    too_large = await api.ask("PUT", f"{postmortem.path}/content", data=BytesIO(large.encode()))
    assert (too_large.status, set(too_large.body["errors"])) == (422, {"content"})
    both = {"type": "adf", "content": adf({"type": "script"}), "actorUserId": NOBODY}
    assert set((await postmortem.put("content", both)).body["errors"]) == {"content#content[0]", "actorUserId"}
    everywhere = await api.ask("PUT", f"{postmortem.path}/title", data=BytesIO(b'{"title": "x"}' + b" " * 2_000_000))
    assert everywhere.status == 413
    sections = adf(*[{"type": "heading", "attrs": {"level": 2}}] * 201)
    assert "200" in (await postmortem.put("content", {"type": "adf", "content": sections})).body["errors"]["content"]
    assert (await postmortem.read())["status"] == "draft"


async def test_a_published_one_is_locked_until_its_status_goes_back(postmortem: Postmortem) -> None:
    published = await postmortem.has_put("status", {"actorUserId": JOHN, "status": "published"})
    assert published["status"] == "published"
    good: tuple[tuple[str, Any], ...] = (
        ("", whole_body(status="published")),
        ("", whole_body(status="draft")),
        ("owner", {"ownerId": FIRST}),
        ("severity", {"severity": "P4"}),
        ("title", {"title": "Anew"}),
        ("jira-issues", {"jiraIssues": []}),
        ("related-incidents", {"relatedIncidentIds": []}),
        ("affected-services", {"affectedServices": []}),
        ("responder-teams", {"responderTeams": []}),
        ("responder-users", {"responderUsers": []}),
        ("content", {"type": "adf", "content": adf(paragraph("Anew"))}),
        ("executive-summary", {"type": "adf", "executiveSummary": adf(paragraph("Anew"))}),
    )
    for below, body in good:
        answer = await postmortem.put(below, body)
        assert (answer.status, answer.body["message"]) == (
            422,
            "PM-1 is published and cannot be updated. Change its status to draft or in-review first: "
            f"PUT {postmortem.path}/status.",
        ), below
    assert await postmortem.read() == published
    for status in ("in-review", "published", "draft"):
        assert (await postmortem.has_put("status", {"actorUserId": JOHN, "status": status}))["status"] == status
    for below, body in good[2:]:
        assert (await postmortem.put(below, body)).status == 200
    assert (await postmortem.has_put("", whole_body(status="published")))["status"] == "published"
    deleted = await postmortem.api.ask("DELETE", postmortem.path, {"actorUserId": JOHN})
    assert deleted.status == 200


async def test_of_updates_at_once_each_counts(postmortem: Postmortem) -> None:
    answers = await asyncio.gather(
        postmortem.put("title", {"title": "Anew"}),
        postmortem.put("severity", {"severity": "P4"}),
        postmortem.put("responder-users", {"responderUsers": [{"id": FIRST, "role": "Commander"}]}),
        postmortem.put("content", {"type": "adf", "content": adf(paragraph("Anew"))}),
        postmortem.put("executive-summary", {"type": "adf", "executiveSummary": adf(paragraph("In short"))}),
    )
    assert [each.status for each in answers] == [200] * 5
    read = await postmortem.read()
    assert (read["title"], read["severity"], [each["role"] for each in read["responders"]]) == (
        *("Anew", "P4"),
        ["Commander"],
    )
    assert (read["content"]["content"], read["executiveSummary"]["content"]) == (
        [paragraph("Anew")],
        [paragraph("In short")],
    )


async def test_each_request_needs_its_right_and_none_to_configure(api: Api, postmortem: Postmortem) -> None:
    reader = await api.make_key(Right.READ, name="reader")
    writer = await api.make_key(Right.READ, Right.WRITE, name="writer")
    assert (await api.get(postmortem.path, key=reader)).status == 200
    refused = [
        await postmortem.put("title", {"title": "x"}, key=reader),
        await api.post("/v2/postmortem", {"incidentId": INCIDENT, "actorUserId": JOHN}, key=reader),
        await api.ask("DELETE", postmortem.path, {"actorUserId": JOHN}, key=writer),
    ]
    assert [(each.status, each.body["code"]) for each in refused] == [(403, 40301)] * 3
    assert (await postmortem.put("title", {"title": "x"}, key=writer)).status == 200


async def test_a_key_of_a_team_reaches_what_is_its_teams_alone(api: Api, postmortem: Postmortem) -> None:
    key = await api.make_key(Right.READ, Right.WRITE, Right.DELETE, team="Team 1", name="theirs")
    refused = [
        await api.get(postmortem.path, key=key),
        await postmortem.put("title", {"title": "x"}, key=key),
        await api.ask("DELETE", postmortem.path, {"actorUserId": JOHN}, key=key),
    ]
    assert [(each.status, each.body["code"]) for each in refused] == [(403, 40301)] * 3
    answer = await api.post("/v2/postmortem", {"incidentId": INCIDENT, "actorUserId": JOHN}, key=key)
    assert (answer.status, set(answer.body["errors"])) == (422, {"incidentId"})


async def test_what_a_postmortem_names_cannot_be_deleted_and_who_left_may_stay_named(
    api: Api, postmortem: Postmortem
) -> None:
    users = {"responderUsers": [{"id": SECOND, "role": "Scribe"}]}
    for below, body in (
        ("responder-teams", {"responderTeams": [{"name": "Team 1"}]}),
        ("affected-services", {"affectedServices": [{"name": "Service 1"}]}),
        ("responder-users", users),
    ):
        assert (await postmortem.put(below, body)).status == 200, below
    for path in (f"/v2/teams/{FIRST}", f"/v1/services/{FIRST}"):
        answer = await api.ask("DELETE", path)
        assert (answer.status, "PM-1" in answer.body["message"]) == (428, True), answer.body
    async with api.units.begin(None) as unit:
        (await unit.session.get_one(User, SECOND)).has_left = True
    assert [each["name"] for each in (await postmortem.has_put("responder-users", users))["responders"]] == ["User 2"]
