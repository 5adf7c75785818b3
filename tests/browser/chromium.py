"""The browser that the tests and the pictures look through, and the product they look at."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.processes import started

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser that asks nobody for anything."""


def path_of_chromium() -> str | None:
    """Where Chromium is on this machine; None where it is not."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser, without a window. LookupError where there is none."""
    path = path_of_chromium()
    if path is None:
        raise LookupError("no Chromium on this machine: install the package chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        await browser.close()


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[str]:
    """The product in an empty folder, with its demo data; gives the address of its page."""
    async with started(folder) as running:
        await running.answers("/readyz", 200)
        yield f"{running.address}/playground/"
        running.stop()
        await running.process.wait()
