"""Follow-ups: added, changed, settled, removed, brought back; who is told, and what is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import BadFields, Conflict, Locked, NotAllowed, NotFound
from bot.queries import actions
from bot.queries.actions import ActionView, Scope
from bot.queries.history import Happening
from bot.queries.people import Person
from bot.usecases.actions.add import add
from bot.usecases.actions.edit import edit, give, move
from bot.usecases.actions.remove import remove
from bot.usecases.actions.restore import restore
from bot.usecases.actions.settle import settle
from bot.usecases.actions.wanted import WantedAction, wrong_issue
from bot.usecases.messages import MessageKind
from bot.usecases.teams.name_team import name_team
from bot.usecases.unit import Unit
from bot.vocabulary import ActionKind, ActionStatus, TeamRole
from storage.models import Membership, Postmortem
from storage.postmortems import by_number
from tests.conftest import met
from tests.usecases.stories import CHANNEL, Story, odd_person

FRIDAY = date(2026, 11, 20)
TEXT = "Add an alarm for the pool"
Attempt = Callable[[Unit], Awaitable[object]]


async def added(
    story: Story, number: int, text: str = TEXT, *, owner: Person | None = None, due: date | None = FRIDAY
) -> str:
    async with story.units.begin(story.ana) as unit:
        return await add(unit, number, WantedAction(text, owner.id if owner else None, due))


async def seen(story: Story, action_id: str) -> ActionView:
    async with story.reader() as reading:
        view = await actions.by_id(reading, action_id, story.ana)
    assert view is not None
    return view


async def listed(story: Story, asker: Person, scope: Scope, **page: int) -> list[str]:
    async with story.reader() as reading:
        listing = await actions.listing(reading, asker, scope, **{"limit": 8, **page})
    return [each.text for each in listing.items]


async def test_an_action_is_added_and_the_thread_tells_it(story: Story) -> None:
    number = await story.created()
    view = await seen(story, await added(story, number, f"  {TEXT} ", owner=story.raj))
    assert (view.text, view.owner, view.due_on, view.is_open, view.label) == (TEXT, story.raj, FRIDAY, True, "PM-1")
    [event] = await story.events(Happening.ADDED_ACTION)
    assert (event.after["text"], event.after["owner_id"], event.after["due_on"]) == (TEXT, story.raj.id, "2026-11-20")
    assert [line.subject for line in await story.messages(MessageKind.HISTORY)] == [str(event.id)]
    assert await story.told(MessageKind.CARD) == [CHANNEL]


async def test_a_new_owner_is_told_once_and_who_chose_themselves_is_not(story: Story) -> None:
    number = await story.created()
    action_id = await added(story, number, owner=story.raj)
    await added(story, number, owner=story.ana)
    assert await story.told(MessageKind.ACTION_GIVEN) == ["URAJ"]
    await story.sent()
    async with story.units.begin(story.raj) as unit:
        await settle(unit, action_id, ActionStatus.DONE)
    [message] = await story.messages(MessageKind.ACTION_GIVEN)
    assert (message.recipient, message.ts is not None, message.revision) == ("URAJ", True, 2)
    assert message.details["given_by"] == story.ana.id


async def test_somebody_who_is_given_it_later_is_told_and_the_earlier_message_says_so(story: Story) -> None:
    number = await story.created()
    action_id = await added(story, number, owner=story.raj)
    await story.sent()
    async with story.units.begin(story.raj) as unit:
        await give(unit, action_id, story.li.id)
    assert await story.told(MessageKind.ACTION_GIVEN) == ["ULI", "URAJ"]
    assert (await seen(story, action_id)).owner == story.li


async def test_a_published_one_takes_actions_and_changes_of_them(story: Story) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    await story.approved(number, story.raj)
    await story.published(number)
    action_id = await added(story, number)
    async with story.units.begin(story.li) as unit:
        await settle(unit, action_id, ActionStatus.NOT_NEEDED)
    view = await seen(story, action_id)
    assert (view.status, view.settled_at) == (ActionStatus.NOT_NEEDED, story.clock.now)


async def test_everything_wrong_is_said_at_once(story: Story) -> None:
    number = await story.created()
    bot = await odd_person(story.units, "UBOT", is_bot=True)
    with pytest.raises(BadFields) as refused:
        async with story.units.begin(story.ana) as unit:
            await add(unit, number, WantedAction(" \u200b", bot.id, date(2026, 11, 17)))
    assert refused.value.fields.keys() == {"text", "owner", "due"}
    with pytest.raises(BadFields) as refused:
        await added(story, number, "x" * 3001)
    assert refused.value.fields == {"text": "Action: at most 3,000 characters, this has 3,001."}


@pytest.mark.parametrize("kind", ["guest", "bot", "left", "unknown"])
async def test_an_owner_is_a_member_who_is_here(story: Story, kind: str) -> None:
    number = await story.created()
    match kind:
        case "guest":
            owner_id = (await met(story.units, "UGUEST", outsider=True)).id
        case "bot":
            owner_id = (await odd_person(story.units, "UBOT", is_bot=True)).id
        case "left":
            owner_id = (await odd_person(story.units, "UOLD", has_left=True)).id
        case _:
            owner_id = "nobody"
    action_id = await added(story, number)
    for attempt in (
        lambda unit: add(unit, number, WantedAction(TEXT, owner_id)),
        lambda u: give(u, action_id, owner_id),
    ):
        with pytest.raises(BadFields) as refused:
            async with story.units.begin(story.ana) as unit:
                await attempt(unit)
        assert refused.value.fields.keys() == {"owner"}


async def test_a_guest_may_neither_change_nor_see_them(story: Story) -> None:
    number = await story.created()
    action_id = await added(story, number)
    guest = await met(story.units, "UGUEST", outsider=True)
    for attempt in (
        lambda unit: add(unit, number, WantedAction(TEXT)),
        lambda unit: settle(unit, action_id, ActionStatus.DONE),
        lambda unit: remove(unit, action_id, version=1),
        lambda unit: move(unit, action_id, FRIDAY),
    ):
        with pytest.raises(NotAllowed):
            async with story.units.begin(guest) as unit:
                await attempt(unit)
    with pytest.raises(NotAllowed):
        await listed(story, guest, Scope.MINE)


async def test_two_who_edit_at_once_see_each_others_words(story: Story) -> None:
    number = await story.created()
    action_id = await added(story, number)
    async with story.units.begin(story.raj) as unit:
        await edit(unit, action_id, WantedAction("Add two alarms", story.raj.id, FRIDAY), version=1)
    with pytest.raises(Conflict) as refused:
        async with story.units.begin(story.li) as unit:
            await edit(unit, action_id, WantedAction("Add three alarms"), version=1)
    assert refused.value.theirs == WantedAction("Add two alarms", story.raj.id, FRIDAY)
    assert refused.value.version == 2
    async with story.units.begin(story.li) as unit:
        await edit(unit, action_id, WantedAction("Add two alarms", story.raj.id, FRIDAY), version=1)
    assert len(await story.events(Happening.EDITED_ACTION)) == 1


async def test_what_another_has_changed_since_is_not_removed_unseen(story: Story) -> None:
    number = await story.created()
    view = await seen(story, await added(story, number))
    async with story.units.begin(story.ana) as unit:
        await edit(unit, view.id, WantedAction("Mine"), version=view.version)
    with pytest.raises(Conflict, match="PM-1") as conflict:
        async with story.units.begin(story.li) as unit:
            await remove(unit, view.id, version=view.version)
    assert conflict.value.theirs == WantedAction("Mine")
    async with story.units.begin(story.ana) as unit:
        await remove(unit, view.id, version=view.version)  # who knows what she wrote
    assert await listed(story, story.ana, Scope.TEAM) == []


async def test_what_an_action_is_already_need_not_be_right_any_more(story: Story) -> None:
    number = await story.created()
    action_id = await added(story, number)
    story.clock.advance(days=7)
    async with story.units.begin(story.raj) as unit:
        await edit(unit, action_id, WantedAction("Add two alarms", None, FRIDAY), version=1)
    assert (await seen(story, action_id)).days_overdue == 3
    with pytest.raises(BadFields):
        async with story.units.begin(story.raj) as unit:
            await move(unit, action_id, FRIDAY + timedelta(days=3))


async def test_settling_twice_counts_once_and_what_is_settled_is_not_moved(story: Story) -> None:
    number = await story.created()
    action_id = await added(story, number)
    for _ in range(2):
        async with story.units.begin(story.raj) as unit:
            await settle(unit, action_id, ActionStatus.DONE)
    assert len(await story.events(Happening.SETTLED_ACTION)) == 1
    attempts: tuple[Attempt, ...] = (
        lambda unit: move(unit, action_id, FRIDAY),
        lambda unit: give(unit, action_id, story.li.id),
    )
    for attempt in attempts:
        with pytest.raises(Locked, match="actions PM-1"):
            async with story.units.begin(story.raj) as unit:
                await attempt(unit)
    async with story.units.begin(story.raj) as unit:
        await settle(unit, action_id, ActionStatus.OPEN)
    assert (await seen(story, action_id)).settled_at is None


async def test_a_removed_action_comes_back_as_it_was_and_with_a_new_version(story: Story) -> None:
    number = await story.created()
    action_id = await added(story, number, owner=story.raj)
    before = await seen(story, action_id)
    await story.sent()
    async with story.units.begin(story.li) as unit:
        event_id = await remove(unit, action_id, version=1)
    with pytest.raises(NotFound, match="removed"):
        async with story.units.begin(story.li) as unit:
            await remove(unit, action_id, version=1)
    for _ in range(2):
        async with story.units.begin(story.li) as unit:
            assert await restore(unit, event_id) == action_id
    after = await seen(story, action_id)
    assert (after.text, after.owner, after.due_on, after.created_at) == (
        before.text,
        before.owner,
        before.due_on,
        before.created_at,
    )
    assert after.version > before.version
    assert [row.recipient for row in await story.messages(MessageKind.ACTION_GIVEN)] == ["URAJ"]
    with pytest.raises(NotFound):
        async with story.units.begin(story.li) as unit:
            await restore(unit, event_id - 1)


async def test_actions_of_a_deleted_postmortem_are_nowhere(story: Story) -> None:
    number = await story.created()
    action_id = await added(story, number, owner=story.ana)
    await _deleted(story, number)
    assert await listed(story, story.ana, Scope.MINE) == []
    async with story.reader() as reading:
        assert await actions.by_id(reading, action_id) is None
    with pytest.raises(NotFound):
        async with story.units.begin(story.ana) as unit:
            await settle(unit, action_id, ActionStatus.DONE)


async def _deleted(story: Story, number: int) -> None:
    async with story.units.begin(story.ana) as unit:
        row: Postmortem | None = await by_number(unit.session, number, lock=True)
        assert row is not None
        row.deleted_at = unit.now


async def test_a_list_begins_with_what_is_due_first(story: Story) -> None:
    number = await story.created()
    for text, due in (("whenever", None), ("later", FRIDAY + timedelta(days=7)), ("soon", FRIDAY)):
        await added(story, number, text, owner=story.ana, due=due)
    done = await added(story, number, "done", owner=story.ana)
    async with story.units.begin(story.ana) as unit:
        await settle(unit, done, ActionStatus.DONE)
    assert await listed(story, story.ana, Scope.MINE) == ["soon", "later", "whenever"]
    assert await listed(story, story.ana, Scope.MINE, limit=1, offset=1) == ["later"]
    assert await listed(story, story.raj, Scope.MINE) == []
    async with story.reader() as reading:
        found = await actions.of_number(reading, number, story.ana)
        assert found is not None
        assert [each.text for each in found] == ["soon", "later", "whenever", "done"]
        assert await actions.of_number(reading, 99, story.ana) is None


async def test_a_teams_actions_are_those_of_its_postmortems_and_of_its_people(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        team_id = (await name_team(unit, "Payments")).id
        unit.session.add(Membership(team_id=team_id, user_id=story.raj.id, role=TeamRole.USER))
    ours, others = await story.created(team_id=team_id), await story.created(owner_id=story.li.id)
    await added(story, ours, "of its postmortem")
    await added(story, others, "of its member", owner=story.raj)
    await added(story, others, "of somebody else", owner=story.li)
    assert await listed(story, story.raj, Scope.TEAM) == await listed(story, story.ana, Scope.TEAM)
    assert sorted(await listed(story, story.raj, Scope.TEAM)) == ["of its member", "of its postmortem"]
    assert await listed(story, story.li, Scope.TEAM) == []


async def test_what_is_due_on_a_friday_is_overdue_on_monday(story: Story) -> None:
    number = await story.created()
    await added(story, number, owner=story.raj)
    overdue = []
    for _ in range(6):
        overdue.append(await listed(story, story.li, Scope.OVERDUE))
        story.clock.advance(days=1)
    assert overdue == [[], [], [], [], [], [TEXT]]  # Wednesday to Monday


@pytest.mark.parametrize(
    "url",
    [
        "http://jira.example.com/browse/OPS-1",
        "javascript:alert(1)",
        "https://",
        "https://jira.example.com/a b",
        "https://jira.example.com/<b>|x",
        "https://me:secret@jira.example.com/browse/OPS-1",
        "OPS-1",
    ],
)
def test_an_issue_is_a_link_that_everybody_can_follow_safely(url: str) -> None:
    sentence = wrong_issue(url)
    assert sentence
    assert "secret" not in sentence


async def test_its_kind_and_its_issue_outlive_a_removal(story: Story) -> None:
    number = await story.created()
    issue = "https://jira.example.com/browse/OPS-1"
    wanted = WantedAction("Add an alarm", kind=ActionKind.DETECT, jira_url=f" {issue} ")
    with pytest.raises(BadFields) as refused:
        async with story.units.begin(story.ana) as unit:
            await add(unit, number, replace(wanted, jira_url="OPS-1"))
    assert refused.value.fields.keys() == {"jira_url"}
    async with story.units.begin(story.ana) as unit:
        action_id = await add(unit, number, wanted)
    async with story.units.begin(story.ana) as unit:
        event_id = await remove(unit, action_id, version=1)
    async with story.units.begin(story.ana) as unit:
        await restore(unit, event_id)
    async with story.reader() as reading:
        view = await actions.by_id(reading, action_id)
    assert view and (view.kind, view.jira_url) == (ActionKind.DETECT, issue)
