"""An approval is of the text that its button was shown with, whoever changes it meanwhile."""

from __future__ import annotations

import pytest

from bot.playground.hands import Hands
from bot.playground.screens import Appearance, Kind
from bot.slack.cards.blocks import BUTTON_LIMIT
from tests.slack.conftest import Town
from tests.slack.writings import ANA, MIA, RAJ, in_review, typed

MOVED_ON = "The text of PM-1 changed after this message was shown to you: read it, then approve."


async def _asked(reviewer: Hands) -> Appearance:
    return await reviewer.sees("asks for your review", "PM-1", since=0)


async def _own_card(reviewer: Hands) -> Appearance:
    await typed(reviewer, "show PM-1")
    return await reviewer.sees("Show to channel")


async def _writes(town: Town, user_id: str, text: str) -> None:
    person = town.person(user_id)
    await typed(person, "edit PM-1 fault")
    await person.sees(kind=Kind.VIEW_OPENED)
    assert (await person.submit(person.view, {"text": text})).closed
    await town.all_told()


def _approve_value(shown: Appearance) -> str:
    assert shown.message is not None
    [value] = [
        str(element["value"])
        for block in shown.message.blocks
        for element in block.get("elements", ())
        if str(element.get("action_id", "")).endswith(":approve")
    ]
    return value


async def test_an_approval_of_a_text_that_changed_unseen_is_refused_with_the_way_to_the_new_one(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    stale = await _own_card(raj)
    await _writes(town, ANA, "The pool was full.")
    assert (await raj.press(stale, action_id="do:approve")).ok
    refused = await raj.sees(MOVED_ON)
    assert refused.message is not None and refused.message.ephemeral_to == RAJ

    assert (await raj.press(refused, action_id="read")).ok
    await raj.sees("The pool was full.", kind=Kind.VIEW_OPENED)
    await raj.close(raj.view)
    assert (await raj.press(refused, action_id="do:approve")).ok
    await raj.sees("You approved PM-1: 1 of 2 approved.")


async def test_the_answers_own_button_is_of_the_text_of_its_moment(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    stale = await _own_card(raj)
    await _writes(town, ANA, "The pool was full.")
    await raj.press(stale, action_id="do:approve")
    refused = await raj.sees(MOVED_ON)
    await _writes(town, ANA, "The pool was empty.")
    await raj.press(refused, action_id="do:approve")
    await raj.sees(MOVED_ON)


async def test_a_change_brings_every_reviewers_request_up_to_date(town: Town) -> None:
    await in_review(town)
    raj, mia = town.person(RAJ), town.person(MIA)
    requests = {each: await _asked(each) for each in (raj, mia)}
    await raj.press(requests[raj], action_id="do:approve")
    await raj.sees("You approved PM-1")
    await _writes(town, ANA, "The pool was full.")
    for reviewer, request in requests.items():
        assert (await reviewer.press(request, action_id="do:approve")).ok
        await reviewer.sees("You approved PM-1")
    await typed(town.person(ANA), "publish PM-1")
    await town.person(ANA).sees("PM-1 is published")


async def test_who_changed_a_section_has_seen_it_but_not_what_others_changed(town: Town) -> None:
    await in_review(town)
    raj, mia = town.person(RAJ), town.person(MIA)
    stale = {each: await _own_card(each) for each in (raj, mia)}
    await _writes(town, RAJ, "The pool was full.")
    await raj.press(stale[raj], action_id="do:approve")
    await raj.sees("You approved PM-1: 1 of 2 approved.")
    await mia.press(stale[mia], action_id="do:approve")
    await mia.sees(MOVED_ON)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_changed_besides_the_text_takes_no_approval_back(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    shown = await _own_card(raj)
    await typed(town.person(ANA), "assign PM-1 @li")
    await town.all_told()
    await raj.press(shown, action_id="do:approve")
    await raj.sees("You approved PM-1")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_typed_approval_is_of_the_text_as_it_is(town: Town) -> None:
    await in_review(town)
    await _writes(town, ANA, "The pool was full.")
    raj, mia = town.person(RAJ), town.person(MIA)
    await typed(raj, "approve PM-1")
    await raj.sees("You approved PM-1: 1 of 2 approved.")
    await typed(mia, "approve PM-1 shown at last")
    await mia.sees("You approved PM-1: 2 of 2 approved.")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_morning_messages_approval_is_of_its_text_too(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    mark = raj.mark()
    await town.move(days=2)
    morning = await raj.sees("1 thing waits for you", since=mark)
    await town.all_told()
    await _writes(town, ANA, "The pool was full.")
    await raj.press(morning, action_id="nudge:approve")
    refused = await raj.sees(MOVED_ON)
    await town.all_told()
    assert morning.message is not None
    assert raj.reads(morning.message) == morning.text
    await raj.press(refused, action_id="do:approve")
    await raj.sees("Nothing waits for you any more", "You approved it. 1 of 2 approved.", kind=Kind.MESSAGE_CHANGED)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_value_of_the_button_is_short(town: Town) -> None:
    await in_review(town)
    value = _approve_value(await _own_card(town.person(RAJ)))
    assert value == "PM-1:2:1.1.1.1"
    assert len(value.replace("1", "1000")) < BUTTON_LIMIT


async def test_publishing_too_early_names_whom_it_waits_for(town: Town) -> None:
    await in_review(town)
    await typed(town.person(RAJ), "approve PM-1")
    await typed(town.person(ANA), "publish PM-1")
    await town.person(ANA).sees("PM-1 cannot be published yet: 1 of 2 approved. It waits for Mia")
