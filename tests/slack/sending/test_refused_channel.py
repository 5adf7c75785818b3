"""A channel that refuses what is no card: those whom it concerns are told."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.playground import administration, posting
from bot.queries.people import Person
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.assign import assign
from storage.models import DeliveryState
from tests.slack.sending.post import ANA, INCIDENTS, RAJ, Post

LATE_MONDAY = datetime(2026, 12, 14, 9, tzinfo=UTC)


async def _given(post: Post, number: int, owner: Person) -> None:
    async with post.units.begin(await post.person(ANA)) as unit:
        await assign(unit, number, owner.id)


async def _refused_on(post: Post, monday: datetime) -> None:
    await post.send()
    administration.remove(post.workspace, INCIDENTS, post.workspace.app.user_id)
    await post.clock.move_to(monday.timestamp())
    await post.woken()


def _digests(post: Post, slack_id: str) -> list[str]:
    return [
        posting.message_text(post.workspace, each, slack_id)
        for each in post.messages(slack_id)
        if "long overdue" in each.text
    ]


async def test_a_digest_that_its_channel_refuses_goes_to_each_owner_once(post: Post) -> None:
    raj = await post.person(RAJ)
    for title in ("Checkout down", "Search slow", "Mail late"):
        number = await post.created(title=title)
    await _given(post, number, raj)
    await _refused_on(post, LATE_MONDAY)
    (for_ana,), (for_raj,) = _digests(post, ANA), _digests(post, RAJ)
    assert "Checkout down" in for_ana
    assert "Search slow" in for_ana
    assert "Mail late" not in for_ana
    assert "Mail late" in for_raj
    assert "Search slow" not in for_raj
    assert "/invite @watchbill" in for_raj
    await post.wait(minutes=30)
    assert len(_digests(post, ANA)) == 1
    states = {row.recipient: row.state for row in await post.rows(MessageKind.CHANNEL_DIGEST)}
    assert states == {INCIDENTS: DeliveryState.FAILED, ANA: DeliveryState.SENT, RAJ: DeliveryState.SENT}


async def test_an_owners_digest_is_not_told_in_their_evening(post: Post) -> None:
    post.workspace.people[ANA].tz = "Pacific/Auckland"
    await post.person("U07MAX")
    await post.created()
    await _refused_on(post, LATE_MONDAY)
    assert _digests(post, ANA) == []
    await post.wait(hours=12)
    assert len(_digests(post, ANA)) == 1


async def test_a_digest_whose_owners_have_all_left_is_given_up_aloud(post: Post) -> None:
    await post.person("U07MAX")
    await post.created()
    await post.send()
    administration.change_person(post.workspace, ANA, deleted=True)
    await post.person(ANA)
    await _refused_on(post, LATE_MONDAY)
    assert (await post.row(MessageKind.CHANNEL_DIGEST)).failure == "not_in_channel"


async def test_a_history_line_that_its_channel_refuses_goes_to_the_owner(post: Post) -> None:
    number = await post.created()
    await post.send()
    administration.remove(post.workspace, INCIDENTS, post.workspace.app.user_id)
    await post.submitted(number)
    await post.send()
    (line,) = post.messages(ANA)
    assert "asked Raj for a review" in line.text
    assert "/invite @watchbill" in posting.message_text(post.workspace, line, ANA)
    assert {row.state for row in await post.rows(MessageKind.HISTORY)} == {DeliveryState.SENT}
