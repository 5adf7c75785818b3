"""A postmortem from its form to publication and back, and what comes of it by itself."""

from __future__ import annotations

from playwright.async_api import Browser, Locator, ViewportSize

from tests.browser.album import DESK, Album
from tests.browser.visitor import ANA, MIA, PHONE, TOM, Visitor, visitor

A_LIFE: ViewportSize = {"width": 1080, "height": 860}
SUMMARY = (
    "For 41 minutes no card payment went through. Two of five gateway nodes kept the old certificate chain after its "
    "renewal; a restart healed them."
)


async def a_postmortem(album: Album, ana: Visitor, raj: Visitor) -> None:
    """One postmortem from its form to publication and back."""
    await _created(album, ana)
    await _written(album, ana)
    await _reviewed(album, ana, raj)
    await _published(album, ana)


async def _created(album: Album, ana: Visitor) -> None:
    form = await ana.opens("/postmortem create Card payments refused", "postmortem_create")
    await album.take("create-form", "`/postmortem create`", form, also="phone dark")
    await ana.scrolls_to_the_end()
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


async def _written(album: Album, ana: Visitor) -> None:
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
    await ana.submits()
    await ana.form("postmortem_sections")
    await ana.modal.locator('[data-block-id="section_executive-summary"] button').click()
    await ana.form("postmortem_edit")
    await ana.field("text").fill(SUMMARY)
    await ana.submits()
    await ana.form("postmortem_sections")
    await ana.closes()
    for words in ("Watch the expiry of intermediates @raj fri", "Renew one node first me fri #mitigate"):
        await ana.asks(f"/postmortem action PM-2 {words}", "Added to PM-2")
    await ana.dismisses()


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
    preview = await ana.form("postmortem_publish")
    await album.take("publish-preview", "What others will read, and what to look at first", preview, also="phone")
    await ana.told("is published and locked")
    announcement = ana.message("PM-2 is published")
    await announcement.wait_for()
    await album.take("announcement", "A postmortem is announced", announcement, also="phone")
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


async def a_life_for_the_readme(album: Album, browser: Browser, address: str) -> None:
    """What the channel keeps of that postmortem: its card, and its history beside it; sharp, for the README."""
    async with visitor(browser, address, size=A_LIFE, scale=2) as somebody:
        await somebody.arrive(TOM)
        await somebody.put_away_the_welcome()
        await somebody.message("PM-2", "Status: published").get_by_test_id("replies").click()
        await somebody.page.locator("#thread").get_by_text("published").last.wait_for()
        await somebody.message("PM-2 is published").scroll_into_view_if_needed()
        await somebody.page.mouse.move(0, 0)
        await album.take_page("postmortem-life", "The life of a postmortem, sharp, for the README", somebody.page)


async def taken_along(album: Album, browser: Browser, ana: Visitor) -> None:
    """The page of a postmortem, and it as a file."""
    card = await ana.asks("/postmortem show PM-2", "Timeline")
    await _page(album, browser, card.get_by_role("link", name="Open page"))
    await ana.dismisses()
    answer = await ana.asks("/postmortem export PM-2", "is in your direct messages")
    await album.take("postmortem-export", "`/postmortem export`", answer, also="phone")
    await ana.dismisses()


async def _page(album: Album, browser: Browser, link: Locator) -> None:
    address = await link.get_attribute("href") or ""
    for name, says, size in (
        ("postmortem-page", "A postmortem's page", DESK),
        ("postmortem-page-phone", "A postmortem's page, on a phone", PHONE),
    ):
        page = await browser.new_page(viewport=size)
        await page.goto(address)
        await album.take_page(name, says, page)
        await page.close()


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
    await ana.asks("/postmortem action PM-1 Page on a full pool before noon me fri", "Added to PM-1")
    await ana.asks("/postmortem action PM-3 Warn when the index is older than an hour me fri", "Added to PM-3")
    await ana.dismisses()
    await ana.moves_to_next_morning(9)
    digest = ana.message("long overdue")
    await digest.wait_for()
    await album.take("digest", "The week's message of what is long overdue in a channel", digest)
    await ana.open("Watchbill")
    morning = ana.message("for you")
    await morning.wait_for()
    await album.take("morning", "The one message of a morning", morning, also="phone dark")
