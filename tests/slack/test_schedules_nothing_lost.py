"""What was typed into the form of a schedule is never lost: the person opens the form again and finds it there."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.playground.delivery.acks import Ack, Carrier, Envelope, Outcome, Retry
from bot.playground.screens import Kind
from bot.queries import schedules
from storage.models import Draft
from tests.slack.conftest import Town
from tests.slack.test_schedules import edit_form, make, new_form, value

TYPED = {
    "name.0.0": "  “Zahlungen” <!here> & 支付 🚒  ",
    "people.0.1": ["U02RAJ", "U01ANA"],
    "windows.0.1": "mon–fri 8–18,  sat 10-14",
}


class Deaf:
    """Carries everything and hears no answer, as when the process is killed before it could give one."""

    attached = True

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier

    async def carry(self, envelope: Envelope, payload: dict[str, Any], *, retry: Retry | None = None) -> Ack:
        await self.carrier.carry(envelope, payload, retry=retry)
        return Ack(outcome=Outcome.TIMEOUT)

    async def close(self) -> None:
        await self.carrier.close()


async def finds_it_again(town: Town) -> None:
    """Ana opens the form anew, and all that she typed is in it, byte for byte."""
    ana = town.person("U01ANA")
    while ana.views:
        await ana.close(ana.view)
    form = await new_form(ana)
    assert "did not save" in ana.reads(form)
    assert {block_id: value(form, block_id) for block_id in TYPED} == TYPED


async def rename(town: Town, table: str, to: str) -> None:
    async with town.house.database.writing() as session:
        await (await session.connection()).execute(text(f"alter table {table} rename to {to}"))


async def test_text_too_long_is_refused_and_kept(town: Town) -> None:
    ana = town.person("U01ANA")
    long = {**TYPED, "name.0.1": "ü" * 3000}
    sent = await ana.submit(await new_form(ana), long)
    assert sent.errors and set(sent.errors) == {"name.0.1"}
    await finds_it_again(town)
    assert value(ana.view, "name.0.1") == "ü" * 3000


async def test_a_preview_that_is_closed_leaves_the_text_kept(town: Town) -> None:
    ana = town.person("U01ANA")
    assert (await ana.submit(await new_form(ana), TYPED)).view
    await finds_it_again(town)


async def test_a_process_killed_before_its_answer_has_kept_the_text(town: Town) -> None:
    ana, line = town.person("U01ANA"), town.workspace.line
    form = await new_form(ana)
    assert line
    line.carrier = deaf = Deaf(line.carrier)
    assert (await ana.submit(form, TYPED)).trouble
    line.carrier = deaf.carrier
    town.workspace.violations.clear()
    await finds_it_again(town)


async def test_a_form_that_slack_has_forgotten_leaves_the_text_kept(town: Town) -> None:
    ana = town.person("U01ANA")
    form = await new_form(ana)
    await ana.fill(form, TYPED)
    town.workspace.faults.add(method="views.update", kind="not_found")
    await ana.press(form, action_id="add_rotation")
    await ana.sees("Something went wrong", kind=Kind.MESSAGE)
    await finds_it_again(town)


@pytest.mark.parametrize("table", ["draft", "schedule"])
async def test_a_database_that_fails_leaves_the_form_open_with_everything_in_it(town: Town, table: str) -> None:
    ana = town.person("U01ANA")
    form = await new_form(ana)
    await rename(town, table, "gone")
    sent = await ana.submit(form, TYPED)
    assert sent.errors and ana.view == form
    await rename(town, "gone", table)
    previewed = await ana.submit(form)
    assert previewed.view and "Zahlungen" in ana.reads(previewed.view)


async def test_a_schedule_that_moved_on_keeps_both_texts_and_the_later_choice_wins(town: Town) -> None:
    ana, mia = town.person("U01ANA"), town.person("U03MIA")
    await make(ana)
    await ana.close(ana.view)
    stale, fresh = await edit_form(ana), await edit_form(mia)
    theirs = await mia.submit(fresh, {"name.0.1": "Mia's words"})
    assert theirs.view
    await mia.submit(theirs.view)
    previewed = await ana.submit(stale, TYPED)
    assert previewed.view and "Mia's words" in ana.reads(previewed.view)
    await ana.close(previewed.view)
    await ana.close(ana.view)
    again = await edit_form(ana)
    assert {block_id: value(again, block_id) for block_id in TYPED} == TYPED


async def test_two_quick_presses_on_add_make_one_rotation_and_no_complaint(town: Town) -> None:
    ana = town.person("U01ANA")
    form = await new_form(ana)
    town.workspace.faults.add(method="views.update", kind="hash_conflict")
    mark = ana.mark()
    assert (await ana.press(form, action_id="add_rotation")).ok
    assert (await ana.press(form, action_id="add_rotation")).ok
    await ana.sees("Rotation 2", kind=Kind.VIEW_UPDATED)
    assert [each.kind for each in ana.appearances[mark:]] == [Kind.VIEW_UPDATED]


async def test_what_cannot_be_read_any_more_is_not_saved(town: Town) -> None:
    """The text under a preview is read again when it is saved."""
    ana = town.person("U01ANA")
    previewed = await ana.submit(await new_form(ana), TYPED)
    assert previewed.view
    async with town.house.database.writing() as session:
        draft = (await session.exec(select(Draft))).one()
        fields = draft.content["fields"]
        unread = [{**rotation, "windows": "whenever"} for rotation in fields["rotations"]]
        draft.content = {**draft.content, "fields": {**fields, "rotations": unread}}
    assert (await ana.submit(previewed.view)).ok
    assert "whenever" in ana.reads(ana.view) and "Not saved yet" in ana.reads(ana.view)
    async with town.house.reader() as reading:
        assert await schedules.count(reading) == 0
