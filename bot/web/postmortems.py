"""A postmortem's page, and the same as files to take along: Markdown, HTML, JSON, PDF."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from aiohttp import web

from bot.engines.papers import FileForm, Paper, file_name
from bot.errors import NotFound, Unavailable
from bot.queries import pages, papers
from bot.queries.pages import KEY, POSTMORTEMS, VERSION
from bot.queries.reading import Reader, Reading
from bot.web.postmortem_files import PostmortemFiles
from bot.web.postmortem_page import FileLink, missing_page, page
from bot.web.postmortem_pdf import Press
from bot.web.postmortem_style import POLICY

UNREAD = "The database does not answer at the moment. Try again in a minute."
OFFERED = 20
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
"""The address is the key: it is not to be kept by others, nor handed on to them."""
_NAME = re.compile(r"PM-([1-9]\d{0,8})(?:\.(md|html|json|pdf))?", re.ASCII | re.IGNORECASE)
_VERSION = re.compile(r"[1-9]\d{0,5}", re.ASCII)


_TYPES = {
    FileForm.MARKDOWN: "text/markdown",
    FileForm.HTML: "text/html",
    FileForm.JSON: "application/json",
    FileForm.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for; without a form it is the page, without a version the postmortem as it is now."""

    number: int
    form: FileForm | None
    key: str
    version: int | None = None


def postmortem_routes(reader: Reader, *, is_open: bool, press: Press | None = None) -> list[web.RouteDef]:
    """`/postmortems/PM-12`, and the same with `.md`, `.html`, `.json` or `.pdf` behind it.

    They open by the key that Slack's links carry, unless `is_open`: whoever is handed a postmortem can read it, in or
    out of Slack, and nothing else (queries/pages.py says why so, and not by signing in with Slack). A new bot's token
    makes all old links worthless. Without its key nobody learns whether there is such a postmortem, or was.
    """
    maker = PostmortemFiles(press or Press())

    async def handle(request: web.Request) -> web.Response:
        asked = _read(request)
        try:
            async with reader() as reading:
                found = await _found(reading, asked, is_open=is_open) if asked else None
                if found is None or asked is None:
                    return _html(missing_page(await _offers(reading, is_open=is_open)), status=404)
            return await _file(found, asked.form, maker) if asked.form else await _page(found, asked, maker)
        except NotFound as error:
            return _plain(error.sentence, status=404)
        except Unavailable as error:
            if asked and asked.form is FileForm.PDF:
                return _plain(str(error), status=503)
            return _html(missing_page(sentence=UNREAD), status=503)

    return [
        web.get(POSTMORTEMS, handle),
        web.get(f"{POSTMORTEMS}/", handle),
        web.get(f"{POSTMORTEMS}/{{name}}", handle),
    ]


def _read(request: web.Request) -> _Asked | None:
    """None where it is the address of no postmortem."""
    named = _NAME.fullmatch(request.match_info.get("name", ""))
    if named is None:
        return None
    form = FileForm(named[2].lower()) if named[2] else None
    version = _VERSION.fullmatch(request.query.get(VERSION, ""))
    return _Asked(int(named[1]), form, request.query.get(KEY, ""), int(version[0]) if version else None)


async def _found(reading: Reading, asked: _Asked, *, is_open: bool) -> Paper | None:
    """The postmortem, where there is one and the key opens it."""
    found = await papers.by_number(reading, asked.number, version=asked.version)
    if found is None or not (is_open or pages.opens_postmortem(reading.settings, found[0], asked.key)):
        return None
    return found[1]


async def _offers(reading: Reading, *, is_open: bool) -> list[tuple[str, str]]:
    """The newest, with their addresses; none where that is not for everybody to know."""
    listed = await papers.newest(reading, limit=OFFERED) if is_open else ()
    return [(f"{POSTMORTEMS}/{label}", f"{label} {title}") for label, title in listed]


async def _page(paper: Paper, asked: _Asked, maker: PostmortemFiles) -> web.Response:
    asks = ({KEY: asked.key} if asked.key else {}) | ({VERSION: str(asked.version)} if asked.version else {})
    query = f"?{urlencode(asks)}" if asks else ""
    files = [FileLink(form.words, f"{POSTMORTEMS}/{paper.label}.{form}{query}") for form in maker.forms]
    return _html(await asyncio.to_thread(page, paper, files))


async def _file(paper: Paper, form: FileForm, maker: PostmortemFiles) -> web.Response:
    """To be kept, but for JSON, which programs read."""
    body = await maker.made(paper, form)
    way = "inline" if form is FileForm.JSON else "attachment"
    name = f"filename=\"{paper.label}.{form}\"; filename*=UTF-8''{quote(file_name(paper, form))}"
    return web.Response(
        body=body,
        content_type=_TYPES[form],
        charset=None if form is FileForm.PDF else "utf-8",
        headers={**HEADERS, "Content-Disposition": f"{way}; {name}"},
    )


def _html(text: str, *, status: int = 200) -> web.Response:
    body = text.encode(errors="replace")  # half a surrogate pair, which JSON can say and UTF-8 cannot
    return web.Response(body=body, status=status, content_type="text/html", charset="utf-8", headers=HEADERS)


def _plain(text: str, *, status: int) -> web.Response:
    return web.Response(text=f"{text}\n", status=status, headers=HEADERS)
