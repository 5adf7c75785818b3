"""An escalation's steps, when they are due, which of them still count, and what comes after the last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.engines.escalation import afterwards, counts, pick, read_plan, read_rule, steps, written
from bot.vocabulary import EscalationCondition

BEGAN = datetime(2026, 11, 18, 9, tzinfo=UTC)
NOT_ACKED, NOT_CLOSED = EscalationCondition


def _rule(minutes: int, who: str = "ana", condition: str = "if-not-acked") -> dict[str, Any]:
    return {
        "condition": condition,
        "notify_type": "default",
        "delay_minutes": minutes,
        "recipient": {"type": "user", "id": who},
    }


def test_steps_are_in_order_of_time_and_those_of_one_time_in_order_of_the_rules() -> None:
    plan = read_plan([_rule(10, "ana"), _rule(0, "raj"), _rule(10, "li")], None)
    found = [(each.place, each.rule.recipient_id, each.at - BEGAN) for each in steps(plan, began_at=BEGAN)]
    later = timedelta(minutes=10)
    assert found == [(1, "raj", timedelta()), (2, "ana", later), (3, "li", later)]


def test_a_rule_is_read_as_it_was_written() -> None:
    rule = _rule(7, condition="if-not-closed")
    assert written(read_rule(rule)) == rule


@pytest.mark.parametrize(
    ("repeat", "round_", "minutes", "following"),
    [
        (None, 0, None, None),
        ({}, 0, None, None),
        ({"wait_interval": 5}, 0, None, None),
        ({"wait_interval": 5, "count": 2}, 0, 15, 1),
        ({"wait_interval": 5, "count": 2}, 1, 15, 2),
        ({"wait_interval": 5, "count": 2}, 2, None, None),
        ({"wait_interval": 0, "count": 1}, 0, 11, 1),
        ({"wait_interval": 5, "close_alert_after_all": True}, 0, 15, None),
        ({"wait_interval": 5, "count": 1, "close_alert_after_all": True}, 1, 15, None),
        ({"close_alert_after_all": True}, 0, None, None),
    ],
)
def test_after_a_round_comes_another_or_the_end(
    repeat: dict[str, Any] | None, round_: int, minutes: int | None, following: int | None
) -> None:
    plan = read_plan([_rule(0), _rule(10)], repeat)
    found = afterwards(plan, began_at=BEGAN, round_=round_)
    if minutes is None:
        assert found is None
    else:
        assert found is not None
        assert (found.at - BEGAN, found.round) == (timedelta(minutes=minutes), following)


@pytest.mark.parametrize(
    ("condition", "is_open", "acknowledged", "is_taken"),
    [
        (NOT_ACKED, True, False, True),
        (NOT_ACKED, True, True, False),
        (NOT_CLOSED, True, True, True),
        (NOT_ACKED, False, False, False),
        (NOT_CLOSED, False, True, False),
    ],
)
def test_an_acknowledgement_ends_what_waits_for_it_and_the_end_ends_everything(
    condition: EscalationCondition, is_open: bool, acknowledged: bool, is_taken: bool
) -> None:
    assert counts(condition, is_open=is_open, acknowledged=acknowledged) is is_taken


def test_one_at_random_is_the_same_one_when_the_step_is_done_again() -> None:
    people = [f"person {number}" for number in range(10)]
    chosen = {pick(people, seed=str(number)) for number in range(200)}
    assert chosen == set(people)
    assert pick(people, seed="a step") == pick(people, seed="a step")
    assert pick([], seed="a step") is None
