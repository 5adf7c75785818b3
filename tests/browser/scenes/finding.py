"""Finding postmortems, reading one whole, deleting one and bringing it back."""

from __future__ import annotations

from tests.browser.album import Album
from tests.browser.visitor import Visitor


async def finding(album: Album, ana: Visitor) -> None:
    """`/postmortem search`, `list`, `show` and `delete`."""
    await _lists(album, ana)
    await _a_document(album, ana)
    await _deleted(album, ana)


async def _lists(album: Album, ana: Visitor) -> None:
    for name, command, word, also in (
        ("search", "/postmortem search pool", "with “pool”", "phone dark"),
        ("search-nothing", "/postmortem search kubernetes", "No postmortem", ""),
        ("list-filtered", "/postmortem list draft since 2026-01-01", "draft", "phone"),
        ("list-unknown-filter", "/postmortem list drafty", "drafty", ""),
    ):
        answer = await ana.asks(command, word)
        await album.take(f"postmortem-{name}", f"`{command}`", answer, also=also)
        await ana.dismisses()


async def _a_document(album: Album, ana: Visitor) -> None:
    answer = await ana.asks("/postmortem show PM-1", "Timeline")
    await album.take("document", "`/postmortem show` reads as a document", answer, also="phone")
    await answer.get_by_role("button", name="Read").click()
    await ana.modal.locator("form").wait_for()
    await album.take("document-whole", "All of it to read", ana.modal.locator("form"), also="phone")
    await ana.closes()
    await ana.dismisses()


async def _deleted(album: Album, ana: Visitor) -> None:
    answer = await ana.asks("/postmortem delete PM-1", "Delete PM-1?")
    await album.take("delete", "Before a postmortem is deleted", answer, also="phone")
    await answer.get_by_role("button", name="Delete PM-1").click()
    await album.take("delete-confirm", "Deleting asks once", ana.page.locator("dialog.confirm"))
    await ana.page.get_by_test_id("confirm-yes").click()
    await answer.get_by_text("is deleted").wait_for()
    await album.take("deleted", "It is deleted", answer, also="phone")
    card = ana.message("PM-1 was deleted")
    await card.wait_for()
    await album.take("deleted-card", "What its card becomes", card)
    await answer.get_by_role("button", name="Undo").click()
    await answer.get_by_text("is back").wait_for()
    await album.take("undeleted", "It is brought back", answer)
    await ana.dismisses()
