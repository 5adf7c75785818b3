"""Pictures of what is on screen, kept in a folder with a list of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import FloatRect, Locator, Page, ViewportSize

from tests.browser.visitor import PHONE

DESK: ViewportSize = {"width": 1000, "height": 900}
MARGIN = 10
"""Around a form; a message has a margin of its own."""
INTRODUCTION = """\
# Pictures

Every card, form and page, as the playground shows them. `python -m tests.browser.pictures` takes them again; the times
in them are of the day on which that was done.
"""


@dataclass
class Album:
    """Where pictures are put, and what is said about each."""

    folder: Path
    entries: list[tuple[str, str]] = field(default_factory=list)

    async def take(self, name: str, says: str, subject: Locator, *, also: str = "") -> None:
        """One picture, cropped to its subject; `also` names further looks at it: `phone`, `dark`.

        On a phone what is no message fills the screen.
        """
        page = subject.page
        await page.mouse.move(0, 0)
        if not await _lies_over_the_page(subject):  # a message shows its tools while something in it has the focus
            await page.evaluate("() => document.activeElement.blur()")
        await self._crop(name, says, subject)
        if "dark" in also:
            await page.emulate_media(color_scheme="dark")
            await self._crop(f"{name}-dark", f"{says}, in the dark", subject)
            await page.emulate_media(color_scheme="light")
        if "phone" in also:
            await page.set_viewport_size(PHONE)
            if await _is_a_message(subject):
                await self._crop(f"{name}-phone", f"{says}, on a phone", subject)
            else:
                await _shown(subject)
                await self.take_page(f"{name}-phone", f"{says}, on a phone", page)
            await page.set_viewport_size(DESK)

    async def take_page(self, name: str, says: str, page: Page) -> None:
        """One picture of all that is on screen."""
        await self.keep(name, says, await page.screenshot())

    async def keep(self, name: str, says: str, png: bytes) -> None:
        """One picture that is there already."""
        (self.folder / f"{name}.png").write_bytes(png)
        self.entries.append((name, says))

    def write_index(self) -> None:
        """The list of all pictures, and none in the folder that is not in it."""
        lines = [f"## {says}\n\n![{says}]({name}.png)\n" for name, says in self.entries]
        (self.folder / "README.md").write_text("\n".join([INTRODUCTION, *lines]), encoding="utf-8")
        known = {f"{name}.png" for name, _ in self.entries}
        for picture in self.folder.glob("*.png"):
            if picture.name not in known:
                picture.unlink()

    async def _crop(self, name: str, says: str, subject: Locator) -> None:
        await _shown(subject)
        box = await _seen(subject)
        margin = MARGIN if await _lies_over_the_page(subject) else 0
        await self.keep(name, says, await subject.page.screenshot(clip=_around(box, subject.page, margin)))


async def _lies_over_the_page(subject: Locator) -> bool:
    return bool(await subject.evaluate("each => each.closest('dialog, .popover') !== null"))


async def _is_a_message(subject: Locator) -> bool:
    return bool(await subject.evaluate("each => each.matches('.message')"))


async def _shown(subject: Locator) -> None:
    """Wait until it stands still where it can be seen, one that is higher than its list by its beginning.

    Lists follow to their end after they were drawn.
    """
    await subject.page.evaluate("() => new Promise(done => setTimeout(done, 200))")
    await subject.scroll_into_view_if_needed()
    await subject.evaluate(
        """each => {
            const room = each.closest(".messages")?.clientHeight ?? Infinity;
            if (each.offsetHeight > room) each.scrollIntoView({ block: "start" });
        }"""
    )
    await _still(subject.page)


async def _seen(subject: Locator) -> FloatRect:
    """Where on screen it can be seen: of a message or a Home tab, what the pane around it does not hide."""
    box: FloatRect = await subject.evaluate(
        """each => {
            const own = each.getBoundingClientRect();
            const list = (each.closest(".messages, .home") ?? document.documentElement).getBoundingClientRect();
            const top = Math.max(own.top, list.top), bottom = Math.min(own.bottom, list.bottom);
            return { x: own.left, y: top, width: own.width, height: bottom - top };
        }"""
    )
    return box


async def _still(page: Page) -> None:
    await page.evaluate("() => Promise.all(document.getAnimations().map(each => each.finished))")


def _around(box: FloatRect, page: Page, margin: int) -> FloatRect:
    size = page.viewport_size or DESK
    left, top = max(0, box["x"] - margin), max(0, box["y"] - margin)
    right = min(size["width"], box["x"] + box["width"] + margin)
    bottom = min(size["height"], box["y"] + box["height"] + margin)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}
