"""An incident: declared of an alert, led, resolved, and its postmortem begun with what is known."""

from __future__ import annotations

from tests.browser.album import Album
from tests.browser.visitor import Visitor

WRONG = "CheckoutLatencyHigh"


async def an_incident(album: Album, ana: Visitor) -> None:
    """From the alert of a program to the timeline of the postmortem."""
    await ana.message(WRONG).wait_for()
    await ana.moves_on(minutes=2)  # how often it came is shown once in a while
    alert = ana.message(WRONG, "12 times")
    await alert.get_by_role("button", name="Acknowledge").click()
    await alert.get_by_text("Acknowledged").first.wait_for()
    await alert.get_by_role("button", name="Declare incident").click()
    form = await ana.form("incident_declare")
    await ana.chooses("services", "Checkout", "Checkout")
    await album.take("incident-declare", "Declaring an incident of an alert", form, also="phone")
    await ana.sent()
    card = ana.message("INC-2", "Commander")
    await card.wait_for()
    await album.take("incident", "An incident in its channel", card, also="phone dark")
    await card.get_by_role("button", name="Roles").click()
    form = await ana.form("incident_roles")
    await ana.chooses("scribe", "Mia", "Mia")
    await album.take("incident-roles", "Who does what", form, also="phone")
    await ana.sent()
    await card.get_by_text("Scribe").wait_for()
    await card.get_by_role("button", name="Update status").click()
    form = await ana.form("incident_note")
    await ana.field("note").fill("Rolled back to web 11; the latency falls. We watch it for ten minutes.")
    await album.take("incident-update", "Saying what is new", form, also="phone")
    await ana.sent()
    await card.get_by_text("Last update").wait_for()
    await album.take("incident-updated", "The last update stands on the card", card, also="phone")
    await card.get_by_role("button", name="Resolve").click()
    answer = ana.answers.filter(has_text="INC-2 is resolved").last
    await answer.wait_for()
    await card.get_by_text("Resolved").first.wait_for()
    await album.take("incident-resolved", "It is resolved", card, also="phone")
    await album.take("incident-over", "What comes next", answer, also="phone")
    await answer.get_by_role("button", name="Start postmortem").click()
    form = await ana.form("postmortem_create")
    await album.take("incident-postmortem", "Its postmortem begins with what is known", form, also="phone")
    await ana.sent()
    await ana.message("PM-2", "INC-2, resolved").wait_for()
    timeline = await ana.asks("/postmortem timeline PM-2", "Timeline of PM-2", "was acknowledged by")
    await album.take("incident-timeline", "The timeline is filled already", timeline, also="phone")
    await ana.dismisses()
    await ana.opens_thread(card)
    await ana.thread.filter(has_text="resolved INC-2").wait_for()
    await album.take("incident-thread", "Its history, in the thread of its card", ana.page.locator("#thread"))
