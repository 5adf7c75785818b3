"""An alias is one within the team of a key, or for all keys without a team: nobody's alert swallows another team's."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import NotFound
from bot.queries.actors import KeyHolder
from bot.queries.alerts import AlertIdentifier, AlertRef
from bot.usecases.alerts.acknowledge import acknowledge
from bot.usecases.alerts.close import close
from bot.usecases.alerts.create import Raised
from tests.usecases.alerts.stories import Alarms

DISK = AlertRef("disk", AlertIdentifier.ALIAS)
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def two_teams(alarms: Alarms) -> tuple[KeyHolder, KeyHolder]:
    """Keys of two teams: Raj is on call for one, Li for the other."""
    keys = []
    for name, person in (("Ops", alarms.story.raj), ("Shop", alarms.story.li)):
        team = await alarms.watches.team(name)
        await alarms.route(team, "schedule", (await alarms.schedule(f"{name} watch", person)).id)
        keys.append(await alarms.key(team))
    return keys[0], keys[1]


async def closed(alarms: Alarms, by: KeyHolder) -> str:
    """The id of the alert that the key means by the alias, and closes."""
    async with alarms.story.units.begin(by) as unit:
        return (await close(unit, DISK)).id


async def is_open(alarms: Alarms, raised: Raised) -> bool:
    return (await alarms.seen(raised)).is_open


async def test_a_team_that_sends_another_teams_alias_has_an_alert_of_its_own_and_is_told(alarms: Alarms) -> None:
    ops, shop = await two_teams(alarms)
    of_ops = await alarms.raised(by=ops, alias="disk")
    assert await alarms.paged() == ["URAJ"]
    of_shop, of_all = await alarms.raised(by=shop, alias="disk", note="Ours."), await alarms.raised(alias="disk")
    assert await alarms.paged() == ["ULI"]
    assert all(each.is_new for each in (of_ops, of_shop, of_all))
    assert "note-alert" not in await alarms.happened(of_ops)
    again = await asyncio.gather(*(alarms.raised(by=key, alias="disk") for key in (ops, shop, alarms.program, shop)))
    assert [each.alert.id for each in again] == [each.alert.id for each in (of_ops, of_shop, of_all, of_shop)]
    assert await closed(alarms, shop) == of_shop.alert.id
    assert await is_open(alarms, of_ops) and await is_open(alarms, of_all)
    assert (await alarms.raised(by=shop, alias="disk")).is_new


@ONE_DATABASE
async def test_who_ends_its_own_alert_twice_does_not_end_another_teams(alarms: Alarms) -> None:
    ops, _ = await two_teams(alarms)
    of_ops, of_all = await alarms.raised(by=ops, alias="disk"), await alarms.raised(alias="disk")
    assert alarms.program and await closed(alarms, alarms.program) == of_all.alert.id
    with pytest.raises(NotFound):
        await closed(alarms, alarms.program)
    assert await is_open(alarms, of_ops)


@ONE_DATABASE
async def test_an_alias_that_a_key_has_never_used_means_the_one_open_alert_that_it_may_touch(alarms: Alarms) -> None:
    ops, shop = await two_teams(alarms)
    of_ops, everybody = await alarms.raised(by=ops, alias="disk"), await alarms.key()
    with pytest.raises(NotFound):
        await closed(alarms, shop)
    async with alarms.story.units.begin(everybody) as unit:
        assert (await acknowledge(unit, DISK)).id == of_ops.alert.id
    await alarms.raised(by=shop, alias="disk")
    with pytest.raises(NotFound):  # it may mean either
        await closed(alarms, everybody)
