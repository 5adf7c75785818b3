"""A channel of its own for an incident: made once, filled, found again; where there can be none that is said."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.channels import Channel
from bot.playground.faults import DROP_ANSWER
from bot.playground.hands import Hands
from bot.playground.screens import Kind
from bot.queries.incident_cards import IncidentCardView, by_ref
from bot.queries.incidents import IncidentRef
from bot.slack.incident_channels import names_of
from tests.slack.conftest import Town
from tests.slack.test_incidents_story import ANA, INCIDENTS, ONE_DATABASE, RAJ, card, told

SAID = "Checkout is down"
NAME = "inc-1-checkout-is-down"


@pytest.fixture
def house_settings() -> dict[str, object]:
    """Channels may be made."""
    return {"incident_channels": True}


async def declared(town: Town) -> Hands:
    """Raj declares it of what Ana said, with a channel of its own."""
    raj = town.person(RAJ)
    assert (await raj.shortcut("incident_declare", await town.person(ANA).say(INCIDENTS, SAID))).ok
    await raj.sees("Declare an incident", kind=Kind.VIEW_OPENED)
    sent = await raj.submit(raj.view, {"own_channel": ["own_channel"], "commander": ANA})
    assert sent.closed, sent.errors
    return raj


async def kept(town: Town) -> IncidentCardView:
    async with town.house.reader() as reading:
        view = await by_ref(reading, IncidentRef("1", is_tiny=True))
    assert view
    return view


def named(town: Town, name: str) -> list[Channel]:
    return [each for each in town.workspace.channels.values() if each.name == name]


async def test_it_is_made_filled_and_kept_true_and_the_card_leads_there(town: Town) -> None:
    raj, ana = await declared(town), town.person(ANA)
    await card(ana, f"INC-1 {SAID}", "It goes on in", NAME)
    [channel] = named(town, NAME)
    view = await kept(town)
    assert (view.channel, view.has_own_channel) == (channel.id, True)
    assert channel.members == {ANA, RAJ, town.workspace.app.user_id}
    assert channel.topic == "INC-1 · P3 · open · commander Ana"
    own = await card(ana, f"INC-1 {SAID}", "Resolve", channel=channel.id)
    assert "It goes on in" not in own.text
    await raj.sees("goes on in", NAME, channel=INCIDENTS)

    # From now on its thread is there; who gets a role is invited, and the topic follows.
    await ana.press(own, action_id="incident:roles")
    await ana.sees("Roles in INC-1", kind=Kind.VIEW_OPENED)
    assert (await ana.submit(ana.view, {"scribe": "U03MIA"})).closed
    await told(ana, "Ana gave the role of scribe to Mia", channel=channel.id)
    await ana.press(own, action_id="incident:resolve")
    await told(ana, "Ana resolved INC-1", channel=channel.id)
    await town.all_told()
    assert "U03MIA" in channel.members and channel.topic == "INC-1 · P3 · resolved · commander Ana"
    await card(ana, "*Resolved*", "It goes on in")
    made = [each for each in town.workspace.calls if each.method == "conversations.create"]
    assert len(made) == 1


@ONE_DATABASE
async def test_made_before_a_crash_it_is_found_again_and_a_name_of_others_is_left_to_them(town: Town) -> None:
    town.workspace.channels["C99OTHER"] = Channel(id="C99OTHER", name=NAME, members={RAJ}, creator=RAJ)
    town.workspace.faults.add(
        method="conversations.create", kind=DROP_ANSWER, only=lambda args: str(args["name"]).endswith("-2")
    )
    await declared(town)
    async with asyncio.timeout(20):
        while "conversations.setTopic" not in town.workspace.used_methods:
            await asyncio.sleep(0.1)  # a round of the sender announces its end to nobody
            await town.move(seconds=5)
    await card(town.person(ANA), "It goes on in", f"{NAME}-2")
    [channel] = named(town, f"{NAME}-2")
    assert (await kept(town)).channel == channel.id
    assert not named(town, f"{NAME}-3") and town.workspace.channels["C99OTHER"].members == {RAJ}


@ONE_DATABASE
async def test_a_title_that_slack_takes_into_no_name_is_left_out_of_it(town: Town) -> None:
    town.workspace.faults.add(method="conversations.create", kind="invalid_name_specials")
    await declared(town)
    await card(town.person(ANA), "It goes on in", "inc-1")
    assert [each.members for each in named(town, "inc-1")] and not named(town, NAME)


@ONE_DATABASE
@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("missing_scope", "lacks a permission"),
        ("restricted_action", "does not let Watchbill make channels"),
        ("something_new", "Slack refused it (something_new)"),
    ],
)
async def test_where_there_can_be_none_its_thread_says_why_and_it_stands_without(
    town: Town, problem: str, words: str
) -> None:
    if problem == "missing_scope":
        town.workspace.granted_scopes -= {"channels:manage"}
    else:
        town.workspace.faults.add(method="conversations.create", kind=problem)
    await declared(town)
    ana = town.person(ANA)
    await told(ana, "INC-1 got no channel of its own", words)
    shown = await card(ana, f"INC-1 {SAID}", "*Open*")
    await ana.press(shown, action_id="incident:resolve")
    await told(ana, "Ana resolved INC-1")
    await town.all_told()
    assert ((await kept(town)).has_own_channel, (await kept(town)).channel) == (False, INCIDENTS)
    town.workspace.violations.clear()  # the scope that was taken away is missed


@ONE_DATABASE
async def test_whom_slack_lets_not_in_is_named_and_all_others_are_in_it_however_busy_slack_is(town: Town) -> None:
    town.workspace.faults.add(method="conversations.invite", kind=429, times=2)
    await declared(town)
    town.workspace.people[ANA].is_restricted = True
    async with asyncio.timeout(20):
        while "conversations.setTopic" not in town.workspace.used_methods:
            await asyncio.sleep(0.1)  # a round of the sender announces its end to nobody
            await town.move(seconds=5)
    await told(town.person(ANA), "goes on in", "Ana could not be invited and is not in it yet")
    [channel] = named(town, NAME)
    assert (channel.members, channel.topic) == ({RAJ, town.workspace.app.user_id}, "INC-1 · P3 · open · commander Ana")
    assert not named(town, f"{NAME}-2")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout  down!", "inc-7-checkout-down"),
        ("DB_primary: p99 > 2s", "inc-7-db-primary-p99-2s"),
        ("Größe ｆｕｌｌ 日本", "inc-7-größe-full-日本"),
        ("🔥🔥", "inc-7"),
        ("x" * 130, f"inc-7-{'x' * 72}"),
    ],
)
def test_a_name_says_the_number_and_the_title_within_slacks_rules(title: str, name: str) -> None:
    names = names_of(7, title)
    assert names[0] == name and names[1] == f"{name}-2" and len(set(names)) == 9
    assert max(map(len, names)) <= 80
