"""The same words where no slash can be typed."""

from __future__ import annotations

from tests.browser.album import Album
from tests.browser.visitor import Visitor


async def mentions(album: Album, ana: Visitor) -> None:
    """A mention in a thread, one that is not understood, and direct messages."""
    await ana.type("Who can look at the pool?")
    await ana.opens_thread(ana.message("look at the pool"))
    await ana.replies("@watchbill now payments")
    await ana.thread.filter(has_text="Only visible to you").last.wait_for()
    await album.take("mention", "A mention is answered in its thread", ana.page.locator("#thread"), also="phone")
    await ana.thread.last.get_by_test_id("dismiss").click()
    await ana.replies("@watchbill nwo payments")
    answer = ana.thread.filter(has_text="Did you mean").last
    await answer.wait_for()
    await album.take("mention-unknown", "A mention that is not understood", answer)
    await answer.get_by_test_id("dismiss").click()
    await ana.page.get_by_test_id("thread-close").click()
    await ana.open("Watchbill")
    await ana.type("hello, what can you do?")
    said = ana.page.locator("#pane article", has_text="Watchbill").last
    await said.get_by_text("/oncall").first.or_(said.get_by_text("now").first).wait_for()
    await album.take("direct-help", "What a direct message is answered with, once a day", said, also="phone")
    await ana.open("incidents")
