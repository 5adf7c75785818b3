"""Rules that are no numbers: what breaks one is refused there, and for nothing else."""

from __future__ import annotations

import pytest

from tests.playground.blockkit.corpus.broken import BROKEN
from tests.playground.blockkit.corpus.pieces import JUDGES, Json


@pytest.mark.parametrize(
    ("judge", "payload", "pointer", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_what_breaks_a_rule_is_refused_at_its_place(judge: str, payload: Json, pointer: str, says: str) -> None:
    (problem,) = JUDGES[judge](payload)
    assert problem.pointer == pointer
    assert says in problem.message


def test_all_faults_of_a_payload_are_named_at_once() -> None:
    broken = {"text": "x", "blocks": [{"type": "header"}, {"type": "section"}, {"type": "banner"}]}
    assert [problem.pointer for problem in JUDGES["message"](broken)] == [
        "/blocks/0",
        "/blocks/1/type",
        "/blocks/2/type",
    ]
