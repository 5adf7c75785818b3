"""An alert as those see it who are called to it, and everybody in its channel."""

from __future__ import annotations

import pytest

from bot.engines.policies import PolicySpec, compile_policies
from bot.playground.screens import Appearance, Kind
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.create import COUNT_SHOWN_AFTER
from bot.usecases.alerts.delete import delete
from bot.vocabulary import PolicyGroup
from tests.slack.alerting import (
    ANA,
    INCIDENTS,
    MIA,
    RAJ,
    SAM,
    TOM,
    Alarms,
    alarms,
    buttons,
    card,
    not_up_to_date,
    only_they,
    told,
)
from tests.slack.conftest import Town
from tests.slack.twice import everything_twice

ACKNOWLEDGE, CLOSE, SNOOZE, ASSIGN, WHY = (
    f"alert:{each}" for each in ("acknowledge", "close", "snooze", "assign", "why")
)
DECLINE, NEXT = "alert:decline", "alert:next"
OFFERED = ["Why?", "Acknowledge", "Close", "Hand over", "Declare incident", "Snooze"]


@pytest.fixture
async def watched(staffed: Town) -> Alarms:
    return await alarms(staffed)


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_it_arrives_is_acknowledged_by_one_and_closed(watched: Alarms) -> None:
    ana, raj, mia = (watched.town.person(each) for each in (ANA, RAJ, MIA))
    await watched.raised(description="Connections: 0 of 150.\nReplica too.")
    shown = await card(ana, "P1 db is down", "*Open*, nobody has acknowledged it yet", "Called: @Raj", since=0)
    assert all(words in shown.text for words in ("from the key “prometheus”", "db-1", "tags: prod, db", "Replica too."))
    assert "*Payments*: Raj until" in shown.text and "then Tomás" in shown.text
    assert buttons(shown) == OFFERED
    paged = await told(raj, "P1 db is down", "calls you", "you are on call for *Payments* until", since=0)
    assert buttons(paged) == ["Acknowledge", "Hand to next", "Not mine", "Open"]
    await watched.town.all_told()
    pings = [(ping.channel, ping.mention.target) for ping in watched.town.workspace.bot_pings]
    assert pings == [(INCIDENTS, RAJ)]

    marks = ana.mark(), raj.mark()
    with everything_twice(watched.town):
        assert (await mia.press(shown, action_id=ACKNOWLEDGE)).ok
    seen = await card(ana, "*Acknowledged* by Mia Nov 18, 2026 at 10:00", since=marks[0], edited=True)
    assert buttons(seen) == [each for each in OFFERED if each != "Acknowledge"]
    assert [each.text for each in mia.screen(INCIDENTS) if each.ephemeral_to] == []
    theirs = await told(raj, "*Acknowledged* by Mia", "You need to do nothing", since=marks[1], edited=True)
    assert buttons(theirs) == ["Open"]

    assert (await raj.press(not_up_to_date(watched.town, paged), action_id=ACKNOWLEDGE)).ok
    await only_they(raj, "Mia was quicker and acknowledged *db is down* Nov 18, 2026 at 14:30")
    assert (await mia.press(not_up_to_date(watched.town, shown), action_id=ACKNOWLEDGE)).ok
    await only_they(mia, "You acknowledged *db is down* already, Nov 18, 2026 at")
    assert (await watched.town.person(SAM).press(seen, action_id=CLOSE)).ok
    await only_they(watched.town.person(SAM), "Only members of this workspace can answer alerts.")

    mark = ana.mark()
    await watched.later(minutes=12)
    assert (await raj.press(seen, action_id=CLOSE)).ok
    closed = await card(ana, "*Closed* by Raj", "after 12 min", since=mark, edited=True)
    assert buttons(closed) == ["Why?"]
    await told(raj, "*Closed* by Raj", edited=True)
    assert (await mia.press(not_up_to_date(watched.town, seen), action_id=CLOSE)).ok
    await only_they(mia, "Raj was quicker and closed *db is down*")
    assert len(pings) == 1


async def test_it_is_snoozed_handed_on_and_says_why_it_is_as_it_is(watched: Alarms) -> None:
    ana, raj, mia, tom = (watched.town.person(each) for each in (ANA, RAJ, MIA, TOM))
    await watched.raised(description="x" * 2000, rules=compile_policies([_renames("Louder", "DB IS DOWN")]))
    shown = await card(ana, "P1 DB IS DOWN", since=0)
    assert (await ana.press(shown, action_id=WHY)).ok
    why = await ana.sees("*applied*: “Louder”", "“db is down” → “DB IS DOWN”", kind=Kind.VIEW_OPENED)
    assert "the schedule Payments" in why.text and "x" * 2000 in why.text.replace("\n", "")
    await ana.close(ana.view)

    mark = ana.mark()
    assert (await ana.press(shown, action_id=SNOOZE, value=f"{_id(shown)} 30m")).ok
    await card(ana, "*Snoozed* until Nov 18, 2026 at 10:30", since=mark, edited=True)  # Ana is in Berlin
    assert (await ana.press(shown, action_id=SNOOZE, value=f"{_id(shown)} until")).ok
    await ana.sees("Snooze #", kind=Kind.VIEW_OPENED)
    past = await ana.submit(ana.view, {"until": int(watched.town.clock.time()) - 60})
    assert past.errors == {"until": "This is past. Choose a time that is to come."}
    mark = ana.mark()
    assert (await ana.submit(ana.view, {"until": int(watched.town.clock.time()) + 7200})).ok
    await card(ana, "*Snoozed* until Nov 18, 2026 at 12:00", since=mark, edited=True)

    marks = raj.mark(), tom.mark()
    await watched.later(hours=2)  # it is back: a new message, since an edit rings for nobody
    paged = await told(raj, "P1 DB IS DOWN", "calls you", since=marks[0])
    assert (await raj.press(paged, action_id=DECLINE)).ok
    refused = await only_they(raj, "Nobody else is called to #")
    assert buttons(refused) == ["Hand over"]
    assert (await raj.press(paged, action_id=NEXT)).ok
    await told(raj, "You passed it on.", edited=True)
    await told(tom, "P1 DB IS DOWN", "for *Payments*", since=marks[1])

    mark, told_mia = tom.mark(), mia.mark()
    assert (await tom.press(await told(tom, "P1 DB IS DOWN", since=marks[1]), action_id=ACKNOWLEDGE)).ok
    mine = await told(tom, "*You have it*, acknowledged Nov 18, 2026 at", since=mark, edited=True)
    assert (await tom.press(mine, action_id=ASSIGN)).ok
    await tom.sees("Hand over #", kind=Kind.VIEW_OPENED)
    assert (await tom.submit(tom.view)).errors == {"person": "Choose a person, or a schedule."}
    refused_guest = await tom.submit(tom.view, {"person": SAM})
    assert refused_guest.errors and "Sam" in refused_guest.errors["person"]
    assert (await tom.submit(tom.view, {"person": MIA, "note": "Failover is half done"})).ok
    await only_they(tom, "is handed over: Mia gets a direct message")
    theirs = await told(mia, "Tomás", "hands it to you", "Failover is half done", since=told_mia)
    assert buttons(theirs)[:3] == ["Read all", "Close", "Hand over"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_nobody_is_on_call_the_channel_hears_it_loudly_and_can_do_something(watched: Alarms) -> None:
    ana, mia = watched.town.person(ANA), watched.town.person(MIA)
    alert = await watched.raised("Platform")
    await watched.town.all_told()
    await watched.raised("Platform", alias="another")  # of a storm one is loud, and each says it in its own message
    loud = await card(
        ana, "*Nobody was called* to *db is down* (P1)", "Nobody is on call for *Platform* until", since=0
    )
    assert buttons(loud) == ["I have it", "Page someone", "Fill the gap"]
    await watched.town.all_told()
    unheard = [each for each in ana.screen(INCIDENTS) if "*Nobody was called*: nobody is on call" in str(each.blocks)]
    assert len(unheard) == 2
    assert [ping.mention.kind for ping in watched.town.workspace.bot_pings] == ["here"]
    assert (await ana.press(loud, action_id=f"override_form:{watched.schedules['Platform']}")).ok
    await ana.sees("Put somebody on call", kind=Kind.VIEW_OPENED)
    await ana.close(ana.view)
    assert (await ana.press(loud, action_id=ASSIGN)).ok
    await ana.sees("Hand over #", kind=Kind.VIEW_OPENED)
    mark = mia.mark()
    assert (await ana.submit(ana.view, {"person": MIA})).ok
    paged = await told(mia, "db is down", since=mark)
    since = ana.mark()
    assert (await mia.press(paged, action_id=ACKNOWLEDGE)).ok
    seen = await card(ana, "*Nobody was called* to *db is down*", "Acknowledged by Mia", since=since, edited=True)
    assert buttons(seen) == []
    async with watched.town.house.units.begin(watched.program.key) as unit:
        await delete(unit, AlertRef(alert.id))
    await told(mia, "This alert was deleted.", since=mark, edited=True)
    assert (await mia.press(not_up_to_date(watched.town, paged), action_id=ACKNOWLEDGE)).ok
    await only_they(mia, "That alert was deleted")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ones_own_alerts_stand_on_the_home_tab_and_are_answered_there(watched: Alarms) -> None:
    raj, tom = watched.town.person(RAJ), watched.town.person(TOM)
    for number in range(4):
        await watched.raised(alias=f"alias {number}")
    await raj.open_home()
    shown = await raj.sees("Alerts you were called to", "*P1 db is down*", "There are more", kind=Kind.HOME)
    assert shown.text.count("Open · #") == 3
    await tom.open_home()
    assert "called to" not in (await tom.sees("On call now", kind=Kind.HOME)).text
    block = next(each for each in shown.shown.blocks if each.get("accessory", {}).get("action_id") == ACKNOWLEDGE)
    mark = raj.mark()
    assert (await raj.press(shown, block_id=block["block_id"])).ok
    await raj.sees("Acknowledged by Raj", kind=Kind.HOME, since=mark)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_storm_of_one_alert_is_one_message(watched: Alarms) -> None:
    ana, raj = watched.town.person(ANA), watched.town.person(RAJ)
    marks = ana.mark(), raj.mark()
    await watched.raised()
    await card(ana, "db is down", since=marks[0])
    for _ in range(39):
        await watched.raised()
    await watched.town.move(seconds=2 * COUNT_SHOWN_AFTER.total_seconds())
    await watched.town.all_told()
    await card(ana, "40 times, last Nov 18, 2026 at", since=marks[0], edited=True)
    new = [each for each in ana.appearances[marks[0] :] if each.kind is Kind.MESSAGE and "db is down" in each.text]
    paged = [each for each in raj.appearances[marks[1] :] if each.kind is Kind.MESSAGE and "calls you" in each.text]
    assert len(new) == len(paged) == 1
    assert len(ana.appearances) - marks[0] < 8


def _id(shown: Appearance) -> str:
    assert shown.message is not None
    values = (each.get("value") for block in shown.message.blocks for each in block.get("elements", ()))
    return next(str(each) for each in values if each)


def _renames(name: str, message: str) -> PolicySpec:
    return PolicySpec(
        id="p1",
        name=name,
        team_id=None,
        group=PolicyGroup.MODIFY,
        enabled=True,
        filter={"type": "match-all"},
        restriction=None,
        zone="UTC",
        continues=False,
        changes={"message": message},
        effects={},
    )
