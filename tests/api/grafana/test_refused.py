"""What Grafana OnCall's clients are refused, each in its own words, with nothing changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from bot.usecases.keys.revoke import revoke
from bot.vocabulary import Right
from storage.database import Database
from tests.api.conftest import Answer, served
from tests.api.grafana.conftest import Grafana
from tests.api.incidents import NOBODYS, opened, published
from tests.conftest import StillClock

JSON = {"Content-Type": "application/json"}
LONG = "x" * 100_001
NEEDED, NO_TEXT, TOO_LONG = "This must be given.", "This must be a text.", "At most 100,000 characters."


UNREADABLE: tuple[tuple[bytes, Mapping[str, str], int], ...] = (
    (b'{"text": "half', JSON, 400),
    (b"{'text': 1}", JSON, 400),
    ('{"text": "ü"}'.encode("latin-1"), JSON, 400),
    (b'{"text":' + b"[" * 100_000, JSON, 400),
    (b'{"text":' * 1_000 + b"1" + b"}" * 1_000, JSON, 400),
    (b"[]", JSON, 400),
    (b'["text"]', JSON, 400),
    (b"null", JSON, 400),
    (b'"text"', JSON, 400),
    (b"not gzip", {**JSON, "Content-Encoding": "gzip"}, 400),
    (b'{"text": "x"}', {"Content-Type": "text/plain"}, 415),
    (b"<text/>", {"Content-Type": "application/xml"}, 415),
    (b"{}", {**JSON, "Content-Encoding": "compress"}, 415),
    (b'{"text": "' + b"x" * 5_000_000 + b'"}', JSON, 413),
)
"""Bodies, their headers, and the status that each is answered with."""


def detail(answer: Answer) -> tuple[int, str]:
    """The status, and the only thing that is said."""
    assert list(answer.body) == ["detail"], answer.text
    return answer.status, answer.body["detail"]


async def count(grafana: Grafana) -> int:
    """How many postmortems there are."""
    found: int = (await grafana.get()).body["count"]
    return found


async def test_without_a_key_that_counts_nobody_learns_what_there_is(grafana: Grafana) -> None:
    made = await grafana.created()
    revoked = await grafana.api.make_key(*Right, name="gone")
    assert (await grafana.get(key=revoked)).status == 200
    async with grafana.api.units.begin(None) as unit:
        await revoke(unit, "gone")
    keys = (None, "", NOBODYS, "meowmeowmeow", f"GenieKey {grafana.api.key}", f"Bearer {grafana.api.key}", revoked)
    said = {
        detail(await grafana.ask(method, path, headers={} if key is None else {"Authorization": key}, key=None))
        for key in keys
        for method, path in (("GET", ""), ("GET", made), ("GET", "PAAAAAAAAAAAA"), ("DELETE", made), ("POST", ""))
    }
    assert len(said) == 1
    assert {status for status, _ in said} == {403}
    assert await count(grafana) == 1


async def test_each_method_needs_its_right(grafana: Grafana) -> None:
    made = await grafana.created()
    body = {"text": "x"}
    asked: dict[Right, list[tuple[str, str, Any]]] = {
        Right.READ: [("GET", "", None), ("GET", made, None)],
        Right.WRITE: [("PUT", made, body), ("PATCH", made, body)],
        Right.DELETE: [("DELETE", made, None)],
    }
    for held in (Right.READ, Right.WRITE, Right.DELETE):
        key = await grafana.api.make_key(held, name=f"only {held}")
        for right, requests in asked.items():
            for method, path, sent in requests:
                answer = await grafana.ask(method, path, sent, key=key)
                assert (answer.status != 403) == (right is held), (held, method)
        created = await grafana.create(key=key)
        assert created.status == (201 if held is Right.WRITE else 403)
    refused = await grafana.get(key=await grafana.api.make_key(Right.WRITE))
    assert detail(refused) == (403, "The key “a test” may not do this: it lacks the right to read.")


async def test_a_text_that_is_none_is_named(grafana: Grafana) -> None:
    made = await grafana.created("kept")
    texts: dict[str, list[Any]] = {NEEDED: [None], NO_TEXT: [{}, [], ["x"], 5, False], TOO_LONG: [LONG]}
    for fault, text in ((fault, text) for fault, each in texts.items() for text in each):
        answers = [
            await grafana.create(text),
            await grafana.ask("PUT", made, {"text": text, "id": "P1", "created_at": 5}),
            await grafana.ask("PATCH", made, {"text": text}),
        ]
        for answer in answers:
            assert (answer.status, answer.body) == (400, {"text": [fault]})
    assert [each["text"] for each in (await grafana.get()).body["results"]] == ["kept"]


async def test_every_bad_field_is_named_in_one_answer(grafana: Grafana) -> None:
    unknown = "There is no alert group 'I68T24C13IFW1'."
    bodies: list[tuple[Any, dict[str, list[str]]]] = [
        ({}, {"alert_group_id": [NEEDED], "text": [NEEDED]}),
        ({"alert_group_id": "", "text": None}, {"alert_group_id": [NEEDED], "text": [NEEDED]}),
        ({"alert_group_id": 7, "text": []}, {"alert_group_id": [NO_TEXT], "text": [NO_TEXT]}),
        ({"alert_group_id": {}, "text": "x"}, {"alert_group_id": [NO_TEXT]}),
        ({"alert_group_id": "I68T24C13IFW1", "text": "x"}, {"alert_group_id": [unknown]}),
        ({"alert_group_id": "I68T24C13IFW1", "text": None}, {"alert_group_id": [unknown], "text": [NEEDED]}),
        ({"alert_group_id": LONG, "text": LONG}, {"alert_group_id": ["At most 200 characters."], "text": [TOO_LONG]}),
    ]
    for body, faults in bodies:
        answer = await grafana.ask("POST", body=body)
        assert (answer.status, answer.body) == (400, faults)
    for words in ("INC-", "INC-999", "999", "0", "-1", "１", "INC-1 ", "9" * 400, NOBODYS, "%", "' or 1=1 --"):
        answer = await grafana.create(group=words)
        assert (answer.status, list(answer.body)) == (201 if words == "INC-1 " else 400, list(answer.body)), words
    answer = await grafana.ask("POST", body={"alert_group_id": "\x00", "text": "\x00"})
    assert (answer.status, set(answer.body)) == (400, {"alert_group_id", "text"})
    assert await count(grafana) == 1


async def test_a_body_that_cannot_be_read_is_told_in_detail(grafana: Grafana) -> None:
    made = await grafana.created("kept")
    for body, headers, status in UNREADABLE:
        for method, path in (("POST", ""), ("PUT", made)):
            answer = await grafana.ask(method, path, data=BytesIO(body), headers=headers)
            assert detail(answer)[0] == status, body[:40]
    assert (await grafana.get(made)).body["text"] == "kept"


async def test_a_body_that_can_be_read_is_read_whatever_it_is_called(grafana: Grafana) -> None:
    body = json.dumps({"alert_group_id": grafana.incident.id, "text": "x", "postmortem_messages": 5}).encode()
    for kind in ("", "application/json; charset=utf-8", "application/x-www-form-urlencoded"):
        assert (await grafana.ask("POST", data=body, headers={"Content-Type": kind})).status == 201


async def test_what_is_not_there_is_told_in_detail(grafana: Grafana) -> None:
    made = await grafana.created()
    for path in ("PAAAAAAAAAAAA", NOBODYS, "PM-1", "1", "%20", "x" * 3_000, f"{made}/messages"):
        for method in ("GET", "DELETE"):
            assert detail(await grafana.ask(method, path))[0] == 404, path
        if "/" not in path:
            assert detail(await grafana.ask("PUT", path, {"text": "x"}))[0] == 404, path
    assert (await grafana.get(made.lower())).status == 200
    assert (await grafana.get("%00")).status == 400
    for method, path in (("PUT", ""), ("DELETE", ""), ("POST", made), ("TRACE", made)):
        answer = await grafana.ask(method, path)
        assert detail(answer)[0] == 405
        assert "GET" in answer.headers["Allow"]


async def test_a_published_one_is_locked_and_the_way_out_is_told(grafana: Grafana) -> None:
    made = await grafana.created("kept")
    await published(grafana.api.units, 1)
    for method in ("PUT", "PATCH"):
        status, said = detail(await grafana.ask(method, made, {"text": "other"}))
        assert (status, "is published" in said, "Change its status" in said) == (400, True, True)
    assert (await grafana.get(made)).body["text"] == "kept"
    assert (await grafana.ask("DELETE", made)).status == 204


async def test_a_key_of_a_team_sees_and_changes_what_is_its_teams(grafana: Grafana) -> None:
    api = grafana.api
    core, other = [(await api.post("/v2/teams", {"name": name})).data["id"] for name in ("core", "other")]
    key = await api.make_key(*Right, team="core")
    own = await opened(api.units, "Core is down", team_id=core)
    strange = await opened(api.units, "The other is down", team_id=other)
    made = (await grafana.create("ours", group=own.id, key=key)).body["id"]
    theirs = await grafana.created("theirs", group=strange.id)
    refused = await grafana.create(group=strange.id, key=key)
    assert (refused.status, refused.body) == (400, {"alert_group_id": [f"There is no alert group '{strange.id}'."]})
    listed = (await grafana.get(key=key)).body
    assert (listed["count"], [each["id"] for each in listed["results"]]) == (1, [made])
    assert (await grafana.get(f"?alert_group_id={strange.id}", key=key)).body["count"] == 0
    for method, body in (("GET", None), ("PUT", {"text": "mine"}), ("DELETE", None)):
        assert detail(await grafana.ask(method, theirs, body, key=key))[0] == 403
        assert (await grafana.ask(method, made, body, key=key)).status < 300
    assert (await grafana.get(theirs)).body["text"] == "theirs"


async def test_who_asks_too_often_is_told_when_to_come_again(database: Database, clock: StillClock) -> None:
    async with served(database, clock, rate_limits="incident=2/60") as api:
        grafana = Grafana(api, await opened(api.units))
        answers = [await grafana.get() for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 429]
        assert detail(answers[-1])[1].startswith("You are making too many requests!")
        assert answers[-1].headers["Retry-After"] == "30"
        clock.advance(seconds=30)
        assert (await grafana.get()).status == 200
