"""The samples of the Policy API's document, as they stand in it, asked of alerts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.engines.policies import (
    Decision,
    Deduplication,
    Named,
    PolicySpec,
    Restart,
    compile_filter,
    within,
    wrong_changes,
    wrong_effects,
    wrong_filter,
    wrong_restriction,
)
from bot.vocabulary import AlertResponderKind, DeduplicationKind, PolicyGroup
from tests.engines.policies.building import MATCH_ALL, NOON, condition, decided, modify, named, notify, signal

TEN_MINUTES = {"timeAmount": 10, "timeUnit": "minutes"}
FILTER = {
    "type": "match-all-conditions",
    "conditions": [
        {"field": "recipients", "operation": "contains", "expectedValue": "recipient", "not": True},
        {"field": "message", "operation": "contains", "expectedValue": "message"},
    ],
}
NIGHT = {"type": "time-of-day", "restriction": {"endHour": 5, "endMin": 10, "startHour": 20, "startMin": 23}}
OFFICE = {"type": "time-of-day", "restriction": {"startHour": 8, "startMin": 0, "endHour": 18, "endMin": 30}}
WEEK = {
    "type": "weekday-and-time-of-day",
    "restrictions": [
        {"startDay": "monday", "startHour": 8, "startMin": 0, "endDay": "tuesday", "endHour": 18, "endMin": 30},
        {"startDay": "wednesday", "startHour": 8, "startMin": 0, "endDay": "thursday", "endHour": 18, "endMin": 30},
    ],
}
ANY = {
    "type": "match-any-condition",
    "conditions": [
        {"field": "message", "not": False, "operation": "contains", "expectedValue": "expected1"},
        {"field": "alias", "not": True, "operation": "starts-with", "expectedValue": "expected2"},
        {
            "field": "extra-properties",
            "key": "expectedKey",
            "not": True,
            "operation": "starts-with",
            "expectedValue": "expected3",
        },
    ],
}
MODIFY = {
    "filter": {"type": "match-all-conditions", "conditions": [condition("message", "contains", "dynamodb")]},
    "message": "{{message}} db error",
    "recipients": [{"type": "user", "id": "1e1d2ba1-4532-4602-878e-9db1aa927164"}],
    "alias": "{{alias.toLowerCase()}} dynamodb",
    "tags": ["dynamodb"],
    "description": "{{description}}",
}
MIDNIGHT = NOON + timedelta(hours=12)


def _closing() -> PolicySpec:
    return notify(
        group=PolicyGroup.AUTO_CLOSE, filter=FILTER, restriction=NIGHT, effects={"autoClose": {"duration": TEN_MINUTES}}
    )


@pytest.mark.parametrize(
    ("message", "recipient", "now", "outcome"),
    [
        ("a message", "ann", MIDNIGHT, "applied"),
        ("a message", "recipient", MIDNIGHT, "no-match"),
        ("nothing", "ann", MIDNIGHT, "no-match"),
        ("a message", "ann", NOON, "outside-hours"),
    ],
)
def test_the_auto_close_policy(message: str, recipient: str, now: datetime, outcome: str) -> None:
    assert (wrong_filter(FILTER, plain_lists=True), wrong_restriction(NIGHT)) == ({}, {})
    decision = decided([_closing()], signal(message=message, responders=(named("user", recipient),)), now=now)
    assert decision.tried[0].outcome == outcome
    assert decision.effects.close_after == (timedelta(minutes=10) if outcome == "applied" else None)


def test_the_auto_restart_policy() -> None:
    effects = {"autoRestart": {"duration": TEN_MINUTES, "maxRepeatCount": 10}}
    decision = _sure(effects, group=PolicyGroup.AUTO_RESTART)
    assert decision.effects.restart == Restart(timedelta(minutes=10), 10)


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (
            {
                "deduplicationActionType": "frequency-based",
                "count": 5,
                "duration": {"timeUnit": "minutes", "timeAmount": 5},
            },
            Deduplication(DeduplicationKind.FREQUENCY_BASED, 5, timedelta(minutes=5)),
        ),
        (
            {"deduplicationActionType": "value-based", "count": 10},
            Deduplication(DeduplicationKind.VALUE_BASED, 10, None),
        ),
    ],
)
def test_the_deduplication_policies(effect: dict[str, Any], expected: Deduplication) -> None:
    assert _sure({"deduplication": effect}).effects.deduplication == expected


def test_the_suppress_policy() -> None:
    decision = decided([notify(filter=FILTER, effects={"suppress": True})], signal(message="a message"))
    assert decision.effects.suppress


def test_the_modify_policy() -> None:
    changes = {
        **{name: MODIFY[name] for name in ("message", "alias", "description", "tags")},
        "responders": MODIFY["recipients"],
        "ignoreOriginalResponders": True,
        "ignoreOriginalTags": True,
    }
    assert wrong_changes(changes) == {}
    policy = modify(filter=MODIFY["filter"], changes=changes, goes_on=True)
    alert = signal(message="dynamodb slow", alias="AWS-1", tags=("old",), responders=(named("team", "ops"),))
    after = decided([policy], alert).signal
    assert (after.message, after.alias, after.tags) == ("dynamodb slow db error", "aws-1 dynamodb", ("dynamodb",))
    user_id = "1e1d2ba1-4532-4602-878e-9db1aa927164"
    assert after.responders == (Named(AlertResponderKind.USER, user_id, user_id),)
    assert decided([policy], signal(message="mongo slow")).signal.message == "mongo slow"


def test_the_filters() -> None:
    assert wrong_filter(MATCH_ALL) == {}
    assert wrong_filter(ANY, plain_lists=True) == {}
    compiled = compile_filter(ANY)
    plain = signal(message="m", alias="expected2", details={"expectedKey": "expected3"})
    assert not compiled.holds(plain)
    assert compiled.holds(signal(message="expected1", alias="expected2", details={"expectedKey": "expected3"}))
    assert compiled.holds(signal(message="m", alias="other", details={"expectedKey": "expected3"}))
    assert compiled.holds(signal(message="m", alias="expected2"))


def test_the_time_restrictions() -> None:
    assert within(OFFICE, "UTC", NOON)
    assert not within(OFFICE, "UTC", MIDNIGHT)
    assert within(WEEK, "UTC", MIDNIGHT)
    assert not within(WEEK, "UTC", NOON + timedelta(days=2))


def _sure(effects: dict[str, Any], *, group: PolicyGroup = PolicyGroup.NOTIFICATION) -> Decision:
    assert wrong_effects(effects) == {}
    return decided([notify(group=group, effects=effects)])
