"""An incident that a program opened, chosen in Slack: what the form leaves empty is as the incident says."""

from __future__ import annotations

from bot.queries import people, postmortems
from bot.queries.incidents import IncidentRef
from bot.usecases.incidents.create import create
from bot.usecases.incidents.moving import resolve
from bot.usecases.incidents.wanted import WantedIncident, WantedResponder
from bot.usecases.people.meet import SlackProfile, meet
from bot.usecases.references import Ref
from bot.vocabulary import ResponderKind
from tests.slack.conftest import Town
from tests.slack.programs import program

INCIDENTS = "C02INCIDENTS"
RAJ = SlackProfile(
    slack_id="U02RAJ",
    name="Raj",
    email="raj@example.com",
    timezone="Europe/Berlin",
    is_bot=False,
    is_outsider=False,
    is_workspace_admin=False,
    has_left=False,
)


async def test_a_postmortem_takes_its_end_and_responders_from_the_incident_it_is_started_of(town: Town) -> None:
    ana, key = town.person("U01ANA"), (await program(town)).key
    async with town.house.units.begin(None) as unit:
        raj = await meet(unit, RAJ)
    async with town.house.units.begin(key) as unit:
        called = WantedResponder(ResponderKind.USER, Ref(id=raj.id))
        incident = await create(unit, WantedIncident(message="Queue full", responders=[called]))
        began = unit.now
    await town.move(hours=1)
    async with town.house.units.begin(key) as unit:
        await resolve(unit, IncidentRef(incident.id))
        ended = unit.now
    await ana.command("/postmortem", "create Queue was full", channel=INCIDENTS)
    await ana.sees("New postmortem")
    found = await ana.options(ana.view, "incident", "look_up_incident", "queue")
    assert [each["value"] for each in found["options"]] == [incident.id]
    assert (await ana.submit(ana.view, {"incident": incident.id, "started_at": int(began.timestamp())})).closed
    async with town.house.reader() as reading:
        asker = await people.by_slack_id(reading, "U01ANA")
        assert asker
        made = await postmortems.by_number(reading, 1, asker)
    assert (made.incident.label, made.ended_at, [each.id for each in made.responders]) == ("INC-1", ended, [raj.id])
