"""The first screen, and `/oncall` with its answers and the form of a schedule."""

from __future__ import annotations

from playwright.async_api import Browser, ViewportSize

from tests.browser.album import Album
from tests.browser.visitor import ANA, GENERAL, PHONE, Visitor, visitor

SMALL: ViewportSize = {"width": 860, "height": 700}


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
    await ana.scrolls_to_the_end()
    await album.take("schedule-form-errors", "The same form with what is wrong under its fields, further down", form)
    await ana.field("length").first.fill("1")
    await ana.field("windows").fill("mon-fri 08:00-18:00")
    await ana.submits()
    preview = await ana.form("schedule_preview")
    await album.take("schedule-preview", "What the schedule will do, before anything is saved", preview, also="phone")
    await ana.closes()
    await ana.dismisses()
