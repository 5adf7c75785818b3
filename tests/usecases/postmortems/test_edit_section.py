"""Changing the text of a section."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.engines.documents.document import MAX_CHARACTERS, from_plain, to_plain
from bot.errors import BadFields, Conflict, Locked, NotAllowed, NotFound
from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.edit_section import edit_section
from bot.vocabulary import PostmortemStatus, Verdict
from tests.conftest import met
from tests.usecases.stories import CHANNEL, Story


async def test_a_written_section_is_kept_and_counted(story: Story) -> None:
    number = await story.created()
    assert await story.wrote(number, "The pool was empty.", section="root") == 2
    seen = await story.seen(number)
    assert seen.filled == 1
    assert (to_plain(seen.sections[3].body), seen.sections[3].version) == ("The pool was empty.", 2)


@pytest.mark.parametrize("words", ["root-causes", "Root causes", " ROOT ", "causes", "cause"])
async def test_a_section_is_found_by_key_title_or_a_part(story: Story, words: str) -> None:
    number = await story.created()
    await story.wrote(number, "text", section=words)
    assert [each.key for each in (await story.seen(number)).sections if not each.is_empty] == ["root-causes"]


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("dtection", ("leadup", "fault", "detection", "root-causes")),
        ("", ("leadup", "fault", "detection", "root-causes")),
        ("t", ("fault", "detection", "root-causes")),
    ],
)
async def test_an_unclear_section_is_refused_with_those_there_are(
    story: Story, words: str, nearest: tuple[str, ...]
) -> None:
    number = await story.created()
    with pytest.raises(NotFound) as refused:
        await story.wrote(number, "text", section=words)
    assert refused.value.nearest == nearest


async def test_an_unknown_number_is_refused_with_the_newest(story: Story) -> None:
    with pytest.raises(NotFound, match="starts the first"):
        await story.wrote(1, "text")
    await story.created()
    with pytest.raises(NotFound, match="There is no PM-99; the newest is PM-1") as refused:
        await story.wrote(99, "text")
    assert refused.value.nearest == ("PM-1",)


async def test_any_member_may_write_but_no_guest(story: Story) -> None:
    number = await story.created()
    guest = await met(story.units, "UGUEST", outsider=True)
    async with story.units.begin(story.li) as unit:
        await edit_section(unit, number, "fault", from_plain("by Li"), version=1)
    with pytest.raises(NotAllowed, match="Only members of this workspace can edit PM-1"):
        async with story.units.begin(guest) as unit:
            await edit_section(unit, number, "fault", from_plain("by a guest"), version=2)


async def test_a_stale_version_is_a_conflict_that_carries_what_is_there(story: Story) -> None:
    number = await story.created()
    await story.wrote(number, "first")
    with pytest.raises(Conflict) as refused:
        await story.wrote(number, "second", version=1)
    assert (refused.value.theirs, refused.value.version) == (from_plain("first"), 2)
    assert to_plain((await story.seen(number)).sections[1].body) == "first"


async def test_of_two_who_write_at_once_one_wins_and_the_other_learns_it(story: Story) -> None:
    number = await story.created()
    results = await asyncio.gather(story.wrote(number, "one"), story.wrote(number, "two"), return_exceptions=True)
    assert sorted(map(str, map(type, results))) == sorted(map(str, (int, Conflict)))


async def test_other_sections_can_be_written_at_the_same_time(story: Story) -> None:
    number = await story.created()
    await asyncio.gather(*(story.wrote(number, each, section=each) for each in ("leadup", "fault", "detection")))
    assert (await story.seen(number)).filled == 3


async def test_the_same_text_again_changes_nothing_whatever_the_version(story: Story) -> None:
    number = await story.created()
    await story.wrote(number, "same")
    before = (await story.seen(number)).outline.version
    assert await story.wrote(number, "same", version=1) == 2
    assert (await story.seen(number)).outline.version == before
    assert len(await story.events(Happening.EDITED)) == 1


async def test_a_text_that_is_too_long_is_refused_under_its_field(story: Story) -> None:
    number = await story.created()
    with pytest.raises(BadFields) as refused:
        await story.wrote(number, "x" * (MAX_CHARACTERS + 1))
    assert refused.value.fields.keys() == {"text"}


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d"])
async def test_a_text_that_no_database_can_keep_is_refused(story: Story, text: str) -> None:
    number = await story.created()
    with pytest.raises(BadFields, match="invisible character"):
        await story.wrote(number, text)


async def test_what_only_looks_like_an_escape_is_kept(story: Story) -> None:
    number = await story.created()
    await story.wrote(number, r"a \u0000 \ud83d <!channel>")
    assert to_plain((await story.seen(number)).sections[1].body) == r"a \u0000 \ud83d <!channel>"


async def test_a_published_one_is_locked_with_the_way_out(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    await story.approved(number, story.raj)
    await story.published(number)
    with pytest.raises(Locked, match="/postmortem reopen PM-1 reason"):
        await story.wrote(number, "late")


async def test_a_change_voids_approvals_and_asks_again_in_the_same_message(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj, story.li)
    await story.approved(number, story.raj)
    await story.sent()
    before = {row.recipient: (row.id, row.revision) for row in await story.messages(MessageKind.REVIEW_REQUEST)}
    await story.wrote(number, "more")
    seen = await story.seen(number)
    assert seen.status is PostmortemStatus.IN_REVIEW
    assert [each.verdict for each in seen.reviewers] == [Verdict.PENDING, Verdict.PENDING]
    after = {row.recipient: (row.id, row.revision) for row in await story.messages(MessageKind.REVIEW_REQUEST)}
    assert after == {who: (row_id, revision + 1) for who, (row_id, revision) in before.items()}


async def test_each_change_edits_the_card_and_adds_a_line_to_its_thread(story: Story) -> None:
    number = await story.created()
    await story.wrote(number, "one")
    story.clock.now += timedelta(seconds=1)
    await story.wrote(number, "two", version=2)
    [card] = await story.messages(MessageKind.CARD)
    lines = await story.messages(MessageKind.HISTORY)
    events = await story.events(Happening.EDITED)
    assert card.revision == 3
    assert [(line.subject, line.recipient) for line in lines] == [(str(event.id), CHANNEL) for event in events]
    assert [event.after["was_empty"] for event in events] == [True, False]
    assert events[1].before["body"] == from_plain("one")
