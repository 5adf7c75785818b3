"""Somebody at the playground's page: what they can do with mouse and keyboard, and what they have on screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, ViewportSize

PATIENCE_MS = 15_000
DESK: ViewportSize = {"width": 1180, "height": 820}
PHONE: ViewportSize = {"width": 390, "height": 844}
GENERAL, INCIDENTS = "C01GENERAL", "C02INCIDENTS"
ANA, RAJ, MIA, TOM = "U01ANA", "U02RAJ", "U03MIA", "U11TOM"


@dataclass
class Visitor:
    """One open page. `complaints` lists everything its console called an error."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    @property
    def modal(self) -> Locator:
        """The form on top."""
        return self.page.get_by_test_id("modal")

    @property
    def answers(self) -> Locator:
        """What only this person sees."""
        return self.page.locator("#pane article[data-ephemeral=true]")

    async def arrive(self, who: str = ANA, place: str = INCIDENTS) -> None:
        """Open the page as a person, at a channel."""
        await self.page.goto(f"{self.address}?as={who}#/{place}")
        await self.ready(who)

    async def ready(self, who: str) -> None:
        """Wait until the page is drawn for that person and listens."""
        await self.page.wait_for_selector(f"body[data-ready=true][data-viewer={who}][data-live=true]")

    async def put_away_the_welcome(self) -> None:
        """Close the first screen's card where it is there."""
        close = self.page.get_by_test_id("welcome-close")
        if await close.count():
            await close.first.click()

    async def become(self, who: str) -> None:
        """Switch the person at the top right."""
        await self.page.get_by_test_id("viewing-as").click()
        await self.page.locator(f".viewer[data-viewer={who}]").click()
        await self.ready(who)

    async def open(self, place: str) -> None:
        """Choose a channel, or `Watchbill` for the direct messages with the app."""
        await self.page.get_by_test_id(f"place-{place}").click()

    async def type(self, text: str) -> None:
        """Write into the message box and send it."""
        box = self.page.get_by_test_id("message-box")
        await box.fill(text)
        await box.press("Enter")

    async def asks(self, command: str, *words: str) -> Locator:
        """Type a command and wait for its answer, which holds all `words` and is for this person alone.

        The message that is handed back stays the same one, also once a button has changed what it says.
        """
        before = [await each.get_attribute("data-ts") or "" for each in await self.answers.all()]
        await self.type(command)
        known = "".join(f":not([data-ts='{ts}'])" for ts in before)
        answer = self.page.locator(f"#pane article[data-ephemeral=true]{known}")
        for word in words:
            answer = answer.filter(has_text=word)
        await answer.last.wait_for()
        ts = await answer.last.get_attribute("data-ts")
        return self.page.locator(f"#pane article[data-ts='{ts}']")

    async def opens(self, command: str, callback_id: str) -> Locator:
        """Type a command and wait for the form it opens."""
        await self.type(command)
        return await self.form(callback_id)

    async def form(self, callback_id: str) -> Locator:
        """The form of that callback id, once it is on top."""
        form = self.modal.locator(f"form[data-callback-id={callback_id}]")
        await form.wait_for()
        return form

    async def submits(self) -> None:
        """Press the form's submit button."""
        await self.page.get_by_test_id("modal-submit").click()

    async def sent(self) -> None:
        """Press the form's submit button and wait until the form is gone."""
        await self.submits()
        await self.modal.wait_for(state="hidden")

    async def told(self, words: str) -> None:
        """Press the form's submit button, read in its last view what came of it, and close that."""
        await self.submits()
        said = await self.form("said")
        await said.get_by_text(words).last.wait_for()
        await self.closes()

    async def scrolls_to_the_end(self) -> None:
        """Scroll the form on top as far down as it goes."""
        await self.modal.locator(".modal-body").evaluate("each => { each.scrollTop = each.scrollHeight; }")

    async def goes_back(self) -> None:
        """Leave the form on top for the one below it."""
        await self.page.get_by_test_id("modal-back").click()

    async def closes(self) -> None:
        """Close all forms."""
        await self.page.get_by_test_id("modal-close").click()
        await self.modal.wait_for(state="hidden")

    @property
    def thread(self) -> Locator:
        """The messages of the thread on screen, the first of which began it."""
        return self.page.locator("#thread article")

    @property
    def home(self) -> Locator:
        """What stands in the app's Home tab."""
        return self.page.get_by_test_id("home")

    def message(self, *words: str) -> Locator:
        """The newest message of the channel on screen that everybody sees and that holds all `words`."""
        found = self.page.locator("#pane article:not([data-ephemeral])")
        for word in words:
            found = found.filter(has_text=word)
        return found.last

    def field(self, block: str, kind: str = "input, textarea") -> Locator:
        """What can be typed into in the form's block of that name."""
        return self.modal.locator(f'[data-block-id="{block}"], [data-block-id^="{block}."]').first.locator(kind)

    async def chooses(self, block: str, typed: str, option: str) -> None:
        """Open the menu of a form's block, type into it, choose the option that says so and close the menu."""
        await self.field(block, ".select").click()
        await self.page.locator(".picker-search").fill(typed)
        await self.page.locator(".option", has_text=option).first.click()
        if await self.page.locator(".picker-search").count():
            await self.page.keyboard.press("Escape")

    async def marks(self, message: Locator, shortcut: str) -> None:
        """Choose a shortcut from the menu of a message."""
        await message.hover()
        await message.get_by_test_id("message-menu").click()
        await self.page.get_by_role("menuitem", name=shortcut).click()

    async def picks(self, within: Locator, choice: str) -> None:
        """Choose from the first menu of three dots in a message, form or Home tab."""
        await within.locator(".overflow").first.click()
        await self.page.get_by_role("menuitem", name=choice, exact=True).click()

    async def opens_thread(self, message: Locator) -> None:
        """Open the thread of a message, which may have none yet."""
        await message.hover()
        replies = message.get_by_test_id("replies")
        await (replies if await replies.count() else message.get_by_test_id("reply")).click()
        await self.page.get_by_test_id("thread-box").wait_for()

    async def replies(self, text: str) -> None:
        """Write into the thread on screen."""
        box = self.page.get_by_test_id("thread-box")
        await box.fill(text)
        await box.press("Enter")

    async def opens_home(self) -> Locator:
        """Choose the app's Home tab at the side, and wait until the app has filled it."""
        await self.open("Watchbill Home")
        await self.home.locator(".header-text").first.wait_for()
        return self.home

    async def dismisses(self) -> None:
        """Put away every answer that only this person sees."""
        while await self.answers.count():
            await self.answers.first.get_by_test_id("dismiss").click()

    async def fits(self) -> None:
        """Nothing on screen, scrolling lists among it, is wider than the screen."""
        wide = await self.page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll("body *")]
                .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0 &&
                    ["auto", "scroll", "visible"].includes(getComputedStyle(each).overflowX) &&
                    getComputedStyle(each).display !== "inline" && each.getBoundingClientRect().right > innerWidth + 1)
                .map(each => each.className)"""
        )
        assert wide == []
        assert await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    async def now(self) -> datetime:
        """What the workspace's clock says."""
        unix = await self.page.evaluate("fetch('page/bootstrap').then(each => each.json()).then(each => each.now)")
        return datetime.fromtimestamp(unix, UTC)

    async def moves_to_next_wednesday(self, *, hour: int = 15) -> None:
        """Move the workspace's clock to next week's Wednesday at that hour of UTC.

        At 15:00 both demo schedules have somebody; at 12:00 the working hours of New York have not begun.
        """
        today = (await self.now()).replace(hour=hour, minute=0, second=0, microsecond=0)
        await self._moves_to(today + timedelta(days=9 - today.weekday()))

    async def moves_on(self, **units: float) -> None:
        """Move the workspace's clock forward, by the units that `timedelta` knows."""
        await self._moves_to(await self.now() + timedelta(**units))

    async def _moves_to(self, at: datetime) -> None:
        sent = "to => fetch('page/clock', {method: 'POST', headers: {'X-Playground': '1'}, body: JSON.stringify({to})})"
        await self.page.evaluate(sent, at.timestamp())

    async def moves_to_next_morning(self, times: int = 1) -> None:
        """Move the workspace's clock to the next ten o'clock of this person, so many times."""
        for _ in range(times):
            await self.page.get_by_test_id("clock").click()
            step = self.page.get_by_test_id("clock-morning")
            await step.click()
            await self.page.locator("[data-testid=clock-morning]:not([aria-busy])").wait_for()
            await self.page.keyboard.press("Escape")


@asynccontextmanager
async def visitor(
    browser: Browser, address: str, *, size: ViewportSize = DESK, touch: bool = False, scale: float = 1
) -> AsyncIterator[Visitor]:
    """Somebody new at the page, who has seen nothing of it yet. `touch`: with a thumb, on a phone."""
    context = await browser.new_context(viewport=size, is_mobile=touch, has_touch=touch, device_scale_factor=scale)
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    someone = Visitor(page, address)

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            someone.complaints.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: someone.complaints.append(str(error)))
    yield someone
    await context.close()
