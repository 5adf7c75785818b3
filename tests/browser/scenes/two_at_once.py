"""Two people who change the same thing at once."""

from __future__ import annotations

from tests.browser.album import Album
from tests.browser.visitor import MIA, RAJ, Visitor

THEIRS = "An alarm of the shop rang at **14:04**; the pool's own alarm did not."
MINE = "A customer called at 14:03.\n\n- then an alarm of the shop\n- the pool's own alarm stayed silent"


async def two_at_once(album: Album, ana: Visitor, raj: Visitor) -> None:
    """Of a section, a schedule and an action: both texts, and the choice."""
    await _a_section(album, ana, raj)
    await _a_schedule(album, ana, raj)
    await _an_action(album, ana, raj)


async def _a_section(album: Album, ana: Visitor, raj: Visitor) -> None:
    for somebody, text in ((ana, MINE), (raj, THEIRS)):
        await somebody.opens("/postmortem edit PM-1 detection", "postmortem_edit")
        await somebody.field("text").fill(text)
    await raj.sent()
    await ana.submits()
    await ana.modal.get_by_text("while you were writing").wait_for()
    form = await ana.form("postmortem_edit")
    await album.take("conflict", "Two texts of one section: nothing is lost", form, also="phone dark")
    await ana.modal.locator(".choice", has_text="Put both").click()
    await ana.sent()


async def _a_schedule(album: Album, ana: Visitor, mia: Visitor) -> None:
    await mia.become(MIA)
    for somebody, days in ((ana, "3"), (mia, "2")):
        answer = await somebody.asks("/oncall schedules", "Payments")
        await answer.locator(".block", has_text="Payments").get_by_role("button", name="Edit").click()
        await somebody.form("schedule")
        await somebody.field("length").first.fill(days)
        await somebody.submits()
        await somebody.form("schedule_preview")
    await mia.submits()
    await mia.form("schedule_saved")
    await ana.submits()
    form = ana.modal.locator("form", has_text="while you")
    await form.wait_for()
    await album.take("conflict-schedule", "Two edits of one schedule", form, also="phone")
    for somebody in (ana, mia):
        await somebody.closes()
        await somebody.dismisses()
    await mia.become(RAJ)


async def _an_action(album: Album, ana: Visitor, raj: Visitor) -> None:
    for somebody, text in ((ana, "Cap the pool at 140"), (raj, "Cap the pool at 150, what the database takes")):
        answer = await somebody.asks("/postmortem actions PM-1", "of PM-1")
        await somebody.picks(answer.locator(".block", has_text="Cap the pool"), "Edit")
        await somebody.form("action_edit")
        await somebody.field("text").fill(text)
    await raj.submits()
    await raj.modal.locator("form:not([data-callback-id=action_edit])").wait_for()
    await ana.submits()
    form = ana.modal.locator("form", has_text="while you were writing")
    await form.wait_for()
    await album.take("conflict-action", "Two texts of one action", form, also="phone")
    for somebody in (ana, raj):
        await somebody.closes()
        await somebody.dismisses()
