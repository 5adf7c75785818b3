"""Putting somebody on call, and taking it back."""

from __future__ import annotations

from tests.browser.album import Album
from tests.browser.visitor import ANA, MIA, TOM, Visitor


async def overrides(album: Album, ana: Visitor) -> None:
    """`/oncall override` and `/oncall undo`, in words, by the form and by [Fill the gap]."""
    await _in_words(album, ana)
    await _by_the_form(album, ana)
    await _asked_back(album, ana)
    await _a_gap(album, ana)


async def _in_words(album: Album, ana: Visitor) -> None:
    card = await ana.asks("/oncall override @mia today 18:00-22:00 payments", "Put Mia on call")
    await album.take("override", "An override is shown back before it counts", card, also="phone dark")
    await card.get_by_role("button", name="Put Mia on call").click()
    await card.get_by_text("were told by direct message").wait_for()
    await album.take("override-done", "It counts", card, also="phone")
    for who, words, name, says in (
        (MIA, "put you on call", "override-told", "What the one who is put on call gets"),
        (TOM, "in your place", "override-replaced", "What the one who is replaced gets"),
    ):
        await ana.become(who)
        await ana.open("Watchbill")
        told = ana.message(words)
        await told.wait_for()
        await album.take(name, says, told, also="phone" if who == MIA else "")
    await ana.become(ANA)
    await ana.open("incidents")
    await card.get_by_role("button", name="Undo").click()
    await card.get_by_text("Taken back").wait_for()
    await album.take("override-undone", "It is taken back", card)
    await ana.become(MIA)
    await ana.open("Watchbill")
    told = ana.message("took")
    await told.wait_for()
    await album.take("override-told-undone", "The same message once it is taken back", told)
    await ana.become(ANA)
    await ana.open("incidents")
    again = await ana.asks("/oncall undo", "nothing to take back")
    await album.take("undo-nothing", "`/oncall undo` with nothing to take back", again)
    await ana.dismisses()


async def _by_the_form(album: Album, ana: Visitor) -> None:
    form = await ana.opens("/oncall override @tom tomorow 18:00 paymets", "override")
    await album.take("override-form", "What was not understood is asked for in a form", form, also="phone")
    await ana.field("until").fill("2020-01-01T10:00")
    await ana.chooses("schedule", "Pay", "Payments")
    await ana.submits()
    await ana.modal.locator("[data-error-for]:visible").first.wait_for()
    await album.take("override-form-errors", "The same form with what is wrong under its field", form)
    await ana.closes()


async def _asked_back(album: Album, ana: Visitor) -> None:
    card = await ana.asks("/oncall override @raj today to 2036-11-25 payments", "Is that meant?")
    await album.take("override-ten-years", "Ten years are asked back", card, also="phone")
    card = await ana.asks("/oncall override @raj yesterday 18:00-22:00 payments", "Correct the record")
    await album.take("override-correction", "What is over is a correction", card)
    await ana.dismisses()


async def _a_gap(album: Album, ana: Visitor) -> None:
    answer = await ana.asks("/oncall now platform", "Platform")
    await album.take("gap", "A gap, and the way to fill it", answer, also="phone")
    await answer.get_by_role("button", name="Fill the gap").click()
    form = await ana.form("override")
    await album.take("gap-form", "The form that fills it, with the gap's times", form)
    await ana.chooses("person", "Ana", "Ana")
    await ana.submits()
    confirm = await ana.form("override_confirm")
    await album.take("gap-confirm", "The same shown back on top of the form", confirm, also="phone")
    await ana.closes()
    await ana.dismisses()
