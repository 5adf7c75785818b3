"""Starting a postmortem."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.errors import AlreadyDone, BadFields, NotAllowed
from bot.queries import incidents, postmortems, services
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.create import create
from bot.usecases.teams.name_team import name_team
from bot.vocabulary import IncidentStatus, PostmortemStatus, Severity
from storage.models import Incident, Postmortem
from tests.conftest import met
from tests.usecases.stories import CHANNEL, Story, odd_person, wanted


async def test_a_new_postmortem_is_a_draft_with_the_templates_empty_sections(story: Story) -> None:
    number = await story.created(services=("Checkout", " checkout ", "Payments"), responder_ids=(story.raj.id,))
    seen = await story.seen(number)
    assert (seen.label, seen.title, seen.status, seen.owner) == (
        "PM-1",
        "Checkout was down",
        PostmortemStatus.DRAFT,
        story.ana,
    )
    assert [section.title for section in seen.sections] == ["Leadup", "Fault", "Detection", "Root causes"]
    assert (seen.filled, all(section.prompt for section in seen.sections)) == (0, True)
    assert seen.services == ("Checkout", "Payments")
    assert seen.responders == (story.raj,)
    assert seen.duration == timedelta(minutes=30)
    assert seen.outline.due_on == date(2026, 11, 25)


async def test_its_card_goes_to_the_channel(story: Story) -> None:
    number = await story.created()
    [card] = await story.messages(MessageKind.CARD)
    assert (card.recipient, card.subject) == (CHANNEL, (await story.seen(number)).id)


async def test_without_a_channel_the_card_goes_to_the_owner(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        await create(unit, wanted(story.raj, unit.now, channel=None))
    assert await story.told(MessageKind.CARD) == ["URAJ"]


@pytest.mark.parametrize("has_ended", [True, False])
async def test_an_incident_is_made_and_resolved_when_it_has_ended(story: Story, has_ended: bool) -> None:
    changes: dict[str, Any] = {} if has_ended else {"ended_at": None}
    seen = await story.seen(await story.created(**changes))
    assert (seen.incident.label, seen.incident.message) == ("INC-1", "Checkout was down")
    assert seen.incident.status is (IncidentStatus.RESOLVED if has_ended else IncidentStatus.OPEN)


async def test_an_incident_that_has_a_postmortem_is_refused_with_its_number(story: Story) -> None:
    await story.created()
    async with story.reader() as reading:
        [incident] = await incidents.recent(reading)
    with pytest.raises(BadFields) as refused:
        await story.created(incident_id=incident.id)
    assert refused.value.fields == {
        "incident": "Incident: INC-1 has a postmortem already, PM-1: `/postmortem show PM-1`."
    }


async def test_of_two_who_start_one_for_the_same_incident_at_once_the_second_learns_of_the_first(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        incident = Incident(
            number=9,
            message="x",
            message_key="x",
            priority=Severity.P1,
            started_at=unit.now,
            created_at=unit.now,
            updated_at=unit.now,
        )
        unit.session.add(incident)
    results = await asyncio.gather(
        story.created(incident_id=incident.id), story.created(incident_id=incident.id), return_exceptions=True
    )
    assert [type(result) for result in results if not isinstance(result, int)] == [BadFields]
    assert [result for result in results if isinstance(result, int)] == [1]


async def test_all_bad_fields_are_told_at_once(story: Story) -> None:
    bot = await odd_person(story.units, "UROBOT", is_bot=True)
    with pytest.raises(BadFields) as refused:
        await story.created(
            title="x" * 300,
            started_at=story.clock.now + timedelta(hours=1),
            ended_at=story.clock.now,
            incident_id="nothing",
            owner_id=bot.id,
            services=("",),
            responder_ids=("nobody",),
            template="five-whys",
        )
    assert refused.value.fields.keys() == {
        *("title", "started_at", "ended_at", "incident", "owner", "services", "responders", "template"),
    }
    assert refused.value.fields["title"] == "Title: at most 200 characters, this has 300."


@pytest.mark.parametrize("title", ["", "   ", "\u3000"])
async def test_a_title_must_say_something(story: Story, title: str) -> None:
    with pytest.raises(BadFields, match="Title"):
        await story.created(title=title)


async def test_a_title_of_two_hundred_characters_fits(story: Story) -> None:
    number = await story.created(title=f"  {'x' * 200} ")
    assert (await story.seen(number)).title == "x" * 200


@pytest.mark.parametrize(
    "title",
    [
        "<!channel> & <@UANA>",
        "*x* _y_ ~z~ `q`",
        "מסד הנתונים נפל",
        "\u202eevil",
        "👩‍👩‍👧 down 🔥",
        "“quoted” ‘it’s’",
        "'; drop table--",
    ],
)
async def test_a_hostile_title_is_kept_as_typed(story: Story, title: str) -> None:
    number = await story.created(title=title)
    assert (await story.seen(number)).title == title


@pytest.mark.parametrize("title", ["a\x00b", "half \ud83d"])
async def test_a_title_that_no_database_can_keep_is_refused_under_its_field(story: Story, title: str) -> None:
    with pytest.raises(BadFields) as refused:
        await story.created(title=title)
    assert refused.value.fields.keys() == {"title"}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("bot", "Robot is a bot and cannot own a postmortem. Choose a person."),
        ("left", "Robot has left the workspace and cannot own a postmortem. Choose somebody else."),
        ("guest", "Robot is a guest and cannot own a postmortem. Choose a member of this workspace."),
        ("unknown", "This person is not known here, so they cannot own a postmortem. Choose somebody else."),
    ],
)
async def test_an_owner_who_cannot_own_is_refused_with_a_sentence(story: Story, kind: str, sentence: str) -> None:
    if kind == "guest":
        owner_id = (await met(story.units, "UROBOT", outsider=True)).id
    elif kind == "unknown":
        owner_id = "nobody"
    else:
        owner_id = (await odd_person(story.units, "UROBOT", is_bot=kind == "bot", has_left=kind == "left")).id
    with pytest.raises(BadFields) as refused:
        await story.created(owner_id=owner_id)
    assert refused.value.fields == {"owner": sentence}


async def test_a_day_chosen_in_the_form_is_its_due_day_and_a_past_one_is_refused(story: Story) -> None:
    number = await story.created(due_on=date(2026, 11, 20))
    assert (await story.seen(number)).outline.due_on == date(2026, 11, 20)
    with pytest.raises(BadFields, match="this day is past"):
        await story.created(due_on=date(2026, 11, 17))


async def test_a_guest_may_not_start_one(story: Story) -> None:
    guest = await met(story.units, "UGUEST", outsider=True)
    with pytest.raises(NotAllowed, match="members of this workspace"):
        async with story.units.begin(guest) as unit:
            await create(unit, wanted(story.ana, unit.now))


async def test_it_belongs_to_the_owners_only_team(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        team = await name_team(unit, "Payments")
    await story.created()
    async with story.reader() as reading:
        row = (await reading.session.exec(select(Postmortem))).one()
    assert row.team_id == team.id


async def test_the_same_key_twice_makes_one(story: Story) -> None:
    async def press() -> str:
        try:
            async with story.units.begin(story.ana, key="view-1:hash") as unit:
                await create(unit, wanted(story.ana, unit.now))
        except AlreadyDone as done:
            return f"again {done.outcome}"
        return "made"

    assert sorted(await asyncio.gather(press(), press())) == ["again PM-1", "made"]
    assert len(await story.messages(MessageKind.CARD)) == 1


async def test_ended_in_the_middle_it_leaves_nothing(story: Story) -> None:
    with pytest.raises(KeyboardInterrupt):
        async with story.units.begin(story.ana, key="k") as unit:
            await create(unit, wanted(story.ana, unit.now, services=("Checkout",)))
            raise KeyboardInterrupt
    async with story.reader() as reading:
        assert (await postmortems.listing(reading, story.ana)).total == 0
        assert await incidents.recent(reading) == ()
        assert await services.search(reading) == ()
    assert await story.messages(MessageKind.CARD) == []
    assert await story.created() == 1


async def test_two_who_name_the_same_new_service_at_once_share_it(story: Story) -> None:
    await asyncio.gather(*(story.created(services=names) for names in (("Api", "Web"), ("web", "api"), ("Api",))))
    async with story.reader() as reading:
        assert len(await services.search(reading)) == 2


async def test_numbers_have_no_gaps(story: Story) -> None:
    numbers = await asyncio.gather(*(story.created() for _ in range(5)))
    assert sorted(numbers) == [1, 2, 3, 4, 5]


async def test_the_due_day_counts_from_the_making_while_the_incident_has_no_end(story: Story) -> None:
    story.clock.now = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # Saturday already in Berlin
    number = await story.created(ended_at=None)
    assert (await story.seen(number)).outline.due_on == date(2026, 11, 27)
