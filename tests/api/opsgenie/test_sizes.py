"""However much is sent, little is answered, and little is kept."""

from __future__ import annotations

from typing import Any

import pytest

from bot.api.refusals import MOST_FAULTS
from bot.queries.words import MOST_WORDS
from bot.usecases.teams.own_roles import MOST_ROLES
from storage.models import TeamOwnRole
from tests.api.conftest import Api

BODIES: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("POST", "/v2/schedules", {"rotations": [{}] * 200_000}, "rotations"),
    ("POST", "/v2/schedules/{schedule}/rotations", {"participants": [{}] * 501}, "participants"),
    ("POST", "/v2/schedules/{schedule}/overrides", {"rotations": [{}] * 501}, "rotations"),
    ("POST", "/v2/escalations", {"rules": [{}] * 101}, "rules"),
    ("POST", "/v1/services", {"tags": [{}] * 1_001}, "tags"),
    ("POST", "/v2/users", {"tags": [{}] * 1_001}, "tags"),
    ("POST", "/v2/users", {"details": {"x": [{}] * 1_001}}, "details#x"),
    ("POST", "/v2/users", {"details": {str(number): 1 for number in range(1_001)}}, "details"),
    ("POST", "/v2/users", {"userAddress": {str(number): 1 for number in range(1_001)}}, "userAddress"),
    ("POST", "/v2/teams", {"members": [{}] * 1_001}, "members"),
    ("POST", "/v2/teams/{team}/roles", {"rights": [{}] * 201}, "rights"),
    (
        "POST",
        "/v2/teams/{team}/routing-rules",
        {"criteria": {"type": "match-all-conditions", "conditions": [{}] * 101}},
        "criteria#conditions",
    ),
    (
        "POST",
        "/v2/teams/{team}/routing-rules",
        {"timeRestriction": {"type": "weekday-and-time-of-day", "restrictions": [{}] * 16}},
        "timeRestriction#restrictions",
    ),
)
"""Where a list or an object is sent, one that is too long, and the field that is named."""


@pytest.fixture
async def town(api: Api) -> dict[str, str]:
    team = (await api.post("/v2/teams", {"name": "core"})).data["id"]
    schedule = (await api.get("/v2/schedules/core_schedule?identifierType=name")).data["id"]
    return {"team": team, "schedule": schedule}


async def test_a_list_that_is_too_long_is_one_fault_whatever_is_in_it(api: Api, town: dict[str, str]) -> None:
    for method, path, body, field in BODIES:
        answer = await api.ask(method, path.format(**town), body)
        assert answer.status == 422, path
        within = {name for name in answer.body["errors"] if name.startswith(field)}
        assert within == {field} and answer.body["errors"][field].startswith("At most"), path


async def test_of_many_faults_the_first_are_told(api: Api) -> None:
    answer = await api.post("/v2/users", {"tags": [1] * 1_000})
    assert answer.status == 422 and len(answer.body["errors"]) == MOST_FAULTS
    assert answer.body["message"].endswith("These are the first 50 of 1,000.")
    answer = await api.post("/v2/users", {"details": {"k" * 100_000: [1] * 1_000}})
    assert answer.status == 422 and len(answer.text) < 20_000
    answer = await api.post("/v2/users", {"tags": ["\x00"] * 1_000})
    assert answer.status == 422 and len(answer.body["errors"]) == MOST_FAULTS


async def test_a_search_has_as_many_words_as_can_be_looked_for(api: Api) -> None:
    for path in ("/v2/users", "/v1/services"):
        assert (await api.get(f"{path}?query={'+'.join(['a'] * MOST_WORDS)}")).status == 200
        for words in ("+".join(["a"] * 1_500), "+".join(["a"] * (MOST_WORDS + 1))):
            answer = await api.get(f"{path}?query={words}")
            assert (answer.status, list(answer.body["errors"])) == (422, ["query"]), path
    assert (await api.get(f"/v2/users?query={'%22a%22' * 1_000}")).status == 422


async def test_a_team_has_as_many_roles_as_anybody_needs(api: Api, town: dict[str, str]) -> None:
    path = f"/v2/teams/{town['team']}/roles"
    rights = [{"right": "a"}]
    async with api.units.begin(None) as unit:
        unit.session.add_all(
            TeamOwnRole(team_id=town["team"], name=f"r{number}", rights=rights) for number in range(1, MOST_ROLES)
        )
    assert (await api.post(path, {"name": "the last", "rights": rights})).status == 201
    answer = await api.post(path, {"name": "one more", "rights": rights})
    assert (answer.status, "at most 100 roles" in answer.body["message"]) == (422, True)
