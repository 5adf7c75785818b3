"""`/oncall` in Slack, from what a person types to what they read."""

from __future__ import annotations

from tests.slack.conftest import Town

INCIDENTS = "C02INCIDENTS"


async def test_without_a_schedule_the_answer_says_how_to_make_one(town: Town) -> None:
    ana = town.person("U01ANA")
    assert (await ana.command("/oncall", "now", channel=INCIDENTS)).ok
    answer = await ana.sees("There is no schedule yet")
    assert answer.text
