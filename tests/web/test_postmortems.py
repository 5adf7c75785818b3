"""The page of a postmortem and its files: what is on them, who may open them, and that nothing in them is executed."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlmodel import col, update

from bot.engines.documents.document import to_plain
from bot.engines.documents.markdown import to_adf
from bot.engines.papers import Paper, as_plain
from bot.engines.papers import from_plain as paper_of
from bot.errors import NotFound, Unavailable
from bot.queries import pages, papers
from bot.queries.reading import Reader
from bot.settings import Settings
from bot.web.postmortem_pdf import Press
from bot.web.postmortems import postmortem_routes
from storage import rows
from storage.database import Database
from storage.models import Postmortem, TimelineEntry, User
from tests.transfer.rich import Workspace

Client = TestClient[web.Request, web.Application]
TAGS = re.compile(
    "html|head|meta|title|style|body|header|footer|main|nav|section|h[12]|p|a|b|span|d[ldt]|[ou]l|li|div|time|pre|code"
)
ATTRIBUTES = re.compile("lang|charset|name|content|http-equiv|class|href|rel|id|aria-label|datetime|dir")
"""What this page is made of; a tag of a text would be another, or stand in a place where there is none."""


@pytest.fixture
def settings() -> Settings:
    return Settings(slack_bot_token="xoxb-a-token", slack_signing_secret="a secret")


@pytest.fixture
async def full(database: Database) -> Database:
    """Three postmortems in which every text is hostile."""
    async with database.writing() as session:
        for table, made in Workspace().rows.items():
            await rows.put(session, table, made)
    return database


def _client(reader: Reader, *, is_open: bool, press: Press | None = None) -> Client:
    application = web.Application()
    application.add_routes(postmortem_routes(reader, is_open=is_open, press=press))
    return TestClient(TestServer(application))


@pytest.fixture
async def client(full: Database, reader: Reader) -> AsyncIterator[Client]:
    """Pages that open by their keys."""
    async with _client(reader, is_open=False) as client:
        yield client


async def _address(reader: Reader, number: int) -> str:
    """The path that Slack's link leads to, with its key."""
    async with reader() as reading:
        found = await papers.by_number(reading, number)
        assert found
        whole = pages.postmortem_address(reading.settings, found[0], number)
        return whole.removeprefix(reading.settings.address)


def _file(address: str, form: str) -> str:
    return address.replace("?", f".{form}?")


class _Seen(HTMLParser):
    """The tags, attributes and addresses in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags = set[str]()
        self.attributes = set[str]()
        self.addresses = list[str]()
        self.words = ""
        self._in_style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        self._in_style = tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.words += data


def _is_safe(text: str) -> bool:
    seen = _Seen(text)
    assert [tag for tag in seen.tags if not TAGS.fullmatch(tag)] == []
    assert [name for name in seen.attributes if not ATTRIBUTES.fullmatch(name)] == []
    assert all(each.startswith(("http://", "https://", "/postmortems/", "#")) for each in seen.addresses)
    return "<script>alert(1)</script>" in seen.words


async def test_whatever_its_texts_hold_no_tag_and_no_script_of_theirs_is_in_the_page(
    client: Client, reader: Reader
) -> None:
    answer = await client.get(await _address(reader, 102))
    assert (answer.status, answer.content_type) == (200, "text/html")
    assert _is_safe(await answer.text())
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not re.search(r"@import|url\(", await answer.text())


async def test_the_page_tells_everything_and_its_links_lead_to_the_same_as_files(
    client: Client, reader: Reader, full: Database
) -> None:
    async with full.writing() as session:
        await session.exec(update(User).where(col(User.id) == Workspace().rows[User][1]["id"]).values(slack_id="URAJ"))
        await session.exec(update(TimelineEntry).values(text="&lt;i&gt; <@URAJ> &amp; <https://a.example|there>"))
    address = await _address(reader, 101)
    text = await (await client.get(address)).text()
    for told in (
        "<b>PM-101</b>",
        ">draft<",
        ">P1<",
        ">version 101<",
        "<dd>name 0 ",
        "<dd>INC-101 ",
        "It broke at noon.",
    ):
        assert told in text
    assert "&lt;i&gt; @name 1 " in text and "&amp; there</span>" in text
    titles = [unquote(each) for each in re.findall("<h2>(.*?)</h2>", text)]
    assert titles[-4:] == ["Actions", "Review", "Jira issues", "Related incidents"] and "Timeline" in titles
    files = dict(reversed(each) for each in re.findall('<a href="(/postmortems/[^"]*)">([^<]*)</a>', text))
    assert [*files] == ["Markdown", "HTML", "JSON", "PDF"]
    for words, link in files.items():
        if words == "PDF":
            continue
        answer = await client.get(link.replace("&amp;", "&"))
        assert answer.status == 200
        assert ("attachment" in answer.headers["Content-Disposition"]) == (words != "JSON")
        body = await answer.text()
        assert "<script>" not in body or words == "JSON"
    assert _is_safe(await (await client.get(_file(address, "html"))).text())
    plain = json.loads(await (await client.get(_file(address, "json"))).text())
    assert (plain["label"], plain["incident"]["number"]) == ("PM-101", 101)
    assert plain["actions"] and plain["timeline"][0]["at"].startswith("2026-11-18T12:00")
    markdown = await (await client.get(_file(address, "MD"))).text()
    assert markdown.startswith("# PM-101 title 0") and "## Timeline" in markdown
    assert '"href": "javascript' not in json.dumps(to_adf(markdown)) and "<script>alert(1)</script>" in to_plain(
        to_adf(markdown)
    )


async def test_without_its_own_key_nobody_learns_that_there_is_such_a_postmortem(
    client: Client, reader: Reader, full: Database
) -> None:
    address, other = await _address(reader, 101), await _address(reader, 102)
    deleted = await _address(reader, 103)
    async with full.writing() as session:
        gone = update(Postmortem).where(col(Postmortem.number) == 103)
        await session.exec(gone.values(deleted_at=Workspace().rows[Postmortem][0]["created_at"]))
    key = other.partition("?")[2]
    bare = address.partition("?")[0]
    said = set()
    for path in (
        *(bare, f"{bare}?key=", f"{bare}?{key}", f"{bare}?key=%C3%A9%00", f"{bare}.pdf?{key}", f"{bare}.md", deleted),
        *("/postmortems", "/postmortems/", "/postmortems/PM-99", "/postmortems/PM-0", "/postmortems/1.5%00"),
        *("/postmortems/PM-9999999999", "/postmortems/..%2F..%2Fetc", "/postmortems/PM-1.exe"),
    ):
        answer = await client.get(path)
        said.add((answer.status, await answer.text()))
    ((status, text),) = said
    assert status == 404 and "/postmortem show" in text and "PM-10" not in text


async def test_a_key_dies_with_the_token(reader: Reader, full: Database) -> None:
    key = (await _address(reader, 101)).partition("key=")[2]
    postmortem_id = Workspace().rows[Postmortem][0]["id"]
    async with reader() as reading:
        settings = reading.settings
    assert pages.opens_postmortem(settings, postmortem_id, key)
    assert not pages.opens(settings, postmortem_id, key), "a schedule's key is another"
    assert not pages.opens_postmortem(settings.model_copy(update={"slack_bot_token": "xoxb-b"}), postmortem_id, key)
    assert not pages.opens_postmortem(settings.without_tokens(), postmortem_id, key)


async def test_in_the_playground_pages_are_open_and_offered(full: Database, reader: Reader) -> None:
    async with _client(reader, is_open=True) as client:
        missing = await client.get("/postmortems/PM-77")
        text = await missing.text()
        assert missing.status == 404 and _is_safe(text)
        offered = re.findall('<li><a href="([^"]*)">', text)
        assert offered == ["/postmortems/PM-103", "/postmortems/PM-102", "/postmortems/PM-101"]
        assert (await client.get(offered[0])).status == 200
        assert (await client.get("/postmortems/pm-103.json")).status == 200


async def _paper(reader: Reader) -> Paper:
    async with reader() as reading:
        found = await papers.by_number(reading, 101)
    assert found
    return found[1]


async def test_a_paper_is_the_same_once_it_was_json(full: Database, reader: Reader) -> None:
    paper = await _paper(reader)
    assert paper_of(json.loads(json.dumps(as_plain(paper)))) == paper


async def test_a_pdf_is_made_and_nothing_is_fetched_for_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body { content: 'x' }")
    asked = []

    async def take(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response()

    application = web.Application()
    application.router.add_get("/{name}", take)
    async with TestServer(application) as server:
        html = "".join(
            f'<img src="{base}x.png"><link rel=stylesheet href="{base}secret.css"><object data="{base}x.svg"></object>'
            f"<style>@import '{base}y.css'; p {{ background: url({base}z.png) }}</style><p>x</p>"
            for base in (str(server.make_url("/")), f"file://{tmp_path}/")
        )
        try:
            made = await Press().pdf_of(html)
        except NotFound:
            pytest.skip("no PDFs: install the test extra, and libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
    assert made.startswith(b"%PDF-") and asked == []


def _press(folder: Path, code: str) -> Press:
    """A press that starts a program of these words."""
    program = folder / "press.py"
    program.write_text(f"import sys; html = sys.stdin.read(); {code}")
    press = Press(program, patience_seconds=10)
    press.is_there = True
    return press


async def test_a_pdf_is_handed_out_to_be_kept(full: Database, reader: Reader, tmp_path: Path) -> None:
    address = await _address(reader, 101)
    async with _client(reader, is_open=False, press=_press(tmp_path, "print('%PDF-', len(html) > 1000)")) as client:
        assert ">PDF<" in await (await client.get(address)).text()
        answer = await client.get(_file(address, "pdf"))
        assert (answer.status, answer.content_type) == (200, "application/pdf")
        assert (await answer.text()).split() == ["%PDF-", "True"]
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="PM-101.pdf"')


async def test_without_the_library_there_is_no_pdf_but_the_way_out(
    full: Database, reader: Reader, tmp_path: Path
) -> None:
    address = await _address(reader, 101)
    async with _client(reader, is_open=False, press=_press(tmp_path, "sys.exit(3)")) as client:
        answer = await client.get(_file(address, "pdf"))
        assert (answer.status, answer.content_type) == (404, "text/plain")
        assert "watchbill[pdf]" in await answer.text() and "Print the page instead" in await answer.text()
        assert ">PDF<" not in await (await client.get(address)).text()


@pytest.mark.parametrize("code", ["sys.exit(1)", "import time; time.sleep(60)"])
async def test_a_pdf_that_is_not_made_or_not_in_time_is_given_up(tmp_path: Path, code: str) -> None:
    press = _press(tmp_path, code)
    press._patience_seconds = 0.5
    with pytest.raises(Unavailable, match="Print the page instead"):
        await press.pdf_of("<p>")
