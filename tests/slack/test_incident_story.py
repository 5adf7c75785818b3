"""An incident that a program opened, chosen in Slack: what the form leaves empty is as the incident says."""

from __future__ import annotations

from bot.playground.screens import Kind
from bot.queries import people, postmortems
from bot.queries.incidents import IncidentRef
from bot.usecases.incidents.create import create
from bot.usecases.incidents.moving import resolve
from bot.usecases.incidents.wanted import WantedIncident, WantedResponder
from bot.usecases.people.meet import SlackProfile, meet
from bot.usecases.references import Ref
from bot.vocabulary import ResponderKind, Severity
from tests.slack.conftest import Town
from tests.slack.programs import program
from tests.slack.test_schedules import value

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


async def test_the_form_shows_at_once_what_the_chosen_incident_says_and_leaves_what_was_typed(town: Town) -> None:
    ana, key = town.person("U01ANA"), (await program(town)).key
    async with town.house.units.begin(None) as unit:
        raj = await meet(unit, RAJ)
    async with town.house.units.begin(key) as unit:
        called = WantedResponder(ResponderKind.USER, Ref(id=raj.id))
        queue = await create(unit, WantedIncident(message="Queue full", priority=Severity.P1, responders=[called]))
        disk = await create(unit, WantedIncident(message="Disk full", priority=Severity.P2))
        began = int(unit.now.timestamp())
    await town.move(hours=1)
    async with town.house.units.begin(key) as unit:
        await resolve(unit, IncidentRef(queue.id))
        ended = int(unit.now.timestamp())
    await ana.command("/postmortem", "create", channel=INCIDENTS)
    await ana.sees("New postmortem")
    await ana.options(ana.view, "incident", "look_up_incident", "full")
    ana.mark()
    await ana.fill(ana.view, {"incident": queue.id})
    await ana.sees(kind=Kind.VIEW_UPDATED)
    form = ana.view
    assert (value(form, "title"), value(form, "severity")["value"]) == ("Queue full", "P1")
    assert (value(form, "started_at"), value(form, "ended_at")) == (began, ended)
    assert value(form, "responders") == ["U02RAJ"]

    # Another one is chosen: what was typed stays, what the first one filled in does not.
    ana.type_in(form, {"title": "Queue was full"})
    ana.mark()
    await ana.fill(form, {"incident": disk.id})
    await ana.sees(kind=Kind.VIEW_UPDATED)
    form = ana.view
    assert value(form, "severity")["value"] == "P2"
    assert not value(form, "ended_at") and not value(form, "responders")
    assert (await ana.submit(form)).closed
    await ana.sees("PM-1 Queue was full", channel=INCIDENTS)
