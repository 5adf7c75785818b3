"""SVG to PNG beside the event loop: in a process of its own, since drawing would hold up everybody else's answers."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE

from bot.engines.pictures import images
from bot.errors import Unavailable

PATIENCE_SECONDS = 20


async def rendered(svg: str) -> bytes:
    """The picture as PNG.

    Raises:
        Unavailable: it cannot be drawn on this machine, or not within the time that somebody waits for it.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(images.__file__)), stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            png, said = await process.communicate(svg.encode())
    except TimeoutError:
        process.kill()
        await process.wait()
        raise Unavailable(f"A picture was not drawn within {PATIENCE_SECONDS} seconds.") from None
    if process.returncode:
        raise Unavailable(f"A picture could not be drawn: {said.decode(errors='replace')[-300:]}")
    return png
