"""Pictures of everything a person sees, taken from the playground: `python -m tests.browser.pictures`.

They are kept in .github/pictures, listed in its README.md; the project's README shows the first.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, ViewportSize

from tests.browser.album import DESK, Album
from tests.browser.chromium import chromium, playground
from tests.browser.visitor import ANA, GENERAL, MIA, PHONE, RAJ, Visitor, visitor

FOLDER = Path(__file__).parents[2] / ".github" / "pictures"
SMALL: ViewportSize = {"width": 860, "height": 700}


async def take_all(album: Album, browser: Browser, address: str) -> None:
    """The whole tour, in the order in which somebody new would see it."""
    await the_first_screen(album, browser, address)
    async with visitor(browser, address, size=DESK) as ana, visitor(browser, address, size=DESK) as raj:
        for somebody, who in ((ana, ANA), (raj, RAJ)):
            await somebody.arrive(who)
            await somebody.put_away_the_welcome()
        await ana.moves_to_next_wednesday()
        await who_is_on_call(album, ana)
        await for_the_readme(album, browser, address)
        await schedules(album, ana)
        await a_postmortem(album, ana, raj)
        await lists(album, ana)
        await mornings(album, ana)
        assert ana.complaints == raj.complaints == []


async def the_first_screen(album: Album, browser: Browser, address: str) -> None:
    """What somebody new sees."""
    async with visitor(browser, address) as newcomer:
        await newcomer.arrive(ANA, GENERAL)
        await album.take_page("first-screen", "The first screen", newcomer.page)
        for name, says in (("viewing-as", "Being somebody else"), ("clock", "The workspace's clock")):
            await newcomer.page.get_by_test_id(name).click()
            await album.take(name, says, newcomer.page.locator(".popover"))
            await newcomer.page.keyboard.press("Escape")
    async with visitor(browser, address, size=PHONE, touch=True) as newcomer:
        await newcomer.arrive(ANA, GENERAL)
        await album.take_page("first-screen-phone", "The first screen, on a phone", newcomer.page)
        await newcomer.page.get_by_role("button", name="Back to the list").click()
        await album.take_page("channels-phone", "The list of channels, on a phone", newcomer.page)


async def who_is_on_call(album: Album, ana: Visitor) -> None:
    """`/oncall` and its answers."""
    for name, command, word in (
        ("now-answer", "/oncall now", "Payments"),
        ("next", "/oncall next", "Payments"),
        ("at", "/oncall at sat 03:00", "Payments"),
        ("me", "/oncall me", "Your shifts"),
        ("why", "/oncall why", "Payments"),
        ("help", "/oncall help", "/oncall"),
        ("unknown", "/oncall nwo", "now"),
        ("no-such-schedule", "/oncall now paymets databse", "schedule"),
        ("unreadable-time", "/oncall at someday", "someday"),
    ):
        answer = await ana.asks(command, word)
        also = "phone dark" if name == "now" else "phone" if name == "help" else ""
        await album.take(
            f"oncall-{name}-answer" if name == "now" else f"oncall-{name}", f"`{command}`", answer, also=also
        )
        await ana.dismisses()


async def for_the_readme(album: Album, browser: Browser, address: str) -> None:
    """The answer to `/oncall now`, sharp, for the project's README."""
    async with visitor(browser, address, size=SMALL, scale=2) as somebody:
        await somebody.arrive(ANA)
        await somebody.put_away_the_welcome()
        answer = await somebody.asks("/oncall now", "Payments")
        await album.take("oncall-now", "`/oncall now`, sharp, for the README", answer)
        await somebody.dismisses()


async def schedules(album: Album, ana: Visitor) -> None:
    """The list of schedules, the form of one and its preview."""
    answer = await ana.asks("/oncall schedules", "New schedule")
    await album.take("schedules", "`/oncall schedules`", answer)
    await answer.get_by_text("New schedule").click()
    form = await ana.form("schedule")
    await album.take("schedule-form-empty", "A new schedule", form, also="phone")
    await ana.field("name").first.fill("Storefront")
    await ana.chooses("timezone", "lisbon", "Europe/Lisbon")
    await ana.chooses("team", "Storefront", "Storefront")
    people = ana.modal.locator('[data-block-id^="people."] .select')
    await people.click()
    for name in ("Raj", "Mia", "Tomás"):
        await ana.page.locator(".picker-search").fill(name)
        await ana.page.locator(".option", has_text=name).first.click()
    await ana.page.keyboard.press("Escape")
    await album.take("schedule-form", "A new schedule, filled in", form)
    await ana.field("length").first.fill("0")
    await ana.field("windows").fill("mon-fri 8 to late")
    await ana.submits()
    await ana.modal.locator("[data-error-for]:visible").first.wait_for()
    await _scroll_to_the_end(ana)
    await album.take("schedule-form-errors", "The same form with what is wrong under its fields, further down", form)
    await ana.field("length").first.fill("1")
    await ana.field("windows").fill("mon-fri 08:00-18:00")
    await ana.submits()
    preview = await ana.form("schedule_preview")
    await album.take("schedule-preview", "What the schedule will do, before anything is saved", preview, also="phone")
    await ana.closes()
    await ana.dismisses()


async def _scroll_to_the_end(somebody: Visitor) -> None:
    await somebody.modal.locator(".modal-body").evaluate("each => { each.scrollTop = each.scrollHeight; }")


async def a_postmortem(album: Album, ana: Visitor, raj: Visitor) -> None:
    """One postmortem from its form to publication and back."""
    await _created(album, ana)
    await _written(album, ana, raj)
    await _reviewed(album, ana, raj)
    await _published(album, ana)


async def _created(album: Album, ana: Visitor) -> None:
    form = await ana.opens("/postmortem create Card payments refused", "postmortem_create")
    await album.take("create-form", "`/postmortem create`", form, also="phone dark")
    await _scroll_to_the_end(ana)
    await album.take("create-form-end", "`/postmortem create`, further down", form)
    await ana.field("ended_at").fill("2020-01-01T10:00")
    await ana.chooses("owner", "Sam", "Sam")
    await ana.submits()
    await ana.modal.locator("[data-error-for]:visible").first.wait_for()
    await album.take("create-form-errors", "The same form with what is wrong under its fields", form)
    await ana.field("ended_at").fill("")
    await ana.chooses("owner", "Ana", "Ana")
    await ana.chooses("services", "checkout", "checkout")
    await ana.chooses("responders", "Raj", "Raj")
    await ana.sent()
    card = ana.message("PM-2", "Card payments refused")
    await card.wait_for()
    await album.take("card-draft", "The card of a draft", card, also="phone dark")


async def _written(album: Album, ana: Visitor, raj: Visitor) -> None:
    card = ana.message("PM-2", "Card payments refused")
    await card.get_by_role("button", name="Edit", exact=True).click()
    sections = await ana.form("postmortem_sections")
    await album.take("section-list", "The sections of a postmortem", sections)
    await ana.modal.locator('[data-block-id="section_leadup"] button').click()
    box = await ana.form("postmortem_edit")
    await ana.field("text").fill(
        "The gateway's certificate was renewed at **14:00**.\n\n- the old chain was kept by two of five nodes\n"
        "- nobody watched the *expiry* of the intermediate\n\n> It is only a renewal."
    )
    await album.take("section-box", "Writing one section", box, also="phone")
    await raj.opens("/postmortem edit PM-2 leadup", "postmortem_edit")
    await raj.field("text").fill("The certificate chain of the gateway was **renewed**, half of it.")
    await raj.sent()
    await ana.submits()
    await ana.modal.get_by_text("while you were writing").wait_for()
    await album.take("conflict", "Two texts of one section: nothing is lost", await ana.form("postmortem_edit"))
    await ana.submits()
    await ana.modal.get_by_text("while you were writing").wait_for(state="hidden")
    await ana.closes()


async def _reviewed(album: Album, ana: Visitor, raj: Visitor) -> None:
    form = await ana.opens("/postmortem submit PM-2", "postmortem_submit")
    for name in ("Raj", "Mia"):
        await ana.chooses("reviewers", name, name)
    await album.take("submit-form", "Submitting for review", form)
    await ana.told("in review")
    await raj.open("Watchbill")
    request = raj.message("asks for your review")
    await request.wait_for()
    await album.take("review-request", "What a reviewer gets", request, also="phone dark")
    await request.get_by_role("button", name="Request changes", exact=True).click()
    changes = await raj.form("postmortem_changes")
    await raj.field("text").fill("Say when the second node was found, and by whom.")
    await album.take("changes-form", "Requesting changes", changes)
    await raj.told("PM-2")
    await ana.open("Watchbill")
    asked = ana.message("asks for changes")
    await asked.wait_for()
    await album.take("changes-requested", "What the owner gets", asked)
    await ana.open("incidents")
    await ana.opens("/postmortem submit PM-2", "postmortem_submit")
    await ana.told("in review")
    again = raj.message("asks for your review")
    await again.get_by_role("button", name="Approve", exact=True).click()
    approved = raj.message("You approved it")
    await approved.wait_for()
    await album.take("review-approved", "The same message once one has approved", approved)
    card = ana.message("PM-2", "1 of 2 approved")
    await card.wait_for()
    await album.take("card-in-review", "The card in review", card, also="phone")


async def _published(album: Album, ana: Visitor) -> None:
    refusal = await ana.asks("/postmortem publish PM-2", "approv")
    await album.take("publish-refused", "Publishing before all have approved", refusal)
    await ana.dismisses()
    await ana.become(MIA)
    await ana.type("/postmortem approve PM-2")
    await ana.become(ANA)
    card = ana.message("PM-2", "2 of 2 approved")
    await card.wait_for()
    await card.get_by_role("button", name="Publish", exact=True).click()
    await album.take("publish-confirm", "Publishing asks once", ana.page.locator("dialog.confirm"))
    await ana.page.get_by_test_id("confirm-yes").click()
    announcement = ana.message("PM-2 is published")
    await announcement.wait_for()
    await album.take("announcement", "A postmortem is announced", announcement)
    card = ana.message("PM-2", "Status: published")
    await card.wait_for()
    await album.take("card-published", "The card once it is published", card)
    await card.get_by_role("button", name="Read", exact=True).click()
    await ana.modal.locator("form").wait_for()
    await album.take("reading", "Reading a postmortem", ana.modal.locator("form"), also="phone")
    await ana.closes()
    await card.get_by_test_id("replies").click()
    thread = ana.page.locator("#thread")
    await thread.get_by_text("published").last.wait_for()
    await album.take("history", "The history of a postmortem, in the thread of its card", thread, also="phone")
    await ana.page.get_by_test_id("thread-close").click()
    form = await ana.opens("/postmortem reopen PM-2", "postmortem_reopen")
    await album.take("reopen-form", "Reopening one that is published", form)
    await ana.closes()


async def lists(album: Album, ana: Visitor) -> None:
    """What can be found, and the smaller forms."""
    await ana.dismisses()
    for name, command, word in (
        ("show", "/postmortem show PM-1", "PM-1"),
        ("mine", "/postmortem", "PM-1"),
        ("list", "/postmortem list", "PM-2"),
        ("help", "/postmortem help", "/postmortem"),
        ("unknown", "/postmortem aprove PM-1", "approve"),
        ("locked", "/postmortem edit PM-2 leadup", "reopen"),
    ):
        answer = await ana.asks(command, word)
        await album.take(f"postmortem-{name}", f"`{command}`", answer, also="phone" if name in {"mine", "help"} else "")
        await ana.dismisses()
    for name, command, form in (
        ("assign-form", "/postmortem assign PM-1", "postmortem_assign"),
        ("snooze-form", "/postmortem snooze PM-1", "postmortem_snooze"),
    ):
        await album.take(name, f"`{command}`", await ana.opens(command, form))
        await ana.closes()


async def mornings(album: Album, ana: Visitor) -> None:
    """What comes by itself."""
    await ana.opens("/postmortem create Search returned nothing for an hour", "postmortem_create")
    await ana.sent()
    await ana.message("PM-3").wait_for()
    await ana.moves_to_next_morning(9)
    digest = ana.message("long overdue")
    await digest.wait_for()
    await album.take("digest", "The week's message of what is long overdue in a channel", digest)
    await ana.open("Watchbill")
    morning = ana.message("for you")
    await morning.wait_for()
    await album.take("morning", "The one message of a morning", morning, also="phone dark")


async def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    album = Album(FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        async with playground(Path(folder)) as address, chromium() as browser:
            await take_all(album, browser, address)
    album.write_index()
    print(f"{len(album.entries)} pictures in {FOLDER}")


if __name__ == "__main__":
    asyncio.run(main())
