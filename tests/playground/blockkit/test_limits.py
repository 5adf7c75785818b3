"""Each number of Slack's: what is at the limit passes, one beyond it is refused where and as Slack refuses it."""

from __future__ import annotations

import pytest

from bot.playground.blockkit import limits
from tests.playground.blockkit.corpus.at_the_limit import CASES, JUDGED_ELSEWHERE
from tests.playground.blockkit.corpus.pieces import JUDGES

NUMBERS = {name: value for name, value in vars(limits).items() if isinstance(value, int)}


def test_every_number_has_a_payload_at_its_limit() -> None:
    assert set(NUMBERS) == set(CASES) | set(JUDGED_ELSEWHERE)


@pytest.mark.parametrize("name", CASES)
def test_a_payload_at_the_limit_passes(name: str) -> None:
    case = CASES[name]
    assert JUDGES[case.judge](case.build(NUMBERS[name])) == []


@pytest.mark.parametrize("name", CASES)
def test_a_payload_beyond_the_limit_is_refused_where_and_as_slack_does(name: str) -> None:
    case, limit = CASES[name], NUMBERS[name]
    beyond = limit + 1 if name.endswith("_MAX") else limit - 1
    problems = JUDGES[case.judge](case.build(beyond))
    expected = case.says.format(limit=limit, more=limit + 1, less=limit - 1)
    first = problems[0]
    assert (first.code, first.message, first.pointer) == (case.code, expected, case.pointer)
    assert {problem.message for problem in problems} == {expected}
