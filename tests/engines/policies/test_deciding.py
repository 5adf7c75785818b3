"""All policies asked in their order: whose count, which of them, and what the trail says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines.expressions import expression_of
from bot.engines.policies import Effects, Outcome, PolicySpec, compile_policies, decide
from bot.vocabulary import PolicyGroup
from tests.engines.policies.building import (
    MATCH_ALL,
    NOON,
    condition,
    decided,
    every,
    modify,
    named,
    notify,
    signal,
    some,
)
from tests.engines.policies.test_effects import FREQUENCY, NINE, VALUE
from tests.engines.policies.test_filters import anything, brief, signals
from tests.engines.policies.test_hours import daily

OPS, NET = named("team", "ops"), named("team", "net")


def suffix(name: str, *, field: str = "message", **more: Any) -> PolicySpec:
    """A policy that adds its name to the message."""
    changes = {"message": "{{message}}", field: f"{{{{{field}}}}}+{name}"}
    return modify(name, changes=changes, **more)


def outcomes(decision: Any) -> list[tuple[str, str]]:
    return [(each.name, each.outcome.value) for each in decision.tried]


def test_the_first_that_fits_counts_and_those_after_it_if_it_says_so() -> None:
    other = every(condition("message", "contains", "nothing"))
    specs = [
        suffix("off", enabled=False),
        suffix("other", filter=other, goes_on=True),
        suffix("first", goes_on=True),
        suffix("second"),
        suffix("third"),
    ]
    decision = decided(specs)
    assert decision.signal.message == "Disk full+first+second"
    assert outcomes(decision) == [
        ("off", "off"),
        ("other", "no-match"),
        ("first", "applied"),
        ("second", "applied"),
    ]
    assert decision.tried[2].changes == {"message": ("Disk full", "Disk full+first")}


def test_later_policies_see_the_alert_as_the_earlier_left_it() -> None:
    tagged = modify("tag", changes={"message": "{{message}}", "tags": ["db"], "priority": "P1"}, goes_on=True)
    seen = suffix("seen", filter=every(condition("tags", "contains", "db"), condition("priority", "equals", "P1")))
    silent = notify("silent", filter=every(condition("message", "ends-with", "+seen")), effects={"suppress": True})
    decision = decided([tagged, seen, silent])
    assert decision.signal.message == "Disk full+seen"
    assert decision.effects.suppress


def test_everybodys_changes_come_first_then_the_teams_then_the_effects() -> None:
    specs = [
        notify("team's delay", team="ops-id", effects={"delay": NINE}),
        suffix("team", team="ops-id"),
        suffix("net", team="net-id"),
        notify("close", group=PolicyGroup.AUTO_CLOSE, effects={"autoClose": {"duration": {"timeAmount": 9}}}),
        notify("dedup", effects={"deduplication": VALUE}),
        suffix("all"),
    ]
    decision = decided(specs, team="ops-id")
    assert decision.signal.message == "Disk full+all+team"
    assert [each.name for each in decision.tried] == ["all", "team", "dedup", "close", "team's delay"]
    assert [each.team_id for each in decision.tried] == [None, "ops-id", None, None, "ops-id"]
    assert decision.effects.deduplication
    assert decision.effects.delay_until == NOON + timedelta(hours=21)


def test_of_the_same_effect_the_teams_takes_the_place_of_everybodys() -> None:
    specs = [
        notify("all", effects={"deduplication": VALUE, "autoClose": {"duration": {"timeAmount": 5}}}),
        notify("all later", group=PolicyGroup.AUTO_CLOSE, effects={"autoClose": {"duration": {"timeAmount": 6}}}),
        notify("team", team="ops-id", effects={"deduplication": FREQUENCY}),
    ]
    effects = decided(specs, team="ops-id").effects
    assert effects.deduplication
    assert effects.deduplication.count == 5
    assert effects.close_after == timedelta(minutes=6)
    silent = notify("silent", team="ops-id", effects={"suppress": True})
    assert decided([*specs[:1], silent], team="ops-id").effects == Effects(
        suppress=True, close_after=timedelta(minutes=5)
    )


@pytest.mark.parametrize(
    ("responders", "key_team", "message"),
    [
        ((), None, "Disk full"),
        ((OPS,), None, "Disk full+ops"),
        ((OPS, named("user", "ann")), None, "Disk full+ops"),
        ((OPS, NET), None, "Disk full"),
        ((OPS, NET), "net-id", "Disk full+net"),
        ((), "ops-id", "Disk full+ops"),
        ((OPS,), "unknown-id", "Disk full"),
    ],
)
def test_a_teams_policies_hold_for_its_key_and_for_what_comes_to_it_alone(
    responders: tuple[Any, ...], key_team: str | None, message: str
) -> None:
    specs = [suffix("ops", team="ops-id"), suffix("net", team="net-id")]
    assert decided(specs, signal(responders=responders), team=key_team).signal.message == message


def test_everybodys_policies_can_bring_an_alert_to_a_team() -> None:
    routed = modify("route", changes={"message": "{{message}}", "responders": [{"type": "team", "id": "ops-id"}]})
    assert decided([routed, suffix("ops", team="ops-id")]).signal.message == "Disk full+ops"


def test_outside_its_hours_a_policy_that_fits_is_passed_over() -> None:
    night = suffix("night", restriction=daily("20:00", "6:00"), zone="Europe/Berlin")
    never = suffix("never", restriction=daily("20:00", "6:00"), filter=every(condition("alias", "is-empty")))
    decision = decided([never, night, suffix("day")])
    assert outcomes(decision) == [("never", "no-match"), ("night", "outside-hours"), ("day", "applied")]
    assert decision.tried[1].why == "It does not hold at this hour (Europe/Berlin)."
    later = decided([night, suffix("day")], now=NOON + timedelta(hours=7))
    assert later.signal.message == "Disk full+night"


@pytest.mark.parametrize(
    ("filter_", "why"),
    [
        (MATCH_ALL, "It is for every alert."),
        (every(condition("alias", "starts-with", "host")), "Alias starts with “host”."),
        (every(condition("tags", "contains", "db")), "Tags do not contain “db”."),
        (every({**condition("tags", "is-empty"), "not": True}), "Tags are empty."),
        (every(condition("details", "equals", "eu", key="region")), "Details “region” is not “eu”."),
        (some(condition("priority", "greater-than", "P3")), "Priority is not greater than “P3”."),
        (every(condition("message", "contains", "x" * 90)), f"Message does not contain “{'x' * 59}…”."),
        (
            every(condition("message", "matches", "Disk.*"), condition("entity", "is-empty")),
            "All of its 2 conditions hold.",
        ),
        (
            some(condition("message", "matches", "Disk.*"), condition("entity", "contains", "a")),
            "One at least of its 2 conditions holds.",
        ),
        (
            some(condition("entity", "contains", "a"), condition("entity", "contains", "b")),
            "None of its 2 conditions holds: entity does not contain “a”, and so on.",
        ),
    ],
)
def test_the_trail_says_in_words_why_a_policy_fits_or_not(filter_: dict[str, Any], why: str) -> None:
    assert decided([suffix("policy", filter=filter_)]).tried[0].why == why


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (suffix("broken", filter={"type": "some"}), "filter.type: The type of a filter is one of"),
        (suffix("broken", filter=every(condition("message", "matches", "(a"))), "filter.conditions.0.expectedValue:"),
        (modify("broken", changes={"message": "{{message"}), "message: The braces at “{{message” are not closed"),
        (modify("broken", changes={"message": "m", "responders": [{"type": "user", "name": "ann"}]}), "has no id"),
        (suffix("broken", restriction={"type": "time-of-day"}), "timeRestrictions.restriction:"),
        (suffix("broken", restriction=daily("8:00", "9:00"), zone="Atlantis"), "no time zone “Atlantis”"),
        (modify("broken", changes=3), "changes: The changes of a policy are an object."),
    ],
)
def test_a_broken_policy_is_passed_over_and_says_why(broken: PolicySpec, why: str) -> None:
    decision = decided([broken, suffix("next")])
    assert outcomes(decision) == [("broken", "broken"), ("next", "applied")]
    assert why in decision.tried[0].why
    assert decision.signal.message == "Disk full+next"


def test_a_policy_that_fails_in_use_is_passed_over_too() -> None:
    alert = signal(details={"env": 3})
    failing = suffix("failing", filter=every(condition("details", "contains", "a", key="env")))
    decision = decided([failing, suffix("next")], alert)
    assert outcomes(decision) == [("failing", "broken"), ("next", "applied")]
    assert decision.tried[0].why == "It failed: TypeError."


def test_where_it_takes_too_long_to_see_what_an_expression_matches_neither_it_nor_its_contrary_holds() -> None:
    slow = "(a|b|ab)*(?=c)"
    of_tags = {**condition("tags", "matches", slow), "not": True}
    specs = [
        suffix("slow", filter=every(condition("description", "matches", slow))),
        suffix("contrary", filter=every({**condition("description", "matches", slow), "not": True})),
        suffix("of tags", filter=every(of_tags)),
        suffix("next", filter=every(condition("message", "matches", "Disk.*"))),
    ]
    decision = decided(specs, signal(description="ab" * 7_500, tags=("ab" * 25,)))
    assert outcomes(decision) == [(name, "no-match") for name in ("slow", "contrary", "of tags")] + [
        ("next", "applied")
    ]
    for each in decision.tried[:3]:
        assert each.why.endswith(f"It took too long to see what “{slow}” matches.")


def test_after_a_while_the_policies_still_to_come_are_not_asked() -> None:
    heavy = [condition("description", "matches", "(a|b)*a(a|b){20}(c|d)")] * 20
    noise = "".join(Random(1).choices("ab", k=15_000))
    specs = [suffix("first", goes_on=True), *(suffix(f"heavy {n}", filter=some(*heavy)) for n in range(200))]
    specs += [suffix("last"), notify(effects={"suppress": True}), suffix("of the team", team=OPS.id)]
    decision = decided(specs, signal(description=noise), team=OPS.id)
    assert 1 < len(decision.tried) < 200
    assert [each.name for each in decision.tried if each.outcome is Outcome.BROKEN] == [decision.tried[-1].name]
    assert decision.tried[-1].outcome is Outcome.BROKEN
    assert "took too long for this alert" in decision.tried[-1].why
    assert (decision.signal.message, decision.effects) == ("Disk full+first", Effects())


def test_nothing_is_compiled_for_an_alert() -> None:
    rulebook = compile_policies([suffix("any", filter=every(condition("message", "matches", "Disk [a-z]+")))])
    compiled = expression_of.cache_info()
    for _ in range(3):
        assert decide(rulebook, signal(), now=NOON, team_id=None).signal.message == "Disk full+any"
    assert expression_of.cache_info() == compiled


def test_what_a_policy_says_still_is_not_compiled_again() -> None:
    first, second, third = suffix("first"), suffix("second"), notify("third", effects={"suppress": True})
    known = compile_policies([first, second, third])
    changed = replace(second, continues=True)
    rulebook = compile_policies([changed, replace(first), replace(third, name="renamed")], known=known)
    modifies, notifies = rulebook.of(None, PolicyGroup.MODIFY), rulebook.of(None, PolicyGroup.NOTIFICATION)
    assert [each.spec for each in modifies] == [changed, first]
    assert modifies[1] is known.of(None, PolicyGroup.MODIFY)[0]
    assert modifies[0] is not known.of(None, PolicyGroup.MODIFY)[1]
    assert [each.spec.name for each in notifies] == ["renamed"]
    assert compile_policies([], known=known).policies == {}


texts = st.text(max_size=10)
specs_of_any_shape = st.builds(
    lambda group, fields: replace(modify("any", changes={"message": "x"}), group=group, **fields),
    st.sampled_from(PolicyGroup),
    st.fixed_dictionaries(
        {},
        optional={
            "filter": anything,
            "restriction": anything,
            "changes": anything,
            "effects": anything,
            "zone": texts,
            "continues": st.booleans(),
        },
    ),
)


@brief
@given(st.lists(specs_of_any_shape, max_size=3), signals)
def test_policies_of_any_shape_never_raise_nor_lose_an_alert(specs: list[PolicySpec], alert: Any) -> None:
    decision = decide(compile_policies(specs), alert, now=NOON, team_id=None)
    applied = [each for each in decision.tried if each.outcome is Outcome.APPLIED]
    assert len(decision.tried) <= len(specs)
    if not applied:
        assert (decision.signal, decision.effects) == (alert, Effects())


@brief
@given(signals)
def test_without_policies_an_alert_goes_out_as_it_came(alert: Any) -> None:
    decision = decided([], alert)
    assert (decision.signal, decision.effects, decision.tried) == (alert, Effects(), ())
