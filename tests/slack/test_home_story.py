"""The Home tab: everything of one's own, fresh at each opening, and the first steps of a workspace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.playground.screens import Kind
from bot.playground.views import View
from tests.slack.conftest import MORNING, Town
from tests.slack.writings import ANA, INCIDENTS, RAJ, in_review

SAM = "U08SAM"
BOTH_WAYS = pytest.mark.parametrize("way_in", ["http", "socket"])


async def _opened(town: Town, who: str) -> View:
    """The Home tab as it stands a moment after somebody opened it."""
    hands = town.person(who)
    published = _publishings(town, who)
    await hands.open_home()
    await hands.sees(kind=Kind.HOME)
    await town.all_told()
    assert _publishings(town, who) == published + 1
    assert hands.home is not None
    return hands.home


def _green(home: View) -> list[dict[str, Any]]:
    """The buttons that stand out."""
    held = [each for block in home.blocks for each in (*block.get("elements", ()), block.get("accessory", {}))]
    return [each for each in held if each.get("style") == "primary"]


def _publishings(town: Town, who: str) -> int:
    """How often somebody's tab was published so far."""
    return sum(each.kind is Kind.HOME for each in town.person(who).appearances)


@BOTH_WAYS
async def test_every_admin_sees_three_steps_while_there_is_no_schedule(town: Town) -> None:
    for who in (ANA, "U03MIA"):
        home = await _opened(town, who)
        words = town.person(who).reads(home)
        assert words.index("Make a schedule") < words.index("Link a channel") < words.index("Invite")
        assert [each["text"]["text"] for each in _green(home)] == ["Make a schedule"]
    ana = town.person(ANA)
    assert (await ana.press(home_of(town, ANA), action_id="new_schedule")).ok
    await ana.close(await ana.sees("New schedule"))
    assert (await ana.press(home_of(town, ANA), action_id="link_channel")).ok
    await ana.close(await ana.sees("Link a schedule", kind=Kind.VIEW_OPENED))
    assert (await ana.press(home_of(town, ANA), action_id="invite")).ok
    await ana.sees("/invite")
    assert town.workspace.messages.in_channel(ana.dm.id) == ()  # nobody is sent anything


async def test_a_member_is_offered_a_schedule_and_a_guest_is_not(town: Town) -> None:
    home = await _opened(town, RAJ)
    assert "New postmortem" in town.person(RAJ).reads(home)
    assert [each["text"]["text"] for each in _green(home)] == ["New schedule"]
    words = town.person(SAM).reads(await _opened(town, SAM))
    assert "There is no schedule yet" in words
    assert "New schedule" not in words
    assert "Your work" not in words


@BOTH_WAYS
async def test_home_shows_what_is_mine_and_a_change_of_it_at_once(staffed: Town) -> None:
    number = await in_review(staffed)
    await staffed.all_told()
    raj = staffed.person(RAJ)
    words = raj.reads(await _opened(staffed, RAJ))
    assert "Three steps" not in words
    for mine in ("On call now", "Payments", "Your shifts", "Waiting for your review", f"PM-{number}"):
        assert mine in words
    published = _publishings(staffed, RAJ)
    ana = staffed.person(ANA)
    await ana.command("/postmortem", f"action PM-{number} Raise the pool @raj friday", channel=INCIDENTS)
    await staffed.all_told()
    assert _publishings(staffed, RAJ) == published + 1
    assert "Raise the pool" in raj.reads(home_of(staffed, RAJ))
    await ana.command("/oncall", "now", channel=INCIDENTS)
    await staffed.all_told()
    assert _publishings(staffed, RAJ) == published + 1  # a question changes nobody's


async def test_what_concerns_nobody_who_opened_theirs_publishes_nothing(staffed: Town) -> None:
    await _opened(staffed, "U10KIM")
    published = _publishings(staffed, "U10KIM")
    await in_review(staffed)
    await staffed.all_told()
    assert _publishings(staffed, "U10KIM") == published
    assert _publishings(staffed, ANA) == 0


async def test_a_button_on_home_answers_on_top_of_it(staffed: Town) -> None:
    number = await in_review(staffed)
    await staffed.all_told()
    raj = staffed.person(RAJ)
    await _opened(staffed, RAJ)
    assert (await raj.press(home_of(staffed, RAJ), action_id=f"run:PM-{number}")).ok
    document = await raj.sees("Checkout down", kind=Kind.VIEW_OPENED)
    assert (await raj.press(document, action_id="do:approve")).ok
    await raj.close(await raj.sees(f"You approved PM-{number}"))
    await staffed.all_told()
    assert "Waiting for your review" not in raj.reads(home_of(staffed, RAJ))


async def test_a_gap_is_filled_from_home_and_everybody_concerned_sees_it(staffed: Town) -> None:
    ana = staffed.person(ANA)
    for who in (ANA, "U11TOM", RAJ):
        await _opened(staffed, who)
    gap = next(each for each in home_of(staffed, ANA).blocks if each.get("accessory", {}).get("type") == "button")
    assert (await ana.press(home_of(staffed, ANA), action_id=gap["accessory"]["action_id"])).ok
    await ana.close(await ana.sees("Until", kind=Kind.VIEW_OPENED))

    await ana.command("/oncall", "override @tom now for 2h payments", channel=INCIDENTS)
    assert (await ana.press(await ana.sees("on call for", "Payments"), action_id="override")).ok
    done = await ana.sees("is on call for", kind=Kind.MESSAGE_CHANGED)
    await staffed.all_told()
    assert "Tomás until" in staffed.person(RAJ).reads(home_of(staffed, RAJ))
    assert "_now_" in str(home_of(staffed, "U11TOM").blocks)
    assert (await ana.press(done, action_id="undo")).ok
    await ana.sees("Taken back", kind=Kind.MESSAGE_CHANGED)
    await staffed.all_told()
    assert "_now_" not in str(home_of(staffed, "U11TOM").blocks)


async def test_a_tab_not_opened_for_a_week_is_left_alone(staffed: Town) -> None:
    await _opened(staffed, RAJ)
    await staffed.move(days=8)
    await staffed.all_told()
    published = _publishings(staffed, RAJ)
    await in_review(staffed)
    await staffed.all_told()
    assert _publishings(staffed, RAJ) == published
    assert staffed.clock.now() - MORNING >= timedelta(days=8)


def home_of(town: Town, who: str) -> View:
    """Somebody's Home tab as it stands."""
    home = town.person(who).home
    assert home is not None
    return home
