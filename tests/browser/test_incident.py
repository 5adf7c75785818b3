"""The whole way in a real browser: an alert arrives, is acknowledged, becomes an incident and a postmortem."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.browser.visitor import ANA, PHONE, visitor
from tests.browser.workspaces import playground_of, raise_an_alert

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
WRONG = "CheckoutLatencyHigh"


async def test_from_the_alert_to_a_filled_timeline(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("incident")
    async with playground_of(folder) as (address, house), visitor(browser, address, size=PHONE, touch=True) as ana:
        await ana.arrive(ANA)
        await ana.put_away_the_welcome()
        await raise_an_alert(house)
        alert = ana.message(WRONG)
        await alert.get_by_role("button", name="Acknowledge").click()
        await expect(alert).to_contain_text("Acknowledged by Ana")
        await expect(alert.get_by_role("img", name="large yellow circle")).to_be_visible()
        await alert.get_by_role("button", name="Declare incident").click()
        await ana.form("incident_declare")
        await ana.fits()
        await expect(ana.field("title")).to_have_value("CheckoutLatencyHigh: p99 over 2 s for 5 min")
        await ana.sent()
        card = ana.message("INC-2", "Commander")
        await expect(card).to_contain_text("Commander: Ana")
        await ana.fits()
        await card.get_by_role("button", name="Resolve").click()
        answer = ana.answers.filter(has_text="INC-2 is resolved").last
        await answer.get_by_role("button", name="Start postmortem").click()
        await ana.form("postmortem_create")
        await ana.sent()
        await expect(card).to_contain_text("Postmortem: PM-2")
        timeline = await ana.asks("/postmortem timeline PM-2", "Timeline of PM-2")
        for words in (
            "was raised by prometheus",
            "was acknowledged by Ana",
            "INC-2 was opened by Ana",
            "was resolved by",
        ):
            await expect(timeline).to_contain_text(words)
        await ana.fits()
        assert ana.complaints == []
