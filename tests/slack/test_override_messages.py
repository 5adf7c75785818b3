"""What those whom an override concerns read of it, and when there is nothing to tell any more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.slack.messages import overrides
from bot.slack.rendered import Told
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Units
from tests.conftest import StillClock, met
from tests.usecases.overrides.watch import Watch, told_watch, weekly

TONIGHT = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)


@pytest.fixture
async def ana(units: Units) -> Person:
    return await met(units, "UANA")


@pytest.fixture
async def raj(units: Units) -> Person:
    return await met(units, "URAJ", timezone="Asia/Kolkata")


@pytest.fixture
async def watch(units: Units, reader: Reader, clock: StillClock, ana: Person, raj: Person) -> Watch:
    """Ana has this week, Raj the next; Ana leads its team."""
    return await told_watch(units, reader, clock, ana, weekly(ana, raj), team="Money")


def claimed(kind: MessageKind, event_id: int, recipient: str, *, ts: str | None = None) -> Claimed:
    """A message in the sender's hands; with `ts` it stands in Slack already."""
    return Claimed(
        id="d",
        kind=kind,
        subject=str(event_id),
        recipient=recipient,
        details={},
        revision=1,
        attempts=1,
        channel=ts and "D1",
        ts=ts,
        forsaken=False,
        lease_until=TONIGHT,
    )


async def read(watch: Watch, message: Claimed) -> str | None:
    """What the message says; None where there is nothing to tell."""
    render = overrides.replaced if message.kind == MessageKind.REPLACED else overrides.put_on_call
    async with watch.reader() as reading:
        told = await render(reading, message)
    return told.card.text if isinstance(told, Told) else None


async def test_each_reads_what_concerns_them(watch: Watch, ana: Person, raj: Person) -> None:
    event_id = await watch.put(ana, watch.wanted(raj, TONIGHT, 24 * 7))
    put = await read(watch, claimed(MessageKind.PUT_ON_CALL, event_id, "URAJ"))
    assert put and put.startswith("Ana put you on call for *Payments*, from ") and "(7 days)" in put
    event_id = await watch.put(raj, watch.wanted(raj, TONIGHT, 24 * 14))
    replaced = await read(watch, claimed(MessageKind.REPLACED, event_id, "UANA"))
    assert replaced and replaced.startswith("Raj took over *Payments* in your place, from ")
    assert replaced.count("until") == 1  # of the two weeks only the one that would have been hers


async def test_a_correction_is_told_as_one(watch: Watch, ana: Person, raj: Person) -> None:
    event_id = await watch.put(ana, watch.wanted(raj, TONIGHT.replace(hour=7), 1))
    put = await read(watch, claimed(MessageKind.PUT_ON_CALL, event_id, "URAJ"))
    assert put and put.startswith("Ana put on record that you were on call for *Payments*, from ")


@pytest.mark.parametrize(
    ("maker", "undoer", "is_there", "seen"),
    [
        ("UANA", "UANA", True, "Ana had put you on call for *Payments*"),
        ("UANA", "UANA", False, None),
        ("URAJ", "UANA", False, "Ana took this back: you had put yourself on call for *Payments*"),
    ],
)
async def test_what_was_taken_back_is_told_where_it_is_news(
    watch: Watch, *, maker: str, undoer: str, is_there: bool, seen: str | None
) -> None:
    people = {each: await met(watch.units, each, timezone=None) for each in ("UANA", "URAJ")}
    event_id = await watch.put(people[maker], watch.wanted(people["URAJ"], TONIGHT, 4))
    await watch.undone(people[undoer], event_id)
    told = await read(watch, claimed(MessageKind.PUT_ON_CALL, event_id, "URAJ", ts="1.1" if is_there else None))
    assert (told and told.partition(", from")[0]) == seen


async def test_of_an_event_nobody_knows_nothing_is_told(watch: Watch) -> None:
    assert await read(watch, claimed(MessageKind.PUT_ON_CALL, 4711, "URAJ")) is None
