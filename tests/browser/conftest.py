"""A browser and a running playground, shared by the tests of a module."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.chromium import chromium, path_of_chromium, playground
from tests.browser.visitor import PATIENCE_MS, PHONE, Visitor, visitor


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Chromium; without it the tests of this folder are skipped, which fails the run in CI."""
    if path_of_chromium() is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    expect.set_options(timeout=PATIENCE_MS)
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module", name="playground")
async def _playground(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a playground of one's own, as `python app.py` starts it in an empty folder."""
    async with playground(tmp_path_factory.mktemp("playground")) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, playground: str) -> AsyncIterator[Visitor]:
    """Somebody at a desk. At the end nothing may have gone wrong in the page, and no rule of Slack's been broken."""
    async with visitor(browser, playground) as somebody:
        yield somebody
        await _nothing_went_wrong(somebody)


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser: Browser, playground: str) -> AsyncIterator[Visitor]:
    """Somebody with a phone; the same holds at the end."""
    async with visitor(browser, playground, size=PHONE, touch=True) as somebody:
        yield somebody
        await _nothing_went_wrong(somebody)


async def _nothing_went_wrong(somebody: Visitor) -> None:
    assert somebody.complaints == []
    assert await somebody.page.get_by_test_id("violation").all_inner_texts() == []
