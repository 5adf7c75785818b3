"""An answer reaches whoever asked: through the response URL, else by direct message, never nowhere without a word."""

from __future__ import annotations

import asyncio

import pytest
import structlog
from sqlmodel import select

from bot.playground import administration
from bot.playground.faults import DROP_ANSWER
from bot.slack.cards.blocks import Card, section
from bot.usecases.messages import MessageKind
from storage.models import Delivery, DeliveryState
from tests.slack.by_hand import command_body, response_url, send
from tests.slack.conftest import Town
from tests.slack.nothing_lost.street import broken

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
RAJ = "U02RAJ"

URL, DIRECT = "by the response URL", "by direct message"
TROUBLES: list[tuple[str, tuple[int | None, ...], str]] = [
    ("none", (), URL),
    ("expired or used up", (404,), DIRECT),
    ("refused", (400,), DIRECT),
    ("too many requests, once", (429,), URL),
    ("too many requests, always", (429,) * 9, DIRECT),
    ("a server error, once", (500,), URL),
    ("a server error, always", (503,) * 9, DIRECT),
    ("a dropped connection, once", (None,), URL),
    ("dropped connections, always", (None,) * 9, DIRECT),
]


def _card(text: str) -> Card:
    return Card(text, (section(text),))


def _directly_told(town: Town, text: str) -> bool:
    messages = town.workspace.messages.in_channel(town.workspace.dm(RAJ).id)
    return [message.text for message in messages].count(text) == 1


async def test_whatever_befalls_the_response_url_the_answer_arrives_once(town: Town) -> None:
    async def way(name: str, troubles: tuple[int | None, ...]) -> str:
        async with response_url(*troubles) as answers:
            await town.house.desk.answers.give(_card(name), url=answers.url, slack_id=RAJ)
        by_url = [said["text"] for said in answers.taken] == [name]
        direct = _directly_told(town, name)
        assert by_url is not direct, name
        return URL if by_url else DIRECT

    ways = await asyncio.gather(*(way(name, troubles) for name, troubles, _ in TROUBLES))
    assert ways == [expected for _, _, expected in TROUBLES]


async def test_nobody_listening_at_the_response_url_means_a_direct_message(town: Town) -> None:
    async with response_url() as answers:
        pass
    await town.house.desk.answers.give(_card("Here."), url=answers.url, slack_id=RAJ)
    assert _directly_told(town, "Here.")


async def test_without_a_response_url_the_answer_is_a_direct_message(town: Town) -> None:
    await town.house.desk.answers.give(_card("Here."), url="", slack_id=RAJ)
    assert _directly_told(town, "Here.")


async def test_an_answer_says_who_sees_it_and_what_it_replaces(town: Town) -> None:
    async with response_url() as answers:
        give = town.house.desk.answers.give
        await give(_card("mine"), url=answers.url, slack_id=RAJ)
        await give(_card("ours"), url=answers.url, slack_id=RAJ, public=True)
        await give(_card("instead"), url=answers.url, slack_id=RAJ, replace=True)
    assert [(said["text"], said["response_type"], said["replace_original"]) for said in answers.taken] == [
        ("mine", "ephemeral", False),
        ("ours", "in_channel", False),
        ("instead", "ephemeral", True),
    ]


@pytest.mark.parametrize("kind", [429, "fatal_error", 500, 404, "no answer", DROP_ANSWER, "token_revoked"])
async def test_an_answer_that_slack_does_not_take_now_is_told_once_it_does(town: Town, kind: str | int) -> None:
    raj = town.person(RAJ)
    town.workspace.faults.add(method="chat.postMessage", kind=kind)
    await town.house.desk.answers.give(_card("In a moment."), url="", slack_id=RAJ)
    await town.move(seconds=60)
    await raj.sees("In a moment.", channel=raj.dm.id, since=0)
    await town.all_told()
    assert _directly_told(town, "In a moment.")
    async with town.house.reader() as reading:
        rows = await reading.session.exec(select(Delivery).where(Delivery.kind == MessageKind.ANSWER))
        assert [row.state for row in rows] == [DeliveryState.CLOSED]


async def test_an_answer_to_somebody_who_has_left_is_given_up_aloud(town: Town) -> None:
    administration.change_person(town.workspace, RAJ, deleted=True)
    with structlog.testing.capture_logs() as lines:
        await town.house.desk.answers.give(_card("Nobody reads this."), url="", slack_id=RAJ)
        await town.move(seconds=60)
        await town.all_told()
    assert ("message not told", RAJ) in {(each["event"], each.get("recipient")) for each in lines}


async def test_an_answer_that_neither_slack_nor_the_database_takes_is_in_the_log(town: Town) -> None:
    town.workspace.faults.add(method="chat.postMessage", kind="fatal_error")
    await town.house.clockwork.stop()
    with structlog.testing.capture_logs() as lines:
        async with broken(town.house.database):
            await town.house.desk.answers.give(_card("Nobody reads this."), url="", slack_id=RAJ)
    lost = [(each["person"], each["text"]) for each in lines if each["event"] == "answer not delivered"]
    assert lost == [(RAJ, "Nobody reads this.")]


async def test_a_command_is_answered_though_its_response_url_is_used_up(town: Town) -> None:
    async with response_url(404) as answers:
        reply = await send(town, command_body(town, "/oncall", "help", url=answers.url))
        assert (reply.status, reply.text) == (200, "")
        await town.person(RAJ).sees("/oncall", since=0)
    assert answers.taken == []


async def test_an_answer_that_is_on_its_way_when_the_house_closes_arrives(town: Town) -> None:
    """The acknowledgement is out, Slack waits no longer, and the first try fails: closing waits for the second."""
    async with response_url(500) as answers:
        assert (await send(town, command_body(town, "/oncall", "help", url=answers.url))).status == 200
        assert len(town.house.in_hand) == 1
        await town.house.close()
        assert len(answers.taken) == 1
