"""Somebody hears of every alert: whoever is meant, in order, and once; where that is nobody, those who lead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.queries.alerts import AlertRef
from bot.queries.people import Person
from bot.usecases.alerts import flow
from bot.usecases.alerts.acknowledge import acknowledge
from bot.usecases.alerts.assign import assign
from bot.usecases.alerts.create import Raised
from bot.usecases.alerts.held import hold
from bot.usecases.alerts.snooze import snooze
from bot.usecases.alerts.unacknowledge import unacknowledge
from bot.usecases.messages import MessageKind
from bot.usecases.people.meet import SlackProfile, meet
from bot.usecases.references import Ref
from bot.usecases.unit import Units
from bot.vocabulary import AlertResponderKind, AlertStatus, DeduplicationKind, PolicyGroup, RecipientState, TeamRole
from storage import alert_answers, models
from tests.conftest import met
from tests.usecases.alerts.stories import Alarms, minutes

UNLESS_ACKED = "if-not-acked"
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _admin(units: Units, slack_id: str) -> Person:
    profile = SlackProfile(slack_id, slack_id.removeprefix("U").title(), None, None, False, False, True, False)
    async with units.begin(None) as unit:
        return await meet(unit, profile)


async def _told_loudly(alarms: Alarms) -> list[str]:
    found = [row.recipient for row in await alarms.story.messages(MessageKind.NOBODY_ON_CALL) if row.ts is None]
    await alarms.story.sent()
    return sorted(found)


async def _snoozed(alarms: Alarms, raised: Raised, **units: float) -> None:
    async with alarms.story.units.begin(alarms.story.ana) as unit:
        await snooze(unit, AlertRef(raised.alert.id), unit.now + timedelta(**units))


async def test_without_a_channel_and_without_people_the_leads_hear_of_it_and_where_there_are_none_the_admins(
    alarms: Alarms,
) -> None:
    story = alarms.story
    await _admin(story.units, "UADMIN")
    ops = await alarms.watches.team("Ops")
    guest = await met(story.units, "UGUEST", outsider=True)
    guarded, empty = await alarms.schedule("Guarded", guest), await alarms.schedule("Empty", team=ops)
    nobodys = await alarms.raised(by=await alarms.key())
    assert await _told_loudly(alarms) == ["UADMIN"]
    await alarms.raised(guarded)  # a guest is called in vain: they are shown nothing
    assert (await _told_loudly(alarms), await alarms.paged()) == (["UADMIN"], [])
    async with story.units.begin(None) as unit:
        unit.session.add(models.Membership(team_id=ops.id or "", user_id=story.li.id, role=TeamRole.ADMIN))
    await alarms.raised(empty)
    assert await _told_loudly(alarms) == ["ULI"]
    async with story.units.begin(story.ana) as unit:
        await acknowledge(unit, AlertRef(nobodys.alert.id))
    edited = [row for row in await story.messages(MessageKind.NOBODY_ON_CALL) if row.revision == 2]
    assert [row.recipient for row in edited] == ["UADMIN"]


async def test_after_a_time_in_which_nothing_was_done_nobody_is_told_twice_or_left_without_time_to_answer(
    alarms: Alarms,
) -> None:
    story = alarms.story
    repeat = {"wait_interval": 10, "count": 0, "close_alert_after_all": True}
    last = await alarms.escalation("Last", (0, UNLESS_ACKED, story.ana), (5, UNLESS_ACKED, story.raj), repeat=repeat)
    closing = await alarms.raised(last, alias="closing")
    await alarms.paged()
    await alarms.moved(hours=2)
    assert await alarms.paged() == ["URAJ"]
    assert await alarms.timers(closing) == [("repeat", timedelta(minutes=10))]
    await alarms.moved(minutes=10)
    assert (await alarms.seen(closing)).status is AlertStatus.CLOSED
    alarms.policy(PolicyGroup.AUTO_RESTART, effects={"autoRestart": {"duration": minutes(4), "maxRepeatCount": 1}})
    ladder = await alarms.escalation("Ladder", (0, UNLESS_ACKED, story.ana), (5, UNLESS_ACKED, story.raj))
    again = await alarms.raised(ladder, alias="again")
    await alarms.paged()
    await alarms.moved(hours=2)
    assert await alarms.paged() == ["UANA"]  # from the beginning: whom the second step tells is told after it
    assert await alarms.timers(again) == [("escalate", timedelta(minutes=5))]


@ONE_DATABASE
async def test_an_escalation_is_under_way_once_whoever_leads_to_it(alarms: Alarms) -> None:
    story = alarms.story
    ops = await alarms.watches.team("Ops")
    ladder = await alarms.escalation("Ladder", (0, UNLESS_ACKED, story.ana), (5, UNLESS_ACKED, story.raj))
    await alarms.route(ops, "escalation", ladder)
    raised = await alarms.raised(ladder, ops)
    assert len(await alarms.timers(raised)) == 1
    await alarms.moved(minutes=3)
    async with story.units.begin(story.ana) as unit:
        alert = await hold(unit, AlertRef(raised.alert.id))
        await flow.call_responder(unit, alert, AlertResponderKind.ESCALATION, ladder)
    assert await alarms.timers(raised) == [("escalate", timedelta(minutes=5))]


@ONE_DATABASE
async def test_what_comes_often_lets_its_escalations_go_on(alarms: Alarms) -> None:
    story = alarms.story
    rule = {"deduplicationActionType": DeduplicationKind.VALUE_BASED.value, "count": 2}
    alarms.policy(effects={"deduplication": rule})
    ladder = await alarms.escalation("Ladder", (0, UNLESS_ACKED, story.ana), (5, UNLESS_ACKED, story.raj))
    told = []
    for _ in range(10):
        await alarms.raised(ladder, alias="disk")
        await alarms.moved(minutes=1)
        told += await alarms.paged()
    assert told.count("URAJ") >= 1 and told.count("UANA") == 5


@ONE_DATABASE
async def test_a_snooze_ends_no_delay_and_nothing_wakes_what_is_suppressed(alarms: Alarms) -> None:
    story = alarms.story
    alarms.policy(effects={"delay": {"delayOption": "for-duration", "duration": minutes(60)}})
    alarms.policy(PolicyGroup.AUTO_RESTART, effects={"autoRestart": {"duration": minutes(5), "maxRepeatCount": 1}})
    short, long = await alarms.raised(story.ana, alias="short"), await alarms.raised(story.raj, alias="long")
    await _snoozed(alarms, short, minutes=30)
    await _snoozed(alarms, long, minutes=90)
    await alarms.moved(minutes=59)
    assert await alarms.paged() == []
    await alarms.moved(minutes=1)
    assert await alarms.paged() == ["UANA"]
    await alarms.moved(minutes=30)
    assert await alarms.paged() == ["UANA", "URAJ"]  # the one again, after five minutes; the other when its snooze ends
    await alarms.moved(minutes=5)
    assert await alarms.paged() == ["URAJ"]
    alarms.policies.clear()
    alarms.policy(name="Quiet", effects={"suppress": True})
    quiet = await alarms.raised(story.ana, alias="quiet")
    async with story.units.begin(story.raj) as unit:
        await acknowledge(unit, AlertRef(quiet.alert.id))
    async with story.units.begin(story.raj) as unit:
        await unacknowledge(unit, AlertRef(quiet.alert.id))
    await _snoozed(alarms, quiet, minutes=5)
    await alarms.moved(minutes=6)
    assert await alarms.paged() == []


@ONE_DATABASE
async def test_whoever_is_given_an_alert_hears_of_it_also_after_having_passed_it_on(alarms: Alarms) -> None:
    story = alarms.story
    raised = await alarms.raised(story.ana, story.raj)
    await alarms.paged()
    async with story.units.begin(story.raj) as unit:
        alert = await hold(unit, AlertRef(raised.alert.id))
        await alert_answers.mark(unit.session, alert, story.raj.id, RecipientState.DECLINED, now=unit.now)
    async with story.units.begin(await alarms.key()) as unit:
        await assign(unit, AlertRef(raised.alert.id), Ref(id=story.raj.id))
    assert "URAJ" in await alarms.paged()


@ONE_DATABASE
async def test_who_forwards_what_comes_to_them_is_left_alone(alarms: Alarms) -> None:
    story = alarms.story
    async with story.units.begin(None) as unit:
        start, end = unit.now - timedelta(hours=1), unit.now + timedelta(hours=1)
        unit.session.add(
            models.Forwarding(
                from_user_id=story.ana.id, to_user_id=story.raj.id, start=start, end=end, sequence=1, created_at=start
            )
        )
    await alarms.raised(story.ana)
    assert await alarms.paged() == ["URAJ"]


@ONE_DATABASE
async def test_a_step_that_reaches_nobody_is_followed_by_the_next_where_somebody_asks_for_it(alarms: Alarms) -> None:
    story = alarms.story
    empty = await alarms.schedule("Empty")
    ladder = await alarms.escalation(
        "Ladder", (0, UNLESS_ACKED, story.ana), (5, UNLESS_ACKED, empty), (10, UNLESS_ACKED, story.li)
    )
    raised = await alarms.raised(ladder)
    await alarms.paged()
    async with story.units.begin(story.ana) as unit:
        await flow.call_next(unit, await hold(unit, AlertRef(raised.alert.id)))
    assert await alarms.paged() == ["ULI"]
    assert await alarms.timers(raised) == []


@ONE_DATABASE
async def test_what_is_told_again_and_again_goes_on_with_that_where_it_comes_back(alarms: Alarms) -> None:
    story = alarms.story
    alarms.policy(PolicyGroup.AUTO_RESTART, effects={"autoRestart": {"duration": minutes(5), "maxRepeatCount": 1}})
    raised = await alarms.raised(story.ana)
    async with story.units.begin(story.ana) as unit:
        await acknowledge(unit, AlertRef(raised.alert.id))
    await alarms.paged()
    await alarms.moved(minutes=9)
    async with story.units.begin(story.ana) as unit:
        await unacknowledge(unit, AlertRef(raised.alert.id))
    assert await alarms.paged() == ["UANA"]
    await alarms.moved(minutes=4)
    assert await alarms.paged() == []
    await alarms.moved(minutes=1)
    assert await alarms.paged() == ["UANA"]
    assert await alarms.timers(raised) == []
