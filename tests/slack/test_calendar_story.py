"""A calendar's link as people in Slack get it, put it into their calendars, and roll it."""

from __future__ import annotations

import re

import pytest
from aiohttp import ClientSession

from bot.playground.screens import Appearance, Kind
from bot.slack.cards.calendar import NEARBY, calendar_card, is_seen_elsewhere
from tests.engines.calendars.subscriber import Shown, standing, subscribed
from tests.slack.conftest import Town

ANA, RAJ, SAM = "U01ANA", "U02RAJ", "U08SAM"
"""Raj is on call by Payments this week; Sam is an outsider."""
INCIDENTS = "C02INCIDENTS"
ADDRESS = "https://watch.example.com/bill"


@pytest.fixture
def house_settings() -> dict[str, object]:
    return {"public_url": f"{ADDRESS}/"}


async def asked(town: Town, words: str, *, who: str = ANA) -> Appearance:
    """What somebody is shown who asks for a calendar."""
    person = town.person(who)
    since = person.mark()
    assert (await person.command("/oncall", words, channel=INCIDENTS)).ok
    return await person.sees(kind=Kind.MESSAGE, since=since)


def link_in(text: str) -> str:
    """The path of the link in an answer."""
    [path] = set(re.findall(rf"{re.escape(ADDRESS)}(/calendars/[\w-]{{43}}\.ics)", text))
    return str(path)


async def followed(town: Town, path: str) -> list[Shown] | int:
    """What a calendar that subscribes to it shows; the status where it is told nothing."""
    assert town.playground.bot_url is not None
    house = town.playground.bot_url.removesuffix("/slack/events")
    async with ClientSession() as session, session.get(f"{house}{path}") as answer:
        return subscribed(await answer.text()) if answer.status == 200 else answer.status


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_somebody_subscribes_to_their_shifts_and_to_a_schedule_and_rolls_a_link(staffed: Town) -> None:
    raj = staffed.person(RAJ)
    own = await asked(staffed, "calendar", who=RAJ)
    assert "*Your shifts*" in own.text and "Google Calendar" in own.text and "Apple Calendar" in own.text
    assert own.message is not None and own.message.ephemeral_to == RAJ
    assert NEARBY not in own.text
    mine = await followed(staffed, link_in(own.text))
    assert isinstance(mine, list) and {each.summary for each in standing(mine)} >= {"On call: Payments"}
    whole = await asked(staffed, "calendar paym", who=RAJ)
    assert "Everybody's shifts by *Payments*" in whole.text
    assert link_in((await asked(staffed, "ical payments", who=RAJ)).text) == link_in(whole.text)
    shown = await followed(staffed, link_in(whole.text))
    assert isinstance(shown, list) and "Raj" in {each.who for each in shown}

    since = raj.mark()
    assert (await raj.press(whole, action_id="new_link")).ok
    renewed = await raj.sees("The old link has stopped.", since=since)
    assert link_in(renewed.text) != link_in(whole.text)
    assert await followed(staffed, link_in(whole.text)) == 404
    assert isinstance(await followed(staffed, link_in(renewed.text)), list)
    assert isinstance(await followed(staffed, link_in(own.text)), list)


async def test_everybody_has_a_link_of_their_own_outsiders_too(staffed: Town) -> None:
    theirs = link_in((await asked(staffed, "calendar payments", who=SAM)).text)
    anas = await asked(staffed, "calendar payments")
    assert link_in(anas.text) != theirs
    assert isinstance(await followed(staffed, theirs), list)


async def test_what_is_no_schedule_is_not_guessed(staffed: Town) -> None:
    answer = await asked(staffed, "calendar paymnets")
    assert "There is no schedule" in answer.text and "/calendars/" not in answer.text
    assert "/calendars/" in (await asked(staffed, "calendar platform")).text


def test_where_nobody_else_reaches_it_the_card_says_so_and_what_helps() -> None:
    card = calendar_card("x" * 43, None, address="http://127.0.0.1:3000")
    assert NEARBY in card.text and "`PUBLIC_URL`" in NEARBY
    assert NEARBY in [block["text"]["text"] for block in card.blocks if block["type"] == "section"]


async def test_help_names_it(staffed: Town) -> None:
    assert "calendar [schedule]" in (await asked(staffed, "help")).text
    assert "ical" in (await asked(staffed, "help calendar")).text


@pytest.mark.parametrize(
    ("address", "is_seen"),
    [
        ("http://127.0.0.1:3000", False),
        ("http://[::1]:3000", False),
        ("http://0.0.0.0:3000", False),
        ("http://localhost:3000", False),
        ("http://watch.localhost", False),
        ("http://127.8.8.8", False),
        ("http://192.168.1.5:3000", True),
        ("https://watch.example.com", True),
    ],
)
def test_an_address_that_only_this_machine_reaches_is_known(address: str, is_seen: bool) -> None:
    assert is_seen_elsewhere(address) is is_seen
