"""The database is locked, gone or slow."""

from __future__ import annotations

import pytest

from bot.slack import patience
from storage.database import Database
from tests.slack.nothing_lost.street import ONE_DATABASE, TABLE, Street, broken, judge, quiet
from tests.slack.writings import (
    ANA,
    FORMS,
    INCIDENTS,
    LINES,
    NASTY,
    NASTY_LINE,
    RAJ,
    Writing,
    found,
    in_review,
    rich,
    typed,
)


@pytest.mark.parametrize("writing", FORMS, ids=lambda each: each.name)
async def test_a_database_that_fails_leaves_the_form_open_and_it_can_be_sent_again(
    street: Street, writing: Writing, database: Database
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    form = await writing.opened(street, number)
    await quiet(street)
    async with broken(database):
        refused = await person.submit(form, writing.values(writing.text))
        assert refused.errors and "Your text is still here" in " ".join(refused.errors.values())
    places = await found(street, writing, number, NASTY)
    TABLE[writing.name, "database failing"] = ", ".join(places)
    assert places[0] == "the form, still open"


@pytest.mark.parametrize("writing", LINES[1:], ids=lambda each: each.name)
async def test_a_database_that_fails_gives_a_line_back_to_its_writer(
    street: Street, writing: Writing, database: Database
) -> None:
    number, person = await writing.made(street), street.person(writing.writer)
    await quiet(street)
    async with broken(database):
        await typed(person, writing.line.format(pm=f"PM-{number}", text=writing.text))
        assert writing.text in (await person.sees("does not answer", channel=INCIDENTS)).text
        assert writing.text in (await person.sees("does not answer", channel=person.dm.id)).text
    await judge(street, writing, number, "database failing")


@ONE_DATABASE
async def test_a_database_that_is_slow_never_shows_slacks_own_trouble(
    street: Street, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, ana, raj = await in_review(street), street.person(ANA), street.person(RAJ)
    form = await Writing("edit", ANA, in_review, "edit {pm} fault", "text").opened(street, number)
    await quiet(street)
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.1)
    async with broken(database):
        sent = await ana.submit(form, {"text": rich(NASTY)})
        assert sent.errors and "takes longer than usual" in sent.errors["text"]
        assert (await raj.command("/postmortem", f"changes PM-{number} {NASTY_LINE}", channel=INCIDENTS)).ok
        assert NASTY_LINE in (await raj.sees("takes longer than usual")).text
    await street.house.in_hand.settled()
    monkeypatch.undo()
    again = await ana.submit(form)
    assert again.closed or again.errors is None
    assert "the section" in await found(street, FORMS[1], number, NASTY)
