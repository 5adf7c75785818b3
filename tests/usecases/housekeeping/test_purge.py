"""What nothing looks at any more goes, once a day and in batches; everything else stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.errors import AlreadyDone
from bot.usecases.housekeeping.purge import DailyPurge
from bot.usecases.unit import Units
from bot.vocabulary import AlertStatus, Severity
from storage.models import Alert, Delivery, DeliveryState, Receipt
from tests.conftest import StillClock

HOUR = timedelta(hours=1)
GONE = {"closed 91", "failed 91"}


async def _with_receipts(units: Units, *ages: timedelta) -> None:
    async with units.begin(None) as unit:
        unit.session.add_all(Receipt(key=f"old{at}", outcome="", at=unit.now - age) for at, age in enumerate(ages))


async def _with_message(units: Units, state: DeliveryState, age: timedelta, *, kind: str = "card") -> None:
    async with units.begin(None) as unit:
        then = unit.now - age
        subject = f"{state} {age.days}"
        unit.session.add(
            Delivery(kind=kind, subject=subject, recipient="C1", state=state, due_at=then, created_at=then)
        )


async def _receipts(units: Units) -> list[str]:
    async with units.begin(None) as unit:
        return list((await unit.session.exec(select(Receipt.key).order_by(Receipt.key))).all())


async def _subjects(units: Units) -> list[str]:
    async with units.begin(None) as unit:
        return list((await unit.session.exec(select(Delivery.subject).order_by(col(Delivery.subject)))).all())


async def test_receipts_go_after_two_days_and_those_left_still_refuse_a_repetition(
    units: Units, clock: StillClock
) -> None:
    await _with_receipts(units, timedelta(days=2) - HOUR, timedelta(days=2) + HOUR)
    assert await DailyPurge(units, clock).run() == 1
    assert await _receipts(units) == ["old0"]
    with pytest.raises(AlreadyDone):
        async with units.begin(None, key="old0"):
            pass


async def test_of_the_messages_only_old_ones_that_are_closed_or_failed_go(units: Units, clock: StillClock) -> None:
    for state in DeliveryState:
        for days in (89, 91):
            await _with_message(units, state, timedelta(days=days))
    assert await DailyPurge(units, clock).run() == 2
    assert await _subjects(units) == sorted({f"{state} {days}" for state in DeliveryState for days in (89, 91)} - GONE)


async def test_what_is_sent_once_goes_when_it_is_old_and_what_is_to_be_sent_stays(
    units: Units, clock: StillClock
) -> None:
    for state in (DeliveryState.DUE, DeliveryState.SENT):
        for days in (89, 91):
            await _with_message(units, state, timedelta(days=days), kind="assigned")
    while await DailyPurge(units, clock).run():
        pass
    assert await _subjects(units) == ["due 89", "due 91", "sent 89"]


async def test_it_goes_in_batches_until_the_days_last_and_again_the_next_day(units: Units, clock: StillClock) -> None:
    daily = DailyPurge(units, clock)
    await _with_receipts(units, *[timedelta(days=3)] * 5)
    assert [await daily.run(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    async with units.begin(None, key="today"):
        pass
    clock.advance(days=3)
    assert [await daily.run(limit=2) for _ in range(2)] == [1, 0]
    await _with_receipts(units, timedelta(days=3))
    assert await daily.run() == 0
    clock.advance(days=1)
    assert await daily.run() == 1


async def test_messages_about_alerts_are_kept_up_until_a_week_after_their_end(units: Units, clock: StillClock) -> None:
    open_since, ended, gone, fresh = timedelta(days=30), timedelta(days=8), timedelta(days=9), timedelta(days=6)
    async with units.begin(None) as unit:
        for name, closed in (("open", None), ("ended", ended), ("fresh", fresh)):
            then = unit.now - open_since
            times: dict[str, Any] = {"created_at": then, "updated_at": then, "last_occurred_at": then}
            alert = Alert(id=name, alias=name, message=name, priority=Severity.P1, **times)
            if closed:
                alert.status, alert.closed_at = AlertStatus.CLOSED, unit.now - closed
            unit.session.add(alert)
        for kind in ("alert", "paged", "page", "card"):
            for subject, age in (("open", open_since), ("ended", ended), ("fresh", fresh), ("deleted", gone)):
                then = unit.now - age
                row = Delivery(kind=kind, subject=subject, recipient="C1", due_at=then, created_at=then)
                row.state = DeliveryState.SENT
                unit.session.add(row)
        for event, age in (("1", ended), ("2", fresh)):
            row = Delivery(kind="nobody-on-call", subject=event, recipient="C1", due_at=unit.now - age, created_at=then)
            row.state = DeliveryState.SENT
            unit.session.add(row)
    assert await DailyPurge(units, clock).run() == 7
    async with units.begin(None) as unit:
        found = (await unit.session.exec(select(Delivery).where(Delivery.state == DeliveryState.CLOSED))).all()
        assert {(row.kind, row.subject) for row in found} == {
            *((kind, subject) for kind in ("alert", "paged", "page") for subject in ("ended", "deleted")),
            ("nobody-on-call", "1"),
        }
