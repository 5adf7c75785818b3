"""Finding postmortems again, reading them, deleting them and bringing them back: told as people do it in Slack."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from bot.playground.hands import Hands, Kind
from bot.playground.screens import Appearance
from bot.usecases.teams.name_team import name_team
from bot.wiring import House, build
from storage import search
from storage.database import Database
from tests.slack.conftest import Town
from tests.slack.writings import draft, in_review, typed

INCIDENTS = "C02INCIDENTS"
ANA, RAJ, MIA, SAM = "U01ANA", "U02RAJ", "U03MIA", "U08SAM"
MESSAGE, CHANGED = Kind.MESSAGE, Kind.MESSAGE_CHANGED


async def _asks(person: Hands, line: str, *words: str) -> Appearance:
    """Type a `/postmortem` line, and the answer that holds these words."""
    await typed(person, line)
    return await person.sees(*words, kind=MESSAGE)


async def _wrote(town: Town, number: int, section: str, text: str) -> None:
    ana = town.person(ANA)
    await typed(ana, f"edit PM-{number} {section}")
    box = await ana.sees(kind=Kind.VIEW_OPENED)
    assert (await ana.submit(box, {"text": text})).closed


async def _titled(town: Town, title: str) -> None:
    ana = town.person(ANA)
    await typed(ana, f"create {title}")
    form = await ana.sees("New postmortem")
    assert (await ana.submit(form)).closed


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_an_old_postmortem_is_found_read_and_shared(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await _titled(town, "Checkout down")
    await _titled(town, "Mail was slow")
    await _wrote(town, 1, "fault", "The redis pool <b> & its line ran out.")

    found = await _asks(raj, "search REDIS poo", "1 postmortem with", "Checkout down", "PM-1, Wed 18 Nov 2026, draft")
    assert "The redis pool <b> & its line ran out." in found.text
    assert "Mail was slow" not in found.text
    assert found.message is not None
    assert found.message.ephemeral_to == RAJ

    assert (await raj.press(found, action_id="show_to_channel")).ok
    shared = await ana.sees("PM-1 Checkout down", "*Status:* draft", kind=MESSAGE, channel=INCIDENTS)
    assert "Show to channel" not in shared.text
    assert (await raj.press(found, action_id="run:PM-1")).ok
    opened = await raj.sees("PM-1 Checkout down", "Fault", "ran out", kind=CHANGED)
    assert "Show to channel" in opened.text
    assert town.workspace.pings == []


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_a_postmortem_is_deleted_by_its_owner_and_brought_back(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    number = await in_review(town)
    request = await raj.sees("asks for your review", "PM-1", since=0)

    refused = await _asks(raj, f"delete PM-{number}", "can delete PM-1")
    assert "its owner (Ana)" in refused.text
    sure = await _asks(ana, f"delete PM-{number}", "Delete *PM-1*?", "what Raj and Mia said")
    assert (await ana.press(sure, action_id="run:delete")).ok
    gone = await ana.sees("PM-1 is deleted", kind=CHANGED)
    await town.all_told()
    card = await ana.sees("PM-1 was deleted by Ana", "Undo", channel=INCIDENTS, since=0)
    assert "was deleted by Ana" in raj.reads(request)

    shown = await _asks(raj, f"show PM-{number}", "PM-1 was deleted by Ana", "until 14:40")
    assert (await raj.press(shown, action_id="run:0")).ok
    await raj.sees("take back somebody else", kind=CHANGED)
    assert (await raj.press(card, action_id="do:undo")).ok
    await raj.sees("take back somebody else", kind=MESSAGE)

    assert (await ana.press(gone, action_id="run:undo")).ok
    await ana.sees("PM-1 is back", kind=CHANGED)
    await town.all_told()
    assert "asks for your review" in raj.reads(request)
    await ana.sees("brought PM-1 back", channel=INCIDENTS, since=0)
    assert "1 of 2" in (await _undone_and_approved(town, raj, request)).text


async def _undone_and_approved(town: Town, raj: Hands, request: Appearance) -> Appearance:
    assert (await raj.press(request, action_id="do:approve")).ok
    return await raj.sees("You approved PM-1")


async def test_the_card_brings_it_back_and_an_old_button_explains_itself(town: Town) -> None:
    ana, mia = town.person(ANA), town.person(MIA)
    await draft(town)
    await typed(ana, "delete PM-1 yes")
    card = await mia.sees("PM-1 was deleted by Ana", "Undo", channel=INCIDENTS, since=0)
    assert (await mia.press(card, action_id="do:undo")).ok
    await mia.sees("PM-1 is back", kind=MESSAGE)
    await mia.sees("PM-1 Checkout down", "Edit", channel=INCIDENTS)
    await town.all_told()
    assert "Undo" not in mia.reads(card)

    await typed(ana, "delete PM-1 yes")
    card = await mia.sees("PM-1 was deleted by Ana", "Undo", channel=INCIDENTS)
    await town.move(minutes=11)
    assert (await mia.press(card, action_id="do:undo")).ok
    await mia.sees("more than ten minutes ago", kind=MESSAGE)
    await _asks(ana, "undo PM-1", "cannot be undone any more")
    await _asks(ana, "undo", "You deleted nothing in the last ten minutes")
    await _asks(ana, "show PM-1", "was deleted by Ana")


async def test_undo_alone_brings_back_what_its_asker_deleted_last(town: Town) -> None:
    ana, mia = town.person(ANA), town.person(MIA)
    await draft(town)
    await typed(ana, "delete PM-1 yes")
    await _asks(mia, "undo", "You deleted nothing in the last ten minutes")
    await _asks(ana, "undo", "PM-1 is back")


async def test_lists_carry_their_filters_from_page_to_page(town: Town) -> None:
    ana = town.person(ANA)
    for number in range(10):
        await _titled(town, f"Outage {number}")
    first = await _asks(ana, "list since monday DRAFT mine", "10 drafts of yours, since Mon 16 Nov 2026", "Outage 9")
    assert "Outage 1" not in first.text
    assert (await ana.press(first, action_id="run:older")).ok
    second = await ana.sees("10 drafts of yours", "Outage 1", kind=CHANGED)
    assert "Outage 9" not in second.text
    assert (await ana.press(second, action_id="run:newer")).ok
    await ana.sees("10 drafts of yours", "Outage 9", kind=CHANGED)
    await _asks(ana, "list page 999", "10 postmortems", "Outage 0")
    await _asks(ana, "list since 2026-11-19", "No postmortems, since Thu 19 Nov 2026")
    await _asks(ana, "search outage (page 999)", "10 postmortems with “outage”", "Outage 0")


async def test_an_unknown_word_names_the_filters_and_offers_the_nearest(town: Town) -> None:
    ana = town.person(ANA)
    await draft(town)
    unknown = await _asks(ana, "list drfat 30d", "“drfat” is not something to list by", "published, overdue, mine")
    assert (await ana.press(unknown, action_id="run:0")).ok
    await ana.sees("1 draft, since Mon 19 Oct 2026", kind=CHANGED)
    await _asks(ana, "list <!channel>", "is not something to list by")
    await _asks(ana, "list draft published", "of one state")
    await _asks(ana, "list since banana", "“banana” is no day I can read")
    assert town.workspace.pings == []


async def test_a_list_is_narrowed_to_a_team_by_a_part_of_its_name_or_a_slip(town: Town) -> None:
    ana = town.person(ANA)
    await draft(town)
    person = await town.house.desk.people.person(ANA)
    async with town.house.units.begin(person) as unit:
        for name in ("Payments <EU>", "Payments US", "Platform"):
            await name_team(unit, name)
    await _asks(ana, "list platfrom draft", "No drafts of Platform")
    several = await _asks(ana, "list draft payments", "“payments” fits several teams")
    assert (await ana.press(several, action_id="run:0")).ok
    await ana.sees("No drafts of Payments", "<EU>", kind=CHANGED)
    unknown = await _asks(ana, "list banana", "the teams Payments", "Platform")
    assert "run:0" not in str(unknown.message)
    await _asks(town.person(SAM), "list banana", "Only members of this workspace")


@pytest.mark.parametrize("words", ["", "%", '"', "*", "“ ”", "?!"])
async def test_a_search_for_nothing_says_what_to_type(town: Town, words: str) -> None:
    await _asks(town.person(ANA), f"search {words}", "Type a word or two")


async def test_odd_words_are_searched_for_as_they_are(town: Town) -> None:
    ana = town.person(ANA)
    await _titled(town, "SELECT 🔥 עברית “quoted” 100%")
    for words in ("🔥", "select '; drop", "עברית", "“quoted”", "100%", "quo sel"):
        hits = words != "select '; drop"
        await _asks(ana, f"search {words}", "1 postmortem with" if hits else "No postmortem with")
    await _asks(
        ana, f"search {'quoted ' * 2}{' '.join(map(str, range(299)))}", "You typed 300 words; the first 16 count"
    )
    await _asks(town.person(SAM), "search quoted", "Only members of this workspace")
    assert town.workspace.pings == []


async def test_show_is_the_whole_document_and_a_long_one_is_read_in_a_modal(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    await draft(town)
    await typed(ana, "add PM-1 08:05 the pool ran out")
    await typed(ana, "action PM-1 raise the limit @raj fri")
    await _wrote(town, 1, "fault", "short text")
    await typed(ana, "submit PM-1 @raj")
    await ana.sees("is in review")
    await typed(raj, "changes PM-1 say when it began")
    await raj.sees("draft again")
    shown = await _asks(ana, "show PM-1", "PM-1 Checkout down", "Show to channel")
    for words in ("short text", "Timeline", "the pool ran out", "Actions", "raise the limit", "Raj asked for changes"):
        assert words in shown.text, words
    assert "say when it began" in shown.text
    assert "Next reminders:" in shown.text

    await _wrote(town, 1, "detection", "line of the long text\n\n" * 2_000)
    shown = await _asks(ana, "show PM-1", "It is shortened here", "Read it all")
    assert (await ana.press(shown, action_id="read")).ok
    whole = await ana.sees("line of the long text", "the pool ran out", "raise the limit", kind=Kind.VIEW_OPENED)
    assert whole.text.count("line of the long text") == 2_000
    assert (await ana.press(shown, action_id="show_to_channel")).ok
    public = await raj.sees("PM-1 Checkout down", kind=MESSAGE, channel=INCIDENTS)
    assert "line of the long text" not in public.text


async def test_what_was_written_before_there_was_a_search_is_found_after_the_next_start(town: Town) -> None:
    ana, house = town.person(ANA), town.house
    await draft(town)
    async with house.units.begin(None) as unit:
        await search.remove_all(unit.session)
    await _asks(ana, "search checkout", "No postmortem with")
    database = Database(house.database.url.render_as_string(hide_password=False))
    another = build(house.settings, clock=town.clock.now, database=database)
    await another.connect()
    await _filled(another)
    await another.close()
    await _asks(ana, "search checkout", "1 postmortem with")


async def _filled(house: House) -> None:
    """Return when there is something in the index."""
    async with asyncio.timeout(10):
        while True:
            async with house.reader() as reading:
                if (await (await reading.session.connection()).execute(text("select 1 from searchtext"))).first():
                    return
            await asyncio.sleep(0.02)  # the clockwork announces the end of its round to nobody
