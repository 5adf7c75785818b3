"""A postmortem that is deleted before its messages are sent, and brought back."""

from __future__ import annotations

from bot.usecases.actions.add import add
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.assign import assign
from bot.usecases.postmortems.comment import comment
from bot.usecases.postmortems.delete import delete
from bot.usecases.postmortems.undelete import undelete
from storage.models import DeliveryState
from tests.slack.sending.post import ANA, INCIDENTS, RAJ, Post

TOLD_OF_EVENTS = (MessageKind.ASSIGNED, MessageKind.COMMENTED, MessageKind.ACTION_GIVEN, MessageKind.HISTORY)


async def _deleted_unsent(post: Post) -> int:
    """Ana makes one, gives it and an action to Raj and says something of it; nobody was told when she deletes it."""
    number, raj = await post.created(), await post.person(RAJ)
    for verb in (
        lambda unit: assign(unit, number, raj.id),
        lambda unit: comment(unit, number, "Have a look"),
        lambda unit: add(unit, number, WantedAction("Add an alarm", raj.id)),
        lambda unit: delete(unit, number),
    ):
        async with post.units.begin(await post.person(ANA)) as unit:
            await verb(unit)
    await post.wait(seconds=5)
    assert (post.messages(INCIDENTS), post.messages(RAJ)) == ([], [])
    return number


async def test_who_was_to_hear_of_it_hears_of_it_once_it_is_back(post: Post) -> None:
    number = await _deleted_unsent(post)
    async with post.units.begin(await post.person(ANA)) as unit:
        await undelete(unit, number)
    for _ in range(3):
        await post.wait(seconds=5)
    (card,) = post.messages(INCIDENTS)
    thread = post.thread(card)
    assert [any(words in line for line in thread) for words in ("Have a look", "an action", "back")] == [True] * 3, (
        thread
    )
    told = " / ".join(each.text for each in post.messages(RAJ))
    assert len(post.messages(RAJ)) == 3 and "Have a look" in told and "Add an alarm" in told, told


async def test_nobody_hears_of_what_cannot_come_back(post: Post) -> None:
    await _deleted_unsent(post)
    await post.wait(minutes=11)
    assert (post.messages(INCIDENTS), post.messages(RAJ)) == ([], [])
    for kind in TOLD_OF_EVENTS:
        assert {row.state for row in await post.rows(kind)} == {DeliveryState.CLOSED}
