"""Slack does not open, answer or say who somebody is."""

from __future__ import annotations

import pytest

from bot.playground.screens import Kind
from tests.slack.nothing_lost.street import ONE_DATABASE, TABLE, Street, judge
from tests.slack.writings import (
    ANA,
    FORMS,
    LINES,
    NOUR,
    Writing,
    draft,
    typed,
)


@ONE_DATABASE
async def test_a_line_whose_form_slack_does_not_open_keeps_its_text(street: Street) -> None:
    ana, line = street.person(ANA), LINES[0]
    number = await draft(street)
    for kind in ("expired_trigger_id", "fatal_error"):
        street.workspace.faults.add(method="views.open", kind=kind)
        await typed(ana, f"create {line.text}")
        answer = await ana.sees("did not open the form")
        await ana.press(answer, action_id="kept")
        assert line.text in (await ana.sees("New postmortem", kind=Kind.VIEW_OPENED)).text
        await ana.close(ana.view)
    await judge(street, line, number, "views.open fails")


@ONE_DATABASE
async def test_the_answer_goes_by_direct_message_where_its_url_is_dead(street: Street) -> None:
    ana, line = street.person(ANA), LINES[0]
    number = await draft(street)
    street.workspace.faults.add(method="views.open", kind="fatal_error", delay=0.3)
    await typed(ana, f"create {line.text}")
    await street.move(minutes=31)
    await ana.sees("did not open the form", channel=ana.dm.id)
    await judge(street, line, number, "response URL dead")


@ONE_DATABASE
async def test_a_section_that_slack_does_not_open_is_told(street: Street) -> None:
    number, ana = await draft(street), street.person(ANA)
    await typed(ana, f"edit PM-{number}")
    listed = await ana.sees(kind=Kind.VIEW_OPENED)
    street.workspace.faults.add(method="views.push", kind="fatal_error")
    await ana.press(listed, action_id="section:fault")
    await ana.sees("did not open that section", channel=ana.dm.id)


@ONE_DATABASE
@pytest.mark.parametrize("writing", [*FORMS, *LINES], ids=lambda each: each.name)
async def test_slack_not_saying_who_somebody_is_loses_nothing(street: Street, writing: Writing) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number) if writing.is_form else None
    street.workspace.faults.add(method="users.info", kind="fatal_error", times=10)
    if form and writing.name == "create":
        refused = await person.submit(form, {**writing.values(writing.text), "owner": NOUR})
        assert refused.errors and "Your text is still here" in refused.errors["title"]
    elif form:
        await person.submit(form, writing.values(writing.text))
    else:
        # A writer whom nobody met yet.
        person = street.person(NOUR)
        await typed(person, writing.line.format(pm=f"PM-{number}", text=writing.text))
        await person.sees(writing.text, channel=person.dm.id)
        TABLE[writing.name, "users.info fails"] = "a message they see"
        return
    await judge(street, writing, number, "users.info fails")
