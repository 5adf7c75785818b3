"""Overrides over HTTP: made, read, replaced and deleted by their aliases, and seen by whoever asks who is on call."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from bot.engines.rotation import Participant, Schedule
from bot.vocabulary import Right
from tests.api.conftest import Answer, Api
from tests.api.opsgenie.schedules.watches import MONDAY, Watches, rotation
from tests.usecases.stories import statements

NIGHT = {"startDate": "2026-01-06T14:56:34.603Z", "endDate": "2026-01-07T14:33:00Z"}
LI = {"type": "user", "username": "li@example.com"}


@dataclass(frozen=True)
class Watch:
    """Payments: Ana, then Raj, a week each; Raj alone is Second. Li stands in neither."""

    api: Api
    schedule: Schedule
    people: dict[str, Participant]

    @property
    def path(self) -> str:
        return f"/v2/schedules/{self.schedule.id}/overrides"

    async def made(self, **fields: Any) -> str:
        """A new override: its alias."""
        answer = await self.api.post(self.path, {"user": LI, **NIGHT, **fields})
        assert answer.status == 201, answer.text
        return str(answer.data["alias"])

    async def got(self, alias: str) -> Any:
        """An override as it is answered."""
        return (await self.api.get(f"{self.path}/{quote(alias, safe='')}")).data

    async def on_call(self, date: str) -> list[str]:
        """The names of those on call then."""
        answer = await self.api.get(f"/v2/schedules/{self.schedule.id}/on-calls?date={date}")
        return [each["name"].partition("@")[0] for each in answer.data["onCallParticipants"]]


@pytest.fixture
async def watch(api: Api) -> Watch:
    watches = Watches(api.units)
    ana, raj, li = await watches.people("ana", "raj", "li")
    schedule = await watches.schedule("Pay & more", rotation("Primary", ana, raj), rotation("Second", raj))
    return Watch(api, schedule, {"ana": ana, "raj": raj, "li": li})


async def test_one_is_made_listed_read_and_deleted(watch: Watch) -> None:
    first, second = watch.schedule.rotations
    answer = await watch.api.post(
        watch.path, {"alias": "night", "user": LI, **NIGHT, "rotations": [{"name": "Primary"}, {"id": second.id}]}
    )
    assert (answer.status, answer.data) == (201, {"alias": "night"})
    told = {
        "alias": "night",
        "user": {"type": "user", "id": watch.people["li"].id, "username": "li@example.com"},
        **NIGHT,
        "rotations": [{"id": first.id, "name": "Primary"}, {"id": second.id, "name": "Second"}],
    }
    assert (await watch.api.get(watch.path)).data == [told]
    parent = {"id": watch.schedule.id, "name": "Pay & more", "enabled": True}
    assert await watch.got("night") == {**told, "_parent": parent}
    by_name = f"/v2/schedules/{quote('Pay & more')}/overrides/night/?scheduleIdentifierType=name"
    assert (await watch.api.get(by_name)).data == {**told, "_parent": parent}

    deleted = await watch.api.ask("DELETE", f"{watch.path}/night")
    assert (deleted.status, deleted.body["result"]) == (200, "Deleted")
    for method, body in (("GET", None), ("DELETE", None), ("PUT", {"user": LI, **NIGHT})):
        gone = await watch.api.ask(method, f"{watch.path}/night", body)
        assert (gone.status, gone.body["message"]) == (404, "No override of Pay & more exists with alias [night].")
    assert (await watch.api.get(watch.path)).data == []


async def test_it_counts_to_the_very_second_in_the_past_too_and_what_is_deleted_uncovers_what_lay_under(
    watch: Watch,
) -> None:
    first = await watch.made(rotations=[{"name": "Primary"}])
    later = await watch.made(user={"type": "none"}, rotations=[{"name": "Primary"}], endDate="2026-01-06T20:00:00Z")
    for date, who in (
        ("2026-01-06T14:56:34.602Z", ["ana", "raj"]),
        ("2026-01-06T14:56:34.603Z", ["raj"]),
        ("2026-01-06T20:00:00Z", ["li", "raj"]),
        ("2026-01-07T14:33:00Z", ["ana", "raj"]),
    ):
        assert await watch.on_call(date) == who, date
    await watch.api.ask("DELETE", f"{watch.path}/{later}")
    assert await watch.on_call("2026-01-06T15:00:00Z") == ["li", "raj"]
    await watch.api.ask("DELETE", f"{watch.path}/{first}")
    assert await watch.on_call("2026-01-06T15:00:00Z") == ["ana", "raj"]


async def test_without_rotations_it_lies_over_all_of_them(watch: Watch) -> None:
    said: dict[str, dict[str, Any]] = {"absent": {}, "empty": {"rotations": []}, "null": {"rotations": None}}
    for alias, fields in said.items():
        await watch.made(alias=alias, **fields)
        assert await watch.on_call("2026-01-06T15:00:00Z") == ["li"]
        assert (await watch.got(alias))["rotations"] == []
        await watch.api.ask("DELETE", f"{watch.path}/{alias}")


async def test_a_team_an_escalation_or_nobody_is_put_on_call(watch: Watch) -> None:
    watches = Watches(watch.api.units)
    team = await watches.team("Ops", watch.people["li"])
    escalation = await watches.escalation("Night", (0, "default", "user", watch.people["ana"].id))
    for user, told in (
        ({"type": "team", "name": "Ops"}, {"type": "team", "id": team.id, "name": "Ops"}),
        ({"type": "team", "id": team.id}, {"type": "team", "id": team.id, "name": "Ops"}),
        ({"type": "escalation", "name": "Night"}, {"type": "escalation", "id": escalation.id, "name": "Night"}),
        ({"type": "none"}, {"type": "none"}),
        ("none", {"type": "none"}),
    ):
        alias = await watch.made(user=user)
        assert (await watch.got(alias))["user"] == told
        assert await watch.on_call("2026-01-06T15:00:00Z") == ([told["name"]] if "name" in told else [])
    assert [each["user"]["type"] for each in (await watch.api.get(watch.path)).data] == [
        *("team", "team", "escalation", "none", "none")
    ]


async def test_what_go_and_others_send_besides_is_understood(watch: Watch) -> None:
    alias = await watch.made(
        alias="",
        user={"type": "user", "username": "LI@example.com", "id": "", "name": ""},
        startDate="2026-01-06T15:56:34.603+01:00",
        rotations=[{"id": "", "name": "Primary"}],
        ScheduleIdentifierType="id",
        ScheduleIdentifier=watch.schedule.id,
    )
    told = await watch.got(alias)
    assert len(alias) == 36
    assert (told["user"]["username"], told["startDate"]) == ("li@example.com", NIGHT["startDate"])
    assert [each["name"] for each in told["rotations"]] == ["Primary"]
    answer = await watch.api.ask("GET", watch.path, headers={"Content-Type": ""})
    assert answer.data == [{key: value for key, value in told.items() if key != "_parent"}]


@pytest.mark.parametrize("alias", ["a night/in winter", "50% & más?", "x" * 512])
async def test_an_alias_may_hold_whatever_a_path_can_be_made_of(watch: Watch, alias: str) -> None:
    path = f"{watch.path}/{quote(alias, safe='')}"
    assert await watch.made(alias=alias) == alias
    assert (await watch.api.get(path)).data["alias"] == alias
    assert (await watch.api.ask("PUT", path, {"user": "none", **NIGHT})).data == {"alias": alias}
    assert (await watch.api.ask("DELETE", path)).status == 200


async def test_a_replaced_one_says_all_of_it_anew_under_its_alias_and_place(watch: Watch) -> None:
    first = await watch.made(alias="first", rotations=[{"name": "Primary"}])
    await watch.made(alias="second", user={"type": "none"}, endDate="2026-01-06T20:00:00Z")
    body = {"user": {"type": "user", "id": watch.people["raj"].id}, **NIGHT, "alias": "other"}
    for _ in range(2):
        answer = await watch.api.ask("PUT", f"{watch.path}/{first}", body)
        assert (answer.status, answer.data) == (200, {"alias": "first"})
    told = await watch.got("first")
    assert (told["user"]["username"], told["rotations"]) == ("raj@example.com", [])
    assert [each["alias"] for each in (await watch.api.get(watch.path)).data] == ["first", "second"]
    assert await watch.on_call("2026-01-06T15:00:00Z") == []  # the one made later still lies on top
    assert await watch.on_call("2026-01-06T21:00:00Z") == ["raj"]


BAD: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nobody said": ({"user": None}, {"user"}),
    "nobody named": ({"user": {"type": "user", "id": "", "username": ""}}, {"user"}),
    "an unknown user": ({"user": {"type": "user", "username": "zoe@example.com"}}, {"user"}),
    "an unknown team": ({"user": {"type": "team", "name": "Zoo"}}, {"user"}),
    "an unknown escalation": ({"user": {"type": "escalation", "id": "zoo"}}, {"user"}),
    "a type misspelt": ({"user": {"type": "users", "username": "li@example.com"}}, {"user#type"}),
    "a word that is no recipient": ({"user": "somebody"}, {"user"}),
    "an end before the start": ({"endDate": "2026-01-06T14:56:34Z"}, {"endDate"}),
    "an end at the start": ({"endDate": NIGHT["startDate"]}, {"endDate"}),
    "no time": ({"startDate": None, "endDate": "tomorrow"}, {"startDate", "endDate"}),
    "no offset": ({"startDate": "2026-01-06T14:56:34"}, {"startDate"}),
    "years nobody means": (
        {"startDate": "0001-01-01T00:00:00Z", "endDate": "9999-12-31T00:00:00Z"},
        {"startDate", "endDate"},
    ),
    "an unknown rotation": (
        {"rotations": [{"name": "Primary"}, {"name": "Third"}, {"id": "x"}]},
        {"rotations#1", "rotations#2"},
    ),
    "a rotation without a name": ({"rotations": [{"id": "", "name": ""}]}, {"rotations#0"}),
    "rotations that are no list": ({"rotations": "Primary"}, {"rotations"}),
    "an alias of blanks": ({"alias": "  "}, {"alias"}),
    "an alias too long": ({"alias": "x" * 513}, {"alias"}),
    "an alias that is no text": ({"alias": 7}, {"alias"}),
    "everything": (
        {
            "user": {"type": "user", "id": "zoe"},
            "endDate": "2026-01-05T00:00:00Z",
            "rotations": [{"name": "x"}],
            "alias": "\u200b",
        },
        {"user", "endDate", "rotations#0", "alias"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
async def test_whatever_is_wrong_is_named_and_nothing_changes(watch: Watch, case: str) -> None:
    fields, named = BAD[case]
    await watch.made(alias="kept")
    before = await watch.got("kept")
    answers = [
        await watch.api.post(watch.path, {"user": LI, **NIGHT, **fields}),
        await watch.api.ask("PUT", f"{watch.path}/kept", {"user": LI, **NIGHT, **fields}),
    ]
    about_alias = named <= {"alias"}
    for answer in answers[: 1 if about_alias else 2]:  # what a PUT says of an alias is not looked at
        assert answer.status == 422, answer.text
        assert answer.body["message"] == "Request body is not processable. Please check the errors."
    assert answers[0].body["errors"].keys() == named
    assert all(isinstance(sentence, str) and sentence for sentence in answers[0].body["errors"].values())
    assert (await watch.api.get(watch.path)).data == [{key: before[key] for key in before if key != "_parent"}]


async def test_a_body_cut_in_half_changes_nothing(watch: Watch) -> None:
    answer = await watch.api.ask("POST", watch.path, data=b'{"user": {"type": "no')
    assert answer.status == 400
    assert (await watch.api.get(watch.path)).data == []


async def test_an_alias_is_taken_once_in_a_schedule_and_free_in_the_next(watch: Watch) -> None:
    other = await Watches(watch.api.units).schedule("Other", rotation("Primary", watch.people["ana"]))
    await watch.made(alias="night")
    taken = await watch.api.post(watch.path, {"alias": "night", "user": "none", **NIGHT})
    assert taken.status == 409
    assert "“night”" in taken.body["errors"]["alias"]
    free = await watch.api.post(f"/v2/schedules/{other.id}/overrides", {"alias": "night", "user": LI, **NIGHT})
    assert free.status == 201
    assert (await watch.got("night"))["user"]["username"] == "li@example.com"


async def test_of_several_at_once_with_one_alias_exactly_one_is_made(watch: Watch) -> None:
    async def ask(method: str, path: str, user: Any) -> Answer:
        return await watch.api.ask(method, path, {"alias": "night", "user": user, **NIGHT})

    made = await asyncio.gather(*(ask("POST", watch.path, LI) for _ in range(5)))
    assert sorted(each.status for each in made) == [201, 409, 409, 409, 409]
    replaced = await asyncio.gather(*(ask("PUT", f"{watch.path}/night", user) for user in (LI, "none") * 2))
    assert {each.status for each in replaced} == {200}
    ended = await asyncio.gather(*(watch.api.ask("DELETE", f"{watch.path}/night") for _ in range(3)))
    assert sorted(each.status for each in ended) == [200, 404, 404]


async def test_a_schedule_that_is_off_keeps_its_override_until_it_is_on_again(api: Api, watch: Watch) -> None:
    off = await Watches(api.units).schedule("Off", rotation("Primary", watch.people["ana"]), enabled=False)
    path = f"/v2/schedules/{off.id}"
    assert (await api.post(f"{path}/overrides", {"user": LI, **NIGHT})).status == 201
    assert len((await api.get(f"{path}/overrides")).data) == 1
    assert (await api.get(f"{path}/on-calls?date={NIGHT['startDate']}")).data["onCallParticipants"] == []


async def test_rights_and_teams_are_kept_to(api: Api, watch: Watch) -> None:
    watches = Watches(api.units)
    money = await watches.team("Money")
    await watches.team("Ops")
    theirs = await watches.schedule("Theirs", rotation("Primary", watch.people["ana"]), team=money)
    path, body = f"/v2/schedules/{theirs.id}/overrides", {"user": LI, **NIGHT, "alias": "kept"}
    assert (await api.post(path, body)).status == 201
    read_only = await api.make_key(Right.READ, Right.CONFIGURE, name="reader")
    of_ops = await api.make_key(*Right, team="Ops", name="ops")
    of_money = await api.make_key(*Right, team="Money", name="money")
    for method, where in (("POST", path), ("PUT", f"{path}/kept"), ("DELETE", f"{path}/kept")):
        refused = await api.ask(method, where, body, key=read_only)
        assert (refused.status, refused.body["code"]) == (403, 40301)
    one = f"{path}/kept"
    for method, where in (("GET", path), ("GET", one), ("POST", path), ("PUT", one), ("DELETE", one)):
        refused = await api.ask(method, where, body, key=of_ops)
        assert (refused.status, refused.body["code"]) == (403, 40301)
        assert "another team" in refused.body["message"]
    assert (await api.get(f"{path}/kept", key=of_money)).data["alias"] == "kept"
    assert (await api.ask("DELETE", f"{path}/kept", key=of_money)).status == 200


async def test_a_schedule_that_there_is_not_is_not_found(api: Api) -> None:
    for method, where in (("GET", ""), ("POST", ""), ("GET", "/x"), ("PUT", "/x"), ("DELETE", "/x")):
        answer = await api.ask(method, f"/v2/schedules/nothing/overrides{where}", {"user": "none", **NIGHT})
        assert (answer.status, answer.body["message"]) == (404, "No schedule exists with id [nothing].")


async def test_a_list_costs_the_same_however_long_it_is(watch: Watch) -> None:
    costs = []
    for day in range(8):
        await watch.made(endDate=f"{MONDAY + timedelta(days=30 + day):%Y-%m-%dT%H:%M:%SZ}")
        with statements() as seen:
            assert len((await watch.api.get(watch.path)).data) == day + 1
        costs.append(len(seen))
    assert costs[1] == costs[-1], "\n".join(seen)
