"""Channels and people that refuse: somebody is told all the same, with the way to mend it."""

from __future__ import annotations

import pytest

from bot.playground import administration, posting
from bot.playground.faults import NO_ANSWER
from bot.usecases.messages import MessageKind
from storage.models import DeliveryState
from tests.slack.sending.post import ANA, ARCHIVED, HIDDEN, INCIDENTS, LOUNGE, RAJ, Post


@pytest.mark.parametrize(
    ("channel", "mend"), [(LOUNGE, "/invite @watchbill"), (HIDDEN, "/invite @watchbill"), (ARCHIVED, "archived")]
)
async def test_what_a_channel_refuses_reaches_its_owner_with_the_way_to_mend_it(
    post: Post, channel: str, mend: str
) -> None:
    number = await post.created(channel)
    await post.send()
    (card,) = post.messages(ANA)
    assert mend in posting.message_text(post.workspace, card, ANA)
    await post.submitted(number)
    await post.send()
    await post.published(number)
    await post.send()
    now, announcement = post.messages(ANA)
    assert now.ts == card.ts
    assert "published" in now.text
    assert "could not be posted" in posting.message_text(post.workspace, now, ANA)
    assert "PM-1 is published" in announcement.text
    assert mend in posting.message_text(post.workspace, announcement, ANA)
    assert len(post.thread(now)) == 3
    assert post.messages(channel) == []


async def test_a_channel_archived_later_leaves_the_card_with_its_owner(post: Post) -> None:
    number = await post.created()
    await post.send()
    administration.archive(post.workspace, INCIDENTS)
    await post.submitted(number)
    await post.send()
    (card,) = post.messages(ANA)
    assert "review" in card.text
    assert (await post.row(MessageKind.CARD)).channel == card.channel


async def test_where_the_channel_and_its_owner_refuse_it_is_given_up(post: Post) -> None:
    await post.created(LOUNGE)
    administration.change_person(post.workspace, ANA, deleted=True)
    await post.send()
    await post.wait(days=1)
    assert (await post.row(MessageKind.CARD)).state == DeliveryState.FAILED
    assert post.calls("chat.postMessage") == 2


@pytest.mark.parametrize("in_doubt", [False, True])
async def test_who_has_left_is_not_written_to_for_ever(post: Post, *, in_doubt: bool) -> None:
    number = await post.created()
    await post.send()
    await post.submitted(number)
    if in_doubt:
        post.workspace.faults.add(method="chat.postMessage", kind=NO_ANSWER, only=lambda args: args["channel"] == RAJ)
        await post.send()
    administration.change_person(post.workspace, RAJ, deleted=True)
    await post.wait(seconds=30)
    row = await post.row(MessageKind.REVIEW_REQUEST)
    assert (row.state, row.failure) == (DeliveryState.FAILED, "user_disabled" if in_doubt else "channel_not_found")
    calls = len(post.workspace.calls)
    await post.wait(days=1)
    assert len(post.workspace.calls) == calls


async def test_a_card_deleted_by_hand_is_made_once_more_and_its_history_goes_on_there(post: Post) -> None:
    number = await post.created()
    await post.send()
    (card,) = post.messages(INCIDENTS)
    posting.delete(post.workspace, card)
    await post.written(number, "The alarm rang.", version=1)
    await post.wait(seconds=2)
    await post.wait(seconds=2)
    (anew,) = post.messages(INCIDENTS)
    assert post.thread(anew) == ["Ana wrote Detection."]
    await post.submitted(number)
    await post.send()
    (edited,) = post.messages(INCIDENTS)
    assert edited.ts == anew.ts
    assert len(post.thread(edited)) == 2
