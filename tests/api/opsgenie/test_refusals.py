"""Whatever is sent, the answer is JSON in the envelope, and never a fault of ours."""

from __future__ import annotations

import asyncio
import gzip
import json
import shutil
import zlib
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import ClientPayloadError, ClientSession

from bot.api.bodies import LARGEST
from storage.database import Database
from tests.api.conftest import Answer, Api, answering, served
from tests.api.echoing import add_echo
from tests.conftest import StillClock

NOBODYS = "0a5f1c1e-8f0b-4f43-9d55-0d1c8a2b7f11"
JSON = {"Content-Type": "application/json"}
HEADERS = ("X-Request-Id", "X-Response-Time", "X-RateLimit-State", "X-RateLimit-Reason", "X-RateLimit-Period-In-Sec")


@pytest.fixture
async def echo(migrated_file: Path, tmp_path: Path, clock: StillClock) -> AsyncIterator[Api]:
    """A house that answers what it is sent, on SQLite alone: nothing here comes as far as the database."""
    file = shutil.copyfile(migrated_file, tmp_path / "test.db")
    async with served(Database(f"sqlite:///{file}"), clock, prepare=add_echo, rate_limits="off") as api:
        yield api


def is_in_the_envelope(answer: Answer) -> bool:
    """An object with all that clients insist on; the header's id is looked at by `Api.ask`."""
    return (
        isinstance(answer.body, dict)
        and isinstance(answer.body["message"], str)
        and isinstance(answer.body["took"], float)
        and bool(UUID(answer.body["requestId"]))
        and all(name in answer.headers for name in HEADERS)
    )


async def test_what_there_is_not_and_what_cannot_be_done_is_json(echo: Api) -> None:
    for path in ("/v2/nothing", "/v1/nothing", "/api/nothing", "/v2/echo/a/b", "/v2/", "/v2/echo/%ff/x"):
        answer = await echo.get(path, key=None)
        assert (answer.status, is_in_the_envelope(answer)) == (404, True), path
    for method in ("PATCH", "PUT", "TRACE", "PROPFIND"):
        answer = await echo.ask(method, "/v2/echo/a")
        assert (answer.status, is_in_the_envelope(answer)) == (405, True), method
        assert answer.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS"
    answer = await echo.ask("GET", "/v2/echo/a", headers={"Expect": "a-miracle"})
    assert (answer.status, is_in_the_envelope(answer)) == (417, True)


async def test_pages_and_slack_are_refused_as_ever(echo: Api) -> None:
    answers = [await echo.get("/nothing"), await echo.ask("PUT", "/healthz"), await echo.get("/slack/events")]
    assert [answer.status for answer in answers] == [404, 405, 405]
    assert all(answer.text.startswith(f"{answer.status}: ") for answer in answers)


async def test_head_and_options_are_sane(echo: Api) -> None:
    get, head = await echo.get("/v2/echo/a"), await echo.ask("HEAD", "/v2/echo/a/")
    assert (head.status, head.text, head.headers["Content-Type"]) == (200, "", get.headers["Content-Type"])
    assert (await echo.ask("HEAD", "/v2/echo/a", key=None)).status == 401
    assert ((await echo.get("/v2/echo/a.txt")).text, (await echo.ask("HEAD", "/v2/echo/a.txt")).text) == ("a", "")
    for path, allowed in (("/v2/echo/a", "DELETE, GET, HEAD, OPTIONS"), ("/v2/echo/", "OPTIONS, POST")):
        answer = await echo.ask("OPTIONS", path, key=None)
        assert (answer.status, answer.headers["Allow"]) == (200, allowed)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b'{"name": "half', JSON, 400),
        (b"{'name': 1}", JSON, 400),
        (b" ", JSON, 400),
        ('{"name": "ü"}'.encode("latin-1"), JSON, 400),
        ('{"name": "ü"}'.encode("utf-16"), JSON, 400),
        (b'{"name": "\\ud800"}', JSON, 400),
        (b'{"name": "\x00"}', JSON, 400),
        (b'{"name":' + b"[" * 100_000, JSON, 400),
        (b'{"inner":[' * 300 + b"]}" * 300, JSON, 400),
        (b"[" * 100_000 + b'"\\u0000"' + b"]" * 100_000, JSON, 400),
        (b'{"length": 1e999}', JSON, 422),
        (b'{"length": ' + b"9" * 5000 + b"}", JSON, 400),
        (b"[]", JSON, 422),
        (b"null", JSON, 422),
        (b"not gzip", {"Content-Encoding": "gzip"}, 400),
        (gzip.compress(b'{"name": "a"}', mtime=0)[:-10], {"Content-Encoding": "gzip"}, 400),
        (b"not deflate", {"Content-Encoding": "deflate"}, 400),
        (b"{}", {"Content-Encoding": "compress"}, 415),
        (b"<name/>", {"Content-Type": "application/xml"}, 415),
        (b"--x--", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        (b"{" + b" " * 5_000_000 + b"}", JSON, 413),
        (gzip.compress(b"{" + b" " * 5_000_000 + b"}", mtime=0), {"Content-Encoding": "gzip"}, 413),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused_in_the_envelope(
    echo: Api, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = await echo.ask("POST", "/v2/echo", data=BytesIO(body), headers=headers)
    assert (answer.status, is_in_the_envelope(answer)) == (status, True)
    assert (await echo.post("/v2/echo", {"name": "still here"})).data["name"] == "still here"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b'{"name": "a"}', {"Content-Type": ""}),
        (b'{"name": "a"}', {"Content-Type": "application/x-www-form-urlencoded"}),
        (b'{"name": "a"}', {"Content-Type": "application/json; charset=ISO-8859-1"}),
        (b'{"name": "a"}', {"Content-Type": "application/vnd.api+json"}),
        (b'{"name": "a", "Name": 1, "NAME": {}}', JSON),
        (gzip.compress(b'{"name": "a"}', mtime=0), {"Content-Encoding": "gzip"}),
        (zlib.compress(b'{"name": "a"}'), {"Content-Encoding": "deflate"}),
        (b'{"name": "a"}' + b" " * (LARGEST - 13), JSON),
        (b'{"name": "a", "length": 1}', {**JSON, "Accept": "text/html"}),
    ],
)
async def test_a_body_that_can_be_read_is_read_whatever_it_is_called(
    echo: Api, body: bytes, headers: dict[str, str]
) -> None:
    answer = await echo.ask("POST", "/v2/echo/", data=body, headers=headers)
    assert (answer.status, answer.data["name"]) == (200, "a")


async def test_a_body_in_pieces_is_measured_as_it_comes(echo: Api) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" " * 100_000

    answer = await echo.ask("POST", "/v2/echo", data=pieces())
    assert (answer.status, is_in_the_envelope(answer)) == (413, True)


async def test_characters_that_cannot_be_kept_are_refused_where_they_stand(echo: Api) -> None:
    body = {"name": "a\x00", "more": {"k": "v\x00"}, "inner": [{"name": "x"}, {"name": "\x00"}]}
    answer = await echo.post("/v2/echo", body)
    assert (answer.status, set(answer.body["errors"])) == (422, {"name", "more#k", "inner#1#name"})
    assert (await echo.post("/v2/echo", {"name": r"a\u0000"})).data["name"] == r"a\u0000"


async def test_nor_are_they_looked_for_in_either_database(api: Api) -> None:
    for path in ("/v2/schedules/a%00", "/v2/schedules/%00?identifierType=name", "/v2/schedules/a?more=%00"):
        answer = await api.get(path)
        assert (answer.status, is_in_the_envelope(answer), len(answer.body["errors"])) == (422, True, 1), path


async def test_the_key_is_judged_before_the_body(echo: Api) -> None:
    cut = b'{"name": "half'
    assert (await echo.ask("POST", "/v2/echo", data=cut, key="no-key")).status == 422
    assert (await echo.ask("POST", "/v2/echo", data=cut, key=NOBODYS)).status == 401
    large = await echo.ask("POST", "/v2/echo", data=BytesIO(b" " * 5_000_000), key=None)
    assert (large.status, large.body["message"]) == (401, "Could not authenticate")


async def test_a_crash_is_answered_under_the_id_that_the_log_knows_it_by(
    echo: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await echo.get("/v2/crash", headers={"X-Request-Id": "my-own-id"})
    assert (answer.status, answer.body["requestId"]) == (500, "my-own-id")
    assert "ZeroDivisionError" not in answer.text
    (line,) = (json.loads(line) for line in capsys.readouterr().out.splitlines() if "request failed" in line)
    assert (line["request_id"], line["path"]) == ("my-own-id", "/v2/crash")
    assert "ZeroDivisionError" in line["exception"]


async def test_a_file_has_the_same_headers_and_half_of_one_is_not_taken_for_a_whole(
    echo: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await echo.get("/v2/echo/whole.txt")
    assert (answer.text, answer.headers["Content-Type"]) == ("whole", "text/plain")
    assert all(name in answer.headers for name in HEADERS)
    with pytest.raises(ClientPayloadError):
        await echo.get("/v2/echo/half.txt")
    assert "file not finished" in capsys.readouterr().out
    assert (await echo.get("/v2/echo/a")).status == 200


async def test_a_database_that_does_not_answer_is_said_in_the_envelope(clock: StillClock) -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:9/nothing")
    async with answering(nowhere, clock) as (_house, address), ClientSession() as session:
        headers = {"Authorization": f"GenieKey {NOBODYS}"}
        async with session.get(f"{address}/v2/schedules/a", headers=headers) as response:
            body = await response.json()
    assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert body["requestId"] == response.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /v2/echo/a\r\n\r\n",
        b"GET /v2/echo/a HTTP/9.9\r\n\r\n",
        b"GET /v2/echo/a b HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://[::1/v2 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost x\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost: x\r\nX: \x00\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /v2/echo/" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 9000 + b"\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"GET /v2/echo/\xff HTTP/1.1\r\nHost: x\r\nAuthorization: GenieKey KEY\r\n\r\n",
        b"GET /v2/echo/a?name=\xff HTTP/1.1\r\nHost: x\r\nAuthorization: GenieKey KEY\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost: x:y\r\nAuthorization: GenieKey KEY\r\n\r\n",
        b"GET /v2/echo/a HTTP/1.1\r\nHost: x\r\nAuthorization: \xff\xfe\r\n\r\n",
        b"POST /v2/echo HTTP/1.1\r\nHost: x\r\nAuthorization: GenieKey KEY\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nnot a length\r\n",
    ],
)
async def test_what_is_no_request_is_answered_with_json_too(echo: Api, sent: bytes) -> None:
    status, headers, body = await raw(echo, sent.replace(b"KEY", echo.key.encode()))
    assert 400 <= status < 500
    assert headers["content-type"].startswith("application/json")
    assert headers["x-request-id"] == body["requestId"]
    assert isinstance(body["took"], float)
    assert isinstance(body["message"], str)
    assert (await echo.get("/v2/echo/a")).status == 200


async def raw(api: Api, sent: bytes) -> tuple[int, dict[str, str], Any]:
    """What is answered to these very bytes."""
    host, _, port = api.address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent)
    async with asyncio.timeout(10):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        body = await reader.readexactly(int(headers["content-length"]))
    writer.close()
    await writer.wait_closed()
    return int(head[0].split()[1]), headers, json.loads(body)
