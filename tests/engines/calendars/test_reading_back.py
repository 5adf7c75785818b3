"""What another library reads from a calendar is what the rotation engine says: the same instants and people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from bot.engines.calendars import window
from bot.engines.rotation import Forwarding, Override, Schedule, on_call, shifts_between, timeline
from bot.vocabulary import RotationType
from tests.engines.calendars.subscriber import Shown, subscribed
from tests.engines.calendars.world import Memory, entries, written
from tests.engines.rotation.worlds import (
    ANN,
    BOB,
    CAT,
    EXAMPLES,
    World,
    every_day,
    rotation,
    rule,
    schedule,
    utc,
    worlds,
)

SOME = max(10, EXAMPLES // 15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _told(
    of: Schedule, now: datetime, overrides: Sequence[Override] = (), forwardings: Sequence[Forwarding] = ()
) -> list[Shown]:
    return subscribed(written(Memory().tell(entries(of, now, overrides, forwardings), now)))


def _on_call(shown: Iterable[Shown], at: datetime) -> set[tuple[str, str]]:
    return {(each.description, each.who.removeprefix("The team ")) for each in shown if each.start <= at < each.end}


@seed(11)
@settings(
    max_examples=SOME, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(worlds())
def test_everybody_on_call_at_an_instant_stands_in_the_calendar_at_it(world: World) -> None:
    now = world.start + DAY
    shown = _told(world.schedule, now, world.overrides, world.forwardings)
    span = window(now, months_ahead=12)
    drawn = timeline(world.schedule, world.start, world.end, world.overrides, world.forwardings)
    edges = {at for of in drawn.rotations for each in of.final for at in (each.start, each.end)}
    for at in sorted({world.start, *edges, *(each + 17 * HOUR for each in edges)}):
        if not span.since <= at < span.until:
            continue
        said = on_call(world.schedule, at, world.overrides, world.forwardings)
        assert {who for _, who in _on_call(shown, at)} == {each.participant.id for each in said}, at
        of_rotations = {(f"Rotation: {each.why.rotation_name}", each.participant.id) for each in said}
        assert of_rotations <= _on_call(shown, at), at


@pytest.mark.parametrize(
    ("zone", "now"),
    [
        ("Australia/Lord_Howe", utc(2026, 4, 4, 15)),
        ("Australia/Lord_Howe", utc(2026, 10, 3, 15, 30)),
        ("Europe/Berlin", utc(2026, 3, 29, 1)),
        ("Europe/Berlin", utc(2026, 10, 25, 1)),
        ("America/New_York", utc(2026, 3, 8, 7)),
        ("America/New_York", utc(2026, 11, 1, 6)),
        ("Africa/Casablanca", utc(2026, 2, 15, 2)),
        ("Africa/Casablanca", utc(2026, 3, 22, 2)),
        ("Asia/Kolkata", utc(2026, 6, 1, 3, 30)),
    ],
)
def test_around_the_days_at_which_clocks_are_moved_no_instant_is_another(zone: str, now: datetime) -> None:
    begun = now - timedelta(days=200)
    made = schedule(
        rotation(rule(begun, ANN, BOB, every=RotationType.HOURLY, length=12), "a"),
        rotation(rule(begun, BOB, CAT, every=RotationType.DAILY, restriction=every_day((22, 0), (3, 0))), "b"),
        zone=ZoneInfo(zone),
    )
    laid = Override("o", CAT, now - 90 * timedelta(minutes=1), now + 45 * timedelta(minutes=1), frozenset(), 1)
    shown = _told(made, now, (laid,))
    start, end = now - 3 * DAY, now + 3 * DAY
    whole = [each for each in shifts_between(made, start, end, (laid,)) if start < each.start and each.end < end]
    assert {each.rotation_id for each in whole} == {"a", "b"}
    told = {(each.description, each.start, each.end, each.who) for each in shown}
    for each in whole:
        assert (f"Rotation: {each.rotation_name}", each.start, each.end, each.participant.id) in told


def test_a_person_who_comes_after_themselves_has_one_shift() -> None:
    now = utc(2026, 11, 18, 9)
    made = schedule(rotation(rule(utc(2026, 11, 2, 8), ANN, ANN, BOB)))
    shown = _told(made, now)
    assert (shown[0].start, shown[0].end, shown[0].who) == (utc(2026, 11, 2, 8), utc(2026, 11, 16, 8), "ann")


def test_a_closed_rotation_is_told_as_far_as_it_went() -> None:
    now = utc(2026, 11, 18, 9)
    going = replace(rotation(rule(utc(2026, 1, 5, 8), ANN, BOB)), closed_at=utc(2026, 11, 10))
    gone = replace(going, id="gone", closed_at=utc(2026, 10, 1))
    shown = _told(schedule(going, gone), now)
    assert max(each.end for each in shown) == utc(2026, 11, 10)
    assert {each.description for each in shown} == {"Rotation: name of r"}


def test_what_takes_less_than_a_second_is_left_out() -> None:
    now = utc(2026, 11, 18, 9)
    at = now + timedelta(microseconds=250_000)
    blink = Override("o", CAT, at, at + timedelta(microseconds=500_000), frozenset(), 1)
    shown = _told(schedule(rotation(rule(utc(2026, 1, 5, 8), ANN, BOB))), now, (blink,))
    assert "cat" not in {each.who for each in shown}
    assert all(each.start < each.end for each in shown)
