"""What a click or a line does to what others see, and that no request is taken for another or refused by its length."""

from __future__ import annotations

import random
import string

import pytest

from bot.playground.screens import Appearance, Kind
from tests.slack.conftest import Town
from tests.slack.writings import ANA, INCIDENTS, RAJ, draft, in_review, typed


def _is_public(each: Appearance) -> bool:
    return each.message is not None and each.message.ephemeral_to is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_button_of_a_public_list_answers_who_pressed_and_leaves_the_list_to_everybody(town: Town) -> None:
    await draft(town)
    ana, raj = town.person(ANA), town.person(RAJ)
    await typed(ana, "snooze PM-1 next monday because of my hearing")
    await ana.sees("You hear nothing")
    await typed(raj, "list")
    await raj.press(await raj.sees("1 postmortem"), action_id="show_to_channel")
    public = await raj.sees("1 postmortem", where=_is_public)
    await raj.sees("Shown to the channel.")
    mark = raj.mark()
    assert (await ana.press(public, action_id="run:PM-1")).ok
    own = await ana.sees("my hearing")
    assert own.message is not None and own.message.ephemeral_to == ANA
    assert public.message in raj.screen(INCIDENTS)
    assert raj.appearances[mark:] == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_button_of_ones_own_list_puts_the_answer_in_its_place(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    await typed(ana, "list")
    assert (await ana.press(await ana.sees("1 postmortem"), action_id="run:PM-1")).ok
    await ana.sees("Checkout down", "Show to channel", kind=Kind.MESSAGE_CHANGED)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_several_snoozes_in_one_message_the_last_one_counts(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    mark = ana.mark()
    await town.move(days=6)
    morning = await ana.sees("waits for you", since=mark)
    for chosen, day in (("tomorrow", "Wed 25 Nov"), ("in 3 days", "Fri 27 Nov"), ("tomorrow", "Wed 25 Nov")):
        assert (await ana.press(morning, action_id="nudge:more", value=f"snooze PM-1 {chosen}:1")).ok
        await ana.sees(f"You hear nothing of PM-1 before {day}")


async def test_a_line_as_long_as_slack_takes_is_carried_out_once(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    chance = random.Random(1)
    words = ("".join(chance.choices(string.ascii_letters + string.digits, k=9)) for _ in range(290))  # hard to compress
    await typed(raj, f"changes PM-1 {' '.join(words)}")
    await raj.sees("PM-1 is a draft again")


async def test_an_invisible_nul_changes_nothing_of_what_is_meant(town: Town) -> None:
    await draft(town)
    ana = town.person(ANA)
    await typed(ana, "snooze PM-1 fri\x00day because the fix\x00 ships then")
    await ana.sees("before Fri 20 Nov 2026. Your reason: the fix ships then")
    await typed(ana, "create Pool\x00 full")
    await ana.sees("Pool full")
    offered = await ana.options(ana.view, "services", "look_up_services", "che\x00ck")
    assert [each["value"] for each in offered["options"]] == ["check"]
    assert (await ana.options(ana.view, "incident", "look_up_incident", "Check\x00out"))["options"]


async def test_somebody_mentioned_in_a_section_is_read_by_name(town: Town) -> None:
    number = await draft(town)
    ana = town.person(ANA)
    await town.house.desk.people.person(RAJ)
    await typed(ana, f"edit PM-{number} detection")
    mention = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": RAJ}]}
    form = await ana.sees(kind=Kind.VIEW_OPENED)
    assert (await ana.submit(form, {"text": {"type": "rich_text", "elements": [mention]}})).closed
    await typed(ana, f"show PM-{number}")
    shown = await ana.sees("Detection", "@Raj")
    assert RAJ not in shown.text
    assert town.workspace.bot_pings == []
