"""A postmortem's PDF, made by a process of its own: what it costs, and what goes wrong in it, stays there."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from pathlib import Path

import structlog

from bot.errors import NotFound, Unavailable
from bot.web.postmortem_press import NOT_INSTALLED

log = structlog.get_logger(__name__)
PROGRAM = Path(__file__).with_name("postmortem_press.py")
PATIENCE_SECONDS = 40.0
AT_ONCE = 1
NO_PDF = (
    "PDFs cannot be made here: the library for it is not installed. Print the page instead, and choose “Save as PDF” "
    "there. Whoever runs Watchbill can install it: pip install 'watchbill[pdf]', and Pango from the system."
)
TOO_MUCH = "This postmortem could not be made into a PDF. Print the page instead, and choose “Save as PDF” there."
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "SYSTEMROOT")


class Press:
    """Makes PDFs, one after the other. `is_there` says whether the library for it is."""

    def __init__(self, program: Path = PROGRAM, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """`program` takes HTML and gives a PDF, within that time."""
        self.is_there = importlib.util.find_spec("weasyprint") is not None
        self._program = program
        self._patience_seconds = patience_seconds
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def pdf_of(self, html: str) -> bytes:
        """The PDF of a page.

        Raises:
            NotFound: there is no library for it; the sentence says the way out.
            Unavailable: it took too long, or did not come to an end.
        """
        if not self.is_there:
            raise NotFound(NO_PDF)
        async with self._turn:
            status, made, said = await self._printed(html.encode(errors="replace"))
        if status == NOT_INSTALLED:
            log.warning("PDFs cannot be made", problem=said)
            self.is_there = False
            raise NotFound(NO_PDF)
        if status:
            log.warning("a PDF was not made", status=status, problem=said)
            raise Unavailable(TOO_MUCH)
        return made

    async def _printed(self, html: bytes) -> tuple[int, bytes, str]:
        """The exit status, the output, and the end of what was said beside it."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", str(self._program)),
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(self._patience_seconds):
                out, err = await process.communicate(html)
        except TimeoutError:
            raise Unavailable(TOO_MUCH) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return process.returncode or 0, out, err.decode(errors="replace")[-500:]
