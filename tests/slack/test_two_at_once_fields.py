"""Two people change the same action, or the same schedule, at once: field by field, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlmodel import col, select

from bot.playground.hands import Hands
from bot.playground.screens import Kind
from bot.playground.views import View
from bot.queries import schedules
from bot.queries.schedules import Watched
from bot.slack.cards.action_forms import BOTH_TOO_LONG
from storage.models import ActionItem, Event
from tests.slack.conftest import Town
from tests.slack.test_schedules import edit_form, make, value
from tests.slack.test_schedules_nothing_lost import Deaf
from tests.slack.test_two_at_once import (
    BOTH_WAYS,
    ONE_DATABASE,
    THEIRS_SAID,
    choice_of,
    choose,
    kept,
    long,
    opened_kept,
    reads,
)
from tests.slack.twice import everything_twice
from tests.slack.writings import ANA, MIA, NASTY, RAJ, draft, typed

CHOICES = pytest.mark.parametrize("choice", ["mine", "theirs", "both"])


# An action


async def action_form(person: Hands) -> View:
    """The form of the one action there is."""
    await typed(person, "actions PM-1")
    seen = await person.sees("1 action of PM-1")
    assert seen.message
    row = next(each for each in seen.message.blocks if "options" in each.get("accessory", {}))
    menu = row["accessory"]
    edit = next(each["value"] for each in menu["options"] if each["text"]["text"] == "Edit")
    assert (await person.press(seen, action_id=menu["action_id"], block_id=row["block_id"], value=edit)).ok
    await person.sees("Action of PM-1", kind=Kind.VIEW_OPENED)
    return person.view


async def the_action(town: Town) -> ActionItem:
    """The one action there is, as it stands now."""
    async with town.house.database.reading() as session:
        return (await session.exec(select(ActionItem))).one()


async def action_at_once(town: Town, mine: str, theirs: str) -> View:
    """Ana has the form open, Raj saves, and Ana sends hers: the choice that she sees."""
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    await typed(ana, "action PM-1 Add an alarm me fri")
    await ana.sees("Added to *PM-1*")
    form = await action_form(ana)
    assert (await raj.submit(await action_form(raj), {"text": theirs, "owner": MIA})).view
    sent = await ana.submit(form, {"text": mine, "due": "2026-12-01"})
    assert sent.view
    return sent.view


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@BOTH_WAYS
@CHOICES
@pytest.mark.parametrize("characters", [len(NASTY), 1_400, 3_000], ids=["short", "half a box", "a full box"])
async def test_of_two_changes_of_an_action_what_is_chosen_counts(town: Town, choice: str, characters: int) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    mine, theirs = long(NASTY, characters), long(THEIRS_SAID, characters)
    view = await action_at_once(town, mine, theirs)
    text = reads(ana, view)
    assert "Raj changed this action while you were writing" in text.replace("*", "") and "for Mia" in text
    assert text.index("Theirs") < text.index(theirs) < text.index("Yours") < text.index(mine)
    assert "Not saved yet: your change of an action" in (await kept(ana)).text
    if choice == "both" and characters == 3_000:
        assert BOTH_TOO_LONG in text and "Put both" not in text
        return

    sent = await choose(ana, view, choice)
    assert sent.view
    row, after = await the_action(town), (await kept(ana)).text
    assert row.text == {"mine": mine, "theirs": theirs, "both": f"{theirs}\n\n{mine}"}[choice]
    assert str(row.due_on) == ("2026-11-20" if choice == "theirs" else "2026-12-01")
    if choice == "theirs":
        assert "Yours is kept" in ana.reads(sent.view)
        assert "Set aside: your change of an action of PM-1" in after
        assert mine in reads(ana, await opened_kept(ana)) and choice_of(ana.view)
    else:
        assert "your change of an action" not in after
    async with town.house.database.reading() as session:
        events = (await session.exec(select(Event).where(Event.verb == "edit-action").order_by(col(Event.id)))).all()
    assert [each.after["text"] for each in events] == [theirs, *([row.text] if choice != "theirs" else [])]
    await raj.sees("changed an action", kind=Kind.MESSAGE, since=0)


async def test_a_third_writer_of_an_action_brings_the_choice_again_also_from_the_kept_text(town: Town) -> None:
    ana, mia = town.person(ANA), town.person(MIA)
    view = await action_at_once(town, "mine", "theirs")
    for number, choice in enumerate(("mine", "theirs", "both")):
        assert (await mia.submit(await action_form(mia), {"text": f"Mia {number}"})).view
        again = await choose(ana, view, choice)
        assert again.view and f"Mia {number}" in reads(ana, again.view)
        view = again.view
    await ana.close(view)
    again_ = await opened_kept(ana)
    assert "Mia 2" in reads(ana, again_) and "mine" in reads(ana, again_)
    assert (await choose(ana, again_, "both")).view
    assert (await the_action(town)).text == "Mia 2\n\nmine"
    assert "your change of an action" not in (await kept(ana)).text


@ONE_DATABASE
async def test_a_choice_about_an_action_sent_twice_counts_once(town: Town) -> None:
    ana = town.person(ANA)
    view = await action_at_once(town, "mine", "theirs")
    with everything_twice(town):
        assert (await choose(ana, view, "both")).ok
    assert (await the_action(town)).text == "theirs\n\nmine"


@ONE_DATABASE
async def test_a_choice_about_an_action_whose_answer_was_lost_is_no_change_of_somebody_elses(town: Town) -> None:
    ana, line = town.person(ANA), town.workspace.line
    view = await action_at_once(town, "mine", "theirs")
    assert line
    carrier = line.carrier
    line.carrier = Deaf(carrier)
    assert (await choose(ana, view, "both")).trouble
    line.carrier = carrier
    assert (await ana.submit(view)).closed
    assert (await the_action(town)).text == "theirs\n\nmine"
    assert "your change of an action" not in (await kept(ana)).text
    town.workspace.violations.clear()


# A schedule

MINE = {"name.0.1": "Ana’s “nights” <!here>", "people.0.1": [MIA, RAJ], "windows.0.1": "mon-fri 08:00-18:00"}
THEIRS = {"name.0.0": "Money in", "people.0.1": [RAJ], "length.0.1": "2"}


async def saves(person: Hands, values: Mapping[str, object], name: str = "Payments") -> None:
    """They edit the schedule and nobody comes in between."""
    previewed = await person.submit(await edit_form(person, name), values)
    assert previewed.view
    done = await person.submit(previewed.view)
    assert done.view and "is saved" in person.reads(done.view)
    await person.close(done.view)


async def schedule_at_once(town: Town) -> View:
    """Ana has the form open, Raj saves his edit, and Ana asks for her preview: the choice that she sees."""
    ana = town.person(ANA)
    await make(ana)
    await ana.close(ana.view)
    form = await edit_form(ana)
    await saves(town.person(RAJ), THEIRS)
    sent = await ana.submit(form, MINE)
    assert sent.view
    return sent.view


async def stands(town: Town) -> Watched:
    """The one schedule there is."""
    async with town.house.reader() as reading:
        (only,) = await schedules.first(reading, limit=5)
        return only


def said(watched: Watched) -> tuple[str, str, int, int, bool]:
    """Its name, and of its one rotation: name, how many people, length, whether it has hours."""
    (rotation,) = watched.schedule.rotations
    rule = rotation.rule
    return watched.schedule.name, rotation.name, len(rule.participants), rule.length, rule.restriction is not None


EXPECTED = {
    "mine": ("Payments", MINE["name.0.1"], 2, 1, True),
    "theirs": ("Money in", "Primary", 1, 2, False),
    "both": ("Money in", MINE["name.0.1"], 2, 2, True),
}


@BOTH_WAYS
@CHOICES
async def test_of_two_edits_of_a_schedule_what_is_chosen_is_previewed_and_saved(town: Town, choice: str) -> None:
    ana = town.person(ANA)
    view = await schedule_at_once(town)
    text = ana.reads(view).replace("*", "")
    assert "Raj changed Money in while you were writing" in text
    assert "Name (they changed it)\nTheirs\nMoney in\nYours\nPayments" in text
    assert "Primary: people in order (both of you changed it)\nTheirs\nRaj\nYours\nMia, Raj" in text
    assert "length of a turn (they changed it)\nTheirs\nevery 2 weeks\nYours\nevery week" in text
    assert "only in these hours (you changed it)\nTheirs\naround the clock\nYours\nmon-fri 08:00-18:00" in text
    assert "Time zone" not in text and town.workspace.bot_pings == []

    sent = await choose(ana, view, choice)
    assert sent.view
    if choice == "theirs":
        assert "Money in stays as it is" in ana.reads(sent.view).replace("*", "")
        await ana.close(sent.view)
        assert ana.views == ()
        form = await edit_form(ana, "Money in")
        assert "did not save" in ana.reads(form) and value(form, "name.0.1") == MINE["name.0.1"]
    else:
        assert "Nothing is saved yet" in ana.reads(sent.view) and said(await stands(town)) == EXPECTED["theirs"]
        done = await ana.submit(sent.view)
        assert done.view and "is saved" in ana.reads(done.view)
        await ana.close(done.view)
        form = await edit_form(ana, str(EXPECTED[choice][0]))
        assert "did not save" not in ana.reads(form)
    assert said(await stands(town)) == EXPECTED[choice]
    async with town.house.database.reading() as session:
        wanted = select(Event).where(Event.verb == "edit-schedule").order_by(col(Event.id))
        edits = (await session.exec(wanted)).all()
    assert edits[-1].before["name"] == ("Payments" if choice == "theirs" else "Money in")


@CHOICES
async def test_a_third_edit_of_a_schedule_brings_the_choice_again_before_and_after_the_preview(
    town: Town, choice: str
) -> None:
    ana, mia = town.person(ANA), town.person(MIA)
    view = await schedule_at_once(town)
    await saves(mia, {"length.0.1": "3"}, "Money in")
    again = await choose(ana, view, choice)
    assert again.view and "Mia changed Money in" in ana.reads(again.view).replace("*", "")
    previewed = await choose(ana, again.view, "both" if choice == "theirs" else choice)
    assert previewed.view and "Nothing is saved yet" in ana.reads(previewed.view)
    await saves(mia, {"length.0.1": "4"}, "Money in")
    once_more = await ana.submit(previewed.view)
    assert once_more.view and "every 4 weeks" in ana.reads(once_more.view)
    last = await choose(ana, once_more.view, "both")
    assert last.view
    assert (await ana.submit(last.view)).view
    assert said(await stands(town)) == ("Money in", MINE["name.0.1"], 2, 4, True)


async def test_a_choice_about_a_schedule_that_was_closed_is_offered_again_by_its_form(town: Town) -> None:
    ana = town.person(ANA)
    await ana.close(await schedule_at_once(town))
    await ana.close(ana.view)
    form = await edit_form(ana, "Money in")
    assert {block: value(form, block) for block in MINE} == MINE
    again = await ana.submit(form)
    assert again.view
    assert (await choose(ana, again.view, "both")).view
    assert (await ana.submit(ana.view)).view
    assert said(await stands(town)) == EXPECTED["both"]


@BOTH_WAYS
async def test_a_choice_about_a_schedule_sent_twice_and_its_preview_sent_twice_save_once(town: Town) -> None:
    ana = town.person(ANA)
    view = await schedule_at_once(town)
    with everything_twice(town):
        previewed = await choose(ana, view, "both")
        assert previewed.view and "Nothing is saved yet" in ana.reads(previewed.view)
        done = await ana.submit(previewed.view)
    assert done.view and "is saved" in ana.reads(done.view)
    assert said(await stands(town)) == EXPECTED["both"]
    async with town.house.database.reading() as session:
        wanted = select(Event).where(Event.verb == "edit-schedule").order_by(col(Event.id))
        edits = (await session.exec(wanted)).all()
    assert len(edits) == 2


async def test_rotations_that_one_side_made_or_removed_are_shown_and_put_together(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await make(ana)
    await ana.close(ana.view)
    form = await edit_form(ana)
    theirs = await edit_form(raj)
    for person, view, values in (
        (raj, theirs, {"name.0.2": "Raj’s nights", "people.0.2": [RAJ]}),
        (ana, form, {"name.0.2": "Ana’s days", "people.0.2": [ANA]}),
    ):
        assert (await person.press(view, action_id="add_rotation")).ok
        await person.sees("Rotation 2", kind=Kind.VIEW_UPDATED)
        await person.fill(person.view, values)
    assert (await raj.submit(raj.view)).view
    assert (await raj.submit(raj.view)).view
    sent = await ana.submit(ana.view)
    assert sent.view
    text = ana.reads(sent.view).replace("*", "")
    assert "Raj’s nights: rotation (they changed it)\nTheirs\nthere\nYours\nnot there" in text
    assert "Ana’s days: rotation (you changed it)\nTheirs\nnot there\nYours\nthere" in text
    assert (await choose(ana, sent.view, "both")).view
    assert (await ana.submit(ana.view)).view
    now = await stands(town)
    assert [each.name for each in now.schedule.rotations] == ["Primary", "Raj’s nights", "Ana’s days"]
