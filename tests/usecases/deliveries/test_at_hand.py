"""What a sender takes up: what wakes people first, a few to each recipient, nothing that is not at hand."""

from __future__ import annotations

import pytest

from bot.queries.deliveries import AtHand, next_due
from bot.queries.reading import Reader
from bot.usecases.deliveries import settle
from bot.usecases.deliveries.claim import MOST_TO_ONE, Claimed, claim
from bot.usecases.messages import WAKING, MessageKind
from bot.usecases.unit import Units
from tests.conftest import StillClock

CARD, PAGED = MessageKind.CARD, MessageKind.PAGED


async def _tell(units: Units, kind: str, subject: str, recipient: str) -> None:
    async with units.begin(None) as unit:
        await unit.tell(kind, subject, recipient)


async def _claim(units: Units, at_hand: AtHand, *, limit: int = 20) -> list[Claimed]:
    async with units.begin(None) as unit:
        return await claim(unit, at_hand, limit=limit)


async def test_what_wakes_people_comes_before_all_that_is_older(units: Units, clock: StillClock) -> None:
    for number in range(3):
        await _tell(units, CARD, f"pm-{number}", f"C{number}")
    clock.advance(seconds=1)
    await _tell(units, PAGED, "alert", "U1")
    (first, _) = await _claim(units, AtHand(), limit=2)
    assert first.kind == PAGED


async def test_a_page_that_stands_there_already_is_no_hurry_to_edit(units: Units, clock: StillClock) -> None:
    await _tell(units, PAGED, "alert", "U1")
    (told,) = await _claim(units, AtHand())
    async with units.begin(None) as unit:
        await settle.sent(unit, told.id, revision=told.revision, channel="D1", ts="1.1")
    await _tell(units, CARD, "pm", "C1")
    clock.advance(seconds=1)
    await _tell(units, PAGED, "alert", "U1")
    assert [each.kind for each in await _claim(units, AtHand())] == [CARD, PAGED]


async def test_many_messages_to_one_recipient_leave_room_for_others(units: Units, clock: StillClock) -> None:
    for number in range(20):
        await _tell(units, CARD, f"pm-{number:02}", "C1")
    clock.advance(seconds=1)
    await _tell(units, CARD, "other", "C2")
    assert [each.recipient for each in await _claim(units, AtHand())] == ["C1"] * MOST_TO_ONE
    assert [each.recipient for each in await _claim(units, AtHand(not_to=frozenset({"C1"})))] == ["C2"]


@pytest.mark.parametrize(
    ("at_hand", "taken"),
    [
        (AtHand(), {"new", "edit", "page", "home"}),
        (AtHand(kinds=WAKING), {"page"}),
        (AtHand(not_to=frozenset({"C1", "U1"})), {"edit", "home"}),
        (AtHand(edits=False), {"new", "page", "home"}),
        (AtHand(besides=frozenset({MessageKind.HOME})), {"new", "edit", "page"}),
        (AtHand(kinds=WAKING, not_to=frozenset({"U1"})), set()),
    ],
)
async def test_only_what_is_at_hand_is_taken_and_waited_for(
    units: Units, reader: Reader, clock: StillClock, at_hand: AtHand, taken: set[str]
) -> None:
    await _tell(units, CARD, "edit", "C2")
    (told,) = await _claim(units, AtHand())
    async with units.begin(None) as unit:
        await settle.sent(unit, told.id, revision=told.revision, channel="C2", ts="1.1")
    for kind, subject, recipient in (
        (CARD, "edit", "C2"),
        (CARD, "new", "C1"),
        (PAGED, "page", "U1"),
        (MessageKind.HOME, "home", "U2"),
    ):
        await _tell(units, kind, subject, recipient)
    async with reader() as reading:
        assert await next_due(reading, at_hand) == (clock() if taken else None)
    assert {each.subject for each in await _claim(units, at_hand)} == taken
    async with reader() as reading:
        assert (await next_due(reading, at_hand) or clock()) > clock() or not taken
