"""The bot is killed before or after it heard what was typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from storage.database import Database
from tests.slack.nothing_lost.street import ONE_DATABASE, Street, forgive_cut_wire, judge, quiet
from tests.slack.wire import Cut
from tests.slack.writings import (
    FORMS,
    INCIDENTS,
    LINES,
    Writing,
    typed,
)


@pytest.mark.parametrize("cut", [Cut.UNHEARD, Cut.UNANSWERED], ids=["killed unheard", "killed unanswered"])
@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_a_form_sent_to_a_bot_that_is_killed_is_sent_again_and_counts_once(
    street: Street, writing: Writing, cut: Cut, database: Database, database_url: str
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    street.wire.cut(cut)
    assert (await person.submit(form, writing.values(writing.text))).trouble
    forgive_cut_wire(street)
    async with _another_house(street, database_url):
        again = await person.submit(form)
        assert again.closed or again.view
        fault = "killed unheard" if cut is Cut.UNHEARD else "killed unanswered"
        await judge(street, writing, number, fault)
        await typed(person, "list")
        await person.sees("1 postmortem" if writing.name != "create" else "2 postmortems")


@ONE_DATABASE
@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_what_is_typed_after_a_lost_answer_is_not_taken_for_a_repetition(
    street: Street, writing: Writing
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    street.wire.cut(Cut.UNANSWERED)
    assert (await person.submit(form, writing.values("The first try."))).trouble
    forgive_cut_wire(street)
    await person.submit(form, writing.values(writing.text))
    await judge(street, writing, number, "typed on after it")


@ONE_DATABASE
@pytest.mark.parametrize("writing", LINES, ids=lambda each: each.name)
async def test_a_line_carried_out_by_a_bot_that_is_killed_is_in_its_place(
    street: Street, writing: Writing, database_url: str
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    street.wire.cut(Cut.UNANSWERED)
    said = writing.line.format(pm=f"PM-{number}", text=writing.text)
    assert not (await person.command("/postmortem", said, channel=INCIDENTS)).ok
    forgive_cut_wire(street)
    async with _another_house(street, database_url):
        await quiet(street)
        await judge(street, writing, number, "killed unanswered")


@asynccontextmanager
async def _another_house(street: Street, url: str) -> AsyncIterator[None]:
    database = Database(url)
    street.house = await street.wire.kill(street.house, database)
    with suppress(ConnectionError):
        yield
