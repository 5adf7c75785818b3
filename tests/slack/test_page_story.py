"""Reaching whoever is on call: typed, by the form, by a button, said to the bot; and what who asked is told of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.screens import Kind
from bot.usecases.policies.create import create
from bot.usecases.policies.wanted import WantedPolicy
from bot.vocabulary import PolicyGroup
from tests.slack.alerting import ANA, INCIDENTS, MIA, RAJ, SAM, Alarms, alarms, buttons, card, only_they, told
from tests.slack.conftest import Town
from tests.slack.twice import everything_twice

ACKNOWLEDGE, CLOSE = "alert:acknowledge", "alert:close"


@pytest.fixture
async def watched(staffed: Town) -> Alarms:
    return await alarms(staffed)


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_typed_in_full_it_pages_at_once_and_says_when_it_is_seen(watched: Alarms) -> None:
    town, ana, raj = watched.town, watched.town.person(ANA), watched.town.person(RAJ)
    mark = raj.mark()
    with everything_twice(town):
        assert (await ana.command("/oncall", "page paym the db is <down> & out", channel=INCIDENTS)).ok
    sent = await only_they(ana, "*Sent* to Raj", "the db is <down> & out", "Not seen yet")
    assert sent.message and "<!" not in sent.message.text.replace("<!date", "")
    paged = await told(raj, "P1 the db is <down> & out", "Ana calls you", "on call for *Payments*", since=mark)
    shown = await card(ana, "P1 the db is <down> & out", "from Ana", "Called: @Raj")
    await watched.later(minutes=3)
    mark = ana.mark()
    assert (await raj.press(paged, action_id=ACKNOWLEDGE)).ok
    await ana.sees("*Seen* by Raj Nov 18, 2026 at 10:03", "the db is <down> & out", since=mark)
    mark = ana.mark()
    await watched.later(minutes=40)  # longer than a response URL is good for: by direct message
    assert (await raj.press(shown, action_id=CLOSE)).ok
    await told(ana, "is *closed* by Raj", since=mark)
    assert len([each for each in raj.appearances if "Ana calls you" in each.text and each.kind is Kind.MESSAGE]) == 1


async def test_from_who_is_on_call_a_form_asks_and_its_answer_is_brought_up_to_date(watched: Alarms) -> None:
    town, ana, raj = watched.town, watched.town.person(ANA), watched.town.person(RAJ)
    assert (await ana.command("/oncall", "now payments", channel=INCIDENTS)).ok
    answer = await ana.sees("Raj until", "Show to channel")
    assert (await ana.press(answer, action_id="run:page")).ok
    await ana.sees("Page", "On call: Raj until", "How soon", kind=Kind.VIEW_OPENED)
    assert (await ana.submit(ana.view, {"text": "  "})).errors == {"text": "Say it in a few words."}
    urgency = {"urgency": "can-wait"}
    mark = raj.mark()
    assert (await ana.submit(ana.view, {"text": "Disk 80 % full\non db-1", **urgency})).ok
    await ana.sees("*Sent* to Raj", "Disk 80 % full on db-1", kind=Kind.MESSAGE_CHANGED)
    paged = await told(raj, "P3 Disk 80 % full on db-1", "> Disk 80 % full\n> on db-1", since=mark)
    mark = ana.mark()
    assert (await raj.press(paged, action_id=ACKNOWLEDGE)).ok
    await ana.sees("*Seen* by Raj", kind=Kind.MESSAGE_CHANGED, since=mark)
    await town.all_told()
    assert [each.text for each in ana.screen(INCIDENTS) if each.ephemeral_to and "Sent" in each.text] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_not_sure_is_asked_for_with_what_was_typed(watched: Alarms) -> None:
    ana = watched.town.person(ANA)
    await watched.later(hours=16)  # 01:00 UTC: half past six in Kolkata, still night for Raj
    for typed, note in (
        ("paymets is slow", "I read “paymets” as Payments."),
        ("platform", "Nobody is on call until"),
        ("is slow", "What is wrong"),
    ):
        assert (await ana.command("/oncall", f"page {typed}", channel=INCIDENTS)).ok
        form = await ana.sees(note, kind=Kind.VIEW_OPENED)
        text = next(each for each in form.shown.blocks if each.get("block_id") == "text")
        assert text["element"].get("initial_value", "") == ("is slow" if "slow" in typed else "")
        await ana.close(ana.view)
    assert (await ana.command("/oncall", "now", channel=INCIDENTS)).ok
    payments = watched.schedules["Payments"]
    row = await ana.sees("Show to channel")
    assert (await ana.press(row, action_id=f"run:about:{payments}", value=f"oncall page {payments}")).ok
    await ana.sees("On call: Raj", kind=Kind.VIEW_OPENED)
    await ana.close(ana.view)
    assert (await ana.command("/oncall", "page", channel=INCIDENTS)).ok
    await ana.sees("Page", kind=Kind.VIEW_OPENED)
    listed = await ana.options(ana.view, "schedule", "page_schedule", "pay")
    await ana.fill(ana.view, {"text": "still slow", "schedule": listed["options"][0]["value"]})
    await ana.sees("06:30 for Raj (asleep hours). This wakes them up.", kind=Kind.VIEW_UPDATED)
    assert ana.view.body["submit"]["text"] == "Page Raj"
    assert (await ana.submit(ana.view)).ok
    await only_they(ana, "*Sent* to Raj", "still slow")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_said_to_the_bot_it_is_the_same_and_a_guest_may_not(watched: Alarms) -> None:
    town, mia, sam, raj = watched.town, *(watched.town.person(each) for each in (MIA, SAM, RAJ))
    bot = town.workspace.app.user_id
    mark = raj.mark()
    await mia.say(INCIDENTS, f"<@{bot}> page payments the queue stands still")
    await only_they(mia, "*Sent* to Raj", "the queue stands still")
    paged = await told(raj, "the queue stands still", since=mark)
    mark = mia.mark()
    assert (await raj.press(paged, action_id=ACKNOWLEDGE)).ok
    await told(mia, "*Seen* by Raj", since=mark)
    assert (await sam.command("/oncall", "page payments hello", channel=INCIDENTS)).ok
    await sam.sees("Only members of this workspace can page somebody.")
    assert (await mia.command("/oncall", "pgae payments down", channel=INCIDENTS)).ok
    await mia.sees("Did you mean this?", "/oncall page payments down")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_policy_keeps_a_page_quiet_without_a_word_nor_makes_it_one_more_of_another(watched: Alarms) -> None:
    ana, raj = watched.town.person(ANA), watched.town.person(RAJ)
    async with watched.town.house.units.begin(None) as unit:
        one_for_all = {"message": "{{message}}", "alias": "one for all"}
        await create(unit, policy(PolicyGroup.MODIFY, "Same alias", changes=one_for_all))
    for words in ("the db is down", "the queue stands still"):
        mark = raj.mark()
        assert (await ana.command("/oncall", f"page payments {words}", channel=INCIDENTS)).ok
        await told(raj, words, "Ana calls you", since=mark)
    async with watched.town.house.units.begin(None) as unit:
        await create(unit, policy(PolicyGroup.NOTIFICATION, "Night <shift>", effects={"suppress": True}))
    assert (await ana.command("/oncall", "page payments nobody hears me", channel=INCIDENTS)).ok
    answer = await only_they(ana, "*Nobody was reached*: the policy “Night <shift>” keeps it quiet", "nobody hears me")
    assert buttons(answer) == ["Page someone"]


def policy(group: PolicyGroup, name: str, **parts: Any) -> WantedPolicy:
    """One of everybody's, for every alert."""
    return WantedPolicy(
        groups=[group],
        name=name,
        enabled=True,
        description="",
        longest_description=200,
        filter={},
        plain_lists=False,
        restriction=None,
        **parts,
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_paged_is_told_that_it_went_on_to_the_next_and_nobody_is_pinged_for_that(watched: Alarms) -> None:
    town, ana, mia = watched.town, watched.town.person(ANA), watched.town.person(MIA)
    bot = town.workspace.app.user_id
    assert (await ana.command("/oncall", "page paym the db is down", channel=INCIDENTS)).ok
    await only_they(ana, "*Sent* to Raj", "Not seen yet. Next: Tomás")
    await mia.say(INCIDENTS, f"<@{bot}> page payments the queue stands still")
    await only_they(mia, "*Sent* to Raj", "the queue stands still")
    marks = ana.mark(), mia.mark()
    await watched.later(minutes=5)
    went_on = ("*Sent* to Raj", "then to Tomás", "nobody else comes next", "Page someone")
    await ana.sees(
        *went_on, since=marks[0], where=lambda each: each.message is not None and each.message.ephemeral_to == ANA
    )
    quiet = await told(mia, *went_on, since=marks[1])
    assert quiet.message and "<@" not in str(quiet.message.blocks)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_nobody_is_reached_who_pages_is_told_so_with_a_way_on(watched: Alarms) -> None:
    ana, mia = watched.town.person(ANA), watched.town.person(MIA)
    assert (await ana.command("/oncall", "page platform: it burns", channel=INCIDENTS)).ok
    answer = await only_they(ana, "*Nobody was reached*: nobody is on call for *Platform* until", "it burns")
    assert (await ana.press(answer, action_id="alert:assign")).ok
    await ana.sees("Hand over #", kind=Kind.VIEW_OPENED)
    mark = mia.mark()
    assert (await ana.submit(ana.view, {"person": MIA})).ok
    await told(mia, "it burns", "hands it to you", since=mark)
    await ana.sees("is handed over: Mia gets a direct message", kind=Kind.MESSAGE_CHANGED)
