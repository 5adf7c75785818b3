"""The messages that matter, and the timeline that they make."""

from __future__ import annotations

from tests.browser.album import Album
from tests.browser.visitor import ANA, RAJ, Visitor


async def timeline(album: Album, ana: Visitor) -> None:
    """Marking messages where one, several and no postmortem is open; `/postmortem add` and `timeline`."""
    await _something_is_said(ana)
    await _marked_in_one(album, ana)
    await _marked_in_none(album, ana)
    await _marked_in_several(album, ana)


async def _something_is_said(ana: Visitor) -> None:
    await ana.become(RAJ)
    await ana.open("incidents")
    await ana.type("Checkout answers 502 again, the pool is *full*. @ana please look")
    await ana.become(ANA)
    await ana.open("incidents")


async def _marked_in_one(album: Album, ana: Visitor) -> None:
    message = ana.message("Checkout answers 502 again")
    await message.hover()
    await message.get_by_test_id("message-menu").click()
    await album.take("message-menu", "The menu of a message", ana.page.locator(".popover"), also="phone")
    await ana.page.get_by_role("menuitem", name="Add to postmortem").click()
    answer = ana.answers.filter(has_text="Added to the timeline").last
    await answer.wait_for()
    await album.take("marked", "A message is added to the one open postmortem", answer, also="phone dark")
    await answer.get_by_role("button", name="Change").click()
    form = await ana.form("timeline_edit")
    await album.take("entry-edit", "Changing an entry", form, also="phone")
    await ana.closes()
    await ana.dismisses()
    answer = await ana.asks("/postmortem add PM-1 14:05 rolled back to 1.41", "Added to the timeline")
    await album.take("entry-added", "`/postmortem add` is told back", answer)
    await ana.dismisses()
    for words in ("13:50 pool raised from 20 to 200 by @raj", "14:31 all clear, the queue is empty"):
        await ana.asks(f"/postmortem add PM-1 {words}", "Added to the timeline")
    answer = await ana.asks("/postmortem timeline PM-1", "4 entries")
    await album.take("timeline", "`/postmortem timeline`", answer, also="phone")
    await answer.locator(".overflow").first.click()
    await ana.page.get_by_role("menuitem", name="Remove").click()
    await ana.answers.filter(has_text="Removed").last.wait_for()
    await album.take("entry-removed", "An entry is removed", ana.answers.filter(has_text="Removed").last)
    await ana.answers.get_by_role("button", name="Put it back").click()
    await ana.answers.filter(has_text="Back in the timeline").last.wait_for()
    await ana.dismisses()
    form = await ana.opens("/postmortem add PM-1", "timeline_entry")
    await album.take("entry-form", "`/postmortem add PM-1` without words", form)
    await ana.closes()


async def _marked_in_none(album: Album, ana: Visitor) -> None:
    await ana.open("platform-lounge")
    await ana.type("The build machines are slow since noon")
    await ana.marks(ana.message("build machines"), "Add to postmortem")
    answer = ana.answers.filter(has_text="No postmortem is open").last
    await answer.wait_for()
    await album.take("marked-none", "A message is marked where no postmortem is open", answer, also="phone")
    await answer.get_by_role("button", name="Start a postmortem").click()
    form = await ana.form("postmortem_create")
    await album.take("started-from-message", "A postmortem that begins with a message", form)
    await ana.closes()
    await ana.dismisses()
    await ana.open("incidents")


async def _marked_in_several(album: Album, ana: Visitor) -> None:
    await ana.opens("/postmortem create Search was slow", "postmortem_create")
    await ana.sent()
    await ana.message("Search was slow").wait_for()
    await ana.type("The index was rebuilt by hand")
    await ana.marks(ana.message("The index was rebuilt"), "Add to postmortem")
    form = await ana.form("timeline_mark")
    await album.take("marked-several", "Several are open: which one?", form, also="phone")
    await ana.closes()
