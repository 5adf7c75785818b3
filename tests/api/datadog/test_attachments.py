"""Postmortems attached by Datadog's request: what is made of the body, and what is answered."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import select

from bot.engines.templates import BUILT_IN
from bot.usecases.templates.choose import wrong_template
from storage.database import Database
from storage.models import Template
from tests.api.conftest import served
from tests.api.datadog.conftest import Datadog, body_of
from tests.api.incidents import opened, published
from tests.conftest import StillClock


async def text_of(datadog: Datadog, postmortem_id: str) -> str:
    """What a postmortem says, as Grafana OnCall's clients read it."""
    bare = {"Authorization": datadog.api.key}
    answer = await datadog.api.get(f"/api/v1/postmortems/{postmortem_id}/", key=None, headers=bare)
    text: str = answer.body["text"]
    return text


async def test_the_curl_sample_as_printed(datadog: Datadog, clock: StillClock) -> None:
    clock.advance(microseconds=1)
    data = """{
"data": {
"attributes": {
"cells": [
{
"id": "cell-1",
"type": "markdown"
}
],
"content": "# Incident Report - IR-123\\n[...]",
"postmortem_template_id": "93645509-874e-45c4-adfa-623bfeaead89-123",
"title": "Postmortem-IR-123"
},
"type": "incident_attachments"
}
}"""
    kinds = {"Accept": "application/json", "Content-Type": "application/json"}
    answer = await datadog.ask(data=data, headers=kinds, application_key=datadog.api.key)
    assert answer.status == 201
    made = answer.body["data"]
    (user,) = answer.body["included"]
    assert answer.body == {
        "data": {
            "attributes": {
                "attachment": {
                    "documentUrl": made["attributes"]["attachment"]["documentUrl"],
                    "title": "Postmortem-IR-123",
                },
                "attachment_type": "postmortem",
                "modified": "2026-11-18T09:00:00.000001000Z",
            },
            "id": made["id"],
            "relationships": {
                "incident": {"data": {"id": datadog.incident.id, "type": "incidents"}},
                "last_modified_by_user": {"data": {"id": user["id"], "type": "users"}},
            },
            "type": "incident_attachments",
        },
        "included": [{"attributes": user["attributes"], "id": user["id"], "type": "users"}],
    }
    name = user["attributes"]["name"]
    assert name.startswith("everything")
    assert user["attributes"] == {"email": "", "handle": name, "icon": "", "name": name, "uuid": user["id"]}
    assert (await text_of(datadog, made["id"])).startswith("# Incident Report - IR-123\n")


async def test_content_and_cells_are_the_document_in_this_order(datadog: Datadog) -> None:
    def cell(content: Any) -> dict[str, Any]:
        return {"type": "markdown", "attributes": {"definition": {"content": content}}}

    cells = [
        cell("## Leadup\n\n- a"),
        {"type": "markdown", "id": "x"},
        {"type": "markdown", "attributes": None},
        {"type": "markdown", "attributes": {"definition": None}},
        {"type": "markdown", "attributes": {}},
        cell(None),
        cell(""),
        cell("- b\n\n```\nnever closed"),
        cell("## Fault <b>here</b>"),
    ]
    made = (await datadog.attach(content="# Report\n\nWords.", cells=cells)).body["data"]["id"]
    text = await text_of(datadog, made)
    places = [text.index(word) for word in ("# Report", "Words.", "## Leadup", "a", "never closed", "## Fault")]
    assert text.count("## ") == 2
    assert places == sorted(places)
    assert "<b>" not in text.replace("\\<b>", "")


async def test_everything_may_be_left_out_and_the_incident_is_asked_instead(datadog: Datadog) -> None:
    for attributes in ({}, {"title": None, "content": None, "cells": None, "postmortem_template_id": None}):
        answer = await datadog.attach(**attributes)
        assert answer.status == 201
        title = answer.body["data"]["attributes"]["attachment"]["title"]
        assert title == "Checkout was down - postmortem report"
        assert "Root causes" in await text_of(datadog, answer.body["data"]["id"])
    assert (await datadog.attach(title="")).body["data"]["attributes"]["attachment"]["title"] == title
    assert (await datadog.ask(body_of(title="By number"), path=datadog.path_of("INC-1"))).status == 201
    assert (await datadog.ask(body_of(title="By number"), path=f"{datadog.path_of('1')}/")).status == 201


async def test_a_template_frames_what_has_neither_content_nor_cells(
    datadog: Datadog, capsys: pytest.CaptureFixture[str]
) -> None:
    async with datadog.api.units.begin(None) as unit:
        assert await wrong_template(unit, "short") is None
        template = (await unit.session.exec(select(Template).where(Template.key == "short"))).one()
    for named in (template.id, template.name, template.key):
        answer = await datadog.attach(postmortem_template_id=named)
        headings = re.findall("^#+ (.*)$", await text_of(datadog, answer.body["data"]["id"]), re.MULTILINE)
        assert headings == [section.title for section in BUILT_IN["short"].sections]
    answer = await datadog.attach(postmortem_template_id="short", content="Mine.")
    assert await text_of(datadog, answer.body["data"]["id"]) == "Mine."
    capsys.readouterr()
    assert (await datadog.attach(postmortem_template_id="93645509-874e-45c4")).status == 201
    assert "93645509-874e-45c4" in capsys.readouterr().out


async def test_each_request_makes_a_postmortem_and_none_is_touched(datadog: Datadog) -> None:
    first = await datadog.attach(content="first")
    await published(datadog.api.units, 1)
    second = await datadog.attach(content="second")
    assert first.body["data"]["id"] != second.body["data"]["id"]
    assert await text_of(datadog, first.body["data"]["id"]) == "first"
    assert second.body["included"] == first.body["included"]


async def test_the_page_is_where_others_see_this_house(database: Database, clock: StillClock) -> None:
    async with served(database, clock, rate_limits="off", public_url="https://ops.example.com/watchbill/") as api:
        answer = await Datadog(api, await opened(api.units)).attach()
        page = answer.body["data"]["attributes"]["attachment"]["documentUrl"]
        assert page.startswith("https://ops.example.com/watchbill/postmortems/PM-1?key=")
