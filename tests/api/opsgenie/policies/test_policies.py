"""Policies by both versions of the API: the same ones, in the words and in the order of each."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.usecases.policies.create import MOST_POLICIES
from bot.vocabulary import PolicyGroup, Right
from storage import users
from storage.models import Policy
from tests.api.conftest import Api
from tests.api.opsgenie.policies.world import (
    ALERT,
    CLOSE,
    DEDUPLICATE,
    DELAY,
    EVERY_FIRST,
    FIRST,
    MINUTES,
    MODIFY,
    NOTIFICATION,
    RESTART,
    SECOND,
    SUPPRESS,
    errors,
    listed,
    made,
)

ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MATCH_ALL = {"type": "match-all"}
WHOLE_ALERT: dict[str, Any] = {
    "type": "alert",
    "name": "whole",
    "enabled": False,
    "policyDescription": "d" * 512,
    "filter": {
        "type": "match-any-condition",
        "conditions": [
            {"field": "teams", "operation": "contains", "expectedValue": "core", "not": False, "order": 0},
            {"field": "tags", "operation": "matches", "expectedValue": "db.*", "not": True, "order": 1},
            {
                "field": "extra-properties",
                "key": "env",
                "operation": "equals",
                "expectedValue": "",
                "not": False,
                "order": 2,
            },
        ],
    },
    "timeRestrictions": {
        "type": "weekday-and-time-of-day",
        "restrictions": [
            {"startDay": "monday", "startHour": 8, "startMin": 7, "endDay": "friday", "endHour": 18, "endMin": 59}
        ],
    },
    "message": "{{message.substring(0, 10)}}",
    "continue": True,
    "alias": "{{alias}}-{{source}}",
    "description": "{{details.env}}",
    "alertDescription": "{{details.env}}",
    "entity": "web",
    "source": "{{source.toUpperCase()}}",
    "ignoreOriginalActions": True,
    "actions": ["Restart"],
    "ignoreOriginalDetails": True,
    "details": {"env": "prod", "tries": "3", "loud": "true"},
    "ignoreOriginalResponders": True,
    "ignoreOriginalTags": True,
    "tags": ["db", "slow"],
    "ignoreOriginalTeams": True,
    "priority": "P2",
}
FIRST_NAMES = {
    "actions": "alertActions",
    "ignoreOriginalActions": "ignoreOriginalAlertActions",
    "responders": "recipients",
    "ignoreOriginalResponders": "ignoreOriginalRecipients",
}


async def team(api: Api, name: str = "core") -> str:
    return str((await api.post("/v2/teams", {"name": name})).data["id"])


async def test_everything_an_alert_policy_can_say_is_read_in_the_words_of_both_versions(api: Api) -> None:
    """RAN: Go sends details as a list with a new policy, and every reference with an empty `username`."""
    core = await team(api)
    user = {"username": "ann@example.com", "fullName": "Ann", "role": {"name": "User"}}
    ann = (await api.post("/v2/users", user)).data["id"]
    schedule = (await api.get("/v2/schedules/core_schedule?identifierType=name")).data["id"]
    escalation = (await api.get("/v2/escalations/core_escalation?identifierType=name")).data["id"]
    body = WHOLE_ALERT | {
        "enabled": "False",
        "details": ["env: prod", "tries=3", "loud:true"],
        "responders": [
            {"type": "user", "username": "Ann@example.com"},
            {"type": "team", "name": "core", "username": ""},
            {"type": "schedule", "id": schedule, "name": "whatever"},
            {"type": "escalation", "name": "core_escalation"},
            {"type": "user", "id": ann},
        ],
    }
    ids = [
        {"type": "user", "id": ann},
        {"type": "team", "id": core},
        {"type": "schedule", "id": schedule},
        {"type": "escalation", "id": escalation},
    ]
    answer = await api.post(SECOND, body)
    id_ = answer.data["id"]
    assert (answer.status, answer.body["result"]) == (201, "Created")
    assert answer.data == {"id": id_, "name": "whole", "type": "alert", "enabled": False}
    whole = WHOLE_ALERT | {"id": id_, "responders": ids}
    assert (await api.get(f"{SECOND}/{id_}")).data == whole
    as_first = {FIRST_NAMES.get(name, name): value for name, value in whole.items()} | {"type": "modify"}
    del as_first["alertDescription"]
    assert (await api.get(f"{FIRST}/{id_}")).data == as_first

    details: dict[str, Any] = {"env": "prod", "tries": 3, "loud": True}
    assert (await api.ask("PUT", f"{SECOND}/{id_}", whole | {"details": details})).body["result"] == "Updated"
    assert (await api.get(f"{SECOND}/{id_}")).data == whole
    conditions = [each for each in whole["filter"]["conditions"] if each["operation"] != "matches"]
    plainer = as_first | {"policyDescription": "shorter", "filter": whole["filter"] | {"conditions": conditions}}
    assert (await api.ask("PUT", f"{FIRST}/{id_}", plainer)).status == 200
    assert (await api.get(f"{FIRST}/{id_}")).data == plainer
    assert (await api.ask("PUT", f"{FIRST}/{id_}", MODIFY)).status == 200
    assert (await api.get(f"{SECOND}/{id_}")).data == ALERT | {
        "id": id_,
        "name": "modify",
        "policyDescription": "",
        "continue": False,
        **{name: f"{{{{{name}}}}}" for name in ("alias", "description", "entity", "source")},
        "alertDescription": "{{description}}",
        **{f"ignoreOriginal{each}": False for each in ("Actions", "Details", "Responders", "Tags", "Teams")},
        **{name: [] for name in ("actions", "tags", "responders")},
        "details": {},
    }


@ON_ONE
async def test_the_description_is_known_by_the_name_that_go_has_for_it(api: Api) -> None:
    id_ = await made(api, ALERT | {"alertDescription": "{{message}}", "description": "older"}, path=SECOND)
    told = (await api.get(f"{SECOND}/{id_}")).data
    assert (told["alertDescription"], told["description"]) == ("{{message}}", "{{message}}")
    wrong = await api.ask("PUT", f"{SECOND}/{id_}", ALERT | {"alertDescription": "{{message"})
    assert errors(wrong) == {"alertDescription"}


@ON_ONE
async def test_what_a_policy_does_to_notifications_is_read_in_the_words_of_both_versions(api: Api) -> None:
    frequency = {"deduplicationActionType": "frequency-based", "count": 3, "duration": MINUTES}
    until = {"delayOption": "for-duration", "duration": MINUTES}
    monday = {"delayOption": "next-monday", "untilHour": 9, "untilMinute": 0}
    cases: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
        (SUPPRESS, {"suppress": True}),
        (DEDUPLICATE | frequency, {"suppress": False, "deduplicationAction": frequency}),
        (DELAY, {"suppress": False, "delayAction": monday}),
        (
            {name: value for name, value in DELAY.items() if not name.startswith("until")} | until,
            {"suppress": False, "delayAction": until},
        ),
        (RESTART, {"suppress": False, "autoRestartAction": {"duration": MINUTES, "maxRepeatCount": 3}}),
        (CLOSE, {"suppress": False, "autoCloseAction": {"duration": MINUTES}}),
    )
    for first, actions in cases:
        id_ = await made(api, first)
        plain = {"id": id_, "policyDescription": ""}
        assert (await api.get(f"{FIRST}/{id_}")).data == first | plain | {"filter": MATCH_ALL}
        second = {"type": "notification", "name": first["name"], "enabled": True} | actions | plain
        assert (await api.get(f"{SECOND}/{id_}")).data == second
        assert (await api.ask("PUT", f"{SECOND}/{id_}", second | {"filter": MATCH_ALL})).status == 200
        assert (await api.get(f"{FIRST}/{id_}")).data == first | plain | {"filter": MATCH_ALL}


@ON_ONE
async def test_of_several_effects_the_first_gives_the_type_in_the_first_version(api: Api) -> None:
    at = f"{SECOND}?teamId={await team(api)}"
    delay = {"delayOption": "next-time", "untilHour": 0, "untilMinute": 0}
    count = {"deduplicationActionType": "value-based", "count": 2}
    restart = {"duration": MINUTES, "maxRepeatCount": 1}
    every = {"delayAction": delay, "autoCloseAction": {"duration": MINUTES}, "autoRestartAction": restart}
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"suppress": True, **every}, "notification-suppress"),
        ({"suppress": False, **every}, "notification-delay"),
        ({"suppress": False, **every, "delayAction": None}, "auto-restart-notifications"),
        ({"suppress": False, "autoCloseAction": {"duration": MINUTES}}, "auto-close"),
        ({"suppress": None, "deduplicationAction": count, "autoRestartAction": restart}, "notification-deduplication"),
    )
    by_old_names = {"deduplicationActionAction": {"deduplicationType": "value-based", "count": 2}}
    id_ = await made(api, NOTIFICATION | {"suppress": False} | by_old_names, path=at)  # as older Go clients say it
    assert (await api.get(f"{SECOND}/{id_}")).data["deduplicationAction"] == count
    for actions, kind in cases:
        id_ = await made(api, NOTIFICATION | actions, path=at)
        policy = (await api.get(f"{FIRST}/{id_}")).data
        assert (policy["type"], policy.get("count")) == (kind, 2 if "deduplication" in kind else None)
        told = (await api.get(f"{SECOND}/{id_}")).data
        assert {name: told.get(name) for name in actions} == {
            name: bool(value) if name == "suppress" else value for name, value in actions.items()
        }


async def test_each_group_of_a_team_or_of_everybody_has_an_order_of_its_own(api: Api) -> None:
    core = await team(api)
    ids = {each["name"]: await made(api, each) for each in EVERY_FIRST}
    ids["second"] = await made(api, MODIFY | {"name": "second"})
    ids["third"] = await made(api, ALERT | {"name": "third"}, path=SECOND)
    await made(api, ALERT | {"name": "theirs"}, path=f"{SECOND}?teamId={core}")
    everything = [
        ("suppress", "notification-suppress", 0),
        ("deduplicate", "notification-deduplication", 1),
        ("delay", "notification-delay", 2),
        ("restart", "auto-restart-notifications", 0),
        ("close", "auto-close", 0),
        ("modify", "modify", 0),
        ("second", "modify", 1),
        ("third", "modify", 2),
    ]
    assert await listed(api) == everything
    assert [name for name, _, _ in await listed(api, f"{SECOND}/alert")] == ["modify", "second", "third"]
    assert await listed(api, f"{SECOND}/alert?teamId={core}") == [("theirs", "alert", 0)]

    async def moved(name: str, body: dict[str, Any], path: str = FIRST) -> list[str]:
        answer = await api.post(f"{path}/{ids[name]}/change-order", body)
        assert (answer.status, answer.body["result"]) == (200, "Order Changed")
        return [f"{each}{place}" for each, kind, place in await listed(api) if kind == everything_of[name]]

    everything_of = {name: kind for name, kind, _ in everything}
    assert await moved("third", {}) == ["third0", "modify1", "second2"]
    assert await moved("third", {"targetIndex": 10**30}) == ["modify0", "second1", "third2"]
    assert await moved("modify", {"targetIndex": 1}, SECOND) == ["second0", "modify1", "third2"]
    assert await moved("close", {"targetIndex": 0}) == ["close0"]
    assert await moved("modify", {"targetIndex": 1}) == ["second0", "modify1", "third2"]
    await api.ask("DELETE", f"{FIRST}/{ids['second']}")
    assert [place for _, kind, place in await listed(api) if kind == "modify"] == [0, 1]
    await api.ask("PUT", f"{FIRST}/{ids['suppress']}", CLOSE | {"name": "suppress no more"})
    assert await listed(api) == [
        ("deduplicate", "notification-deduplication", 0),
        ("delay", "notification-delay", 1),
        ("restart", "auto-restart-notifications", 0),
        ("close", "auto-close", 0),
        ("suppress no more", "auto-close", 1),
        ("modify", "modify", 0),
        ("third", "modify", 1),
    ]
    second = await asyncio.gather(*(made(api, MODIFY | {"name": f"at once {number}"}) for number in range(4)))
    assert [place for _, kind, place in await listed(api) if kind == "modify"] == list(range(6))
    assert len(set(second)) == 4


@ON_ONE
async def test_the_second_versions_list_runs_on_over_the_groups_of_the_first(api: Api) -> None:
    """A policy stays within its group, wherever in the list it is put."""
    core = await team(api)
    key = await api.make_key(*Right, team="core")
    for body in (CLOSE, RESTART, SUPPRESS, CLOSE | {"name": "later"}):
        await made(api, body, key=key)
    own = await made(api, NOTIFICATION, path=f"{SECOND}?teamId={core}")
    path = f"{SECOND}/notification?teamId={core}"
    assert [(name, place) for name, _, place in await listed(api, path)] == [
        ("suppress", 0),
        ("notification", 1),
        ("restart", 2),
        ("close", 3),
        ("later", 4),
    ]
    later = next(each["id"] for each in (await api.get(path)).data if each["name"] == "later")
    for id_, place, order in (
        (later, 3, "suppress notification restart later close"),
        (later, 0, "suppress notification restart later close"),
        (own, 4, "suppress notification restart later close"),
        (own, 0, "notification suppress restart later close"),
        (later, 4, "notification suppress restart close later"),
    ):
        await api.post(f"{SECOND}/{id_}/change-order?teamId={core}", {"targetIndex": place})
        assert " ".join(name for name, _, _ in await listed(api, path)) == order
    actions = {"autoCloseAction": {"duration": MINUTES}, "suppress": True}
    assert (await api.ask("PUT", f"{SECOND}/{later}", NOTIFICATION | actions | {"name": "grown"})).status == 200
    assert [name for name, _, _ in await listed(api, path)][2] == "grown"


async def test_a_key_of_a_team_makes_sees_and_changes_the_policies_of_that_team(api: Api) -> None:
    core, other = await team(api), await team(api, "other")
    key = await api.make_key(*Right, team="core", name="of core")
    globally = await made(api, MODIFY | {"name": "unmentionable"})
    theirs = await made(api, ALERT | {"name": "unmentionable"}, path=f"{SECOND}?teamId={other}")
    own = await made(api, MODIFY, key=key)
    also = await made(api, NOTIFICATION, path=SECOND, key=key)
    assert (await api.get(f"{SECOND}/{own}")).data["teamId"] == core
    assert await listed(api, key=key) == [("notification", "notification-suppress", 0), ("modify", "modify", 0)]
    assert await listed(api) == [("unmentionable", "modify", 0)]
    assert await listed(api, f"{SECOND}/alert", key=key) == [("modify", "alert", 0)]
    assert await listed(api, f"{SECOND}/notification", key=key) == [("notification", "notification", 0)]
    asked: list[tuple[str, str, Any]] = [
        ("GET", f"{SECOND}/alert?teamId={other}", None),
        ("POST", f"{SECOND}?teamId={other}", ALERT),
        ("GET", f"{SECOND}/{own}?teamId={other}", None),
    ]
    for id_ in (globally, theirs):
        asked += [
            *((method, f"{path}/{id_}", None) for method in ("GET", "DELETE") for path in (FIRST, SECOND)),
            ("PUT", f"{FIRST}/{id_}", MODIFY),
            ("PUT", f"{SECOND}/{id_}", ALERT),
            *(("POST", f"{FIRST}/{id_}/{verb}", {}) for verb in ("enable", "disable", "change-order")),
        ]
    for method, path, sent in asked:
        answer = await api.ask(method, path, sent, key=key)
        assert (answer.status, answer.body["code"], "unmentionable" in answer.text) == (403, 40301, False), path
    responders = [{"type": "all"}, {"type": "team", "id": other}, {"type": "schedule", "name": "other_schedule"}]
    refused = await api.post(SECOND, ALERT | {"responders": responders}, key=key)
    assert errors(refused) == {"responders#0#type", "responders#1", "responders#2"}
    for word in ("none", "all"):
        id_ = await made(api, MODIFY | {"recipients": [{"type": word, "username": ""}]})
        assert (await api.get(f"{SECOND}/{id_}")).data["responders"] == [{"type": word}]
    await api.ask("DELETE", f"{FIRST}/{also}", key=key)
    await api.post(f"{FIRST}/{own}/disable", {}, key=key)
    await api.post(f"{FIRST}/{own}/disable", {}, key=key)
    logs = (await api.get(f"/v2/teams/{core}/logs", key=key)).data["logs"]
    assert [(each["log"], each["owner"]) for each in logs][:4] == [
        ("disable policy [modify]", "of core"),
        ("delete policy [notification]", "of core"),
        ("create policy [notification]", "of core"),
        ("create policy [modify]", "of core"),
    ]


async def test_what_a_policy_adds_stays_and_a_teams_policies_go_with_it(api: Api) -> None:
    core, other = await team(api), await team(api, "other")
    user = {"username": "ann@example.com", "fullName": "Ann", "role": {"name": "User"}}
    ann = (await api.post("/v2/users", user)).data["id"]
    named = [
        {"type": "user", "id": ann},
        {"type": "team", "id": other},
        {"type": "schedule", "name": "other_schedule"},
        {"type": "escalation", "name": "other_escalation"},
    ]
    policy = await made(api, ALERT | {"name": "adds them", "responders": named}, path=f"{SECOND}?teamId={core}")
    own = ALERT | {
        "name": "its own",
        "responders": [{"type": "team", "id": core}, {"type": "schedule", "name": "core_schedule"}],
    }
    await made(api, own, path=f"{SECOND}?teamId={core}")
    things = (
        f"/v2/users/{ann}",
        f"/v2/teams/{other}",
        "/v2/schedules/other_schedule?identifierType=name",
        "/v2/escalations/other_escalation?identifierType=name",
    )
    for path in things:
        answer = await api.ask("DELETE", path)
        assert (answer.status, "policies adds them" in answer.body["message"]) == (428, True), path
    assert (await api.ask("DELETE", f"/v2/teams/{core}")).status == 200
    assert (await api.get(f"{FIRST}/{policy}")).status == 404
    for path in things[:2]:
        assert (await api.ask("DELETE", path)).status == 200, path


@ON_ONE
async def test_who_has_left_may_stay_in_a_policy_that_is_sent_back(api: Api) -> None:
    user = {"username": "ann@example.com", "fullName": "Ann", "role": {"name": "User"}}
    ann = (await api.post("/v2/users", user)).data["id"]
    id_ = await made(api, ALERT | {"responders": [{"type": "user", "id": ann}]}, path=SECOND)
    async with api.units.begin(None) as unit:
        (row,) = await users.by_ids(unit.session, [ann])
        row.has_left = True
    sent = (await api.get(f"{SECOND}/{id_}")).data
    assert (await api.ask("PUT", f"{SECOND}/{id_}", sent)).status == 200
    assert errors(await api.post(SECOND, sent)) == {"responders#0"}


@ON_ONE
async def test_each_right_is_needed(api: Api) -> None:
    id_ = await made(api, MODIFY)
    needed = (
        ("GET", FIRST, None, Right.READ),
        ("POST", f"{SECOND}/{id_}/disable", None, Right.WRITE),
        ("PUT", f"{FIRST}/{id_}", MODIFY, Right.WRITE),
        ("DELETE", f"{FIRST}/{id_}", None, Right.DELETE),
    )
    for method, path, body, right in needed:
        for rights in ({right}, set(Right) - {right}):
            key = await api.make_key(*rights, name=f"{method} {len(rights)}")
            assert (await api.ask(method, path, body, key=key)).status == 403, (method, rights)
        key = await api.make_key(right, Right.CONFIGURE, name=f"{method} enough")
        assert (await api.ask(method, path, body, key=key)).status == 200


@ON_ONE
async def test_there_are_a_thousand_at_most(api: Api) -> None:
    """Of a team, and of everybody."""
    core = await team(api)
    id_ = await made(api, MODIFY)
    async with api.units.begin(None) as unit:
        row = await unit.session.get_one(Policy, id_)
        said = row.model_dump(exclude={"id", "version", "group", "position"})
        rest = range(1, MOST_POLICIES)
        unit.session.add_all(Policy(**said, group=PolicyGroup.MODIFY, position=place) for place in rest)
    refused = await api.post(FIRST, CLOSE)
    assert (refused.status, "1,000" in refused.body["message"]) == (422, True)
    await made(api, ALERT, path=f"{SECOND}?teamId={core}")
