from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.lifecycle.due import (
    days_overdue,
    draft_due,
    is_working_day,
    overdue_if_due_before,
    review_due,
    working_day_after,
    working_day_before,
)

BERLIN = ZoneInfo("Europe/Berlin")
AUCKLAND = ZoneInfo("Pacific/Auckland")
MONDAY = date(2026, 3, 2)
FRIDAY = MONDAY + timedelta(days=4)
SATURDAY = MONDAY + timedelta(days=5)
SUNDAY = MONDAY + timedelta(days=6)
NEXT_MONDAY = MONDAY + timedelta(days=7)

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (MONDAY, 1, MONDAY + timedelta(days=1)),
        (MONDAY, 5, NEXT_MONDAY),
        (FRIDAY, 1, NEXT_MONDAY),
        (SATURDAY, 1, NEXT_MONDAY),
        (SUNDAY, 5, NEXT_MONDAY + timedelta(days=4)),
        (SATURDAY, 0, SATURDAY),
    ],
)
def test_working_days_are_counted_from_monday_to_friday(start: date, count: int, end: date) -> None:
    assert working_day_after(start, count) == end


def test_the_working_day_before_monday_or_a_weekend_is_friday() -> None:
    assert [working_day_before(day) for day in (NEXT_MONDAY, SUNDAY, SATURDAY)] == [FRIDAY] * 3


def test_a_draft_is_due_working_days_after_its_incident_ended() -> None:
    due = draft_due(made=at(MONDAY), incident_ended=at(FRIDAY), zone=BERLIN, working_days=5)
    assert due == FRIDAY + timedelta(days=7)


def test_a_draft_is_due_after_it_was_made_while_its_incident_has_no_end() -> None:
    assert draft_due(made=at(MONDAY), incident_ended=None, zone=BERLIN, working_days=5) == NEXT_MONDAY


def test_the_owners_zone_decides_on_which_day_it_began() -> None:
    late = at(MONDAY, 23)
    assert draft_due(made=late, incident_ended=None, zone=AUCKLAND, working_days=1) == MONDAY + timedelta(days=2)
    assert draft_due(made=late, incident_ended=None, zone=ZoneInfo("UTC"), working_days=1) == MONDAY + timedelta(days=1)


def test_a_review_is_due_two_working_days_after_it_was_asked_for() -> None:
    assert review_due(asked=at(FRIDAY), zone=BERLIN) == NEXT_MONDAY + timedelta(days=1)


def test_a_day_chosen_in_the_form_wins_even_on_a_weekend() -> None:
    assert draft_due(made=at(MONDAY), incident_ended=None, zone=BERLIN, working_days=5, chosen=SUNDAY) == SUNDAY
    assert review_due(asked=at(MONDAY), zone=BERLIN, chosen=SATURDAY) == SATURDAY


@pytest.mark.parametrize(
    ("due", "today", "overdue"),
    [
        (FRIDAY, MONDAY, 0),
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, SUNDAY, 0),
        (FRIDAY, NEXT_MONDAY, 1),
        (SATURDAY, SUNDAY, 0),
        (SATURDAY, NEXT_MONDAY, 1),
        (MONDAY, NEXT_MONDAY, 5),
        (MONDAY, NEXT_MONDAY + timedelta(days=7), 10),
    ],
)
def test_overdue_begins_the_next_working_day(due: date, today: date, overdue: int) -> None:
    assert days_overdue(due, today) == overdue


@settings(max_examples=60, derandomize=True, deadline=None)
@given(day=days, count=st.integers(1, 40))
def test_days_overdue_undoes_working_day_after(day: date, count: int) -> None:
    later = working_day_after(day, count)
    assert is_working_day(later)
    assert days_overdue(day, later) == count
    assert days_overdue(day, later - timedelta(days=1)) == count - 1
    assert working_day_before(working_day_after(day, 1)) <= day


@pytest.mark.parametrize("today", [date(2026, 11, 16) + timedelta(days=each) for each in range(7)])
def test_one_day_parts_what_is_overdue_from_what_is_not(today: date) -> None:
    parting = overdue_if_due_before(today)
    for days in range(-10, 10):
        due = today + timedelta(days=days)
        assert (days_overdue(due, today) > 0) == (due < parting)
