"""What is refused: too long, too late, or somebody else was there first."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground import administration
from bot.playground.screens import Kind
from tests.slack.conftest import MORNING
from tests.slack.nothing_lost.street import NOT_THERE, ONE_DATABASE, TABLE, Street, forgive_cut_wire, judge
from tests.slack.wire import Cut
from tests.slack.writings import (
    ANA,
    FORMS,
    LINES,
    MIA,
    NASTY,
    NASTY_LINE,
    NOUR,
    RAJ,
    Writing,
    becomes_guest,
    draft,
    found,
    rich,
    sees_mine,
    typed,
)

LOCKABLE = [each for each in (*FORMS[1:], *LINES[1:]) if not each.name.startswith("action")]


@ONE_DATABASE
@pytest.mark.parametrize("writing", [*FORMS, *LINES], ids=lambda each: each.name)
async def test_a_text_that_is_too_long_is_refused_and_stays(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    long = (NASTY * 1400)[:100_001] if writing.name == "edit" else (writing.text * 50)[:3_001]
    if writing.is_form:
        refused = await person.submit(await writing.opened(street, number), writing.values(long))
        assert refused.errors and len(refused.errors) == 1
        assert all(len(sentence) < 200 for sentence in refused.errors.values())
    else:
        await typed(person, writing.line.format(pm=f"PM-{number}", text=long))
        await person.sees()
    await judge(street, writing, number, "too long", long)


@ONE_DATABASE
async def test_a_title_of_300_characters_stays_in_its_box_until_it_is_short_enough(street: Street) -> None:
    ana = street.person(ANA)
    await typed(ana, f"create {'x' * 300}")
    await ana.sees("longer than 200 characters")
    refused = await ana.submit(ana.view)
    assert refused.errors == {"title": "At most 200 characters, this has 300."}
    assert (await ana.submit(ana.view, {"title": "x" * 200})).closed
    await typed(ana, "mine")
    assert "Not saved yet" not in (await sees_mine(ana)).text


# The view expired, or is gone


@ONE_DATABASE
@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_an_answer_that_slack_did_not_wait_for_loses_nothing_and_repeats_nothing(
    street: Street, writing: Writing
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    street.wire.cut(Cut.LATE)
    assert (await person.submit(form, writing.values(writing.text))).trouble
    forgive_cut_wire(street)
    await judge(street, writing, number, "view expired")


@ONE_DATABASE
@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_a_form_refused_when_it_is_gone_already_is_kept(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    await becomes_guest(street, writing.writer)
    street.wire.cut(Cut.UNANSWERED)
    assert (await person.submit(form, writing.values(writing.text))).trouble
    forgive_cut_wire(street)
    await person.close(form)
    await judge(street, writing, number, "view gone")
    assert TABLE[writing.name, "view gone"] == "kept, in mine"


# Somebody else was there first


@ONE_DATABASE
async def test_two_texts_of_12000_characters_are_both_shown_and_one_chooses(street: Street) -> None:
    number, ana, raj = await draft(street), street.person(ANA), street.person(RAJ)
    mine, theirs = (NASTY * 200)[:12_000], ("Their text. " * 1_000)[:12_000].strip()
    edit = FORMS[1]
    form = await edit.opened(street, number)
    await typed(raj, f"edit PM-{number} fault")
    await raj.sees(kind=Kind.VIEW_OPENED)
    assert (await raj.submit(raj.view, {"text": rich(theirs)})).closed
    both = await ana.submit(form, {"text": rich(mine)})
    assert both.view
    read = ana.reads(both.view)
    assert "Raj changed Fault" in read.replace("*", "")
    assert mine in read
    assert theirs in read.replace("\n", "")
    await judge(street, edit, number, "version moved on", mine)
    again = await edit.opened(street, number)
    assert mine in ana.reads(again) and theirs in ana.reads(again).replace("\n", "")
    assert (await ana.submit(again, {"choice_2": "mine"})).closed
    assert "the section" in await found(street, edit, number, mine)
    await typed(ana, "mine")
    assert "Not saved yet" not in (await sees_mine(ana)).text


async def _move_on(street: Street, writing: Writing, number: int) -> None:
    """Somebody else makes the writer's form impossible."""
    ana, raj, mia = street.person(ANA), street.person(RAJ), street.person(MIA)
    if writing.name.startswith("changes"):
        await typed(mia, f"changes PM-{number} Look at the graphs.")
    elif writing.name.startswith("reopen"):
        await typed(raj, f"reopen PM-{number} A graph is wrong.")
    else:
        await typed(raj, f"submit PM-{number} @mia")
        await typed(mia, f"approve PM-{number}")
        await typed(mia, f"publish PM-{number}")
    ana.mark()


@ONE_DATABASE
@pytest.mark.parametrize("writing", LOCKABLE, ids=lambda each: each.name)
async def test_what_is_locked_meanwhile_is_kept_and_can_be_opened(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    if writing.is_form:
        form = await writing.opened(street, number)
        await _move_on(street, writing, number)
        refused = await person.submit(form, writing.values(writing.text))
        assert refused.errors and len(refused.errors) == 1
    else:
        await _move_on(street, writing, number)
        await typed(person, writing.line.format(pm=f"PM-{number}", text=writing.text))
        assert f"PM-{number}" in (await person.sees("is kept", kind=Kind.MESSAGE)).text
    await judge(street, writing, number, "locked meanwhile")
    assert "kept, in mine" in TABLE[writing.name, "locked meanwhile"]


@ONE_DATABASE
async def test_an_incident_taken_meanwhile_is_said_under_its_field_and_the_form_stays(street: Street) -> None:
    number, ana = await draft(street), street.person(ANA)
    form = await FORMS[0].opened(street, number)
    listed = await ana.options(form, "incident", "look_up_incident", "")
    refused = await ana.submit(form, {"title": NASTY, "incident": listed["options"][0]["value"]})
    assert refused.errors and list(refused.errors) == ["incident"]
    assert f"PM-{number}" in refused.errors["incident"]
    await judge(street, FORMS[0], number, "locked meanwhile")
    NOT_THERE.pop(("create", "locked meanwhile"), None)


@ONE_DATABASE
@pytest.mark.parametrize("writing", [*FORMS, *LINES], ids=lambda each: each.name)
async def test_what_may_not_be_done_any_more_is_kept_even_for_a_guest(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number) if writing.is_form else None
    await becomes_guest(street, writing.writer)
    if form:
        refused = await person.submit(form, writing.values(writing.text))
        assert refused.errors and len(refused.errors) == 1
    else:
        await typed(person, writing.line.format(pm=f"PM-{number}", text=writing.text))
        await person.sees("is kept")
    await judge(street, writing, number, "permission lost")
    assert "kept, in mine" in TABLE[writing.name, "permission lost"]


@ONE_DATABASE
async def test_a_create_form_refused_as_a_whole_comes_back_with_everything_in_it(street: Street) -> None:
    ana = street.person(ANA)
    await typed(ana, "create")
    form = await ana.sees(kind=Kind.VIEW_OPENED)
    service = (await ana.options(form, "services", "look_up_services", "Checkout & <pay>"))["options"][0]["value"]
    everything = {
        "title": NASTY,
        "severity": "P1",
        "started_at": int(MORNING.timestamp()) - 7200,
        "ended_at": int(MORNING.timestamp()) - 3600,
        "owner": RAJ,
        "services": [service],
        "responders": [MIA, RAJ],
        "channel": "C03PAYMENTS",
    }
    await becomes_guest(street, ANA)
    assert (await ana.submit(form, everything)).errors
    await ana.close(ana.view)
    administration.change_person(street.workspace, ANA, is_restricted=False)
    await street.playground.settled()
    await street.house.in_hand.settled()
    await typed(ana, "mine")
    mine = await ana.sees("Not saved yet", kind=Kind.MESSAGE)
    await ana.press(mine, action_id="kept")
    await ana.sees(kind=Kind.VIEW_OPENED)
    values = {block["block_id"]: block["element"] for block in ana.view.blocks if block["type"] == "input"}
    assert values["title"]["initial_value"] == NASTY
    assert values["severity"]["initial_option"]["value"] == "P1"
    assert values["started_at"]["initial_date_time"] == everything["started_at"]
    assert values["ended_at"]["initial_date_time"] == everything["ended_at"]
    assert values["owner"]["initial_user"] == RAJ
    assert [each["value"] for each in values["services"]["initial_options"]] == [service]
    assert values["responders"]["initial_users"] == [MIA, RAJ]
    assert values["channel"]["initial_conversation"] == "C03PAYMENTS"
    assert (await ana.submit(ana.view)).closed
    await typed(ana, "mine")
    assert "Not saved yet" not in (await sees_mine(ana)).text


@ONE_DATABASE
async def test_a_kept_text_is_thrown_away_only_when_asked(street: Street) -> None:
    ana = street.person(ANA)
    await typed(ana, f"changes PM-7 {NASTY_LINE}")
    await ana.sees("There is no PM-7")
    await typed(ana, "mine")
    mine = await ana.sees("Not saved yet", kind=Kind.MESSAGE)
    assert (await ana.press(mine, action_id="forget")).ok
    assert "Not saved yet" not in (await ana.sees("Nothing waits for you")).text


@ONE_DATABASE
@pytest.mark.parametrize(("line", "values"), [("submit", {"reviewers": [NOUR]}), ("assign", {"owner": NOUR})])
async def test_a_form_in_which_one_only_chooses_stays_open_with_what_was_chosen(
    street: Street, line: str, values: dict[str, Any]
) -> None:
    number, ana = await draft(street), street.person(ANA)
    await typed(ana, f"{line} PM-{number}")
    form = await ana.sees(kind=Kind.VIEW_OPENED)
    street.workspace.faults.add(method="users.info", kind="fatal_error", times=3)
    refused = await ana.submit(form, values)
    assert refused.errors and "press the button again" in " ".join(refused.errors.values())
    street.workspace.faults.clear()
    assert (await ana.submit(form)).view
