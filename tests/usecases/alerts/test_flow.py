"""What was planned about an alert is done when its time comes, once, as things stand then."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import Locked
from bot.queries.alerts import AlertRef
from bot.usecases.alerts import flow
from bot.usecases.alerts.create import Raised
from bot.usecases.alerts.held import hold
from bot.usecases.alerts.wake import wake
from bot.usecases.messages import MessageKind
from bot.vocabulary import AlertResponderKind, AlertStatus, AlertStep, DeduplicationKind, PolicyGroup, RecipientState
from storage import alert_timers, alerts
from storage.models import AlertRecipient
from tests.usecases.alerts.stories import Alarms, minutes

ALWAYS, UNLESS_ACKED = "if-not-closed", "if-not-acked"


async def _acknowledged(alarms: Alarms, raised: Raised) -> None:
    async with alarms.story.units.begin(alarms.story.ana) as unit:
        alert = await hold(unit, AlertRef(raised.alert.id))
        alert.acknowledged = True
        await flow.stand_down(unit, alert, closed=False)


async def _closed(alarms: Alarms, raised: Raised) -> None:
    async with alarms.story.units.begin(alarms.story.ana) as unit:
        alert = await hold(unit, AlertRef(raised.alert.id))
        alert.status = AlertStatus.CLOSED
        await flow.stand_down(unit, alert, closed=True)


async def _declined(alarms: Alarms, raised: Raised, user_id: str) -> None:
    async with alarms.story.units.begin(None) as unit:
        row = await unit.session.get(AlertRecipient, (raised.alert.number, user_id))
        assert row
        row.state = RecipientState.DECLINED


async def _called_next(alarms: Alarms, raised: Raised, escalation_id: str | None = None) -> None:
    async with alarms.story.units.begin(alarms.story.ana) as unit:
        await flow.call_next(unit, await hold(unit, AlertRef(raised.alert.id)), escalation_id)


async def test_an_escalation_goes_step_by_step_and_an_acknowledgement_ends_what_waits_for_it(alarms: Alarms) -> None:
    story = alarms.story
    ladder = await alarms.escalation(
        "Ladder", (0, UNLESS_ACKED, story.ana), (5, UNLESS_ACKED, story.raj), (10, ALWAYS, story.li)
    )
    left, kept = await alarms.raised(ladder, alias="left"), await alarms.raised(ladder, alias="kept")
    assert await alarms.paged() == ["UANA", "UANA"]
    assert await alarms.moved(minutes=4) == 0
    await _acknowledged(alarms, kept)
    assert await alarms.moved(minutes=1) == 2
    assert await alarms.paged() == ["URAJ"]
    assert await alarms.moved(minutes=5) == 2
    assert await alarms.paged() == ["ULI", "ULI"]
    steps = [event.after["step"] for event in await alarms.log(left) if event.verb == "escalate-alert"]
    assert (steps, await alarms.timers(left)) == ([1, 2, 3], [])
    ended = await alarms.raised(ladder, alias="ended")
    await _closed(alarms, ended)
    assert await alarms.timers(ended) == []


@pytest.mark.parametrize("resets", [False, True])
async def test_it_is_repeated_as_often_as_it_says_then_the_alert_is_closed(alarms: Alarms, resets: bool) -> None:
    story = alarms.story
    repeat = {"wait_interval": 10, "count": 1, "reset_recipient_states": resets, "close_alert_after_all": True}
    ladder = await alarms.escalation(
        "Ladder", (0, UNLESS_ACKED, story.ana), (1, UNLESS_ACKED, story.raj), repeat=repeat
    )
    raised = await alarms.raised(ladder)
    await _acknowledged(alarms, raised)
    await alarms.paged()
    await alarms.moved(minutes=11)
    assert await alarms.paged() == (["UANA"] if resets else [])
    assert (await alarms.seen(raised)).acknowledged is not resets
    await alarms.moved(minutes=1)
    await alarms.moved(minutes=10)
    assert (await alarms.seen(raised)).status is AlertStatus.CLOSED
    assert await alarms.moved(hours=1) == 0
    [closed] = await story.events("close-alert")
    assert closed.after == {"why": "end-of-escalation"}


async def test_who_said_that_it_is_not_theirs_is_not_told_again_and_who_is_told_again_gets_a_new_message(
    alarms: Alarms,
) -> None:
    story = alarms.story
    ladder = await alarms.escalation(
        "Ladder", (0, ALWAYS, story.ana), (0, ALWAYS, story.raj), repeat={"wait_interval": 5, "count": 2}
    )
    raised = await alarms.raised(ladder)
    assert await alarms.paged() == ["UANA", "URAJ"]
    await _declined(alarms, raised, story.ana.id)
    await alarms.moved(minutes=5)
    assert await alarms.paged() == ["URAJ"]
    assert len(await story.messages(MessageKind.PAGED, closed=True)) == 3
    await _declined(alarms, raised, story.raj.id)
    await alarms.moved(minutes=5)
    assert await alarms.paged() == []
    [nobody] = await story.events("nobody-on-call")
    assert nobody.after == {"called": [], "unreachable": [], "declined": ["Ana", "Raj"]}


async def test_the_next_step_is_taken_when_somebody_asks_and_then_who_is_next_on_call(alarms: Alarms) -> None:
    story = alarms.story
    ladder = await alarms.escalation("Ladder", (0, UNLESS_ACKED, story.ana), (30, UNLESS_ACKED, story.raj))
    raised = await alarms.raised(story.li, ladder)
    await alarms.paged()
    await _acknowledged(alarms, raised)
    await _called_next(alarms, raised)
    assert (await alarms.paged(), await alarms.timers(raised)) == (["URAJ"], [])
    for escalation_id in (ladder, None):
        with pytest.raises(Locked):
            await _called_next(alarms, raised, escalation_id)
    payments = await alarms.schedule("Payments", story.raj, story.li)
    on_call = await alarms.raised(payments, alias="payments")
    [now] = await alarms.paged()
    await _called_next(alarms, on_call)
    assert [now, *await alarms.paged()] in (["ULI", "URAJ"], ["URAJ", "ULI"])
    with pytest.raises(Locked):
        await _called_next(alarms, on_call)
    await _called_next(alarms, on_call, ladder)
    assert await alarms.paged() == ["UANA"]
    assert [each.name for each in (await alarms.seen(on_call)).responders] == ["Payments", "Ladder"]


async def test_a_snooze_ends_with_everybody_being_told_and_an_acknowledgement_ends_it_before(alarms: Alarms) -> None:
    story = alarms.story
    ladder = await alarms.escalation("Ladder", (0, UNLESS_ACKED, story.ana), (5, UNLESS_ACKED, story.raj))
    snoozed, taken = await alarms.raised(ladder, alias="snoozed"), await alarms.raised(ladder, alias="taken")
    await alarms.paged()
    for each in (snoozed, taken):
        async with story.units.begin(story.ana) as unit:
            alert = await hold(unit, AlertRef(each.alert.id))
            await flow.pause(unit, alert, unit.now + timedelta(hours=1))
    await _acknowledged(alarms, taken)
    await alarms.moved(minutes=59)
    assert await alarms.paged() == []
    await alarms.moved(minutes=1)
    assert await alarms.paged() == ["UANA"]
    assert [step for step, _ in await alarms.timers(snoozed)] == ["escalate"]
    assert "wake-alert" in await alarms.happened(snoozed)


async def test_what_is_suppressed_tells_nobody_and_shows_nowhere(alarms: Alarms) -> None:
    story = alarms.story
    payments = await alarms.schedule("Payments", story.raj)
    await alarms.link("CPAYMENTS", payments)
    alarms.policy(name="Quiet", effects={"suppress": True})
    raised = await alarms.raised(payments)
    await alarms.raised(payments, alias=raised.alert.alias)
    assert (await alarms.paged(), await story.messages(MessageKind.ALERT)) == ([], [])
    assert await alarms.happened(raised) == ["raise-alert", "suppress-alert", "count-alert"]


async def test_a_delay_ends_by_itself_or_with_an_acknowledgement(alarms: Alarms) -> None:
    story = alarms.story
    delay = {"delayOption": "for-duration", "duration": minutes(10)}
    alarms.policy(effects={"delay": delay})
    alarms.policy(PolicyGroup.AUTO_RESTART, effects={"autoRestart": {"duration": minutes(5), "maxRepeatCount": 2}})
    late, taken = await alarms.raised(story.ana, alias="late"), await alarms.raised(story.ana, alias="taken")
    await _acknowledged(alarms, taken)
    assert await alarms.moved(minutes=9) == 0
    assert await alarms.paged() == []
    for _ in range(3):  # after the delay, and twice more
        await alarms.moved(minutes=5)
        assert await alarms.paged() == ["UANA"]
    await alarms.moved(hours=1)
    assert (await alarms.paged(), await alarms.timers(late), await alarms.timers(taken)) == ([], [], [])
    told = [event.after for event in await alarms.log(late) if event.verb == "restart-alert"]
    assert told == [{"times": 1, "most": 2}, {"times": 2, "most": 2}]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"deduplicationActionType": DeduplicationKind.VALUE_BASED.value, "count": 3}, [3, 6]),
        (
            {
                "deduplicationActionType": DeduplicationKind.FREQUENCY_BASED.value,
                "count": 3,
                "duration": minutes(3),
            },
            [3, 7],  # the fourth comes late
        ),
    ],
)
async def test_people_are_told_when_it_comes_often(alarms: Alarms, rule: dict[str, Any], told: list[int]) -> None:
    alarms.policy(effects={"deduplication": rule})
    found = []
    for number in range(1, 8):
        alarms.story.clock.advance(minutes=5 if number == 5 else 1)
        await alarms.raised(alarms.story.ana, alias="disk")
        found += [number] if await alarms.paged() else []
    assert found == told


async def test_it_ends_so_long_after_it_came_last(alarms: Alarms) -> None:
    story = alarms.story
    alarms.policy(PolicyGroup.AUTO_CLOSE, effects={"autoClose": {"duration": minutes(1, "hours")}})
    raised = await alarms.raised(story.ana, alias="disk")
    await alarms.moved(minutes=30)
    await alarms.raised(story.ana, alias="disk")
    await alarms.moved(minutes=30)
    assert (await alarms.seen(raised)).is_open
    await alarms.moved(minutes=30)
    seen = await alarms.seen(raised)
    assert (seen.status, seen.closed_by) == (AlertStatus.CLOSED, "Watchbill")
    assert await alarms.timers(raised) == []


async def test_of_two_who_wake_at_once_each_step_is_taken_by_one_and_a_broken_one_holds_up_nothing(
    alarms: Alarms,
) -> None:
    story = alarms.story
    ladder = await alarms.escalation("Ladder", (5, ALWAYS, story.raj))
    raised = [await alarms.raised(ladder, alias=str(number)) for number in range(6)]
    async with story.units.begin(None) as unit:
        [timer] = await alert_timers.pending(unit.session, raised[0].alert.number or 0, AlertStep.ESCALATE)
        timer.details = {"nonsense": True}
    story.clock.advance(minutes=5)

    async def woken() -> int:
        async with story.units.begin(None) as unit:
            return await wake(unit)

    assert sum(await asyncio.gather(woken(), woken(), woken())) == 6
    assert await alarms.paged() == ["URAJ"] * 5
    assert len(await story.events("escalate-alert")) == 5
    assert await alarms.timers(raised[0]) == [("escalate", timedelta(minutes=1))]


async def test_somebody_who_is_added_is_told_at_once(alarms: Alarms) -> None:
    story = alarms.story
    raised = await alarms.raised(story.ana)
    await alarms.paged()
    for _ in range(2):
        async with story.units.begin(story.ana) as unit:
            alert = await hold(unit, AlertRef(raised.alert.id))
            await flow.call_responder(unit, alert, AlertResponderKind.USER, story.raj.id)
        assert await alarms.paged() == ["URAJ"]
    async with story.units.begin(story.ana) as unit:
        await flow.call_person(unit, await hold(unit, AlertRef(raised.alert.id)), story.li.id)
    assert await alarms.paged() == ["ULI"]
    assert [each.name for each in (await alarms.seen(raised)).responders] == ["uana@example.com", "uraj@example.com"]
    async with story.reader() as reading:
        assert len(await alerts.states_of(reading.session, raised.alert.number or 0)) == 3
