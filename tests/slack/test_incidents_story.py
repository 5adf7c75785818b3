"""An incident in Slack: declared of a message, led, resolved, and its postmortem begun with what is known."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.hands import Hands
from bot.playground.screens import Appearance, Kind
from bot.queries import incidents, people, postmortems, timeline
from bot.queries.incidents import IncidentRef, WholeIncident
from bot.usecases.incidents.add_note import add_note
from bot.usecases.incidents.delete import delete
from tests.slack.alerting import alarms
from tests.slack.conftest import Town
from tests.slack.programs import program
from tests.slack.twice import everything_twice
from tests.slack.writings import typed

ANA, RAJ, MIA, SAM = "U01ANA", "U02RAJ", "U03MIA", "U08SAM"
INCIDENTS, LOUNGE = "C02INCIDENTS", "C06LOUNGE"
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def the_incident(town: Town, number: int = 1) -> WholeIncident:
    async with town.house.reader() as reading:
        found = await incidents.identified(reading, IncidentRef(str(number), is_tiny=True))
    assert found
    return found


async def card(person: Hands, *words: str, channel: str = INCIDENTS) -> Appearance:
    """The card as it stands in its channel once it says all these words."""
    return await person.sees(*words, channel=channel, where=_is_card, within=15)


def _is_card(each: Appearance) -> bool:
    return each.message is not None and not each.message.is_reply and each.message.ephemeral_to is None


def _is_ephemeral(each: Appearance) -> bool:
    return each.message is not None and each.message.ephemeral_to is not None


async def told(person: Hands, *words: str, channel: str = INCIDENTS) -> Appearance:
    """What the thread of the card tells next."""
    return await person.sees(
        *words, channel=channel, where=lambda each: each.message is not None and each.message.is_reply, within=15
    )


async def test_declared_of_a_message_led_updated_resolved_and_its_postmortem_filled(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    said = await raj.say(INCIDENTS, "Checkout answers 500\nsince the deploy of web 12")
    await town.move(minutes=5)
    assert (await ana.shortcut("incident_declare", said)).ok
    form = (await ana.sees("Declare an incident", kind=Kind.VIEW_OPENED)).shown
    assert "Open a channel of its own" not in ana.reads(ana.view)
    await ana.options(ana.view, "services", "look_up_services", "Checkout")
    sent = await ana.submit(form, {"severity": "P2", "services": ["Checkout"]})
    assert sent.closed, sent.errors
    said_of_it = ("*Open*", "P2", "*Commander:* Ana", "*Services:* Checkout", "web 12")
    shown = await card(ana, "INC-1 Checkout answers 500", *said_of_it)
    assert shown.message is not None and "<@" not in shown.message.text
    made = await the_incident(town)
    assert (made.started_at, made.message) == (said_at(said.ts), "Checkout answers 500")
    assert made.details["message"].startswith("https://")

    # Roles: only what was changed in the form; the thread tells it, and nobody is pinged.
    await ana.press(shown, action_id="incident:roles")
    await ana.sees("Roles in INC-1", kind=Kind.VIEW_OPENED)
    assert (await ana.submit(ana.view, {"commander": RAJ, "scribe": ANA})).closed
    await told(raj, "Ana gave the role of commander to Raj and took the role of scribe")
    shown = await card(ana, "*Commander:* Raj", "*Scribe:* Ana")

    # What is new, of a person and of a program, stands on the card and in the thread.
    await raj.press(shown, action_id="incident:note")
    await raj.sees("Update INC-1", kind=Kind.VIEW_OPENED)
    assert (await raj.submit(raj.view, {"note": "rolling back"})).closed
    await told(ana, "Raj wrote", "rolling back")
    await card(ana, "Last update", "by Raj", "rolling back")
    async with town.house.units.begin((await program(town)).key) as unit:
        await add_note(unit, IncidentRef("1", is_tiny=True), "rollback is through")
    await told(ana, "key “ci” wrote", "rollback is through")
    shown = await card(ana, "by ci", "rollback is through")

    # Two at once: the second is told that it is resolved by now.
    await town.move(minutes=30, seconds=0.25)
    await asyncio.gather(*(each.press(shown, action_id="incident:resolve") for each in (raj, ana)))
    answers = [await each.sees("INC-1 is resolved", where=_is_ephemeral) for each in (raj, ana)]
    [answer] = [each for each in answers if "Start postmortem" in each.text]
    assert sum("by now: nothing was changed" in each.text for each in answers) == 1
    await told(ana, "resolved INC-1")
    await card(ana, "*Resolved*", "lasted 35 min", "Reopen", "Start postmortem")

    first = raj if answers[0] is answer else ana
    await first.press(answer, action_id="incident:postmortem")
    await first.sees("New postmortem", kind=Kind.VIEW_OPENED)
    assert (await first.submit(first.view)).closed
    await raj.sees("PM-1 Checkout answers 500", "INC-1, resolved", "P2", channel=INCIDENTS)
    shown = await card(ana, "*Postmortem:* PM-1", "Open PM-1")
    async with town.house.reader() as reading:
        asker = await people.by_slack_id(reading, ANA)
        assert asker
        begun = await postmortems.by_number(reading, 1, asker)
    ended = (await the_incident(town)).resolved_at
    assert (begun.outline.started_at, begun.ended_at, begun.services) == (made.started_at, ended, ("Checkout",))
    assert {each.name for each in begun.responders} == {"Raj", "Ana"}
    await typed(ana, "timeline PM-1")
    listed = (await ana.sees("Timeline of PM-1", kind=Kind.MESSAGE)).text
    lines = ("INC-1 was opened by Ana", "commander Raj", "News of INC-1 by Raj: rolling back", "INC-1 was resolved")
    places = [listed.index(line) for line in lines]
    assert places == sorted(places)

    await ana.press(shown, action_id="run:postmortem")
    await ana.sees("PM-1", "Show to channel")
    await ana.press(shown, action_id="incident:reopen")
    await ana.sees("INC-1 is open again")
    await told(ana, "Ana reopened INC-1")
    async with town.house.reader() as reading:
        assert (await postmortems.by_number(reading, 1, asker)).ended_at is None


def said_at(ts: str) -> datetime:
    """When a message was written."""
    return datetime.fromtimestamp(float(ts), UTC)


async def test_declared_of_an_alert_it_begins_with_that_and_its_postmortem_knows_the_course(staffed: Town) -> None:
    # The demo has an incident and a postmortem of its own.
    town, watch = staffed, await alarms(staffed)
    ana, raj, mia = (town.person(each) for each in (ANA, RAJ, MIA))
    alert = await watch.raised(description="0 of 150 connections")
    shown = await card(mia, "P1 db is down")
    await town.move(minutes=4)
    await raj.press(shown, action_id="alert:acknowledge")
    shown = await card(mia, "*Acknowledged* by Raj")
    await town.move(minutes=2)
    for each in (mia, ana):
        assert (await each.press(shown, action_id="alert_declare_incident")).ok
        await each.sees("Declare an incident", "db is down", "0 of 150 connections", "P1", kind=Kind.VIEW_OPENED)

    # Sent twice it is one; whoever had the form open at the same time is told that there is one by now.
    with everything_twice(town) as twice:
        await mia.submit(mia.view)
    assert (
        sum("INC-2 was declared by this form when you sent it first" in str(each.body) for each in twice.answers) == 1
    )
    late = await ana.submit(ana.view)
    assert "INC-2 was declared of this alert meanwhile" in " ".join((late.errors or {}).values())
    await ana.close(ana.view)
    made = await the_incident(town, 2)
    async with town.house.reader() as reading:
        names = [each.name for each in await incidents.people_called(reading, made)]
    assert (made.started_at, made.priority, names) == (alert.created_at, "P1", ["Raj"])
    of_it = await card(
        ana, "INC-2 db is down", "*Commander:* Mia", f"Alert #{alert.number} db is down: acknowledged by Raj"
    )
    await card(mia, "incident INC-2: open")

    # Where there is one it is shown first; the form of a second one says so too, and shows the first.
    await ana.press(shown, action_id="alert_declare_incident")
    first = await ana.sees("INC-2 was declared of this alert already", "*Commander:* Mia", "Declare another")
    await ana.press(first, action_id="alert_declare_incident:another")
    again = await ana.sees("INC-2 was declared of this alert already", kind=Kind.VIEW_OPENED)
    await ana.press(again, action_id="look_at_incident")
    await ana.sees("INC-2 db is down", "*Commander:* Mia", kind=Kind.VIEW_PUSHED)
    await ana.close(ana.view)
    assert (await ana.submit(ana.view, {"title": "Another one"})).closed
    assert (await the_incident(town, 3)).message == "Another one"

    await town.move(minutes=20)
    await raj.press(shown, action_id="alert:close")
    await card(ana, "INC-2 db is down", f"Alert #{alert.number} db is down: closed by Raj")
    await raj.press(await card(raj, "INC-3 Another one"), action_id="incident:resolve")
    await card(mia, "P1 db is down", "incident INC-3: resolved")
    await raj.press(of_it, action_id="incident:resolve")
    await raj.press(await raj.sees("INC-2 is resolved", "Start postmortem"), action_id="incident:postmortem")
    await raj.sees("New postmortem", kind=Kind.VIEW_OPENED)
    assert (await raj.submit(raj.view)).closed
    await raj.sees("INC-2, resolved", channel=INCIDENTS)
    async with town.house.reader() as reading:
        asker = await people.by_slack_id(reading, ANA)
        assert asker
        course = (await timeline.of_number(reading, 2, asker, limit=100)).course
        entries = [each.text for each in (await timeline.of_number(reading, 2, asker, limit=100)).items]
    assert (course.to_detect, course.to_respond, course.to_resolve) == tuple(
        timedelta(minutes=each) for each in (0, 4, 26)
    )
    expected = (
        *("Alert #1 was raised by prometheus: db is down", "Called to alert #1: Raj (Payments)"),
        *("Alert #1 was acknowledged by Raj", "INC-2 was opened by Mia: P1", "Alert #1 was closed by Raj"),
        "INC-2 was resolved by Raj",
    )
    assert [each for each in entries if "on call" not in each] == list(expected)


@ONE_DATABASE
async def test_outsiders_are_refused_kindly_and_what_is_gone_is_said(town: Town) -> None:
    ana, sam = town.person(ANA), town.person(SAM)
    said = await ana.say(INCIDENTS, "Checkout is down")
    assert (await sam.shortcut("incident_declare", said)).ok
    await sam.sees("Only members of this workspace can declare and change incidents.")
    await ana.shortcut("incident_declare", said)
    await ana.sees("Declare an incident", kind=Kind.VIEW_OPENED)

    # Refused, it stays open with all that was typed, and that is kept.
    refused = await ana.submit(ana.view, {"title": "x" * 131, "commander": SAM, "description": "what I know"})
    assert refused.errors and set(refused.errors) == {"title", "commander"} and "At most 130" in refused.errors["title"]
    await ana.close(ana.view)
    await typed(ana, "mine")
    await ana.press(await ana.sees("a new incident"), action_id="kept")
    await ana.sees("Declare an incident", "what I know", kind=Kind.VIEW_OPENED)
    assert (await ana.submit(ana.view, {"title": "Checkout", "commander": ANA})).closed
    await card(ana, "INC-1 Checkout", "what I know")
    assert (await the_incident(town)).details["message"].startswith("https://")
    async with town.house.units.begin((await program(town)).key) as unit:
        await delete(unit, IncidentRef("1", is_tiny=True))
    gone = await card(ana, "was deleted")
    assert gone.message is not None and not [each for each in gone.message.blocks if each["type"] == "actions"]


@ONE_DATABASE
async def test_where_the_bot_is_not_the_card_goes_to_whoever_leads_it(town: Town) -> None:
    ana = town.person(ANA)
    said = await ana.say(LOUNGE, "Checkout is down")
    assert (await ana.shortcut("incident_declare", said)).ok
    await ana.sees("Declare an incident", kind=Kind.VIEW_OPENED)
    assert (await ana.submit(ana.view)).closed
    shown = await ana.sees("INC-1 Checkout is down", "This belongs in", channel=ana.dm.id)
    with everything_twice(town):
        await ana.press(shown, action_id="incident:close")
    await ana.sees("Ana closed INC-1", channel=ana.dm.id)
    await town.playground.settled()
    assert not [each for each in ana.appearances if "by now: nothing was changed" in each.text]
