"""`/oncall undo`: one's own last change, somebody else's, and nothing at all."""

from __future__ import annotations

import pytest

from bot.playground.hands import Hands
from bot.playground.screens import Kind
from bot.playground.views import View
from tests.slack.conftest import Town

INCIDENTS = "C02INCIDENTS"
ANA, RAJ, MIA, LEE, SAM, TOM = "U01ANA", "U02RAJ", "U03MIA", "U05LEE", "U08SAM", "U11TOM"
"""Ana leads the team of Payments; Mia is an admin as well, Raj and Lee lead nothing."""


async def typed(person: Hands, words: str) -> None:
    """Type `/oncall …`."""
    assert (await person.command("/oncall", words, channel=INCIDENTS)).ok


async def put_on(person: Hands, words: str) -> None:
    """An override, typed and confirmed."""
    await typed(person, f"override {words}")
    card = await person.sees("Nothing counts until you press the button.")
    assert (await person.press(card, action_id="override")).ok
    await person.sees("on call for", "Undo", kind=Kind.MESSAGE_CHANGED)


async def on_call_at(person: Hands, when: str) -> str:
    """What `/oncall at` answers of Payments."""
    await typed(person, f"at {when} payments")
    return (await person.sees("At ")).text


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_changes_are_taken_back_one_by_one_the_last_first(staffed: Town) -> None:
    ana = staffed.person(ANA)
    await put_on(ana, "@tom today 18:00-22:00 payments")
    await put_on(ana, "@mia today 20:00-22:00 payments")
    await typed(ana, "link payments")
    await ana.sees("is linked to this channel")
    await _renamed(ana, "Payments EU")

    for seen in (
        ("Taken back: the edit of *Payments*", "Everything about it is as it was before."),
        ("Taken back: the link of *Payments* to", "It does not belong to that channel any more."),
        ("Taken back: Mia on call for *Payments*", "It is as if it had never been made."),
        ("Taken back: Tomás on call for *Payments*",),
    ):
        await typed(ana, "undo")
        await ana.sees(*seen)
    assert "Raj until" in await on_call_at(ana, "today 20:30")
    await typed(ana, "undo")
    await ana.sees("There is nothing to take back. Your last change was", "It was taken back by you already.")


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_an_override_that_runs_ends_now(staffed: Town) -> None:
    ana, tom = staffed.person(ANA), staffed.person(TOM)
    since = tom.mark()
    await put_on(ana, "@tom now for 2h payments")
    await tom.sees("Ana put you on call", since=since)
    await staffed.all_told()
    await staffed.move(minutes=5)
    since = tom.mark()
    await typed(ana, "undo")
    await ana.sees("Taken back: Tomás on call", "It had begun, and ended")
    await tom.sees("and took it back", "It had begun, and ended", kind=Kind.MESSAGE_CHANGED, since=since)
    assert "Raj until" in await on_call_at(ana, "today 10:10")
    assert "Tomás until" in await on_call_at(ana, "today 10:02")


async def test_after_ten_minutes_it_says_what_the_last_change_was(staffed: Town) -> None:
    ana, raj = staffed.person(ANA), staffed.person(RAJ)
    await put_on(raj, "me now for 5 minutes payments")
    await staffed.move(minutes=6)
    await typed(raj, "undo")
    await raj.sees("That override is over, so it stays on record.")
    await staffed.move(minutes=6)
    await typed(raj, "undo")
    await raj.sees(
        "Your last change was", "you on call for *Payments*", "It could be taken back for ten minutes, until"
    )
    await typed(ana, "undo @raj")
    await ana.sees("Raj's last change was", "It could be taken back for ten minutes, until")
    await typed(ana, "undo @lee")
    await ana.sees("There is nothing to take back:", "has changed nothing about schedules yet.")
    await typed(staffed.person(LEE), "undo")
    await staffed.person(LEE).sees("There is nothing to take back: you have changed nothing about schedules yet.")


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_others_changes_are_taken_back_by_leads_and_admins(staffed: Town) -> None:
    ana, lee, tom = staffed.person(ANA), staffed.person(LEE), staffed.person(TOM)
    await put_on(lee, "me today 18:00-22:00 payments")
    await typed(tom, "undo @lee")
    await tom.sees("Only a lead of its team (Ana) or an admin can take back somebody else's change of Payments.")
    since = lee.mark()
    await typed(ana, "undo @lee")
    await ana.sees("Taken back: lee", "as if it had never been made")
    await lee.sees("Ana took this back: you had put yourself on call", since=since)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("words", ["undo payments", "undo @ana @raj", "undo @zebra"])
async def test_what_it_does_not_understand_takes_nothing_back(staffed: Town, words: str) -> None:
    ana = staffed.person(ANA)
    await put_on(ana, "me today 18:00-22:00 payments")
    await typed(ana, words)
    await ana.sees("`/oncall undo` takes back your own last change")
    assert "Ana until" in await on_call_at(ana, "today 18:30")


async def test_the_button_names_its_very_change(staffed: Town) -> None:
    ana = staffed.person(ANA)
    await typed(ana, "override @tom today 18:00-20:00 payments")
    assert (await ana.press(await ana.sees("Nothing counts until"), action_id="override")).ok
    first = await ana.sees("Tomás is on call for", kind=Kind.MESSAGE_CHANGED)
    await put_on(ana, "@mia today 20:00-22:00 payments")
    assert (await ana.press(first, action_id="undo")).ok
    await ana.sees("Taken back: Tomás on call", kind=Kind.MESSAGE_CHANGED)
    assert "Mia until" in await on_call_at(ana, "today 20:30")


async def test_a_button_that_is_too_old_explains_itself(staffed: Town) -> None:
    ana = staffed.person(ANA)
    await typed(ana, "override @tom today 18:00-20:00 payments")
    assert (await ana.press(await ana.sees("Nothing counts until"), action_id="override")).ok
    done = await ana.sees("Tomás is on call for", kind=Kind.MESSAGE_CHANGED)
    await staffed.move(minutes=11)
    assert (await ana.press(done, action_id="undo")).ok
    await ana.sees("That was more than ten minutes ago and can no longer be taken back.")
    assert "Tomás until" in await on_call_at(ana, "today 18:30")


async def _renamed(person: Hands, name: str) -> None:
    """The schedule Payments, edited in its form."""
    await typed(person, "schedules edit payments")
    await person.sees("Edit schedule", kind=Kind.VIEW_OPENED)
    previewed = await person.submit(person.view, {_block(person.view, "name"): name})
    assert previewed.view
    saved = await person.submit(previewed.view)
    assert saved.view and "is saved" in person.reads(saved.view)
    await person.close(saved.view)


def _block(view: View, field: str) -> str:
    """The block of a field whose id begins so."""
    return next(str(block["block_id"]) for block in view.blocks if str(block.get("block_id", "")).startswith(field))


async def test_an_old_button_does_not_put_on_again_who_was_taken_back(staffed: Town) -> None:
    ana = staffed.person(ANA)
    await ana.say(ana.dm.id, "override @tom today 18:00-22:00 payments")
    offer = await ana.sees("Put Tomás on call", channel=ana.dm.id)
    assert (await ana.press(offer, action_id="override")).ok
    assert (await ana.press(await ana.sees("Tomás is on call for", channel=ana.dm.id), action_id="undo")).ok
    await ana.sees("Taken back", channel=ana.dm.id)
    assert (await ana.press(offer, action_id="override")).ok
    await ana.sees("Taken back", channel=ana.dm.id)
