"""Grafana OnCall's requests about postmortems: which incident is meant, pages, and what becomes of the text."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.api.grafana.paging import Listing
from tests.api.grafana.conftest import PATH, Grafana
from tests.api.incidents import opened
from tests.usecases.stories import statements

MARKDOWN = """\
# Checkout was down

## Leadup

A *deploy* of **checkout** on [Tuesday](https://example.com/deploys/7), then:

1. `kubectl rollout`
2. silence

## Fault

> It is always DNS.

| what | when |
| --- | --- |
| alarm | 09:00 |
"""


async def test_a_slash_at_the_end_is_the_same_resource(grafana: Grafana) -> None:
    made = await grafana.created()
    for path in ("", "?page=1", made, f"{made}/"):
        assert (await grafana.get(path)).status == 200
    async with grafana.api.session.get(
        f"{grafana.api.address}{PATH.rstrip('/')}", headers={"Authorization": grafana.api.key}
    ) as response:
        assert (response.status, (await response.json())["count"]) == (200, 1)
    assert (await grafana.ask("PUT", made, {"text": "x"})).status == 200
    assert (await grafana.ask("DELETE", made)).status == 204


async def test_an_alert_group_is_an_incident_by_its_id_or_number_and_answered_as_it_was_given(
    grafana: Grafana,
) -> None:
    other = await opened(grafana.api.units, "Search was slow")
    number = str(grafana.incident.number)
    forms = (grafana.incident.id, f"INC-{number}", number, f"inc-{number}")
    for form in forms:
        assert (await grafana.create(group=form)).body["alert_group_id"] == form
    elsewhere = await grafana.created(group=other.id)
    for form in forms:
        found = (await grafana.get(f"?alert_group_id={form}")).body
        assert [each["alert_group_id"] for each in found["results"]] == list(reversed(forms))
    assert [each["id"] for each in (await grafana.get("?alert_group_id=%20INC-2%20")).body["results"]] == [elsewhere]
    nothing: dict[str, Any] = {"count": 0, "next": None, "previous": None, "results": []}
    assert (await grafana.get("?alert_group_id=I68T24C13IFW1")).body == nothing
    assert (await grafana.get("?alert_group_id=")).body["count"] == 5


async def test_lists_come_in_pages_whose_neighbours_keep_the_filter(grafana: Grafana) -> None:
    made = [await grafana.created(f"number {number}") for number in range(5)]
    await grafana.created(group=(await opened(grafana.api.units)).id)
    asked = "?alert_group_id=INC-1&perpage=2&page="
    pages = [(await grafana.get(f"{asked}{number}")).body for number in (1, 2, 3)]
    assert [each["id"] for page in pages for each in page["results"]] == made[::-1]
    assert {page["count"] for page in pages} == {5}
    at = f"{grafana.api.address}{PATH}?alert_group_id=INC-1&perpage=2&page={{}}"
    assert [page["next"] for page in pages] == [at.format(2), at.format(3), None]
    assert [page["previous"] for page in pages] == [None, at.format(1), at.format(2)]
    async with grafana.api.session.get(pages[0]["next"], headers={"Authorization": grafana.api.key}) as response:
        assert await response.json() == pages[1]


async def test_a_page_that_is_not_there_is_not_found(grafana: Grafana) -> None:
    await grafana.created()
    for page in ("0", "-1", "x", "2", "1.0", "１", "last", "9" * 12):
        answer = await grafana.get(f"?page={page}")
        assert (answer.status, list(answer.body)) == (404, ["detail"]), page
    answer = await grafana.get("?page=%00")
    assert (answer.status, list(answer.body)) == (400, ["page"])


async def test_the_first_page_is_always_there_and_a_strange_size_is_the_usual_one(grafana: Grafana) -> None:
    assert (await grafana.get("?page=1&perpage=101")).body["results"] == []
    for _ in range(2):
        await grafana.created()
    for size, seen in (("", 2), ("x", 2), ("1", 1), ("1000", 2)):
        assert len((await grafana.get(f"?perpage={size}")).body["results"]) == seen, size
    sizes = {"": 50, "0": 50, "x": 50, "-3": 50, "1": 1, "50": 50, "100": 100, "101": 100, "999999999": 100}
    assert {text: Listing(perpage=text).size for text in sizes} == sizes


async def test_a_text_stays_what_it_says_and_the_sections_are_those_of_its_headings(grafana: Grafana) -> None:
    made = await grafana.create(MARKDOWN)
    assert made.body["text"] == (await grafana.get(made.body["id"])).body["text"]
    again = await grafana.ask("PUT", made.body["id"], {"text": made.body["text"]})
    assert again.body == made.body
    for word in ("# Checkout was down", "**checkout**", "](https://example.com/deploys/7)", "`kubectl rollout`"):
        assert word in made.body["text"]
    emptied = await grafana.ask("PUT", made.body["id"], {"text": ""})
    assert (emptied.status, emptied.body["text"].strip()) == (200, "")


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b>bold</b> claim",
    "[press](javascript:alert(1))",
    """<div adf="unknownBlock" params='{"type":"paragraph"}'></div>""",
    "> " * 3_000 + "deep",
    "- " * 3_000 + "deep",
    "[" * 5_000,
    "*" * 20_000,
    "`" * 99_999,
    "\ufeff\u202e\u200b",
    "a\r\n\r\nb\rc",
    "🚒" * 1_000,
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_hostile_text_is_kept_as_text(grafana: Grafana) -> None:
    for text in HOSTILE:
        made = await grafana.create(text)
        assert made.status == 201, text[:40]
        found = await grafana.get(made.body["id"])
        assert found.body["text"] == made.body["text"]
        again = await grafana.ask("PUT", made.body["id"], {"text": made.body["text"][:100_000]})
        assert again.status == 200, text[:40]


async def test_of_two_updates_at_once_one_is_last_and_neither_is_mixed_with_the_other(grafana: Grafana) -> None:
    made = await grafana.created("before")
    texts = [f"## A\n\n{word}\n\n## B\n\n{word}" for word in ("one", "two", "three")]
    answers = await asyncio.gather(*(grafana.ask("PUT", made, {"text": text}) for text in texts))
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert (await grafana.get(made)).body["text"] in texts


async def test_a_list_costs_the_same_number_of_statements_however_long_it_is(grafana: Grafana) -> None:
    counted: list[int] = []
    await grafana.created()
    await grafana.get()  # by now the key, and who stands for it, are known
    for _ in range(2):
        await grafana.created()
        with statements() as made:
            assert (await grafana.get()).status == 200
        counted.append(len(made))
        for _ in range(5):
            await grafana.created()
    assert counted[0] == counted[1] <= 15


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_text_of_too_much_is_refused_and_nothing_is_changed(grafana: Grafana) -> None:
    made = await grafana.created("before")
    for text, said in (
        ("# a\n" * 4_000, "sections"),
        ("a\n\n" * 33_000, "blocks"),
        ("|a|\n|-|\n" + "|b|\n" * 5_000, "cells"),
    ):
        answer = await grafana.ask("PUT", made, {"text": text})
        assert (answer.status, list(answer.body), said in answer.body["text"][0]) == (400, ["text"], True), text[:10]
    assert (await grafana.get(made)).body["text"] == "before"
