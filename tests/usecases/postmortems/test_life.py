"""From draft to publication and back: submit, verdicts, publish, reopen, assign."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from bot.errors import AlreadyDone, BadFields, Locked, NotAllowed
from bot.queries import history, postmortems
from bot.queries.history import Happening
from bot.settings import Settings
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.approve import approve
from bot.usecases.postmortems.assign import assign
from bot.usecases.postmortems.publish import publish
from bot.usecases.postmortems.reopen import reopen
from bot.usecases.postmortems.request_changes import request_changes
from bot.usecases.postmortems.submit import submit
from bot.usecases.unit import Units
from bot.vocabulary import PostmortemStatus, Verb, Verdict
from storage.database import Database
from tests.conftest import met
from tests.usecases.stories import CHANNEL, Story, odd_person


async def _in_review(story: Story) -> int:
    number = await story.created()
    await story.submitted(number, story.raj, story.li)
    return number


async def test_submitting_asks_each_reviewer_by_direct_message(story: Story) -> None:
    number = await _in_review(story)
    seen = await story.seen(number)
    assert seen.status is PostmortemStatus.IN_REVIEW
    assert [each.person for each in seen.reviewers] == [story.raj, story.li]
    assert seen.outline.approvals == "0 of 2 approved"
    assert seen.outline.due_on == date(2026, 11, 20)
    assert await story.told(MessageKind.REVIEW_REQUEST) == ["ULI", "URAJ"]


async def test_a_reviewer_named_later_is_asked_alone(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    await story.submitted(number, story.raj, story.li)
    requests = await story.messages(MessageKind.REVIEW_REQUEST)
    assert {row.recipient: row.revision for row in requests} == {"URAJ": 1, "ULI": 1}


async def test_submitting_needs_a_reviewer(story: Story) -> None:
    number = await story.created()
    with pytest.raises(BadFields, match="at least one reviewer"):
        await story.submitted(number)


async def test_a_review_may_be_due_on_a_day_chosen(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj, due_on=date(2026, 12, 1))
    assert (await story.seen(number)).outline.due_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("is_bot", "has_left", "sentence"), [(True, False, "is a bot"), (False, True, "has left the workspace")]
)
async def test_a_reviewer_who_cannot_review_is_refused(
    story: Story, is_bot: bool, has_left: bool, sentence: str
) -> None:
    number = await story.created()
    odd = await odd_person(story.units, "UROBOT", is_bot=is_bot, has_left=has_left)
    with pytest.raises(BadFields, match=sentence) as refused:
        await story.submitted(number, odd, due_on=date(2026, 1, 1))
    assert refused.value.fields.keys() == {"reviewers", "due_on"}


async def test_a_guest_and_the_owner_are_refused_as_reviewers(story: Story) -> None:
    number = await story.created()
    with pytest.raises(BadFields, match="is a guest"):
        await story.submitted(number, await met(story.units, "UGUEST", outsider=True))
    with pytest.raises(BadFields, match="own approval does not count"):
        await story.submitted(number, story.ana)


async def test_approvals_are_counted_and_a_second_one_changes_nothing(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj, story.raj)
    assert (await story.seen(number)).outline.approvals == "1 of 2 approved"
    assert len(await story.events(Happening.APPROVED)) == 1


async def test_two_approvals_at_once_both_count(story: Story) -> None:
    number = await _in_review(story)
    await asyncio.gather(story.approved(number, story.raj), story.approved(number, story.li))
    assert (await story.seen(number)).outline.approvals == "2 of 2 approved"
    assert [event.after["approvals"] for event in await story.events(Happening.APPROVED)] == [
        "1 of 2 approved",
        "2 of 2 approved",
    ]


async def test_nobody_else_may_judge_not_even_an_admin(story: Story) -> None:
    number = await _in_review(story)
    admin = await met(story.units, "UADMIN")
    assert admin.is_admin
    for other in (admin, story.ana):
        with pytest.raises(NotAllowed, match="PM-1"):
            await story.approved(number, other)


async def test_the_refusal_names_who_may(story: Story) -> None:
    number = await _in_review(story)
    kim = await met(story.units, "UKIM")
    with pytest.raises(NotAllowed) as refused:
        await story.approved(number, kim)
    assert refused.value.sentence == ("Only a reviewer named on PM-1 can approve it or request changes: Raj, Li.")


async def test_an_owners_approval_counts_where_the_settings_say_so(story: Story, database: Database) -> None:
    units = Units(database, story.clock, Settings(self_approval=True, review_approvals=1))
    number = await story.created()
    async with units.begin(story.ana) as unit:
        await submit(unit, number, [story.ana.id, story.raj.id])
    async with units.begin(story.ana) as unit:
        await approve(unit, number)
    async with units.begin(story.ana) as unit:
        review, _ = await publish(unit, number)
    assert review.status is PostmortemStatus.PUBLISHED


async def test_requested_changes_bring_it_back_and_tell_the_owner_and_the_thread(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj)
    async with story.units.begin(story.li) as unit:
        await request_changes(unit, number, "  Say why the <!channel> alarm was silent. ", section="detect")
    seen = await story.seen(number)
    assert seen.status is PostmortemStatus.DRAFT
    assert [(each.verdict, each.note) for each in seen.reviewers] == [
        (Verdict.PENDING, ""),
        (Verdict.CHANGES_REQUESTED, "Say why the <!channel> alarm was silent."),
    ]
    [event] = await story.events(Happening.CHANGES_REQUESTED)
    [told] = await story.messages(MessageKind.CHANGES_REQUESTED)
    assert (told.subject, told.recipient) == (str(event.id), "UANA")
    assert str(event.id) in [line.subject for line in await story.messages(MessageKind.HISTORY)]
    async with story.reader() as reading:
        happened = await history.by_id(reading, event.id or 0)
    assert happened is not None
    assert (happened.label, happened.actor, happened.after["section"]) == ("PM-1", story.li, "Detection")
    assert happened.people[story.raj.id] == story.raj


async def test_the_same_request_for_changes_again_is_one(story: Story) -> None:
    number = await _in_review(story)
    for _ in range(2):
        async with story.units.begin(story.li) as unit:
            await request_changes(unit, number, "More.")
    assert len(await story.events(Happening.CHANGES_REQUESTED)) == 1


async def test_a_request_for_changes_says_what_and_where(story: Story) -> None:
    number = await _in_review(story)
    with pytest.raises(BadFields) as refused:
        async with story.units.begin(story.li) as unit:
            await request_changes(unit, number, " ", section="nowhere")
    assert refused.value.fields.keys() == {"text", "section"}
    with pytest.raises(BadFields, match="at most 3,000 characters, this has 3,001"):
        async with story.units.begin(story.li) as unit:
            await request_changes(unit, number, "x" * 3001)


async def test_the_next_round_asks_the_same_reviewers_in_a_new_message(story: Story) -> None:
    number = await _in_review(story)
    await story.sent()
    async with story.units.begin(story.li) as unit:
        await request_changes(unit, number, "More.")
    await story.sent()
    first = {row.id for row in await story.messages(MessageKind.REVIEW_REQUEST)}
    story.clock.advance(hours=1)
    await story.submitted(number)
    again = await story.messages(MessageKind.REVIEW_REQUEST)
    assert [row.recipient for row in again] == ["ULI", "URAJ"]
    assert first.isdisjoint(row.id for row in again)
    assert [each.verdict for each in (await story.seen(number)).reviewers] == [Verdict.PENDING, Verdict.PENDING]


async def test_the_next_round_asks_exactly_those_it_names(story: Story) -> None:
    number = await _in_review(story)
    async with story.units.begin(story.li) as unit:
        await request_changes(unit, number, "More.")
    await story.sent()
    kim = await met(story.units, "UKIM")
    await story.submitted(number, kim, story.li)
    seen = await story.seen(number)
    assert [each.person for each in seen.reviewers] == [kim, story.li]
    assert story.raj not in [each.recipient for each in seen.reminders]
    await story.approved(number, kim, story.li)
    await story.published(number)


async def test_a_reviewer_who_has_left_holds_up_no_publication(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj)
    await odd_person(story.units, "ULI", has_left=True)
    seen = await story.seen(number)
    assert (seen.outline.approvals, seen.moves[0]) == ("1 of 1 approved", Verb.PUBLISH)
    async with story.reader() as reading:
        assert [each.approvals for each in (await postmortems.listing(reading, story.ana)).items] == ["1 of 1 approved"]
    await story.published(number)


async def test_a_reviewer_who_has_left_is_not_asked_again(story: Story) -> None:
    number = await _in_review(story)
    async with story.units.begin(story.li) as unit:
        await request_changes(unit, number, "More.")
    await odd_person(story.units, "URAJ", has_left=True)
    await story.submitted(number)
    assert [each.person for each in (await story.seen(number)).reviewers] == [story.li]


async def test_publishing_needs_every_approval_then_announces_and_locks(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj)
    with pytest.raises(Locked, match=r"1 of 2 approved\. It waits for Li\."):
        await story.published(number)
    await story.approved(number, story.li)
    await story.published(number)
    seen = await story.seen(number)
    assert (seen.status, seen.outline.published_at, seen.outline.due_on) == (
        PostmortemStatus.PUBLISHED,
        story.clock.now,
        None,
    )
    assert seen.reminders == ()
    assert await story.told(MessageKind.PUBLISHED_ANNOUNCEMENT) == [CHANNEL]
    with pytest.raises(Locked, match="reopen"):
        await story.published(number)


async def test_it_may_be_announced_elsewhere(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj, story.li)
    await story.published(number, channel="CELSEWHERE")
    assert await story.told(MessageKind.PUBLISHED_ANNOUNCEMENT) == ["CELSEWHERE"]


async def test_only_those_concerned_may_publish_or_reopen(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj, story.li)
    kim = await met(story.units, "UKIM")
    with pytest.raises(NotAllowed, match=r"its owner \(Ana\)"):
        async with story.units.begin(kim) as unit:
            await publish(unit, number)
    async with story.units.begin(story.raj) as unit:
        await publish(unit, number)
    with pytest.raises(NotAllowed, match="reopen PM-1"):
        async with story.units.begin(kim) as unit:
            await reopen(unit, number, "because")


async def test_reopening_voids_all_is_due_anew_and_the_next_publication_is_announced_anew(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj, story.li)
    await story.published(number)
    await story.sent()
    story.clock.advance(days=100)
    with pytest.raises(BadFields) as refused:
        async with story.units.begin(story.ana) as unit:
            await reopen(unit, number, "  ")
    assert refused.value.fields.keys() == {"reason"}
    async with story.units.begin(story.ana) as unit:
        await reopen(unit, number, "The cause was another.")
    seen = await story.seen(number)
    assert (seen.status, seen.outline.is_overdue) == (PostmortemStatus.DRAFT, False)
    assert {each.verdict for each in seen.reviewers} == {Verdict.PENDING}
    await story.submitted(number)
    await story.approved(number, story.raj, story.li)
    await story.published(number)
    assert len(await story.messages(MessageKind.PUBLISHED_ANNOUNCEMENT)) == 1
    assert len(await story.messages(MessageKind.PUBLISHED_ANNOUNCEMENT, closed=True)) == 2


async def test_a_new_owner_is_told_and_the_same_again_is_nothing(story: Story) -> None:
    number = await story.created()
    for _ in range(2):
        async with story.units.begin(story.ana) as unit:
            await assign(unit, number, story.raj.id)
    assert (await story.seen(number)).owner == story.raj
    assert await story.told(MessageKind.ASSIGNED) == ["URAJ"]
    assert len(await story.events(Happening.ASSIGNED)) == 1


async def test_who_takes_it_oneself_is_not_told(story: Story) -> None:
    number = await story.created()
    async with story.units.begin(story.li) as unit:
        await assign(unit, number, story.li.id)
    assert await story.told(MessageKind.ASSIGNED) == []


async def test_a_card_without_a_channel_follows_its_owner(story: Story) -> None:
    number = await story.created(channel=None)
    async with story.units.begin(story.ana) as unit:
        await assign(unit, number, story.raj.id)
    assert await story.told(MessageKind.CARD) == ["UANA", "URAJ"]


async def test_an_owner_who_has_left_is_refused(story: Story) -> None:
    number = await story.created()
    gone = await odd_person(story.units, "UGONE", has_left=True)
    with pytest.raises(BadFields, match="Gone has left") as refused:
        async with story.units.begin(story.ana) as unit:
            await assign(unit, number, gone.id)
    assert refused.value.fields.keys() == {"owner"}


async def test_the_same_press_twice_is_one(story: Story) -> None:
    number = await _in_review(story)

    async def press() -> bool:
        try:
            async with story.units.begin(story.raj, key="URAJ:1.1:approve:3") as unit:
                await approve(unit, number)
        except AlreadyDone:
            return False
        return True

    assert sorted(await asyncio.gather(press(), press(), press())) == [False, False, True]


async def test_ended_in_the_middle_a_verdict_leaves_nothing(story: Story) -> None:
    number = await _in_review(story)
    before = await story.messages(MessageKind.HISTORY)
    with pytest.raises(RuntimeError):
        async with story.units.begin(story.raj) as unit:
            await approve(unit, number)
            raise RuntimeError
    assert (await story.seen(number)).outline.approvals == "0 of 2 approved"
    assert len(await story.messages(MessageKind.HISTORY)) == len(before)


async def test_the_review_requests_of_all_are_kept_true(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj)
    assert {row.recipient: row.revision for row in await story.messages(MessageKind.REVIEW_REQUEST)} == {
        "ULI": 2,
        "URAJ": 2,
    }


async def test_an_approval_after_a_change_is_a_new_one(story: Story) -> None:
    number = await _in_review(story)
    await story.approved(number, story.raj)
    story.clock.now += timedelta(minutes=5)
    await story.wrote(number, "more")
    await story.approved(number, story.raj)
    assert len(await story.events(Happening.APPROVED)) == 2
