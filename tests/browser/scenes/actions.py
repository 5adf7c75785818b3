"""Follow-ups, so that it does not happen again."""

from __future__ import annotations

from tests.browser.album import Album
from tests.browser.visitor import ANA, RAJ, Visitor


async def actions(album: Album, ana: Visitor) -> None:
    """`/postmortem action`, its form, what its owner gets, and `/postmortem actions`."""
    answer = await ana.asks("/postmortem action PM-1 Page on a full pool before noon @raj fri", "Added to PM-1")
    await album.take("action-added", "`/postmortem action` is told back", answer, also="phone")
    await ana.dismisses()
    form = await ana.opens("/postmortem action PM-1 Cap the pool at what the database takes", "action")
    await album.take("action-form", "What is missing of an action is asked for", form, also="phone")
    await ana.chooses("owner", "Ana", "Ana")
    await ana.field("due").fill((await ana.now()).date().isoformat())
    await ana.submits()
    await ana.modal.get_by_text("Added").first.wait_for()
    await album.take("action-said", "The last view of that form", ana.modal.locator("form"))
    await ana.closes()
    await ana.become(RAJ)
    await ana.open("Watchbill")
    told = ana.message("gave you an action")
    await told.wait_for()
    await album.take("action-told", "What the owner of an action gets", told, also="phone dark")
    await ana.become(ANA)
    await ana.open("incidents")
    answer = await ana.asks("/postmortem actions PM-1", "2 actions of PM-1")
    await album.take("actions", "`/postmortem actions PM-1`", answer, also="phone")
    await ana.picks(answer, "New date")
    form = await ana.form("action_day")
    await album.take("action-day", "A new date for an action", form)
    await ana.closes()
    await ana.picks(answer, "Done")
    await answer.get_by_text("Undo").wait_for()
    await album.take("actions-done", "The list after one of it is done", answer)
    await answer.get_by_role("button", name="Undo").click()
    await answer.get_by_text("Open again").or_(answer.get_by_text("open again")).first.wait_for()
    await ana.dismisses()
