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
        """Type a command and wait for its answer, which holds all `words` and is for this person alone."""
        before = [await each.get_attribute("data-ts") or "" for each in await self.answers.all()]
        await self.type(command)
        known = "".join(f":not([data-ts='{ts}'])" for ts in before)
        answer = self.page.locator(f"#pane article[data-ephemeral=true]{known}")
        for word in words:
            answer = answer.filter(has_text=word)
        await answer.last.wait_for()
        return answer.last

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

    async def closes(self) -> None:
        """Close all forms."""
        await self.page.get_by_test_id("modal-close").click()
        await self.modal.wait_for(state="hidden")

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

    async def dismisses(self) -> None:
        """Put away every answer that only this person sees."""
        while await self.answers.count():
            await self.answers.first.get_by_test_id("dismiss").click()

    async def moves_to_next_wednesday(self) -> None:
        """Move the workspace's clock to next week's Wednesday at 15:00 UTC, when both demo schedules have somebody."""
        unix = await self.page.evaluate("fetch('page/bootstrap').then(each => each.json()).then(each => each.now)")
        today = datetime.fromtimestamp(unix, UTC).replace(hour=15, minute=0, second=0, microsecond=0)
        wednesday = (today + timedelta(days=9 - today.weekday())).timestamp()
        sent = "to => fetch('page/clock', {method: 'POST', headers: {'X-Playground': '1'}, body: JSON.stringify({to})})"
        await self.page.evaluate(sent, wednesday)

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
