"""What people type as a window or a day, on Wednesday 18 November 2026 at 10:20 in Berlin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.slack.words.times import read_date, read_end, read_range

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 9, 20, tzinfo=UTC)


def local(text: str, now: datetime = NOW) -> str:
    found = read_range(text, now, BERLIN)
    start, end = found.start.astimezone(BERLIN), found.end.astimezone(BERLIN)
    return f"{start:%Y-%m-%d %H:%M} {end:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fri 18:00", "2026-11-20 18:00"),
        ("fri", "2026-11-21 00:00"),
        ("wed", "2026-11-19 00:00"),
        ("today", "2026-11-19 00:00"),
        ("2026-12-24", "2026-12-25 00:00"),
        ("24 dec", "2026-12-25 00:00"),
        ("next week", "2026-11-30 00:00"),
        ("2027-03-28", "2027-03-29 00:00"),
        ("in 3 days", "2026-11-22 00:00"),
        ("in 3h", "2026-11-18 13:20"),
    ],
)
def test_a_day_lasts_until_its_end_where_an_end_is_meant(text: str, expected: str) -> None:
    assert f"{read_end(text, NOW, BERLIN).astimezone(BERLIN):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize("text", ["", "banana", "feb 30", "9999-01-01"])
def test_what_is_no_time_is_no_end(text: str) -> None:
    with pytest.raises(Unreadable):
        read_end(text, NOW, BERLIN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thu 18:00-22:00", "2026-11-19 18:00 2026-11-19 22:00"),
        ("thu 18:00 - 22:00", "2026-11-19 18:00 2026-11-19 22:00"),
        ("thu 18:00–22:00", "2026-11-19 18:00 2026-11-19 22:00"),
        ("thu\u00a018:00\u00a0—\u00a022:00", "2026-11-19 18:00 2026-11-19 22:00"),
        ("“thu 18:00-22:00”", "2026-11-19 18:00 2026-11-19 22:00"),
        ("fri-mon", "2026-11-20 09:00 2026-11-23 09:00"),
        ("fri to mon", "2026-11-20 09:00 2026-11-23 09:00"),
        ("fri 18:00 - sun 20:00", "2026-11-20 18:00 2026-11-22 20:00"),
        ("fri 18:00 to mon", "2026-11-20 18:00 2026-11-23 09:00"),
        ("from fri 9am until mon 9am", "2026-11-20 09:00 2026-11-23 09:00"),
        ("fri-fri", "2026-11-20 09:00 2026-11-27 09:00"),
        ("mon 9:00 - mon 9:00", "2026-11-23 09:00 2026-11-30 09:00"),
        ("18:00-22:00", "2026-11-18 18:00 2026-11-18 22:00"),
        ("18:00..22:00", "2026-11-18 18:00 2026-11-18 22:00"),
        ("18:00->22:00", "2026-11-18 18:00 2026-11-18 22:00"),
        ("22:00-06:00", "2026-11-18 22:00 2026-11-19 06:00"),
        ("fri 22:00 to 6:00", "2026-11-20 22:00 2026-11-21 06:00"),
        ("fri 22-6", "2026-11-20 22:00 2026-11-21 06:00"),
        ("18:00-22:00 fri", "2026-11-20 18:00 2026-11-20 22:00"),
        ("from 9 to 17 on 24 dec", "2026-12-24 09:00 2026-12-24 17:00"),
        ("22:00-6:00 tomorrow", "2026-11-19 22:00 2026-11-20 06:00"),
        ("18:00 to fri 22:00", "2026-11-18 18:00 2026-11-20 22:00"),
        ("09:00-11:00", "2026-11-18 09:00 2026-11-18 11:00"),
        ("08:00-09:00", "2026-11-19 08:00 2026-11-19 09:00"),
        ("wed 9-12", "2026-11-18 09:00 2026-11-18 12:00"),
        ("wed 8-9", "2026-11-25 08:00 2026-11-25 09:00"),
        ("fri 9-5pm", "2026-11-20 09:00 2026-11-20 17:00"),
        ("fri 5-8pm", "2026-11-20 17:00 2026-11-20 20:00"),
        ("fri 12-1pm", "2026-11-20 12:00 2026-11-20 13:00"),
        ("9-11am", "2026-11-18 09:00 2026-11-18 11:00"),
        ("9am-5pm", "2026-11-18 09:00 2026-11-18 17:00"),
        ("2h", "2026-11-18 10:20 2026-11-18 12:20"),
        ("for 2h", "2026-11-18 10:20 2026-11-18 12:20"),
        ("two hours", "2026-11-18 10:20 2026-11-18 12:20"),
        ("1w", "2026-11-18 10:20 2026-11-25 10:20"),
        ("tomorrow 18:00 for 2h", "2026-11-19 18:00 2026-11-19 20:00"),
        ("09:00 for 2h", "2026-11-18 09:00 2026-11-18 11:00"),
        ("08:00 for 2h", "2026-11-19 08:00 2026-11-19 10:00"),
        ("in 2h for 1h", "2026-11-18 12:20 2026-11-18 13:20"),
        ("now to 18:00", "2026-11-18 10:20 2026-11-18 18:00"),
        ("now until mon 9am", "2026-11-18 10:20 2026-11-23 09:00"),
        ("until mon 9am", "2026-11-18 10:20 2026-11-23 09:00"),
        ("today 18:00 to tomorrow 9am", "2026-11-18 18:00 2026-11-19 09:00"),
        ("tomorrow 18:00 to tomorrow 22:00", "2026-11-19 18:00 2026-11-19 22:00"),
        ("yesterday 14:00-15:00", "2026-11-17 14:00 2026-11-17 15:00"),
        ("2026-12-24 - 2026-12-26", "2026-12-24 09:00 2026-12-26 09:00"),
        ("2026-12-24-2026-12-26", "2026-12-24 09:00 2026-12-26 09:00"),
        ("2026-12-24 09:00-17:00", "2026-12-24 09:00 2026-12-24 17:00"),
        ("2026-12-24T09:00Z to 2026-12-24T11:00Z", "2026-12-24 10:00 2026-12-24 12:00"),
        ("24 dec - 2 jan", "2026-12-24 09:00 2027-01-02 09:00"),
        ("1 nov - 1 dec", "2026-11-01 09:00 2026-12-01 09:00"),
        ("1 nov - 5 nov", "2027-11-01 09:00 2027-11-05 09:00"),
        ("<!date^1795000000^{time}|a - b> to <!date^1795003600^{time}|c>", "2026-11-18 12:06 2026-11-18 13:06"),
        ("thu", "2026-11-19 00:00 2026-11-20 00:00"),
        ("wed", "2026-11-18 00:00 2026-11-19 00:00"),
        ("2026-12-24", "2026-12-24 00:00 2026-12-25 00:00"),
        ("today", "2026-11-18 10:20 2026-11-19 00:00"),
        ("next week", "2026-11-23 00:00 2026-11-30 00:00"),
        ("18:00-22:00 UTC", "2026-11-18 19:00 2026-11-18 23:00"),
        ("18:00 UTC - 22:00", "2026-11-18 19:00 2026-11-18 23:00"),
        ("9am America/New_York to 5pm Europe/Berlin", "2026-11-18 15:00 2026-11-18 17:00"),
    ],
)
def test_a_range_is_read_as_its_writer_meant_it(text: str, expected: str) -> None:
    assert local(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "banana", "fri to banana", "banana to fri", "now - 2h", "2h to 4h", "dec 20-22", "9-17", "25:00-26:00"),
        *("fri 18:00", "from fri", "tonight", "2026", "-", "to", "until", "for", "for banana", "a-b", "fri 18:00 + 2h"),
        *("tomorrow to today", "2026-12-26 to 2026-12-24", "fri 18:00 - fri 9:00", "2026-12-24T09:00-05:00"),
        *("feb 30 - mar 2", "2100-12-31 18:00 to 23:59 banana", "9999999d", "fri for 999999d", "until yesterday"),
        *("18:00-22:00 IST", "fri-fri-fri", "24 dec - 24 dec", "24 dec 18:00 - 24 dec 9:00", "2100-12-31 for 2d"),
    ],
)
def test_what_is_not_surely_a_range_is_refused_with_something_to_type(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_range(text, NOW, BERLIN)
    assert refused.value.sentence.endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("thu 18:00-22:00", "Thu 19 Nov 18:00 to 22:00, 4 h (Europe/Berlin)"),
        ("fri-mon", "Fri 20 Nov 09:00 to Mon 23 Nov 09:00, 3 days (Europe/Berlin; no hour given, so 09:00)"),
        (
            "9am America/New_York to 5pm Europe/Berlin",
            "Wed 18 Nov 09:00 America/New_York to Wed 18 Nov 17:00, 2 h (Europe/Berlin)",
        ),
        (
            "thu",
            "Thu 19 Nov 00:00 to Fri 20 Nov 00:00, 1 day (Europe/Berlin; no hours given, so from midnight to midnight)",
        ),
    ],
)
def test_what_was_understood_names_both_ends_the_length_and_the_zone(text: str, understood: str) -> None:
    assert read_range(text, NOW, BERLIN).understood == understood


def test_an_end_that_is_missing_or_too_early_is_named() -> None:
    with pytest.raises(Unreadable, match="Until when"):
        read_range("fri 18:00", NOW, BERLIN)
    with pytest.raises(Unreadable, match=r"end \(Fri 20 Nov 09:00\) before it starts \(Fri 20 Nov 18:00\)"):
        read_range("fri 18:00 - fri 9:00", NOW, BERLIN)
    with pytest.raises(Unreadable, match=r"end \(Fri 20 Nov 18:00\) as it starts\."):
        read_range("2026-11-20 18:00 to 2026-11-20 18:00", NOW, BERLIN)


def test_a_night_is_as_long_as_the_zone_makes_it() -> None:
    spring = datetime(2027, 3, 27, 12, tzinfo=UTC)
    found = read_range("22:00-06:00", spring, BERLIN)
    assert found.end - found.start == timedelta(hours=7)
    whole = read_range("tomorrow", spring, BERLIN)
    assert whole.end - whole.start == timedelta(hours=23)


_WORDS = st.sampled_from(
    [
        *("fri", "mon", "today", "tomorrow", "now", "9", "17", "9am", "18:00", "22:00", "2h", "24", "dec", "jan", "in"),
        *("2026-12-24", "2100-12-31", "-", "–", "to", "until", "for", "from", "next", "week", "UTC", "banana", "31"),
        *("Pacific/Apia", "1970-01-01", "months", "yesterday"),
    ]
)
_TEXTS = st.one_of(st.text(max_size=30), st.lists(_WORDS, max_size=8).map(" ".join))


@settings(max_examples=400, derandomize=True, deadline=None)
@given(_TEXTS)
def test_any_text_is_a_range_with_a_length_the_same_twice_or_refused(text: str) -> None:
    def answer() -> object:
        try:
            found = read_range(text, NOW, BERLIN)
        except Unreadable as refused:
            return refused.sentence
        assert found.start < found.end
        return found

    assert answer() == answer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fri", "2026-11-20"),
        ("until fri", "2026-11-20"),
        ("by friday", "2026-11-20"),
        ("wed", "2026-11-25"),
        ("next friday", "2026-11-20"),
        ("next week", "2026-11-23"),
        ("today", "2026-11-18"),
        ("tomorrow", "2026-11-19"),
        ("in 3 days", "2026-11-21"),
        ("3 days", "2026-11-21"),
        ("3d", "2026-11-21"),
        ("in two weeks", "2026-12-02"),
        ("in two months", "2027-01-18"),
        ("next month", "2026-12-18"),
        ("2026-12-24", "2026-12-24"),
        ("24 dec", "2026-12-24"),
        ("thu 24 dec", "2026-12-24"),
        ("1 nov", "2027-11-01"),
        ("18 nov", "2027-11-18"),
        ("2026‑12‑24", "2026-12-24"),
        ("2025-01-01", "2025-01-01"),
    ],
)
def test_a_day_is_read_as_its_writer_meant_it(text: str, expected: str) -> None:
    assert read_date(text, NOW, BERLIN).isoformat() == expected


def test_today_is_the_day_in_the_zone_of_who_types() -> None:
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    assert read_date("today", late, BERLIN).isoformat() == "2026-11-19"


@pytest.mark.parametrize(
    "text", ["", "banana", "2h", "in 2 hours", "fri 9am", "now", "18:00", "99999 days", "fri 24 dec", "feb 30", "3"]
)
def test_what_is_not_one_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text, NOW, BERLIN)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(_TEXTS)
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        day = read_date(text, NOW, BERLIN)
    except Unreadable:
        return
    assert 1970 <= day.year <= 2100
