"""What cannot be a policy is refused: 422 with every field that is wrong, in both versions, and nothing changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Api
from tests.api.opsgenie.policies.world import (
    ALERT,
    CLOSE,
    DEDUPLICATE,
    DELAY,
    FIRST,
    MINUTES,
    MODIFY,
    NOTIFICATION,
    RESTART,
    SECOND,
    SUPPRESS,
    errors,
    made,
)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Body = dict[str, Any]
CONDITION: Body = {"field": "message", "operation": "contains", "expectedValue": "x"}
NOBODYS = "00000000-0000-4000-8000-000000000000"


def filtered(*conditions: Body, kind: str = "match-all-conditions") -> Body:
    return {"filter": {"type": kind, "conditions": list(conditions)}}


def hours(**changes: Any) -> Body:
    window = {"startHour": 8, "startMin": 0, "endHour": 18, "endMin": 0} | changes
    return {"timeRestrictions": {"type": "time-of-day", "restriction": window}}


BOTH: tuple[tuple[Body, set[str]], ...] = (
    ({"type": "renotify"}, {"type"}),
    ({"type": None}, {"type"}),
    ({"name": ""}, {"name"}),
    ({"name": None}, {"name"}),
    ({"name": 5}, {"name"}),
    ({"name": "n" * 513}, {"name"}),
    ({"name": "two\nlines"}, {"name"}),
    ({"enabled": None}, {"enabled"}),
    ({"enabled": "perhaps"}, {"enabled"}),
    ({"policyDescription": "d" * 513}, {"policyDescription"}),
    ({"policyDescription": ["d"]}, {"policyDescription"}),
    ({"filter": {"type": "match-some"}}, {"filter#type"}),
    ({"filter": {"conditions": [CONDITION]}}, {"filter#type"}),
    ({"filter": "message"}, {"filter"}),
    (filtered(kind="match-any-condition"), {"filter#conditions"}),
    (filtered(CONDITION, kind="match-all"), {"filter#conditions"}),
    (filtered(*[CONDITION] * 101), {"filter#conditions"}),
    (filtered(CONDITION | {"field": "sender"}), {"filter#conditions#0#field"}),
    (filtered(CONDITION | {"operation": "resembles"}), {"filter#conditions#0#operation"}),
    (filtered(CONDITION | {"operation": None}), {"filter#conditions#0#operation"}),
    (filtered(CONDITION | {"not": "perhaps"}), {"filter#conditions#0#not"}),
    (filtered(CONDITION | {"order": -1}), {"filter#conditions#0#order"}),
    (filtered(CONDITION, CONDITION | {"field": "tags", "operation": "equals"}), {"filter#conditions#1#operation"}),
    (filtered(CONDITION | {"field": "message", "operation": "contains-key"}), {"filter#conditions#0#operation"}),
    (filtered(CONDITION | {"field": "priority", "operation": "is-empty"}), {"filter#conditions#0#operation"}),
    (filtered(CONDITION | {"field": "priority", "operation": "less-than"}), {"filter#conditions#0#expectedValue"}),
    (filtered(CONDITION | {"operation": "matches", "expectedValue": "("}), {"filter#conditions#0#expectedValue"}),
    ({"timeRestrictions": {"type": "time-of-day"}}, {"timeRestrictions"}),
    ({"timeRestrictions": {"type": "sometimes"}}, {"timeRestrictions#type"}),
    (hours(startHour=24), {"timeRestrictions#restriction#startHour"}),
    (hours(endMin=60, startMin=None), {"timeRestrictions#restriction#endMin", "timeRestrictions#restriction#startMin"}),
    ({"timeRestriction": {"type": "weekday-and-time-of-day", "restrictions": []}}, {"timeRestriction#restrictions"}),
)
"""What is wrong with any policy, and the fields that are named."""

TEXTS: tuple[tuple[Body, set[str]], ...] = (
    ({"message": ""}, {"message"}),
    ({"message": None}, {"message"}),
    ({"message": "{{alias"}, {"message"}),
    ({"message": "{{message.shout()}}", "alias": "{{sender}}"}, {"message", "alias"}),
    ({"description": "{{description.substring()}}"}, {"description"}),
    ({"description": "d" * 15_001}, {"description"}),
    ({"entity": 5, "source": "{{source.toLowerCase}}"}, {"entity", "source"}),
    ({"priority": "P6"}, {"priority"}),
    ({"tags": ["t"] * 21}, {"tags"}),
    ({"tags": "t"}, {"tags"}),
    ({"details": "d"}, {"details"}),
    ({"details": {"d": {"e": "f"}}}, {"details#d"}),
    ({"continue": "perhaps", "ignoreOriginalTags": 7}, {"continue", "ignoreOriginalTags"}),
)
"""What is wrong with the changes that either version can make."""

BY_TYPE: tuple[tuple[Body, Body, set[str]], ...] = (
    (CLOSE, {"duration": None}, {"duration"}),
    (CLOSE, {"duration": {"timeAmount": 0}}, {"duration#timeAmount"}),
    (CLOSE, {"duration": {"timeAmount": 1.5}}, {"duration#timeAmount"}),
    (CLOSE, {"duration": {"timeAmount": 2, "timeUnit": "fortnights"}}, {"duration#timeUnit"}),
    (CLOSE, {"duration": {"timeAmount": -1, "timeUnit": "weeks"}}, {"duration#timeUnit", "duration#timeAmount"}),
    (CLOSE, {"duration": 10}, {"duration"}),
    (RESTART, {"maxRepeatCount": None, "duration": None}, {"duration", "maxRepeatCount"}),
    (RESTART, {"maxRepeatCount": 0}, {"maxRepeatCount"}),
    (RESTART, {"maxRepeatCount": "often", "name": ""}, {"maxRepeatCount", "name"}),
    (DEDUPLICATE, {"count": 1}, {"count"}),
    (DEDUPLICATE, {"count": 101}, {"count"}),
    (DEDUPLICATE, {"deduplicationActionType": "by-guess", "count": None}, {"deduplicationActionType", "count"}),
    (DEDUPLICATE, {"deduplicationActionType": "frequency-based"}, {"duration"}),
    (DELAY, {"untilHour": None}, {"untilHour"}),
    (DELAY, {"untilHour": 24, "untilMinute": 60}, {"untilHour", "untilMinute"}),
    (DELAY, {"delayOption": "for-duration"}, {"duration"}),
    (DELAY, {"duration": {"timeUnit": "minutes"}}, {"duration#timeAmount"}),
    (DELAY, {"delayOption": "next-year"}, {"delayOption"}),
    (MODIFY, {"alertActions": ["a"] * 11}, {"alertActions"}),
    (MODIFY, {"ignoreOriginalRecipients": "perhaps"}, {"ignoreOriginalRecipients"}),
    (MODIFY, {"recipients": [{"type": "group", "id": "x"}]}, {"recipients#0#type"}),
    (MODIFY, {"recipients": [{"type": "none"}, {"type": "all"}]}, {"recipients"}),
    (
        MODIFY,
        {"recipients": [{"type": "team"}, {"type": "user", "username": ""}]},
        {"recipients#0#id", "recipients#1#id"},
    ),
    (
        MODIFY,
        {"recipients": [{"type": "user", "id": NOBODYS}, {"type": "escalation", "name": "x"}, {"type": "none"}]},
        {"recipients#0", "recipients#1", "recipients"},
    ),
    (SUPPRESS, {"policyDescription": "d" * 201}, {"policyDescription"}),
    (SUPPRESS, filtered(CONDITION | {"field": "tags", "operation": "matches"}), {"filter#conditions#0#operation"}),
)
"""What is wrong with a policy of the first version."""

BY_ACTION: tuple[tuple[Body, Body, set[str]], ...] = (
    (NOTIFICATION, {"suppress": None}, {"suppress"}),
    (NOTIFICATION, {"suppress": "perhaps"}, {"suppress"}),
    (NOTIFICATION, {"suppress": False, "delayAction": {}}, {"delayAction#delayOption"}),
    (
        NOTIFICATION,
        {"delayAction": {"delayOption": "next-monday"}},
        {"delayAction#untilHour", "delayAction#untilMinute"},
    ),
    (NOTIFICATION, {"autoCloseAction": {"duration": {"timeAmount": 0}}}, {"autoCloseAction#duration#timeAmount"}),
    (NOTIFICATION, {"autoRestartAction": {"maxRepeatCount": 1}}, {"autoRestartAction#duration"}),
    (
        NOTIFICATION,
        {"deduplicationAction": {"deduplicationActionType": "value-based", "count": 2}},
        {"deduplicationAction"},
    ),
    (
        NOTIFICATION,
        {"suppress": False, "deduplicationAction": {"deduplicationActionType": "frequency-based", "count": 1}},
        {"deduplicationAction#duration", "deduplicationAction#count"},
    ),
    (ALERT, {"actions": ["a" * 51]}, {"actions#0"}),
    (ALERT, {"responders": [{"type": "schedule", "id": NOBODYS}]}, {"responders#0"}),
)
"""What is wrong with a policy of the second version."""


async def test_a_policy_of_the_first_version(api: Api) -> None:
    cases = [(MODIFY, *each) for each in (*BOTH, *TEXTS)] + list(BY_TYPE)
    for body, changes, fields in cases:
        refused = await api.post(FIRST, body | changes)
        assert errors(refused) == fields, changes
        assert all(refused.body["errors"].values())
    assert (await api.get(FIRST)).data == []


async def test_a_policy_of_the_second_version(api: Api) -> None:
    team = (await api.post("/v2/teams", {"name": "core"})).data["id"]
    cases = [(NOTIFICATION, *each) for each in BOTH[::4]] + [(ALERT, *each) for each in TEXTS[::3]] + list(BY_ACTION)
    for body, changes, fields in cases:
        assert errors(await api.post(f"{SECOND}?teamId={team}", body | changes)) == fields, changes
    assert (await api.get(f"{SECOND}/notification?teamId={team}")).data == []


async def test_a_policy_that_is_there_stays_as_it_was(api: Api) -> None:
    id_ = await made(api, MODIFY)
    before = (await api.get(f"{FIRST}/{id_}")).data
    for body, changes, fields in BY_TYPE[:3]:
        assert errors(await api.ask("PUT", f"{FIRST}/{id_}", body | changes)) == fields
    assert errors(await api.ask("PUT", f"{SECOND}/{id_}", ALERT | {"message": "{{"})) == {"message"}
    assert (await api.get(f"{FIRST}/{id_}")).data == before


async def test_everything_is_told_at_once(api: Api) -> None:
    """Of a body that cannot be read in one place, all other places too."""
    body = filtered(CONDITION | {"operation": "resembles", "order": 1}, CONDITION | {"field": "sender"}) | {
        "type": "modify",
        "enabled": 5,
        "policyDescription": "d" * 201,
        "message": "{{message.shout()}}",
        "alias": ["a"],
        "recipients": [{"type": "user", "username": "nobody@example.com"}],
        "timeRestrictions": {"type": "time-of-day"},
    }
    assert errors(await api.post(FIRST, body)) == {
        "name",
        "enabled",
        "policyDescription",
        "message",
        "alias",
        "recipients#0",
        "filter#conditions#0#operation",
        "filter#conditions#1#field",
        "timeRestrictions",
    }


async def test_places_that_there_are_not(api: Api) -> None:
    id_ = await made(api, MODIFY)
    for path in (FIRST, SECOND):
        for wrong in (-1, "first", 1.5, None):
            assert errors(await api.post(f"{path}/{id_}/change-order", {"targetIndex": wrong})) == {"targetIndex"}


async def test_policies_that_there_are_not(api: Api) -> None:
    id_ = await made(api, MODIFY)
    team = (await api.post("/v2/teams", {"name": "core"})).data["id"]
    sent: tuple[tuple[str, str, Any], ...] = (
        ("GET", "", None),
        ("DELETE", "", None),
        ("POST", "/enable", None),
        ("POST", "/disable", None),
        ("POST", "/change-order", {}),
    )
    for method, verb, body in sent:
        for path in (f"{FIRST}/{NOBODYS}{verb}", f"{SECOND}/{NOBODYS}{verb}", f"{SECOND}/{id_}{verb}?teamId={team}"):
            assert (await api.ask(method, path, body)).status == 404, path
    assert (await api.ask("PUT", f"{FIRST}/{NOBODYS}", MODIFY)).status == 404
    assert (await api.ask("PUT", f"{SECOND}/{id_}?teamId={team}", ALERT)).status == 404
    for path in (f"{SECOND}/alert", f"{SECOND}/notification"):
        assert errors(await api.get(f"{path}?teamId={NOBODYS}")) == {"teamId"}
    assert errors(await api.get(f"{SECOND}/notification")) == {"teamId"}
    assert errors(await api.post(SECOND, NOTIFICATION)) == {"teamId"}
    assert errors(await api.ask("PUT", f"{SECOND}/{id_}", NOTIFICATION)) == {"type"}
    assert errors(await api.post(f"{SECOND}?teamId={NOBODYS}", ALERT)) == {"teamId"}


async def test_bodies_that_are_none(api: Api) -> None:
    for data, status in (('{"type": "modify",', 400), ("[]", 422), ('"modify"', 422), ("{}", 422), ("", 422)):
        for path in (FIRST, SECOND):
            assert (await api.ask("POST", path, data=data)).status == status, data


async def test_a_duration_of_whatever_unit_is_taken(api: Api) -> None:
    for duration in (MINUTES, {"timeAmount": 3, "timeUnit": "days"}, {"timeAmount": 90_000, "timeUnit": "miliseconds"}):
        id_ = await made(api, CLOSE | {"duration": duration})
        assert (await api.get(f"{FIRST}/{id_}")).data["duration"] == duration
    id_ = await made(api, DELAY | {"duration": {}})
    assert "duration" not in (await api.get(f"{FIRST}/{id_}")).data
    id_ = await made(api, CLOSE | {"duration": {"timeAmount": "4", "timeUnit": ""}})
    assert (await api.get(f"{FIRST}/{id_}")).data["duration"] == {"timeAmount": 4, "timeUnit": "minutes"}
