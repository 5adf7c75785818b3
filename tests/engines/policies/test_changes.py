"""What modify policies make of an alert, and what is wrong with one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines.policies import Named, Signal, details_of, wrong_changes
from bot.vocabulary import Severity
from tests.engines.policies.building import decided, modify, named, signal
from tests.engines.policies.test_filters import anything, brief

KEEP = {"message": "{{message}}"}
ANN, OPS, NIGHT = named("user", "ann"), named("team", "ops"), named("schedule", "night")
ALERT = signal(
    description="It is full.",
    entity="node-7",
    tags=("red", "disk"),
    actions=("restart",),
    details={"region": "eu"},
    responders=(ANN, OPS, NIGHT),
)
BOB = {"type": "user", "id": "bob-id", "username": "bob"}


def changed(changes: dict[str, Any], alert: Signal = ALERT) -> Signal:
    return decided([modify(changes={**KEEP, **changes})], alert).signal


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"message": "{{message}} db error"}, "message", "Disk full db error"),
        ({"alias": "{{alias.toLowerCase()}} dynamodb"}, "alias", "host-1/disk dynamodb"),
        ({"description": "{{entity}}: {{description}}"}, "description", "node-7: It is full."),
        ({"entity": "fixed"}, "entity", "fixed"),
        ({"source": "{{source.toUpperCase()}}"}, "source", "PROMETHEUS"),
        # all look at the alert as it was before
        ({"message": "{{alias}}", "alias": "{{message}}"}, "alias", "Disk full"),
        # what is left out or empty stays
        ({"description": "", "entity": None}, "description", "It is full."),
        ({"priority": ""}, "priority", Severity.P3),
        ({"priority": "P1"}, "priority", Severity.P1),
        # added, each once, or put in place of what was there
        ({"tags": ["disk", "new"]}, "tags", ("red", "disk", "new")),
        ({"tags": ["disk", "new"], "ignoreOriginalTags": True}, "tags", ("disk", "new")),
        ({"ignoreOriginalTags": True}, "tags", ()),
        ({"actions": ["reboot"]}, "actions", ("restart", "reboot")),
        ({"actions": ["reboot"], "ignoreOriginalActions": True}, "actions", ("reboot",)),
        ({"details": {"env": "prod"}}, "details", {"region": "eu", "env": "prod"}),
        ({"details": {"region": "us"}}, "details", {"region": "us"}),
        ({"details": ["env: prod", "a=b:c", "bare"]}, "details",
         {"region": "eu", "env": "prod", "a": "b:c", "bare": ""}),
        ({"details": {"n": 3, "yes": True, "no": None}, "ignoreOriginalDetails": True}, "details",
         {"n": "3", "yes": "true", "no": ""}),
        ({"responders": [BOB]}, "responders", (ANN, OPS, NIGHT, Named(ANN.kind, "bob-id", "bob"))),
        ({"responders": [{"type": "user", "id": "ann-id"}]}, "responders", (ANN, OPS, NIGHT)),
        ({"responders": [BOB], "ignoreOriginalResponders": True}, "responders", (Named(ANN.kind, "bob-id", "bob"),)),
        ({"responders": [{"type": "none"}]}, "responders", ()),
        ({"ignoreOriginalResponders": True}, "responders", ()),
        ({"ignoreOriginalTeams": True}, "responders", (ANN, NIGHT)),
        ({"ignoreOriginalTeams": True, "responders": [{"type": "team", "id": "ops-id", "name": "ops"}]}, "responders",
         (ANN, NIGHT, OPS)),
        # limits
        ({"message": "{{message}}" + "x" * 200}, "message", "Disk full" + "x" * 121),
        ({"source": "y" * 150}, "source", "y" * 100),
        ({"tags": [str(n) for n in range(20)]}, "tags", ("red", "disk", *(str(n) for n in range(18)))),
        ({"details": {"k": "v" * 7_999}}, "details", {"region": "eu", "k": "v" * 7_991}),
        # what cannot be done leaves the field
        ({"message": "{{message.substring(50)}}"}, "message", "Disk full"),
        ({"message": '{{message.substringAfter("nothing")}}'}, "message", "Disk full"),
        ({"alias": "{{details.nowhere}}"}, "alias", "HOST-1/disk"),
        ({"entity": "{{details.nowhere}}"}, "entity", ""),
        # a message is one line, and what must say something has no blanks around it
        ({"message": " one\n two\t"}, "message", "one two"),
        ({"message": "x" * 129 + " y"}, "message", "x" * 129),
        ({"alias": " {{entity}} "}, "alias", "node-7"),
    ],
)  # fmt: skip
def test_a_policy_changes_what_it_names(changes: dict[str, Any], field: str, value: object) -> None:
    alert = signal(**{name: getattr(ALERT, name) for name in ALERT.__slots__} | {"alias": "HOST-1/disk"})
    assert wrong_changes({**KEEP, **changes}) == {}
    assert getattr(changed(changes, alert), field) == value


def test_everybody_is_a_word_among_the_responders() -> None:
    everyone = modify("all", changes={**KEEP, "responders": [{"type": "all"}]}, goes_on=True)
    more = modify("more", changes={**KEEP, "responders": [BOB]}, goes_on=True)
    nobody = modify("none", changes={**KEEP, "responders": [{"type": "none"}]})
    decision = decided([everyone, more], ALERT)
    assert (decision.signal.everyone, len(decision.signal.responders)) == (True, 4)
    assert decision.tried[0].changes == {"responders": ("ann, ops, night", "ann, ops, night, everybody")}
    decision = decided([everyone, nobody], ALERT)
    assert (decision.signal.everyone, decision.signal.responders) == (False, ())
    assert decision.tried[1].changes == {"responders": ("ann, ops, night, everybody", "nobody")}


def test_what_changed_and_what_could_not_is_told() -> None:
    (tried,) = decided(
        [
            modify(
                changes={
                    "message": "{{message}} " + "x" * 200,
                    "alias": "{{alias.substring(99)}}",
                    "description": "new " * 100,
                    "entity": "{{tinyId}}",
                    "priority": "P1",
                    "tags": [str(n) for n in range(20)],
                    "details": {"env": "prod"},
                }
            )
        ],
        ALERT,
    ).tried
    assert set(tried.changes) == {"message", "description", "priority", "tags", "details"}
    assert tried.changes["priority"] == ("P3", "P1")
    assert tried.changes["details"] == ("region: eu", "region: eu, env: prod")
    assert tried.changes["tags"][0] == "red, disk"
    assert tried.changes["description"][1] == ("new " * 100)[:199] + "…"
    for note in (
        "message is cut at 130 characters.",
        "alias is left as it was: substring(99) of 11 characters.",
        "entity is left as it was: tinyId is not known yet when an alert is created.",
        "Of its tags the first 20 are kept.",
    ):
        assert note in tried.why


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        (KEEP, set()),
        (None, {"changes"}),
        ([], {"changes"}),
        ({}, {"message"}),
        ({"message": ""}, {"message"}),
        ({"message": 5}, {"message"}),
        ({"message": "x" * 1_001}, {"message"}),
        ({"message": "{{message"}, {"message"}),
        (
            {**KEEP, "alias": "{{alias.reverse()}}", "description": "d" * 15_001, "entity": {}, "source": "{{x}}"},
            {"alias", "description", "entity", "source"},
        ),
        ({**KEEP, "description": "d" * 15_000}, set()),
        ({**KEEP, "priority": "P6"}, {"priority"}),
        ({**KEEP, "ignoreOriginalTags": "yes"}, {"ignoreOriginalTags"}),
        ({**KEEP, "tags": "red"}, {"tags"}),
        ({**KEEP, "tags": ["a", "", 3, "x" * 51]}, {"tags.1", "tags.2", "tags.3"}),
        ({**KEEP, "tags": ["a"] * 21, "actions": ["a"] * 11}, {"tags", "actions"}),
        ({**KEEP, "details": "env: prod"}, {"details"}),
        ({**KEEP, "details": {"a": {"b": "c"}}}, {"details.a"}),
        ({**KEEP, "details": ["a: b", 3, ""]}, {"details.1", "details.2"}),
        ({**KEEP, "details": {"a": "b" * 8_000}}, {"details"}),
        ({**KEEP, "details": {"k" * 61: []}}, {f"details.{'k' * 59}…"}),
        ({**KEEP, "details": {" ": "b"}, "tags": [" "]}, {"details", "tags.0"}),
        ({**KEEP, "details": ["a", ": b"]}, {"details.1"}),
        ({**KEEP, "responders": {"type": "none"}}, {"responders"}),
        (
            {**KEEP, "responders": ["ann", {"type": "robot"}, {"type": "user"}, {"type": "team", "id": 3}, BOB]},
            {"responders.0", "responders.1.type", "responders.2.id", "responders.3.id"},
        ),
        ({**KEEP, "responders": [{"type": "none"}, BOB]}, {"responders"}),
        ({**KEEP, "responders": [{"type": "all"}, BOB, {"type": "escalation", "name": "e"}]}, set()),
        ({**KEEP, "responders": [BOB] * 51}, {"responders"}),
    ],
)
def test_everything_wrong_with_changes_is_named_at_once(changes: Any, wrong: set[str]) -> None:
    assert set(wrong_changes(changes)) == wrong


@brief
@given(
    st.one_of(
        anything,
        st.dictionaries(st.sampled_from(["message", "tags", "details", "responders", "priority", "alias"]), anything),
    )
)
def test_changes_of_any_shape_never_raise(changes: Any) -> None:
    faults = wrong_changes(changes)
    decision = decided([modify(changes=changes)], ALERT)
    if faults and changes is not None:
        assert decision.signal == ALERT
        assert decision.tried[0].outcome == "broken"


@brief
@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_details_that_are_a_map_are_that_map(details: dict[str, str]) -> None:
    assert details_of(details) == details
