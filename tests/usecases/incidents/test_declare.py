"""Incidents as people declare and lead them: what is refused, what follows, and what nobody is told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.errors import BadFields, NotAllowed
from bot.queries import incident_cards, incidents
from bot.queries.incident_log import happenings
from bot.queries.incidents import IncidentRef
from bot.usecases.incidents.declare import Declaration, declare
from bot.usecases.incidents.delete import delete
from bot.usecases.incidents.give_roles import give_roles
from bot.usecases.incidents.moving import resolve
from bot.usecases.incidents.open_incident import open_incident
from bot.usecases.incidents.own_channel import move_in, stay_out
from bot.usecases.messages import MessageKind
from bot.usecases.teams.name_team import name_team
from bot.vocabulary import IncidentRole, Severity
from storage.models import Delivery, Incident, IncidentPart, Service
from storage.models.base import name_key
from tests.conftest import met
from tests.usecases.stories import Story

CHANNEL, OWN = "C1", "C9"
REF = IncidentRef("1", is_tiny=True)
WANTED = Declaration(title="Checkout down", severity=Severity.P2, channel=CHANNEL)


async def declared(story: Story, wanted: Declaration = WANTED) -> Incident:
    async with story.units.begin(story.ana) as unit:
        return await declare(unit, wanted)


async def told(story: Story) -> list[tuple[str, str]]:
    """What is on its way of incidents: the kind, and to whom."""
    async with story.reader() as reading:
        rows: Sequence[Delivery] = (await reading.session.exec(select(Delivery))).all()
    return sorted((row.kind, row.recipient) for row in rows if row.kind.startswith(MessageKind.INCIDENT))


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": " \u200b "}, {"title"}),
        ({"title": "x" * 131, "description": "x" * 10_001}, {"title", "description"}),
        ({"services": ("x" * 201,)}, {"services"}),
        ({"team_id": "nobody's"}, {"team"}),
        ({"commander_id": "nobody"}, {"commander"}),
        ({"alert_id": "gone"}, {"alert"}),
    ],
)
async def test_what_is_wrong_is_told_by_field_and_nothing_is_made(
    story: Story, wrong: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(BadFields) as refused:
        await declared(story, replace(WANTED, **wrong))
    assert set(refused.value.fields) == fields
    async with story.reader() as reading:
        assert await incidents.recent(reading) == () and await told(story) == []


async def test_it_is_of_the_team_that_is_named_else_of_its_services(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        ops, dev = await name_team(unit, "Ops"), await name_team(unit, "Dev")
        unit.session.add(Service(name="Checkout", name_key=name_key("Checkout"), team_id=ops.id))
    assert (await declared(story, replace(WANTED, services=("checkout", "New one")))).owner_team_id == ops.id
    assert (await declared(story, replace(WANTED, services=("Checkout",), team_id=dev.id))).owner_team_id == dev.id
    async with story.reader() as reading:
        view = await incident_cards.by_ref(reading, REF)
    assert view and (view.team, view.services, view.roles) == ("Ops", ("Checkout", "New one"), {})


async def test_a_guest_neither_declares_nor_leads(story: Story) -> None:
    guest = await met(story.units, "UGUEST", outsider=True)
    with pytest.raises(NotAllowed, match="Only members of this workspace can declare and change incidents"):
        async with story.units.begin(guest) as unit:
            await declare(unit, WANTED)
    await declared(story)
    with pytest.raises(BadFields) as refused:
        async with story.units.begin(story.ana) as unit:
            await give_roles(unit, REF, {IncidentRole.SCRIBE: guest.id, IncidentRole.COMMANDER: story.raj.id})
    assert refused.value.fields == {
        "scribe": f"{guest.name} is a guest and cannot take notes of an incident. Choose a member of this workspace."
    }
    async with story.reader() as reading:
        assert (await reading.session.exec(select(IncidentPart))).all() == []


async def test_roles_change_hands_and_the_same_again_changes_nothing(story: Story) -> None:
    await declared(story, replace(WANTED, commander_id=story.ana.id))
    for wanted in (
        {IncidentRole.COMMANDER: story.raj.id},
        {IncidentRole.COMMANDER: story.raj.id, IncidentRole.SCRIBE: None},
    ):
        async with story.units.begin(story.ana) as unit:
            incident = await give_roles(unit, REF, wanted)
    async with story.reader() as reading:
        view = await incident_cards.by_ref(reading, REF)
        log = await happenings(reading, incident.id, limit=9, newest_first=False, beyond=None, backwards=False)
    assert view and view.roles == {IncidentRole.COMMANDER: story.raj}
    assert [each.words for each in log.lines] == ["Incident created", "Roles changed"]


async def test_what_nobody_declared_in_slack_is_told_nowhere(story: Story) -> None:
    async with story.units.begin(story.ana) as unit:
        began = unit.now - timedelta(hours=1)
        await open_incident(unit, message="By a program", priority=Severity.P3, started_at=began)
        await resolve(unit, REF, "over")
    assert await told(story) == []


async def test_it_moves_into_its_channel_once_and_is_told_there_from_then_on(story: Story) -> None:
    made = await declared(story, replace(WANTED, own_channel=True))
    assert await told(story) == [("incident", CHANNEL), ("incident-channel", "INC-1")]
    for _ in range(2):
        async with story.units.begin(None) as unit:
            await move_in(unit, made.id, OWN, not_invited=["Sam"])
            await stay_out(unit, made.id, "too late to say so")
    expected = [("incident", CHANNEL), ("incident", OWN), ("incident-channel", "INC-1"), ("incident-history", CHANNEL)]
    assert await told(story) == expected
    async with story.units.begin(story.ana) as unit:
        await resolve(unit, REF)
    assert await told(story) == [*expected, ("incident-history", OWN)]
    async with story.units.begin(story.ana) as unit:
        await give_roles(unit, REF, {IncidentRole.SCRIBE: story.ana.id})
        await delete(unit, REF)
    async with story.reader() as reading:
        assert (await reading.session.exec(select(IncidentPart))).all() == []
        assert await incident_cards.by_ref(reading, REF) is None
