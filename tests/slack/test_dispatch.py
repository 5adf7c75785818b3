"""From words to verbs: what is typed is understood or answered with what may have been meant, and in time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from bot.playground.delivery.acks import Outcome
from bot.playground.hands import Kind
from bot.slack.words.verbs import ONCALL, POSTMORTEM, Verbs
from tests.slack.by_hand import command_body, response_url, send
from tests.slack.conftest import Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
INCIDENTS = "C02INCIDENTS"


def _buttons(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        element
        for block in blocks
        for element in block.get("elements", [])
        if block["type"] == "actions" and element["type"] == "button"
    ]


@pytest.mark.parametrize(("command", "verbs"), [("/oncall", ONCALL), ("/postmortem", POSTMORTEM)])
async def test_help_lists_every_verb_as_it_is_typed(town: Town, command: str, verbs: Verbs) -> None:
    ana = town.person("U01ANA")
    assert (await ana.command(command, "help", channel=INCIDENTS)).ok
    answer = await ana.sees(command, kind=Kind.MESSAGE)
    for verb in verbs:
        assert f"{command} {verb.name}" in answer.text


@pytest.mark.parametrize("typed", ["help now", "help who", "HELP NOW", "help “now”"])
async def test_help_about_a_verb_shows_that_verb_alone(town: Town, typed: str) -> None:
    ana = town.person("U01ANA")
    assert (await ana.command("/oncall", typed, channel=INCIDENTS)).ok
    answer = await ana.sees("/oncall now", kind=Kind.MESSAGE)
    assert "/oncall schedules" not in answer.text


@pytest.mark.parametrize(("typed", "meant"), [("nwo", "oncall now"), ("shedules", "oncall schedules")])
async def test_an_unknown_word_gets_the_nearest_verb_as_a_button_that_does_it(
    town: Town, typed: str, meant: str
) -> None:
    ana = town.person("U01ANA")
    assert (await ana.command("/oncall", typed, channel=INCIDENTS)).ok
    answer = await ana.sees(typed, kind=Kind.MESSAGE)
    assert answer.message is not None
    (offered,) = _buttons(answer.message.blocks)
    assert offered["value"] == meant
    assert (await ana.press(answer, action_id=offered["action_id"])).ok
    await ana.sees("There is no schedule yet", kind=Kind.MESSAGE_CHANGED)


@pytest.mark.parametrize("typed", ["banana", "<!channel>", "*now*", "🍌"])
async def test_a_word_like_no_verb_is_shown_as_typed_and_pings_nobody(town: Town, typed: str) -> None:
    ana = town.person("U01ANA")
    assert (await ana.command("/oncall", typed, channel=INCIDENTS)).ok
    answer = await ana.sees("is not something /oncall does", kind=Kind.MESSAGE)
    assert town.workspace.pings == []
    assert answer.text


async def test_a_question_is_acknowledged_before_anybody_is_asked_anything(town: Town) -> None:
    town.workspace.faults.add(method="users.info", delay=0.3)
    ana = town.person("U01ANA")
    done = await ana.command("/oncall", "now", channel=INCIDENTS)
    assert done.ok
    assert "users.info" not in {call.method for call in town.workspace.calls}
    await ana.sees("There is no schedule yet")


async def test_the_acknowledgement_of_a_question_says_nothing_and_its_answer_is_for_the_asker_alone(
    town: Town,
) -> None:
    async with response_url() as answers:
        reply = await send(town, command_body(town, "/oncall", "now", url=answers.url))
        await town.house.in_hand.settled()
    assert (reply.status, reply.text) == (200, "")
    (said,) = answers.taken
    assert said["response_type"] == "ephemeral"


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_every_verb_of_every_command_is_answered_whatever_is_missing(town: Town) -> None:
    for command, verbs in (("/oncall", ONCALL), ("/postmortem", POSTMORTEM)):
        for verb in verbs:
            ana = town.person("U01ANA")
            done = await ana.command(command, verb.name, channel=INCIDENTS)
            assert done.ack.outcome is Outcome.OK, verb.name
            assert (await ana.sees(where=lambda each: each.kind in {Kind.MESSAGE, Kind.VIEW_OPENED})).text, verb.name
            for view in reversed(ana.views):
                await ana.close(view)
