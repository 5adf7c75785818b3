"""A message that was marked is not lost on the way into a postmortem, nor put there twice."""

from __future__ import annotations

from bot.playground.screens import Kind
from tests.slack.nothing_lost.street import ONE_DATABASE, Street, broken, forgive_cut_wire, quiet
from tests.slack.wire import Cut
from tests.slack.writings import ANA, INCIDENTS, RAJ, draft, typed

SAID = "It broke, and <nobody> knows & cares"


async def _timeline(street: Street, number: int = 1) -> str:
    ana = street.person(ANA)
    await typed(ana, f"timeline PM-{number}")
    return (await ana.sees(f"Timeline of PM-{number}")).text


@ONE_DATABASE
async def test_a_form_that_begins_with_a_message_and_loses_its_answer_makes_one_postmortem(street: Street) -> None:
    ana, raj = street.person(ANA), street.person(RAJ)
    message = await raj.say(INCIDENTS, SAID)
    assert (await ana.shortcut("pm_start_message", message)).ok
    form = await ana.sees("New postmortem", kind=Kind.VIEW_OPENED)
    street.wire.cut(Cut.UNANSWERED)
    assert (await ana.submit(form)).trouble
    forgive_cut_wire(street)
    again = await ana.submit(form)
    assert again.view and "PM-1 was made of this form when you sent it first" in ana.reads(again.view)
    await ana.close(ana.view)
    shown = await _timeline(street)
    assert "1 entry" in shown and SAID in shown


@ONE_DATABASE
async def test_a_choice_that_loses_its_answer_adds_the_message_once(street: Street) -> None:
    ana, raj = street.person(ANA), street.person(RAJ)
    for _ in range(2):
        await draft(street)
    message = await raj.say(INCIDENTS, SAID)
    assert (await ana.shortcut("pm_add_message", message)).ok
    form = await ana.sees(SAID, kind=Kind.VIEW_OPENED)
    street.wire.cut(Cut.UNANSWERED)
    assert (await ana.submit(form)).trouble
    forgive_cut_wire(street)
    assert (await ana.submit(form)).closed
    await ana.sees("Added to the timeline")
    assert "1 entry" in await _timeline(street, 2)


@ONE_DATABASE
async def test_while_the_database_fails_the_person_is_told_and_can_mark_it_again(street: Street) -> None:
    ana, raj = street.person(ANA), street.person(RAJ)
    await draft(street)
    message = await raj.say(INCIDENTS, SAID)
    await quiet(street)
    async with broken(street.house.database):
        assert (await ana.shortcut("pm_add_message", message)).ok
        await ana.sees("Nothing was changed; please try again")
    assert (await ana.shortcut("pm_add_message", message)).ok
    await ana.sees("Added to the timeline of PM-1")
    assert "1 entry" in await _timeline(street)


@ONE_DATABASE
async def test_a_choice_made_late_is_answered_by_direct_message(street: Street) -> None:
    ana, raj = street.person(ANA), street.person(RAJ)
    for _ in range(2):
        await draft(street)
    message = await raj.say(INCIDENTS, SAID)
    assert (await ana.shortcut("pm_add_message", message)).ok
    form = await ana.sees(SAID, kind=Kind.VIEW_OPENED)
    await street.move(minutes=31)
    assert (await ana.submit(form)).closed
    added = await ana.sees("Added to the timeline of PM-2", channel=ana.dm.id)
    assert (await ana.press(added, action_id="entry:remove")).ok
    await ana.sees("Removed from the timeline of PM-2", channel=ana.dm.id)


@ONE_DATABASE
async def test_a_form_that_slack_does_not_open_is_told(street: Street) -> None:
    ana = street.person(ANA)
    message = await ana.say(INCIDENTS, SAID)
    street.workspace.faults.add(method="views.open", kind="expired_trigger_id")
    assert (await ana.shortcut("pm_start_message", message)).ok
    await ana.sees("Slack did not open the form in time")
