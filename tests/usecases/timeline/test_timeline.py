"""The timeline's verbs: add, edit, remove, restore."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import BadFields, Conflict, Locked, Mistake, NotAllowed, NotFound
from bot.queries import history, timeline
from bot.queries.history import Happening
from bot.queries.people import Person
from bot.queries.timeline import EntryView
from bot.usecases.messages import MessageKind
from bot.usecases.timeline.add import Added, add
from bot.usecases.timeline.edit import edit
from bot.usecases.timeline.remove import remove
from bot.usecases.timeline.restore import restore
from bot.usecases.timeline.wanted import MarkedMessage, WantedEntry
from bot.usecases.unit import Unit
from bot.vocabulary import PostmortemStatus, Verdict
from tests.usecases.stories import CHANNEL, Story, odd_person, statements

MESSAGE = MarkedMessage(
    channel=CHANNEL,
    ts="1763450000.000100",
    permalink="https://x.slack.com/archives/CINCIDENTS/p1763450000000100",
    author_name="Alertmanager",
    file_names=("graph.png",),
)

MOST_STATEMENTS = 26
"""Of one verb, its event, messages and reminders included; one more or less where a flush divides its batch."""


async def added(story: Story, number: int, text: str = "rolled back", *, minutes_ago: int = 5, **more: Any) -> Added:
    """Raj adds an entry."""
    at = story.clock.now - timedelta(minutes=minutes_ago)
    async with story.units.begin(more.pop("by", story.raj)) as unit:
        return await add(unit, number, WantedEntry(at=at, text=text, **more))


async def entries(story: Story, number: int) -> tuple[EntryView, ...]:
    """What people have put into the timeline, in its order."""
    async with story.reader() as reading:
        return tuple(
            each for each in (await timeline.of_number(reading, number, story.ana, limit=50)).items if not each.is_own
        )


async def texts(story: Story, number: int) -> list[str]:
    """What stands in the timeline, in its order."""
    return [each.text for each in await entries(story, number)]


async def edited(story: Story, entry: EntryView, *, by: Person | None = None, **changes: Any) -> int:
    """Ana, or another, edits an entry as they saw it."""
    async with story.units.begin(by or story.ana) as unit:
        wanted: dict[str, Any] = {"at": entry.at, "version": entry.version} | changes
        return await edit(unit, entry.id, **wanted)


async def removed(story: Story, number: int, entry: EntryView, *, by: Person | None = None) -> int:
    """Ana, or another, removes an entry as they saw it."""
    async with story.units.begin(by or story.ana) as unit:
        return await remove(unit, number, entry.id, version=entry.version)


async def restored(story: Story, event_id: int) -> str:
    """Ana brings one back."""
    async with story.units.begin(story.ana) as unit:
        return await restore(unit, event_id)


async def test_entries_stand_in_the_order_of_time_whoever_adds_them_when(story: Story) -> None:
    number = await story.created()
    await added(story, number, "third", minutes_ago=1)
    await added(story, number, "first", minutes_ago=60)
    await added(story, number, "  second  ", minutes_ago=30, by=story.li)
    assert await texts(story, number) == ["first", "second", "third"]
    first, second, _ = await entries(story, number)
    assert (first.author, first.added_by, first.is_message) == (story.raj, story.raj, False)
    assert second.author == story.li


async def test_the_thread_of_the_card_is_told_and_reviewers_keep_their_verdicts(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj, story.li)
    await story.approved(number, story.raj)
    changed_at = (await story.seen(number)).reminders
    told = len(await story.told(MessageKind.HISTORY))
    await added(story, number, "rolled back by <@UANA>", by=story.li)
    (entry,) = await entries(story, number)
    await edited(story, entry, text="rolled forward")
    view = await story.seen(number)
    assert [each.verdict for each in view.reviewers] == [Verdict.APPROVED, Verdict.PENDING]
    assert view.status is PostmortemStatus.IN_REVIEW
    assert view.reminders == changed_at
    assert len(await story.told(MessageKind.HISTORY)) == told + 2
    (event,) = await story.events(Happening.ADDED_ENTRY)
    assert event.id is not None
    async with story.reader() as reading:
        happened = await history.by_id(reading, event.id)
    assert happened is not None
    assert happened.actor == story.li
    assert happened.mentioned == {"UANA": story.ana}


async def test_a_message_stands_in_a_postmortem_once_and_in_another_as_well(story: Story) -> None:
    first, second = await story.created(), await story.created()
    once = await added(story, first, "firing", message=MESSAGE)
    again = await added(story, first, "firing, edited since", message=MESSAGE, by=story.li)
    assert again == Added(once.entry_id, is_new=False)
    assert (await added(story, second, "firing", message=MESSAGE)).is_new
    (entry,) = await entries(story, first)
    assert (entry.text, entry.author, entry.author_name) == ("firing", None, "Alertmanager")
    assert (entry.permalink, entry.file_names, entry.added_by) == (MESSAGE.permalink, ("graph.png",), story.raj)
    assert len(await story.events(Happening.ADDED_ENTRY)) == 2


async def test_of_many_who_mark_a_message_at_once_one_adds_it(story: Story) -> None:
    number = await story.created()
    done = await asyncio.gather(*(added(story, number, "firing", message=MESSAGE) for _ in range(8)))
    assert sum(each.is_new for each in done) == 1
    assert len({each.entry_id for each in done}) == 1
    assert await texts(story, number) == ["firing"]


async def test_a_message_is_kept_byte_for_byte_and_may_be_empty(story: Story) -> None:
    number = await story.created()
    long = "  <!everyone> &amp; “x”\n" * 2000
    await added(story, number, long, message=MESSAGE)
    await added(story, number, "", message=MarkedMessage(channel=CHANNEL, ts="1763450001.000100"))
    assert set(await texts(story, number)) == {long, ""}


@pytest.mark.parametrize(
    ("text", "minutes_ago", "fields"),
    [
        ("", 5, {"text"}),
        (" \u200b ", 5, {"text"}),
        ("x" * 3001, 5, {"text"}),
        ("a\x00b", 5, {"text"}),
        ("rolled back", -1, {"at"}),
        ("", -1, {"text", "at"}),
    ],
)
async def test_a_typed_entry_says_something_that_has_happened(
    story: Story, text: str, minutes_ago: int, fields: set[str]
) -> None:
    number = await story.created()
    with pytest.raises(BadFields) as refused:
        await added(story, number, text, minutes_ago=minutes_ago)
    assert refused.value.fields.keys() == fields
    assert await texts(story, number) == []


async def test_what_is_escaped_counts_as_the_character_it_is(story: Story) -> None:
    number = await story.created()
    await added(story, number, "&amp;" * 3000)
    assert len(await texts(story, number)) == 1


async def test_an_entry_is_edited_and_the_same_again_changes_nothing(story: Story) -> None:
    number = await story.created()
    await added(story, number)
    (entry,) = await entries(story, number)
    earlier = entry.at - timedelta(hours=1)
    assert await edited(story, entry, at=earlier, text="rolled back to 1.41") == number
    (now,) = await entries(story, number)
    assert (now.at, now.text) == (earlier, "rolled back to 1.41")
    assert await edited(story, now) == number
    assert await edited(story, entry, at=earlier, text="rolled back to 1.41") == number  # sent twice
    (event,) = await story.events(Happening.EDITED_ENTRY)
    assert (event.before["text"], event.after["text"]) == ("rolled back", "rolled back to 1.41")


async def test_an_entry_changed_since_is_a_conflict_that_carries_what_it_says_now(story: Story) -> None:
    number = await story.created()
    await added(story, number)
    (entry,) = await entries(story, number)
    await edited(story, entry, text="rolled forward", by=story.li)
    with pytest.raises(Conflict) as conflict:
        await edited(story, entry, text="rolled sideways")
    assert conflict.value.theirs == WantedEntry(at=entry.at, text="rolled forward")
    assert conflict.value.version == entry.version + 1
    with pytest.raises(Conflict):
        await removed(story, number, entry)
    assert await texts(story, number) == ["rolled forward"]


async def test_ones_own_change_of_an_entry_does_not_keep_one_from_removing_it(story: Story) -> None:
    first, second = await story.created(), await story.created()
    await added(story, second)
    (entry,) = await entries(story, second)
    await edited(story, entry, text="rolled forward", to=first)
    with pytest.raises(Conflict, match="PM-1"):
        await removed(story, second, entry, by=story.li)  # who has not seen that
    event_id = await removed(story, second, entry)
    assert await texts(story, first) == []
    await restored(story, event_id)
    assert await texts(story, first) == ["rolled forward"]


async def test_an_entry_moves_to_another_postmortem_and_both_threads_tell_it(story: Story) -> None:
    first, second = await story.created(), await story.created()
    await added(story, second, "firing", message=MESSAGE)
    (entry,) = await entries(story, second)
    assert await edited(story, entry, to=first) == first
    assert (await texts(story, first), await texts(story, second)) == (["firing"], [])
    (moved,) = await story.events(Happening.MOVED_ENTRY)
    assert moved.after["to"] == first
    await added(story, second, "firing", message=MESSAGE)
    (copy,) = await entries(story, second)
    with pytest.raises(BadFields) as refused:
        await edited(story, copy, to=first)
    assert "has this message already" in refused.value.fields["postmortem"]


async def test_two_who_move_entries_past_each_other_wait_for_nobody(story: Story) -> None:
    first, second = await story.created(), await story.created()
    await added(story, first, "one")
    await added(story, second, "two")
    (one,), (two,) = await entries(story, first), await entries(story, second)
    async with asyncio.timeout(20):
        await asyncio.gather(edited(story, one, to=second), edited(story, two, to=first))
    assert (await texts(story, first), await texts(story, second)) == (["two"], ["one"])


async def test_what_is_removed_can_be_brought_back_as_it_was(story: Story) -> None:
    number = await story.created()
    await added(story, number, "firing", message=MESSAGE)
    (entry,) = await entries(story, number)
    event_id = await removed(story, number, entry)
    assert await texts(story, number) == []
    assert await removed(story, number, entry) == event_id  # a second click
    assert await restored(story, event_id) == entry.id
    assert await restored(story, event_id) == entry.id
    (back,) = await entries(story, number)
    assert back.version > entry.version
    assert (back.at, back.text, back.permalink, back.added_by, back.added_at) == (
        entry.at,
        entry.text,
        entry.permalink,
        entry.added_by,
        entry.added_at,
    )
    with pytest.raises(Conflict):
        await removed(story, number, entry)  # an old button
    assert await removed(story, number, back) != event_id


async def test_a_message_marked_anew_after_its_removal_is_not_brought_back_beside_itself(story: Story) -> None:
    number = await story.created()
    await added(story, number, "firing", message=MESSAGE)
    (entry,) = await entries(story, number)
    event_id = await removed(story, number, entry)
    anew = await added(story, number, "firing", message=MESSAGE)
    assert await restored(story, event_id) == anew.entry_id
    assert await texts(story, number) == ["firing"]


async def test_what_never_was_there_is_said_to_be_gone(story: Story) -> None:
    number = await story.created()
    created = (await story.events(Happening.CREATED))[0].id
    async with story.units.begin(story.ana) as unit:
        for wrong in (
            edit(unit, "nothing", at=unit.now, version=1),
            remove(unit, number, "nothing", version=1),
            restore(unit, 99_999),
            restore(unit, created or 0),
            add(unit, 99, WantedEntry(at=unit.now, text="x")),
        ):
            with pytest.raises(NotFound):
                await wrong


Doing = Callable[[Unit, int, EntryView, int], Awaitable[object]]
VERBS: dict[str, Doing] = {
    "add": lambda unit, number, _entry, _event: add(unit, number, WantedEntry(at=unit.now, text="x")),
    "edit": lambda unit, _number, entry, _event: edit(unit, entry.id, at=unit.now, version=entry.version),
    "remove": lambda unit, number, entry, _event: remove(unit, number, entry.id, version=entry.version),
    "restore": lambda unit, _number, _entry, event: restore(unit, event),
}


@pytest.mark.parametrize("verb", VERBS)
async def test_a_published_postmortem_keeps_its_timeline(story: Story, verb: str) -> None:
    await _refused(story, verb, Locked, "reopen", publish=True)


@pytest.mark.parametrize("verb", VERBS)
async def test_a_guest_or_a_bot_changes_no_timeline(story: Story, verb: str) -> None:
    await _refused(story, verb, NotAllowed, "Only members", by=await odd_person(story.units, "UBOT", is_bot=True))


async def _refused(
    story: Story, verb: str, family: type[Mistake], words: str, *, by: Person | None = None, publish: bool = False
) -> None:
    number = await story.created()
    await added(story, number, "stays")
    await added(story, number, "goes")
    stays, goes = sorted(await entries(story, number), key=lambda each: each.text, reverse=True)
    event_id = await removed(story, number, goes)
    if publish:
        await story.submitted(number, story.raj)
        await story.approved(number, story.raj)
        await story.published(number)
    with pytest.raises(family, match=words):
        async with story.units.begin(by or story.raj) as unit:
            await VERBS[verb](unit, number, stays, event_id)
    assert await texts(story, number) == ["stays"]


async def test_a_page_costs_the_same_however_long_the_timeline_is(story: Story) -> None:
    number = await story.created()
    costs = []
    for count in (1, 30):
        for minute in range(count):
            await added(story, number, f"<@UANA> did step {minute}", minutes_ago=minute)
        async with story.reader() as reading:
            with statements() as seen:
                page = await timeline.of_number(reading, number, story.ana, limit=8)
        costs.append(len(seen))
        assert len(page.items) == min(8, page.total)
    assert costs == [11, 11]


async def test_adding_editing_and_removing_cost_the_same_however_much_is_there(story: Story) -> None:
    number = await story.created()
    costs = []
    for count in (1, MOST_STATEMENTS):
        for _ in range(count):
            await added(story, number, "x")
        entry = (await entries(story, number))[0]
        with statements() as adding:
            await added(story, number, "rolled back", message=replace(MESSAGE, ts=f"17634500{count:02}.000100"))
        with statements() as editing:
            await edited(story, entry, text=f"changed {count}")
        entry = next(each for each in await entries(story, number) if each.id == entry.id)
        with statements() as removing:
            event_id = await removed(story, number, entry)
        with statements() as restoring:
            await restored(story, event_id)
        await story.sent()
        costs.append([len(each) for each in (adding, editing, removing, restoring)])
    assert all(cost <= MOST_STATEMENTS for size in costs for cost in size), costs


async def test_the_likeliest_postmortem_of_a_channel_comes_first(story: Story) -> None:
    numbers = [await story.created() for _ in range(4)]
    await story.created(channel="CELSEWHERE")
    await added(story, numbers[1], by=story.li)
    story.clock.advance(minutes=1)
    await added(story, numbers[0], by=story.raj)
    story.clock.advance(minutes=1)
    await added(story, numbers[2], by=story.li)
    expected = {story.raj: [1, 3, 2, 4], story.li: [3, 2, 1, 4], story.ana: [3, 1, 2, 4]}
    for person, order in expected.items():
        async with story.reader() as reading:
            with statements() as seen:
                found = await timeline.open_in_channel(reading, CHANNEL, person, limit=10)
        assert [each.number for each in found] == order
        assert len(seen) == 3
