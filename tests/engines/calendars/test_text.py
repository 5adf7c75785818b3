"""The text of a calendar, held equal to what the library writes of the same values."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.engines.calendars import TAIL, Told, body, head, window
from bot.engines.calendars.entries import Entry
from bot.engines.calendars.text import printable
from bot.engines.calendars.windows import months_later
from bot.engines.rotation import Participant
from bot.vocabulary import ParticipantKind
from tests.engines.calendars.subscriber import lines_of, subscribed
from tests.engines.rotation.worlds import utc

NOW = utc(2026, 11, 18, 9)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)
ODD = 'a, b; c\\n "d": e ,;\\ 🚢👩‍🚒 ראש é'


def told(name: str = "Ann", schedule: str = "Payments", rotation: str = "R", *, cancelled: bool = False) -> Told:
    entry = Entry(
        uid="0" * 54,
        schedule_id="s",
        rotation_id="r",
        start=NOW + timedelta(microseconds=700_000),
        end=NOW + timedelta(hours=1),
        participant=Participant(ParticipantKind.USER, "ann"),
        name=name,
        schedule=schedule,
        rotation=rotation,
    )
    return Told(entry, 3, NOW - timedelta(days=1), NOW if cancelled else None)


def by_the_library(each: Told) -> bytes:
    """The same as icalendar writes it, property by property."""
    event = Event()
    event.add("summary", f"{printable(each.entry.name)} on call: {printable(each.entry.schedule)}")
    event.add("description", f"Rotation: {printable(each.entry.rotation)}")
    for name, at in (("dtstart", each.entry.start), ("dtend", each.entry.end), ("dtstamp", each.changed_at)):
        event.add(name, at)
    event.add("uid", f"{each.entry.uid}@watchbill")
    event.add("sequence", each.sequence)
    event.add("last-modified", each.changed_at)
    event.add("status", "CANCELLED" if each.cancelled_at else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return bytes(event.to_ical(sorted=False))


@pytest.mark.parametrize("cancelled", [False, True])
@pytest.mark.parametrize("name", ["Ann", ODD, "🚢" * 40, "x" * 200, ODD * 9])
def test_an_entry_is_what_the_library_writes(name: str, cancelled: bool) -> None:
    each = told(name, schedule=name, rotation=name, cancelled=cancelled)
    assert body([each], own=False) == by_the_library(each)


@seed(3)
@settings(max_examples=60, database=None, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_is_read_back_as_it_was_but_for_what_no_calendar_holds(name: str, schedule: str) -> None:
    text = head(schedule) + body([told(name, schedule)], own=False) + TAIL
    assert max(map(len, lines_of(text))) <= 75
    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["summary"]) == printable(f"{name} on call: {schedule}")
    [shown] = subscribed(text)
    assert shown.sequence == 3 and shown.start == NOW


def test_it_says_how_often_to_look_again_and_what_it_is_called() -> None:
    lines = [line.decode() for line in lines_of(head(ODD) + TAIL)]
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:PUBLISH", "CALSCALE:GREGORIAN"} <= set(lines)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines and "X-PUBLISHED-TTL:PT1H" in lines
    name = "".join(lines).partition("X-WR-CALNAME:")[2]
    assert name.startswith('a\\, b\\; c\\\\n "d": e \\,\\;\\\\ 🚢')


def test_somebodys_own_are_told_without_their_name_and_with_whom_they_stand_for() -> None:
    mine = body([told()], own=True).decode()
    assert "SUMMARY:On call: Payments\r\n" in mine and "Ann" not in mine
    team = Participant(ParticipantKind.TEAM, "ops")
    through = told("Ops")
    entry = Entry(**{field: getattr(through.entry, field) for field in Entry.__slots__} | {"participant": team})
    assert "DESCRIPTION:The team Ops is on call. Rotation: R\r\n" in body([Told(entry, 0, NOW)], own=True).decode()
    assert "SUMMARY:The team Ops on call: Payments\r\n" in body([Told(entry, 0, NOW)], own=False).decode()


@pytest.mark.parametrize(
    ("at", "count", "then"),
    [
        (utc(2026, 3, 31), -1, utc(2026, 2, 28)),
        (utc(2028, 2, 29), 12, utc(2029, 2, 28)),
        (utc(2026, 12, 31), 2, utc(2027, 2, 28)),
        (utc(2026, 1, 1), -1, utc(2025, 12, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(at: datetime, count: int, then: datetime) -> None:
    assert months_later(at, count) == then


def test_a_calendar_reaches_as_far_all_day_long() -> None:
    span = window(NOW, months_ahead=12)
    assert span == window(NOW.replace(hour=23, minute=59), months_ahead=12)
    assert (span.since, span.until) == (utc(2026, 10, 18), utc(2027, 11, 19))
    assert span.drawn_from < span.since and span.until < span.drawn_to
    assert window(NOW, months_ahead=3).drawn_to == span.drawn_to
