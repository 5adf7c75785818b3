"""What is done from a morning message is said in it, in place; what else waits there keeps its buttons."""

from __future__ import annotations

import pytest

from bot.playground.hands import Hands
from bot.playground.messages import Message
from bot.playground.screens import Appearance, Kind
from tests.slack.conftest import Town
from tests.slack.writings import ANA, MIA, RAJ, in_review, typed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _morning(town: Town, person: Hands, *, days: float = 2) -> Appearance:
    """The message of the morning that comes in so many days, once it is told."""
    mark = person.mark()
    await town.move(days=days)
    morning = await person.sees("for you", since=mark, channel=person.dm.id, where=_is_morning)
    await town.all_told()
    return morning


def _is_morning(each: Appearance) -> bool:
    return "thing" in each.text.partition("\n")[0]


def _block_of(message: Message, label: str, action_id: str) -> str:
    """The block in which the button for that postmortem stands."""
    [found] = [
        block["block_id"]
        for block in message.blocks
        for element in block.get("elements", ())
        if element["action_id"] == action_id and element["value"].startswith(f"{label}:")
    ]
    return str(found)


async def _press(person: Hands, morning: Appearance, label: str, action_id: str) -> None:
    assert morning.message is not None
    now = next(each for each in person.screen(person.dm.id) if each.ts == morning.message.ts)
    assert (await person.press(now, action_id=action_id, block_id=_block_of(now, label, action_id))).ok


def _mornings(person: Hands) -> list[str]:
    """Every morning message that stands in their direct messages, as it reads now."""
    texts = [person.reads(message) for message in person.screen(person.dm.id)]
    return [text for text in texts if "for you" in text.partition("\n")[0] and "review" not in text.partition("\n")[0]]


async def test_an_approved_item_says_so_and_the_others_stay_usable(town: Town) -> None:
    for _ in range(3):
        await in_review(town)
    raj = town.person(RAJ)
    morning = await _morning(town, raj)
    assert "3 things wait for you" in morning.text

    await _press(raj, morning, "PM-2", "nudge:approve")
    edited = await raj.sees("2 things wait for you", "You approved it. 1 of 2 approved.", kind=Kind.MESSAGE_CHANGED)
    assert edited.message is not None and morning.message is not None
    assert edited.message.ts == morning.message.ts
    assert [text for text in edited.text.splitlines() if text.startswith("PM-")] == [
        "PM-3  Checkout down",
        "PM-2  Checkout down",
        "PM-1  Checkout down",
    ]
    assert edited.text.count("Request changes") == 2
    await town.all_told()
    await _press(raj, edited, "PM-1", "nudge:approve")
    await town.all_told()
    await _press(raj, edited, "PM-3", "nudge:approve")
    last = await raj.sees("Nothing waits for you any more", kind=Kind.MESSAGE_CHANGED)
    assert last.text.count("You approved it") == 3
    assert "Approve\n" not in last.text
    assert len(_mornings(raj)) == 1


async def test_a_refused_verb_leaves_the_message_as_it_is(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    morning = await _morning(town, raj)
    await typed(town.person(MIA), "changes PM-1 Say why.")
    await town.all_told()
    await _press(raj, morning, "PM-1", "nudge:approve")
    await raj.sees("is a draft, not in review")
    await town.all_told()
    assert _mornings(raj) == [morning.text]


async def test_a_form_changes_the_item_once_it_is_sent(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    morning = await _morning(town, raj)
    await _press(raj, morning, "PM-1", "nudge:changes")
    form = await raj.sees(kind=Kind.VIEW_OPENED)
    await town.all_told()
    assert _mornings(raj) == [morning.text]
    mark = raj.mark()
    assert not (await raj.submit(form, {"text": "Say why."})).errors
    await raj.sees("for you", "You asked for changes", channel=raj.dm.id, kind=Kind.MESSAGE_CHANGED, since=mark)
    assert "Approve" not in _mornings(raj)[0]


async def test_a_snooze_says_until_when_and_can_be_chosen_anew(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    morning = await _morning(town, raj)
    for chosen, day in (("tomorrow", "Sat 21 Nov"), ("next monday", "Mon 23 Nov")):
        assert (await raj.press(morning, action_id="nudge:more", value=f"snooze PM-1 {chosen}:2")).ok
        snoozed = await raj.sees(f"You snoozed it until {day}", kind=Kind.MESSAGE_CHANGED)
        assert "Approve" not in snoozed.text
        await town.all_told()
    assert len(_mornings(raj)) == 1


async def test_what_is_pressed_at_night_is_said_at_night(town: Town) -> None:
    await in_review(town)
    raj = town.person(RAJ)
    morning = await _morning(town, raj)
    await town.move(hours=13)
    await _press(raj, morning, "PM-1", "nudge:approve")
    await raj.sees("You approved it", channel=raj.dm.id, kind=Kind.MESSAGE_CHANGED)


async def test_the_next_morning_is_a_new_message_and_the_pressed_one_keeps_what_was_said(town: Town) -> None:
    for _ in range(2):
        await in_review(town)
    raj = town.person(RAJ)
    first = await _morning(town, raj)
    await _press(raj, first, "PM-1", "nudge:approve")
    pressed = await raj.sees("1 thing waits for you", "You approved it", kind=Kind.MESSAGE_CHANGED)
    await town.all_told()
    second = await _morning(town, raj, days=3)
    assert second.kind is Kind.MESSAGE
    assert "You approved it" not in second.text
    assert _mornings(raj) == [pressed.text, second.text]


async def test_only_a_message_with_one_thing_to_do_has_a_primary_button(town: Town) -> None:
    for _ in range(2):
        await in_review(town)
    raj = town.person(RAJ)
    morning = await _morning(town, raj)
    assert morning.message is not None
    assert '"primary"' not in str(morning.message.blocks).replace("'", '"')
    await _press(raj, morning, "PM-1", "nudge:approve")
    edited = await raj.sees("1 thing waits for you", "You approved it", kind=Kind.MESSAGE_CHANGED)
    assert edited.message is not None
    assert str(edited.message.blocks).count("primary") == 1


async def test_what_the_owner_does_from_it_is_told_by_the_facts(town: Town) -> None:
    await in_review(town)
    await typed(town.person(RAJ), "changes PM-1 Say why.")
    ana = town.person(ANA)
    morning = await _morning(town, ana, days=6)
    await _press(ana, morning, "PM-1", "nudge:submit")
    form = await ana.sees(kind=Kind.VIEW_OPENED)
    assert not (await ana.submit(form)).errors
    await ana.sees("in review, 0 of 2 approved", channel=ana.dm.id, kind=Kind.MESSAGE_CHANGED)


async def test_what_still_waits_keeps_its_buttons_though_its_text_has_changed(town: Town) -> None:
    for _ in range(2):
        await in_review(town)
    raj, ana = town.person(RAJ), town.person(ANA)
    morning = await _morning(town, raj)
    await typed(ana, "edit PM-2 fault")
    await ana.sees(kind=Kind.VIEW_OPENED)
    assert (await ana.submit(ana.view, {"text": "The pool was full."})).closed
    await _press(raj, morning, "PM-1", "nudge:approve")
    edited = await raj.sees("1 thing waits for you", "You approved it", kind=Kind.MESSAGE_CHANGED)
    await town.all_told()
    await _press(raj, edited, "PM-2", "nudge:approve")
    await raj.sees("Nothing waits for you any more", kind=Kind.MESSAGE_CHANGED)


async def test_what_others_settled_is_said_too(town: Town) -> None:
    for _ in range(2):
        await in_review(town)
    raj = town.person(RAJ)
    morning = await _morning(town, raj)
    await typed(town.person(MIA), "changes PM-2 Say why.")
    await _press(raj, morning, "PM-1", "nudge:approve")
    await raj.sees("Nothing waits for you any more", "Ana owns it, draft", kind=Kind.MESSAGE_CHANGED)
