"""Two people change the same section at once: both texts are shown, one chooses, and nothing is lost either way."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, select

from bot.engines.documents.document import from_rich_text, to_plain
from bot.playground.hands import Hands, Submitted
from bot.playground.screens import Appearance, Kind
from bot.playground.views import View
from bot.slack.cards.typed import VIEW_BYTES
from storage.models import Event, Section
from tests.slack.conftest import Town
from tests.slack.test_schedules_nothing_lost import Deaf
from tests.slack.twice import everything_twice
from tests.slack.writings import ANA, MIA, NASTY, RAJ, draft, rich, sees_mine, typed

BOTH_WAYS = pytest.mark.parametrize("way_in", ["http", "socket"])
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SIZES = pytest.mark.parametrize("characters", [len(NASTY), 12_000], ids=["short", "12,000 characters"])
THEIRS_SAID = "Raj’s words: the *pool* & <all>. "


def choice_of(view: View) -> str:
    """The block in which one chooses."""
    return next(str(each["block_id"]) for each in view.blocks if each.get("block_id", "").startswith("choice_"))


async def choose(person: Hands, view: View, choice: str) -> Submitted:
    """Choose what is to stand, and send it."""
    return await person.submit(view, {choice_of(view): choice})


async def kept(person: Hands) -> Appearance:
    """What `/postmortem mine` shows that person."""
    await typed(person, "mine")
    return await sees_mine(person)


async def opened_kept(person: Hands) -> View:
    """Their newest kept text, opened again."""
    shown = await kept(person)
    assert shown.message
    buttons = (each for each in shown.message.blocks if each["type"] == "actions")
    newest = next(each["block_id"] for each in buttons if each["elements"][0]["action_id"] == "kept")
    assert (await person.press(shown, action_id="kept", block_id=newest)).ok
    await person.sees(kind=Kind.VIEW_OPENED)
    return person.view


def long(words: str, characters: int) -> str:
    """The words as often as it takes."""
    return (words * (characters // len(words) + 1))[:characters].strip()


def reads(person: Hands, view: View) -> str:
    """A view's words in one line: a long text stands there in pieces."""
    return person.reads(view).replace("\n", "")


async def fault(town: Town) -> str:
    """What stands in the section now."""
    async with town.house.database.reading() as session:
        row = (await session.exec(select(Section).where(Section.key == "fault"))).one()
    return to_plain(row.body)


async def box(person: Hands) -> View:
    """The box of the section, open in front of that person."""
    await typed(person, "edit PM-1 fault")
    await person.sees(kind=Kind.VIEW_OPENED)
    return person.view


async def saves(person: Hands, text: str) -> None:
    """They write the section and nobody comes in between."""
    assert (await person.submit(await box(person), {"text": rich(text)})).closed


async def both_at_once(town: Town, mine: str, theirs: str) -> View:
    """Ana has the box open, Raj saves, and Ana sends hers: the choice that she sees."""
    ana = town.person(ANA)
    await draft(town)
    form = await box(ana)
    await saves(town.person(RAJ), theirs)
    sent = await ana.submit(form, {"text": rich(mine)})
    assert sent.view
    return sent.view


@BOTH_WAYS
@SIZES
@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
async def test_what_is_chosen_counts_and_the_other_text_is_found_where_it_was_said(
    town: Town, choice: str, characters: int
) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    mine, theirs = long(NASTY, characters), long(THEIRS_SAID, characters)
    view = await both_at_once(town, mine, theirs)

    text = reads(ana, view)
    assert "Raj changed Fault while you were writing" in text.replace("*", "")
    assert text.index("Theirs") < text.index(theirs) < text.index("Yours") < text.index(mine)
    assert ("Not saved yet" in (await kept(ana)).text) and await fault(town) == theirs

    sent = await choose(ana, view, choice)
    expected = {"mine": mine, "theirs": theirs, "both": f"{theirs}\n\n{mine}"}[choice]
    assert await fault(town) == expected
    after, his = (await kept(ana)).text, (await kept(raj)).text
    if choice == "both":
        assert sent.closed and "your text for" not in after + his
    elif choice == "mine":
        assert sent.closed and "your text for" not in after
        assert "Set aside: your text for PM-1 fault" in his and "Ana chose another text for Fault." in his
        assert theirs in reads(raj, await opened_kept(raj))
    else:
        assert sent.view and "Fault stays as it is. Yours is kept" in ana.reads(sent.view).replace("*", "")
        assert "Set aside: your text for PM-1 fault" in after and "You chose the text that Raj had saved." in after
        assert mine in reads(ana, await opened_kept(ana))
    assert town.workspace.bot_pings == []


async def test_a_third_writer_brings_the_choice_again_with_the_newest_text(town: Town) -> None:
    ana = town.person(ANA)
    view = await both_at_once(town, "mine", "theirs")
    await saves(town.person(MIA), "Mia was here")
    for choice in ("mine", "theirs", "both"):
        again = await choose(ana, view, choice)
        assert again.view and await fault(town) == "Mia was here"
        text = reads(ana, again.view)
        assert "Mia changed Fault" in text.replace("*", "") and "Mia was here" in text and "mine" in text
        assert choice_of(again.view) != choice_of(view)
        await saves(town.person(RAJ), f"not {choice}")
        await saves(town.person(MIA), "Mia was here")
        view = again.view
    last = await choose(ana, view, "both")
    assert last.view
    assert (await choose(ana, last.view, "both")).closed
    assert await fault(town) == "Mia was here\n\nmine"
    assert "your text for" not in (await kept(ana)).text


async def test_a_choice_that_was_closed_is_offered_again_by_the_kept_text_and_by_the_box(town: Town) -> None:
    ana = town.person(ANA)
    view = await both_at_once(town, NASTY, "theirs")
    await ana.close(view)
    await saves(town.person(MIA), "Mia was here")
    for open_it in (box, opened_kept):
        again = await open_it(ana)
        text = reads(ana, again)
        assert "Mia was here" in text and NASTY in text and choice_of(again)
    assert (await choose(ana, ana.view, "both")).closed
    assert await fault(town) == f"Mia was here\n\n{NASTY}"
    assert "your text for" not in (await kept(ana)).text


async def test_what_was_set_aside_comes_back_only_when_asked_for_and_can_be_thrown_away(town: Town) -> None:
    ana = town.person(ANA)
    assert (await choose(ana, await both_at_once(town, NASTY, "theirs"), "theirs")).view
    await ana.close(ana.view)
    plain = await box(ana)
    assert "theirs" in reads(ana, plain) and NASTY not in reads(ana, plain)
    await ana.close(plain)
    asked = await opened_kept(ana)
    assert NASTY in reads(ana, asked) and choice_of(asked)
    assert (await choose(ana, asked, "theirs")).view
    shown = await kept(ana)
    assert (await ana.press(shown, action_id="forget")).ok
    assert "Set aside" not in (await ana.sees("New postmortem", kind=Kind.MESSAGE_CHANGED)).text


@BOTH_WAYS
async def test_the_same_choice_sent_twice_counts_once(town: Town) -> None:
    ana = town.person(ANA)
    view = await both_at_once(town, "mine", "theirs")
    with everything_twice(town):
        assert (await choose(ana, view, "both")).ok
    assert await fault(town) == "theirs\n\nmine"
    async with town.house.database.reading() as session:
        edits = (await session.exec(select(Event).where(Event.verb == "edit-section").order_by(col(Event.id)))).all()
    assert len(edits) == 2


async def test_a_choice_that_was_refused_is_kept_as_a_choice_and_replaces_nothing_unseen(town: Town) -> None:
    ana = town.person(ANA)
    view = await both_at_once(town, "mine", THEIRS_SAID.strip())
    too_long = long(NASTY, 99_990)
    await town.move(seconds=1)
    refused = await ana.submit(view, {choice_of(view): "both", "text": rich(too_long)})
    assert refused.errors and "Shorten it" in refused.errors["text"]
    await ana.close(ana.view)
    again = await opened_kept(ana)
    assert THEIRS_SAID.strip() in reads(ana, again) and choice_of(again)
    assert (await choose(ana, again, "mine")).closed
    assert await fault(town) == too_long


async def test_a_process_killed_over_its_answer_loses_neither_text_nor_choice(town: Town) -> None:
    ana, line = town.person(ANA), town.workspace.line
    await draft(town)
    form = await box(ana)
    await saves(town.person(RAJ), "theirs")
    assert line
    carrier = line.carrier
    line.carrier = Deaf(carrier)
    assert (await ana.submit(form, {"text": rich(NASTY)})).trouble
    line.carrier = carrier
    assert NASTY.partition("<")[0].strip() in (await kept(ana)).text
    shown = await ana.submit(form)
    assert shown.view
    line.carrier = Deaf(carrier)
    assert (await choose(ana, shown.view, "both")).trouble
    line.carrier = carrier
    assert (await ana.submit(shown.view)).closed
    assert await fault(town) == f"theirs\n\n{NASTY}"
    assert "your text for" not in (await kept(ana)).text
    town.workspace.violations.clear()


async def test_a_choice_that_slack_does_not_open_is_told_and_stays_kept(town: Town) -> None:
    ana = town.person(ANA)
    await ana.close(await both_at_once(town, NASTY, "theirs"))
    town.workspace.faults.add(method="views.open", kind="fatal_error")
    assert (await ana.press(await kept(ana), action_id="kept")).ok
    await ana.sees("did not open", kind=Kind.MESSAGE)
    assert choice_of(await opened_kept(ana))


async def test_nothing_is_put_anywhere_before_one_has_chosen(town: Town) -> None:
    ana = town.person(ANA)
    view = await both_at_once(town, "mine", "theirs")
    refused = await ana.submit(view)
    assert refused.errors is not None or refused.trouble
    assert await fault(town) == "theirs"


async def test_one_may_take_over_by_hand_what_one_needs_of_theirs(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    view = await both_at_once(town, "mine", "theirs")
    assert (await ana.submit(view, {choice_of(view): "mine", "text": rich("mine, and theirs")})).closed
    assert await fault(town) == "mine, and theirs"
    assert "Set aside" not in (await kept(raj)).text


async def test_texts_that_say_the_same_are_no_conflict(town: Town) -> None:
    ana = town.person(ANA)
    await draft(town)
    form = await box(ana)
    await saves(town.person(RAJ), "the same")
    assert (await ana.submit(form, {"text": rich("the same")})).closed


@ONE_DATABASE
@pytest.mark.parametrize(
    ("word", "notes"),
    [("a word ", 0), ("é", 1), ("支付" * 8, 2)],
    ids=["both fit", "theirs is shortened", "both are shortened"],
)
async def test_texts_too_large_for_one_view_are_shown_shortened_and_count_whole(
    town: Town, word: str, notes: int
) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    mine, theirs = long(f"m{word}", 96_000), long(f"t{word}", 96_000)
    view = await both_at_once(town, mine, theirs)
    assert len(str(view.body).encode()) < VIEW_BYTES
    text = reads(ana, view)
    assert text.count("see how it begins") == notes
    assert ("Of theirs" in text) is (theirs not in text) is (notes > 0)
    assert ("all of it is kept and counts" in text) is (mine not in text) is (notes > 1)
    assert (await choose(ana, view, "mine")).closed
    assert await fault(town) == mine
    again = await opened_kept(raj)
    assert (await choose(raj, again, "mine")).closed
    assert await fault(town) == theirs
    assert "your text for" not in (await kept(raj)).text


def mentioning(user: str) -> dict[str, Any]:
    """A text that mentions somebody."""
    section = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": user}]}
    return {"type": "rich_text", "elements": [section]}


async def test_who_is_mentioned_in_theirs_is_named_and_stays_mentioned_in_both(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    form = await box(ana)
    assert (await raj.submit(await box(raj), {"text": mentioning(MIA)})).closed
    sent = await ana.submit(form, {"text": rich("mine")})
    assert sent.view and "user_id" not in str(sent.view.blocks)
    assert (await choose(ana, sent.view, "both")).closed
    async with town.house.database.reading() as session:
        row = (await session.exec(select(Section).where(Section.key == "fault"))).one()
    assert row.body["content"][0] == from_rich_text(mentioning(MIA))["content"][0]
