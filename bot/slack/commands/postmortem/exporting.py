"""`/postmortem export`: a postmortem as a file, for whoever cannot open its page."""

from __future__ import annotations

import re

from bot.engines.papers import FileForm, Paper, file_name, heading
from bot.errors import NotFound
from bot.escaping import mrkdwn, shortened
from bot.queries import pages, papers, versions
from bot.slack.cards.blocks import Card
from bot.slack.cards.exported import exported_card, untaken_card
from bot.slack.commands.postmortem.about import spoken
from bot.slack.desk import Desk, Request
from bot.slack.direct_files import sent_to

_ASKED = re.compile(r"(?:v(?:ersion)? ?(?P<version>[1-9]\d{0,5}))?\s*(?:as )?(?P<form>[a-z]*)", re.ASCII)
_FORMS = {form.value: form for form in FileForm} | {"": FileForm.MARKDOWN, "markdown": FileForm.MARKDOWN}


async def export(request: Request, desk: Desk) -> Card:
    """`export PM-12 [v1] [md, html, json or pdf]`: without a form Markdown, which everything reads.

    Raises:
        NotFound, NotAllowed: as queries/postmortems; and where there is no such form, or no PDF can be made here.
        Unavailable: a PDF was not made in time.
    """
    number, rest = spoken(request.words)
    version, form = _read(number, rest)
    async with desk.reader() as reading:
        if version:
            frozen = await versions.by_number(reading, number, version, request.person)
            postmortem_id, paper = frozen.postmortem_id, frozen.paper
        else:
            postmortem_id, paper = await papers.for_member(reading, number, request.person)
        page = pages.postmortem_address(reading.settings, postmortem_id, number, version=version)
    others = [each for each in desk.files.forms if each is not form]
    if await _sent(paper, form, request, desk):
        line = f"postmortem export PM-{number}{f' v{version}' if version else ''}"
        return exported_card(file_name(paper, form), others=others, line=line)
    return untaken_card(page)


def _read(number: int, words: str) -> tuple[int | None, FileForm]:
    asked = _ASKED.fullmatch(words.strip().casefold())
    form = _FORMS.get(asked["form"]) if asked else None
    if asked is None or form is None:
        nearest = [f"PM-{number} {each}" for each in FileForm]
        raise NotFound(f"“{shortened(words.strip(), 60)}” is no form of file. There are these:", nearest)
    return int(asked["version"]) if asked["version"] else None, form


async def _sent(paper: Paper, form: FileForm, request: Request, desk: Desk) -> bool:
    content, name = await desk.files.made(paper, form), heading(paper)
    said = f"{mrkdwn(name)}, as {form.words}:"
    return await sent_to(request.person, desk, content, name=file_name(paper, form), title=name, said=said)
