"""What Datadog's clients are refused: JSON:API errors with pointers, and nothing made."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from bot.usecases.keys.revoke import revoke
from bot.vocabulary import Right
from storage.database import Database
from tests.api.conftest import Answer, served
from tests.api.datadog.conftest import Datadog, body_of
from tests.api.incidents import NOBODYS, opened
from tests.conftest import StillClock

JSON = {"Content-Type": "application/json"}
AT = "/data/attributes"
LONG = "x" * 100_001
CELL = {"type": "markdown"}


def saying(content: Any) -> dict[str, Any]:
    """A cell that says something."""
    return {**CELL, "attributes": {"definition": {"content": content}}}


BODIES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    ({}, ("/data",)),
    ([], ("",)),
    ("text", ("",)),
    (None, ("",)),
    ({"data": None}, ("/data",)),
    ({"data": []}, ("/data",)),
    ({"data": {}}, ("/data/type", AT)),
    ({"data": {"type": "incidents", "attributes": {}}}, ("/data/type",)),
    ({"data": {"type": None, "attributes": []}}, ("/data/type", AT)),
    ({"data": {"type": "incident_attachments", "attributes": None}}, (AT,)),
    (body_of(content=5), (f"{AT}/content",)),
    (body_of(content={}), (f"{AT}/content",)),
    (body_of(content=LONG), (f"{AT}/content",)),
    (body_of(title=[]), (f"{AT}/title",)),
    (body_of(title="x" * 256), (f"{AT}/title",)),
    (body_of(title="  "), (f"{AT}/title",)),
    (body_of(postmortem_template_id=5), (f"{AT}/postmortem_template_id",)),
    (body_of(cells={}), (f"{AT}/cells",)),
    (body_of(cells=[CELL] * 1_001), (f"{AT}/cells",)),
    (body_of(cells=[CELL, 5, {}, {"type": "image"}]), (f"{AT}/cells/1", f"{AT}/cells/3/type")),
    (body_of(cells=[{**CELL, "attributes": 5}]), (f"{AT}/cells/0/attributes",)),
    (body_of(cells=[{**CELL, "attributes": {"definition": []}}]), (f"{AT}/cells/0/attributes/definition",)),
    (body_of(cells=[saying(5)]), (f"{AT}/cells/0/attributes/definition/content",)),
    (body_of(cells=[saying(LONG)]), (f"{AT}/cells/0/attributes/definition/content",)),
    (body_of(cells=[saying("x" * 60_000)] * 2), (AT,)),
    (body_of(content="# a\n" * 150, cells=[saying("# b\n" * 51)]), (f"{AT}/content",)),
    (body_of(content="\x00"), (f"{AT}/content",)),
    (body_of(title=5, content=[], cells=[5]), (f"{AT}/title", f"{AT}/content", f"{AT}/cells/0")),
)
"""Bodies, and the pointers to what is wrong with each."""
UNREADABLE: tuple[tuple[bytes, Mapping[str, str], int], ...] = (
    (b'{"data": {"type": "incident', JSON, 400),
    (b'{"data":' + b"[" * 100_000, JSON, 400),
    (b"not gzip", {**JSON, "Content-Encoding": "gzip"}, 400),
    (b"{}", {"Content-Type": "text/plain"}, 415),
    (b"{" + b" " * 5_000_000 + b"}", JSON, 413),
)


def errors(answer: Answer) -> list[dict[str, Any]]:
    """What is wrong, each in the form of JSON:API."""
    assert list(answer.body) == ["errors"], answer.text
    for error in answer.body["errors"]:
        assert (error["status"], error["meta"]) == (str(answer.status), {})
        assert error["detail"] and error["title"]
        assert ("source" in error) == (answer.status == 400)
    found: list[dict[str, Any]] = answer.body["errors"]
    return found


async def count(datadog: Datadog) -> int:
    """How many postmortems there are."""
    bare = {"Authorization": datadog.api.key}
    found: int = (await datadog.api.get("/api/v1/postmortems/", key=None, headers=bare)).body["count"]
    return found


async def test_every_bad_field_has_its_pointer_and_nothing_is_made(datadog: Datadog) -> None:
    for body, pointers in BODIES:
        answer = await datadog.ask(body) if body is not None else await datadog.ask(data=b"null", headers=JSON)
        assert answer.status == 400, body
        assert tuple(each["source"]["pointer"] for each in errors(answer)) == pointers, body
    assert await count(datadog) == 0


async def test_what_cannot_be_read_is_refused_in_the_same_form(datadog: Datadog) -> None:
    for body, headers, status in UNREADABLE:
        answer = await datadog.ask(data=BytesIO(body), headers=dict(headers))
        assert (answer.status, len(errors(answer))) == (status, 1), body[:40]
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = await datadog.ask(method=method)
        assert (answer.status, errors(answer)[0]["title"]) == (405, "Method Not Allowed")
        assert answer.headers["Allow"] == "OPTIONS, POST"
    for path in ("/api/v2/incidents", "/api/v2/incidents/x", "/api/v2/incidents/x/attachments"):
        assert errors(await datadog.ask(method="GET", path=path))[0]["status"] == "404"
    assert await count(datadog) == 0


async def test_an_incident_that_there_is_not_is_not_found(datadog: Datadog) -> None:
    for identifier in (NOBODYS, "INC-2", "0", "x", "%20", "x" * 3_000, "INC-1%2F..", "%25"):
        answer = await datadog.ask(body_of(), path=datadog.path_of(identifier))
        assert (answer.status, errors(answer)[0]["title"]) == (404, "Not Found"), identifier
    answer = await datadog.ask(body_of(), path=datadog.path_of("%00"))
    assert (answer.status, answer.body["errors"][0]["source"]) == (400, {"parameter": "incident_id"})
    assert await count(datadog) == 0


async def test_only_keys_that_count_and_may_write_come_in(datadog: Datadog) -> None:
    reading = await datadog.api.make_key(Right.READ, name="reading")
    revoked = await datadog.api.make_key(*Right, name="gone")
    async with datadog.api.units.begin(None) as unit:
        await revoke(unit, "gone")
    strangers: list[dict[str, Any]] = [
        {"key": None},
        {"key": None, "headers": {"Authorization": f"GenieKey {datadog.api.key}"}},
        {"key": None, "application_key": datadog.api.key},
        {"key": " "},
        {"key": "no-key"},
        {"key": NOBODYS},
        {"key": revoked},
        {"application_key": NOBODYS},
        {"application_key": "no-key"},
        {"application_key": revoked},
    ]
    said = set()
    for shown in strangers:
        for path in (datadog.path, datadog.path_of(NOBODYS)):
            answer = await datadog.ask(body_of(), path=path, **shown)
            said.add((answer.status, errors(answer)[0]["detail"]))
    assert {status for status, _ in said} == {403} and len(said) == 1
    for path in (datadog.path, datadog.path_of(NOBODYS)):
        answer = await datadog.ask(body_of(), path=path, key=reading, application_key=datadog.api.key)
        said.add((answer.status, errors(answer)[0]["detail"]))
    assert len(said) == 2
    assert await count(datadog) == 0
    writing = await datadog.api.make_key(Right.WRITE, name="writing")
    for beside in (reading, "", None):
        answer = await datadog.ask(body_of(), key=writing, application_key=beside)
        page = answer.body["data"]["attributes"]["attachment"]["documentUrl"]
        assert (answer.status, "/postmortems/PM-" in page, "key=" in page) == (201, True, False)


async def test_a_key_of_a_team_attaches_to_what_is_its_teams(datadog: Datadog) -> None:
    api = datadog.api
    core, other = [(await api.post("/v2/teams", {"name": name})).data["id"] for name in ("core", "other")]
    key = await api.make_key(*Right, team="core")
    own, strange = await opened(api.units, team_id=core), await opened(api.units, team_id=other)
    assert (await datadog.ask(body_of(), path=datadog.path_of(own.id), key=key)).status == 201
    hidden, unknown = [
        await datadog.ask(body_of(), path=datadog.path_of(each), key=key) for each in (strange.id, NOBODYS)
    ]
    assert (hidden.status, errors(hidden)) == (404, errors(unknown))


async def test_who_asks_too_often_is_told_in_plain_sentences_when_to_come_again(
    database: Database, clock: StillClock
) -> None:
    async with served(database, clock, rate_limits="incident=1/60") as api:
        datadog = Datadog(api, await opened(api.units))
        answers = [await datadog.attach() for _ in range(2)]
        assert [answer.status for answer in answers] == [201, 429]
        (sentence,) = answers[1].body["errors"]
        assert sentence.startswith("You are making too many requests!")
        assert answers[1].headers["X-RateLimit-Reset"] == answers[1].headers["Retry-After"] == "60"
