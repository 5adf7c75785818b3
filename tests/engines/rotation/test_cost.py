"""What an answer costs, counted in questions put to the zone: the same however old a rotation is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.engines.rotation import (
    NOBODY,
    Forwarding,
    Override,
    Participant,
    Schedule,
    next_change,
    on_call,
    shifts_between,
    standing,
    timeline,
)
from bot.engines.rotation.shifts import MOST_LOOKED_AT
from bot.vocabulary import RotationType, TurnCounting, Weekday
from tests.bench.bench_rotation import (
    ASKED_AT,
    RECENT,
    TEN_YEARS_EARLIER,
    office_schedule,
    two_overrides,
    weekly_schedule,
)
from tests.engines.rotation.worlds import ANN, BOB, CAT, office_hours, rotation, rule, schedule


class CountingZone(ZoneInfo):
    """A zone that counts how often it is asked."""

    asked = 0

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        self.asked += 1
        return super().utcoffset(moment)

    def fromutc(self, moment: datetime, /) -> datetime:
        self.asked += 1
        return super().fromutc(moment)


def count(ask: Callable[[CountingZone], object]) -> int:
    zone = CountingZone.no_cache("Europe/Berlin")
    ask(zone)
    return zone.asked


def hourly(zone: ZoneInfo, begun: datetime, length: int, turns: TurnCounting = TurnCounting.ALL) -> Schedule:
    days = office_hours(*tuple(Weekday)[:5])
    made_of = rule(begun, ANN, BOB, CAT, every=RotationType.HOURLY, length=length, restriction=days, turns=turns)
    return schedule(rotation(made_of), zone=zone)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda zone, begun: weekly_schedule(zone, begun=begun), id="weekly"),
        pytest.param(lambda zone, begun: office_schedule(zone, begun=begun), id="office hours"),
        pytest.param(lambda zone, begun: hourly(zone, begun, 1), id="hourly"),
        pytest.param(lambda zone, begun: hourly(zone, begun, 7), id="seven elapsed hours"),
        pytest.param(lambda zone, begun: hourly(zone, begun, 8, TurnCounting.ACTIVE), id="active turns"),
    ],
)
@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda made: on_call(made, ASKED_AT, two_overrides()), id="on call"),
        pytest.param(lambda made: standing(made, ASKED_AT, two_overrides()), id="standing"),
        pytest.param(lambda made: next_change(made, ASKED_AT), id="next change"),
        pytest.param(lambda made: timeline(made, ASKED_AT, ASKED_AT + timedelta(days=7)), id="timeline"),
    ],
)
def test_an_answer_costs_the_same_ten_years_on(
    made: Callable[[ZoneInfo, datetime], Schedule], ask: Callable[[Schedule], object]
) -> None:
    recent = count(lambda zone: ask(made(zone, RECENT)))
    assert recent > 0
    assert count(lambda zone: ask(made(zone, TEN_YEARS_EARLIER))) == recent


def test_who_is_on_call_takes_few_questions() -> None:
    assert count(lambda zone: on_call(weekly_schedule(zone, begun=RECENT), ASKED_AT)) <= 10
    assert count(lambda zone: on_call(office_schedule(zone, begun=RECENT), ASKED_AT, two_overrides())) <= 3 * 30


def test_a_timeline_costs_by_the_segments_it_returns() -> None:
    for days in (7, 70):
        segments = 0

        def draw(zone: CountingZone, days: int = days) -> None:
            nonlocal segments
            made = hourly(zone, TEN_YEARS_EARLIER, 1)
            segments = len(timeline(made, ASKED_AT, ASKED_AT + timedelta(days=days)).rotations[0].final)

        assert count(draw) <= 8 * segments + 40


def test_a_solo_rotation_of_hourly_turns_is_not_walked_to_the_horizon() -> None:
    def ask(zone: CountingZone) -> None:
        made_of = rule(TEN_YEARS_EARLIER, ANN, ANN, every=RotationType.HOURLY)
        standing(schedule(rotation(made_of), zone=zone), ASKED_AT)

    assert count(ask) <= 60


def test_the_bench_measures_what_it_says() -> None:
    year = timeline(office_schedule(ZoneInfo("Europe/Berlin"), begun=RECENT), RECENT, RECENT + timedelta(days=365))
    assert 770 <= sum(len(row.final) for row in year.rotations) <= 790


@pytest.mark.parametrize("who", [NOBODY, ANN])
def test_the_shifts_of_a_year_cost_nothing_where_no_hand_off_changes_anything(who: Participant) -> None:
    def ask(zone: CountingZone) -> None:
        made = schedule(rotation(rule(TEN_YEARS_EARLIER, who, every=RotationType.HOURLY)), zone=zone)
        assert len([*shifts_between(made, ASKED_AT, ASKED_AT + timedelta(days=365))]) == (who is ANN)

    assert count(ask) <= 20


def test_years_of_planned_gaps_are_not_walked_through() -> None:
    nobody = rule(TEN_YEARS_EARLIER, NOBODY, every=RotationType.HOURLY, length=1)
    assert count(lambda zone: standing(schedule(rotation(nobody), zone=zone), ASKED_AT)) <= 20


YEARS = timedelta(days=3 * 365)


def covered(who: Participant, *, until: datetime) -> Override:
    return Override("o", who, ASKED_AT - timedelta(days=1), until, frozenset(), 1)


@pytest.mark.parametrize(
    ("roster", "override", "passes_on"),
    [
        pytest.param((ANN, BOB), covered(CAT, until=ASKED_AT + YEARS), False, id="somebody for years"),
        pytest.param((ANN, BOB), covered(NOBODY, until=ASKED_AT + YEARS), False, id="nobody for years"),
        pytest.param((NOBODY,), covered(ANN, until=ASKED_AT - timedelta(hours=1)), False, id="over, and nobody else"),
        pytest.param((NOBODY,), covered(ANN, until=ASKED_AT + timedelta(days=1)), False, id="and then nobody"),
        pytest.param((ANN,), covered(ANN, until=ASKED_AT + timedelta(days=1)), False, id="who is on call anyway"),
        pytest.param((ANN, BOB), covered(ANN, until=ASKED_AT + timedelta(days=1)), True, id="one has both duties"),
    ],
)
def test_what_nobody_sees_of_hourly_turns_is_not_walked_through(
    roster: tuple[Participant, ...], override: Override, passes_on: bool
) -> None:
    links = [Forwarding("f", "bob", "ann", ASKED_AT - YEARS, ASKED_AT + YEARS, 1)] if passes_on else []

    def ask(zone: CountingZone) -> None:
        made = schedule(rotation(rule(TEN_YEARS_EARLIER, *roster, every=RotationType.HOURLY)), zone=zone)
        standing(made, ASKED_AT, [override], links)

    assert count(ask) <= 80


def test_in_a_long_gap_the_last_cover_is_not_looked_for_turn_by_turn() -> None:
    ended = ASKED_AT - timedelta(days=400)

    def ask(zone: CountingZone) -> None:
        made = schedule(rotation(rule(TEN_YEARS_EARLIER, ANN, BOB, every=RotationType.HOURLY, end=ended)), zone=zone)
        assert standing(made, ASKED_AT).gap_since == ended

    assert count(ask) <= 400


def test_hand_offs_that_change_nobody_are_not_followed_for_ever() -> None:
    """Each of fifty has every hour another of fifty rotations, so that always the same are on call."""
    people = [Participant(ANN.kind, f"user {number}") for number in range(50)]

    def ask(zone: CountingZone) -> None:
        rosters = [(*people[place:], *people[:place]) for place in range(50)]
        rules = [rule(RECENT, *roster, every=RotationType.HOURLY) for roster in rosters]
        made = schedule(*(rotation(each, f"r{place}") for place, each in enumerate(rules)), zone=zone)
        assert next_change(made, ASKED_AT) is None

    assert count(ask) <= 8 * MOST_LOOKED_AT
