"""What programs do to postmortems, by the verbs that people use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.engines.documents.document import from_plain, is_empty, to_plain
from bot.engines.documents.parts import heading_of, join, split
from bot.errors import Locked, NotAllowed, NotFound
from bot.queries import history, keys, whole_postmortems
from bot.queries.actors import KeyHolder
from bot.queries.history import Happening
from bot.queries.whole_postmortems import WholePostmortem
from bot.usecases.actions.add import add as add_action
from bot.usecases.actions.settle import settle
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.keys.create import create as create_key
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.approve import approve
from bot.usecases.postmortems.assign import assign
from bot.usecases.postmortems.comment import comment
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.delete import delete
from bot.usecases.postmortems.edit import edit
from bot.usecases.postmortems.edit_section import edit_section
from bot.usecases.postmortems.request_changes import request_changes
from bot.usecases.postmortems.set_status import set_status
from bot.usecases.postmortems.undelete import undelete
from bot.usecases.postmortems.wanted import WantedPostmortem, WantedResponder
from bot.usecases.postmortems.write_content import write_content
from bot.usecases.postmortems.write_summary import write_summary
from bot.usecases.references import Ref
from bot.usecases.teams.name_team import name_team
from bot.usecases.timeline.add import add as add_entry
from bot.usecases.timeline.edit import edit as edit_entry
from bot.usecases.timeline.wanted import WantedEntry
from bot.usecases.unit import Unit
from bot.vocabulary import EXECUTIVE_SUMMARY, ActionStatus, IncidentStatus, PostmortemStatus, Right, Severity
from storage.models import Incident
from tests.usecases.stories import CHANNEL, Story, statements

TEXT = "What led to it.", "What failed."


@pytest.fixture
async def ci(story: Story) -> KeyHolder:
    return await key(story)


async def key(story: Story, *, team: str | None = None) -> KeyHolder:
    async with story.units.begin(None) as unit:
        text = await create_key(unit, name=f"ci {team or ''}".strip(), rights=tuple(Right), team=team)
    async with story.reader() as reading:
        holder = await keys.holder_of(reading, text)
    assert holder
    return holder


async def incident(story: Story, *, created_by: str | None = None, team_id: str | None = None) -> str:
    async with story.units.begin(None) as unit:
        row = Incident(
            number=9,
            message="Checkout down",
            message_key="checkout down",
            priority=Severity.P1,
            status=IncidentStatus.RESOLVED,
            started_at=unit.now,
            resolved_at=unit.now,
            created_at=unit.now,
            updated_at=unit.now,
            created_by=created_by,
            owner_team_id=team_id,
        )
        unit.session.add(row)
    return row.id


async def whole(story: Story, number: int) -> WholePostmortem:
    async with story.reader() as reading:
        found = await whole_postmortems.by_number(reading, number)
    assert found
    return found


async def last_happened(story: Story, verb: Happening) -> history.Happened:
    event_id = (await story.events(verb))[-1].id
    async with story.reader() as reading:
        happened = await history.by_id(reading, event_id or 0)
    assert happened
    return happened


async def test_a_program_starts_one_as_its_incident_has_it_and_several_of_one(story: Story, ci: KeyHolder) -> None:
    wanted = CreatePostmortem(incident_id=await incident(story, created_by=story.raj.id), another=True)
    for number in (1, 2):
        async with story.units.begin(ci) as unit:
            assert await create(unit, wanted) == number
    made = await whole(story, 1)
    assert (made.title, made.severity, made.owner, made.ended_at) == (
        *("Checkout down - postmortem report", Severity.P1, story.raj),
        story.clock.now,
    )
    assert (made.content, is_empty(made.summary)) == (join(made.parts), True)
    assert await story.told(MessageKind.CARD) == ["URAJ", "URAJ"]
    assert (await last_happened(story, Happening.CREATED)).key == "ci"
    async with story.units.begin(replace(ci, for_person=story.li)) as unit:
        number = await create(unit, replace(wanted, alert_group_id="I68T", content=join(split(from_plain("It broke")))))
    seen = await whole(story, number)
    assert (seen.owner, seen.alert_group_id, to_plain(seen.content)) == (story.li, "I68T", "It broke")
    async with story.reader() as reading:
        both = await whole_postmortems.page(reading, incident_id=made.incident.id, limit=1, offset=1)
    assert ([each.number for each in both.items], both.total) == ([2], 3)


async def test_where_nobody_made_the_incident_the_keys_stand_in_owns_it(story: Story, ci: KeyHolder) -> None:
    wanted = CreatePostmortem(incident_id=await incident(story))
    async with story.units.begin(ci) as unit:
        await create(unit, wanted)
    made = await whole(story, 1)
    assert (made.owner.name, made.owner.is_bot, made.owner.slack_id) == ("ci", True, None)
    assert await story.messages(MessageKind.CARD) == []


async def test_a_whole_text_keeps_the_sections_whose_text_is_the_same(story: Story, ci: KeyHolder) -> None:
    number = await story.created()
    await story.wrote(number, TEXT[0], section="leadup")
    before = {each.key: each for each in (await story.seen(number)).sections}
    text = (await whole(story, number)).content
    async with story.units.begin(ci) as unit:
        await write_content(unit, number, text)
    assert await story.events(Happening.REWRITTEN) == []
    parts = [each for each in split(text) if each.title != "Detection"]
    changed = [replace(each, body=from_plain(TEXT[1])) if each.title == "Fault" else each for each in parts]
    added = replace(parts[0], title="Lessons", heading=heading_of("Lessons"), body=from_plain("Test the restore."))
    async with story.units.begin(ci) as unit:
        await write_content(unit, number, join([*changed, added]))
    after = {each.key: each for each in (await story.seen(number)).sections}
    assert [*after] == ["leadup", "fault", "root-causes", "lessons"]
    assert (after["leadup"], after["root-causes"]) == (before["leadup"], before["root-causes"])
    assert (after["fault"].version, after["fault"].updated_by and after["fault"].updated_by.name) == (2, "ci")
    happened = await last_happened(story, Happening.REWRITTEN)
    assert (happened.key, happened.after["titles"], happened.after["removed"]) == (
        "ci",
        ["Fault", "Lessons"],
        ["Detection"],
    )
    again = (await whole(story, number)).content
    async with story.units.begin(ci) as unit:
        await write_content(unit, number, join([replace(split(again)[0], body=from_plain("Else.")), *split(again)[1:]]))
    assert (await last_happened(story, Happening.EDITED)).after["section"] == "leadup"


async def test_a_text_by_a_program_voids_approvals_and_the_summary_is_a_section_of_its_own(
    story: Story, ci: KeyHolder
) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    await story.approved(number, story.raj)
    async with story.units.begin(ci) as unit:
        await write_summary(unit, number, from_plain("In short."))
    seen = await story.seen(number)
    assert (seen.outline.approvals, seen.sections[0].key, seen.filled) == ("0 of 1 approved", EXECUTIVE_SUMMARY, 1)
    async with story.units.begin(story.ana) as unit:
        version = await edit_section(unit, number, EXECUTIVE_SUMMARY, from_plain("Shorter."), version=1)
    assert (version, to_plain((await whole(story, number)).summary)) == (2, "Shorter.")
    assert to_plain((await whole(story, number)).content).count("Shorter.") == 0


async def test_the_facts_change_in_one_event_and_the_same_again_in_none(story: Story, ci: KeyHolder) -> None:
    number = await story.created()
    async with story.units.begin(None) as unit:
        team = await name_team(unit, "Payments")
    wanted = WantedPostmortem(
        title="Anew",
        severity=Severity.P5,
        owner=Ref(story.raj.id),
        jira_issues=("https://x.example/browse/A-1",),
        services=(),
        teams=(Ref(name="Payments"), Ref(team.id)),
        responders=(WantedResponder(Ref(story.li.id), " Commander "), WantedResponder(Ref(story.li.id), "Commander")),
    )
    for _ in range(2):
        async with story.units.begin(ci) as unit:
            await edit(unit, number, wanted)
    seen = await story.seen(number)
    assert (seen.title, seen.outline.severity, seen.owner, seen.teams) == ("Anew", "P5", story.raj, ("Payments",))
    assert (seen.roles, seen.jira_issues) == ({story.li.id: "Commander"}, ("https://x.example/browse/A-1",))
    assert len(await story.events(Happening.CHANGED)) == 1
    happened = await last_happened(story, Happening.CHANGED)
    assert (happened.key, {*happened.after}) == (
        "ci",
        {"title", "severity", "jira_issues", "responder_teams", "responders"},
    )
    assert await story.told(MessageKind.ASSIGNED) == ["URAJ"]


async def test_whoever_a_program_acts_for_is_not_told_of_it(story: Story, ci: KeyHolder) -> None:
    number = await story.created()
    async with story.units.begin(replace(ci, for_person=story.raj)) as unit:
        await assign(unit, number, story.raj.id)
    assert await story.messages(MessageKind.ASSIGNED) == []
    happened = await last_happened(story, Happening.ASSIGNED)
    assert (happened.actor, happened.key) == (story.raj, "ci")


async def test_a_status_by_a_program_has_everything_that_follows_from_it(story: Story, ci: KeyHolder) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    moves = (PostmortemStatus.DRAFT, PostmortemStatus.PUBLISHED, PostmortemStatus.IN_REVIEW)
    happenings = []
    for status in moves:
        async with story.units.begin(ci) as unit:
            await set_status(unit, number, status)
            await set_status(unit, number, status)
        seen = await story.seen(number)
        happenings.append((seen.status, seen.outline.published_at is not None, seen.outline.due_on is not None))
    assert happenings == [
        (PostmortemStatus.DRAFT, False, True),
        (PostmortemStatus.PUBLISHED, True, False),
        (PostmortemStatus.IN_REVIEW, False, True),
    ]
    for verb, times in ((Happening.WITHDRAWN, 1), (Happening.PUBLISHED, 1), (Happening.REOPENED, 1)):
        assert len(await story.events(verb)) == times
    assert await story.told(MessageKind.PUBLISHED_ANNOUNCEMENT) == [CHANNEL]
    assert await story.told(MessageKind.REVIEW_REQUEST) == ["URAJ"]
    async with story.units.begin(ci) as unit:
        await set_status(unit, number, PostmortemStatus.PUBLISHED)
    with pytest.raises(Locked, match="Change its status to draft or in-review first"):
        async with story.units.begin(ci) as unit:
            await edit(unit, number, WantedPostmortem(title="Anew", status=PostmortemStatus.DRAFT))


async def test_what_a_program_deletes_says_so_and_comes_back_by_an_admin_alone(story: Story, ci: KeyHolder) -> None:
    number = await story.created()
    async with story.units.begin(ci) as unit:
        await delete(unit, number)
    with pytest.raises(NotFound, match="PM-1 was deleted by the key “ci”"):
        await story.seen(number)
    with pytest.raises(NotAllowed):
        async with story.units.begin(story.li) as unit:
            await undelete(unit, number)


async def test_a_key_of_a_team_touches_its_teams_alone(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        team = await name_team(unit, "Payments")
    async with story.units.begin(None) as unit:
        await name_team(unit, "Search")
    number = await story.created()
    theirs, others = await key(story, team="Payments"), await key(story, team="Search")
    async with story.units.begin(theirs) as unit:
        await edit(unit, number, WantedPostmortem(title="Anew"))
    with pytest.raises(NotAllowed, match="acts for one team alone"):
        async with story.units.begin(others) as unit:
            await edit(unit, number, WantedPostmortem(title="Ours"))
    wanted = CreatePostmortem(incident_id=await incident(story, team_id=team.id))
    async with story.units.begin(theirs) as unit:
        number = await create(unit, wanted)
    assert (await whole(story, number)).team_id == team.id


async def test_reading_them_whole_costs_the_same_however_many_they_are(story: Story, ci: KeyHolder) -> None:
    costs = []
    for _ in range(3):
        number = await story.created(services=("Api",), responder_ids=(story.raj.id,))
        async with story.units.begin(ci) as unit:
            await write_summary(unit, number, from_plain("In short."))
        async with story.reader() as reading:
            with statements() as seen:
                await whole_postmortems.page(reading, limit=50)
        costs.append(len(seen))
    assert costs[0] == costs[-1] <= 25


Deed = Callable[[Unit, int, str, str], Awaitable[object]]
ONLY_PEOPLE: dict[str, tuple[str, Deed]] = {
    "approve": ("approve it or request changes", lambda unit, number, *_: approve(unit, number)),
    "changes": ("approve it or request changes", lambda unit, number, *_: request_changes(unit, number, "Say why")),
    "comment": ("comment on PM-1", lambda unit, number, *_: comment(unit, number, "Well said")),
    "action": ("change the actions of PM-1", lambda unit, number, *_: add_action(unit, number, WantedAction("Alert"))),
    "settle": (
        "change the actions of PM-1",
        lambda unit, _number, action, _entry: settle(unit, action, ActionStatus.DONE),
    ),
    "entry": (
        "change the timeline of PM-1",
        lambda unit, number, *_: add_entry(unit, number, WantedEntry(at=unit.now, text="Rolled back")),
    ),
    "edit": (
        "change the timeline of PM-1",
        lambda unit, _number, _action, entry: edit_entry(unit, entry, at=unit.now, version=1),
    ),
}


@pytest.mark.parametrize("deed", ONLY_PEOPLE)
async def test_what_people_do_in_their_own_name_no_key_does_not_even_for_one_of_them(
    story: Story, ci: KeyHolder, deed: str
) -> None:
    number = await story.created()
    await story.submitted(number, story.raj)
    async with story.units.begin(story.ana) as unit:
        action = await add_action(unit, number, WantedAction("Alert on the pool"))
        entry = (await add_entry(unit, number, WantedEntry(at=unit.now, text="It began"))).entry_id
    doing, does = ONLY_PEOPLE[deed]
    for actor in (ci, replace(ci, for_person=story.raj)):
        with pytest.raises(NotAllowed, match=f"Only a person can {doing}, no API key."):
            async with story.units.begin(actor) as unit:
                await does(unit, number, action, entry)
