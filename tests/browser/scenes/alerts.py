"""An alert in its channel and in direct messages, and reaching whoever is on call."""

from __future__ import annotations

from tests.browser.album import Album
from tests.browser.visitor import ANA, TOM, Visitor

WRONG = "CheckoutLatencyHigh"


async def alerts(album: Album, ana: Visitor) -> None:
    """One that a program raised: its message, why it is so, its forms, the direct message, and what becomes of it."""
    card = ana.message(WRONG)
    await card.wait_for()
    await ana.moves_on(minutes=2)  # how often it came is shown once in a while
    await card.get_by_text("12 times").wait_for()
    await album.take("alert", "An alert in its channel", card, also="phone dark")
    await card.get_by_role("button", name="Why?").click()
    why = await ana.form("said")
    await album.take("alert-why", "Why it is as it is: the policies that were tried", why, also="phone")
    await ana.closes()
    await card.get_by_role("button", name="Hand over").click()
    form = await ana.form("alert_hand_over")
    await album.take("alert-hand-over", "Handing it over", form, also="phone")
    await ana.closes()
    await ana.become(TOM)
    await ana.open("Watchbill")
    told = ana.message(WRONG, "calls you")
    await told.wait_for()
    await album.take("alert-told", "What who is on call gets", told, also="phone")
    await ana.become(ANA)
    await ana.open("incidents")
    await card.get_by_role("button", name="Acknowledge").click()
    await card.get_by_text("Acknowledged").first.wait_for()
    await album.take("alert-acknowledged", "It is acknowledged", card, also="phone")
    await card.get_by_role("button", name="Close").click()
    sure = ana.page.locator("dialog.confirm")
    await album.take("alert-close", "Closing asks once: nothing brings it back", sure, also="phone")
    await ana.page.get_by_test_id("confirm-yes").click()
    await card.get_by_text("Closed").first.wait_for()
    await album.take("alert-closed", "It is closed", card)
    await ana.become(TOM)
    await ana.open("Watchbill")
    await album.take("alert-told-closed", "The same direct message once it is closed", ana.message(WRONG), also="phone")
    await ana.become(ANA)
    await ana.open("incidents")


async def pages(album: Album, ana: Visitor) -> None:
    """`/oncall page`: the form, what is said then, and where nobody is on call."""
    form = await ana.opens("/oncall page payments", "page")
    await album.take("page-form", "Reaching who is on call", form, also="phone")
    await ana.field("text").fill("Checkout answers 502 since the last deployment.")
    await ana.submits()
    await ana.modal.wait_for(state="hidden")
    sent = ana.answers.filter(has_text="Sent").last
    await sent.wait_for()
    await album.take("page-sent", "Who paged is told that it is on its way", sent, also="phone")
    await ana.dismisses()
    answer = await ana.asks("/oncall page platform: nothing can be deployed", "Nobody was reached")
    await album.take("page-nobody", "Who paged, and nobody is on call", answer, also="phone")
    loud = ana.message("Nobody was called")
    await album.take("alert-nobody", "Nobody is on call: the channel hears it", loud, also="phone")
    await ana.dismisses()
