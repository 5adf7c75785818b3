"""A postmortem as a file to take along: Markdown, HTML, JSON, PDF."""

from __future__ import annotations

import asyncio
import json

from bot.engines.papers import FileForm, Paper, as_markdown, as_plain
from bot.web.postmortem_page import page
from bot.web.postmortem_pdf import Press


class PostmortemFiles:
    """Makes files of postmortems, in a thread or a process: nobody waits for it who did not ask."""

    def __init__(self, press: Press) -> None:
        """`press` makes the PDFs."""
        self._press = press

    @property
    def forms(self) -> tuple[FileForm, ...]:
        """Those that can be made here: PDFs need a library."""
        return tuple(form for form in FileForm if form is not FileForm.PDF or self._press.is_there)

    async def made(self, paper: Paper, form: FileForm) -> bytes:
        """The content of a file of that form.

        Raises:
            NotFound, Unavailable: as Press.
        """
        match form:
            case FileForm.MARKDOWN:
                return (await asyncio.to_thread(as_markdown, paper)).encode(errors="replace")
            case FileForm.HTML:
                return (await asyncio.to_thread(page, paper)).encode(errors="replace")
            case FileForm.JSON:
                return await asyncio.to_thread(_json, paper)
            case FileForm.PDF:
                return await self._press.pdf_of(await asyncio.to_thread(page, paper))


def _json(paper: Paper) -> bytes:
    text = json.dumps({"label": paper.label, **as_plain(paper)}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode(errors="replace")
