"""The page of a schedule in a real browser: it fits a phone, obeys its own policy, and leads to other times."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.visitor import ANA, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
NARROW = 360


async def _opened(browser: Browser, address: str, *, dark: bool = False) -> tuple[Page, list[str]]:
    page = await browser.new_page(viewport={"width": NARROW, "height": 780}, color_scheme="dark" if dark else "light")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(address)
    return page, complaints


async def test_it_fits_a_narrow_phone_and_leads_to_other_weeks(browser: Browser, playground: str) -> None:
    page, complaints = await _opened(browser, f"{playground.removesuffix('/playground/')}/schedules/Payments")
    assert await page.evaluate("document.documentElement.scrollWidth") == NARROW
    assert await page.locator("svg").evaluate("each => each.getBoundingClientRect().width") == NARROW
    title = await page.title()
    smallest = await page.evaluate(
        "Math.min(...[...document.querySelectorAll('svg text')].map(each => each.getBoundingClientRect().height))"
    )
    assert smallest >= 9, "smaller than this nobody reads it at night"
    await page.get_by_role("link", name="Next").click()
    assert await page.title() != title
    await page.get_by_role("link", name="Previous").click()
    await expect(page).to_have_title(title)
    await page.get_by_role("link", name="Month").click()
    await expect(page.get_by_role("heading", name="Primary")).to_be_visible()
    assert complaints == []
    await page.close()


async def test_in_the_dark_its_paper_is_dark_too(browser: Browser, playground: str) -> None:
    address = f"{playground.removesuffix('/playground/')}/schedules/Payments"
    paper = "getComputedStyle(document.querySelector('svg .paper')).fill"
    page, complaints = await _opened(browser, address, dark=True)
    assert await page.evaluate(paper) == await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert complaints == []
    await page.close()


async def test_the_answer_in_slack_shows_the_picture_and_leads_to_the_page(page: Visitor) -> None:
    await page.arrive(ANA)
    await page.put_away_the_welcome()
    answer = await page.asks("/oncall week payments", "times in Europe/Berlin")
    image = answer.locator(".picture img")
    await image.evaluate("each => each.decode()")
    assert await image.evaluate("each => each.naturalWidth") == 1080
    assert "Raj" in (await image.get_attribute("alt") or "")
    async with page.page.context.expect_page() as opening:
        await answer.get_by_role("link", name="Open in browser").click()
    opened = await opening.value
    await expect(opened.get_by_role("heading", level=1)).to_contain_text("Payments")
    await opened.close()
    await page.dismisses()
