"""What people type as a moment, and what it means on Wednesday 18 November 2026 at 10:20 in Berlin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.slack.words.local import spoken
from bot.slack.words.times import Direction, read_moment, split_moment

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 18, 9, 20, tzinfo=UTC)


def local(text: str, direction: Direction = "future", zone: ZoneInfo = BERLIN, now: datetime = NOW) -> str:
    return f"{read_moment(text, now, zone, direction=direction).at.astimezone(zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-18 10:20"),
        ("right now", "2026-11-18 10:20"),
        ("today", "2026-11-18 10:20"),
        ("today 18:00", "2026-11-18 18:00"),
        ("today at 18", "2026-11-18 18:00"),
        ("TODAY 6PM", "2026-11-18 18:00"),
        ("today 9", "2026-11-18 09:00"),
        ("tomorrow", "2026-11-19 09:00"),
        ("tomorrow 9am", "2026-11-19 09:00"),
        ("tomorrow at 9", "2026-11-19 09:00"),
        ("tomorrow 9:30", "2026-11-19 09:30"),
        ("tomorrow noon", "2026-11-19 12:00"),
        ("tomorrow morning", "2026-11-19 09:00"),
        ("9 a.m. tomorrow", "2026-11-19 09:00"),
        ("tomorrow, 9 am", "2026-11-19 09:00"),
        ("tomorrow @ 9", "2026-11-19 09:00"),
        ("tomorrow 9 o'clock", "2026-11-19 09:00"),
        ("day after tomorrow", "2026-11-20 09:00"),
        ("the day after tomorrow at 8", "2026-11-20 08:00"),
        ("yesterday 14:05", "2026-11-17 14:05"),
        ("day before yesterday 14:05", "2026-11-16 14:05"),
        ("tonight", "2026-11-18 20:00"),
        ("tonight at 10", "2026-11-18 22:00"),
        ("tonight 2am", "2026-11-19 02:00"),
        ("tonight at midnight", "2026-11-19 00:00"),
        ("this evening", "2026-11-18 18:00"),
        ("fri 18:00", "2026-11-20 18:00"),
        ("fri 18", "2026-11-20 18:00"),
        ("fri 1800", "2026-11-20 18:00"),
        ("Fri. 18:00", "2026-11-20 18:00"),
        ("friday", "2026-11-20 09:00"),
        ("monday", "2026-11-23 09:00"),
        ("mon 9", "2026-11-23 09:00"),
        ("tues 9", "2026-11-24 09:00"),
        ("thurs 9", "2026-11-19 09:00"),
        ("wed 18:00", "2026-11-18 18:00"),
        ("wed 9:00", "2026-11-25 09:00"),
        ("wed", "2026-11-25 09:00"),
        ("this friday 9", "2026-11-20 09:00"),
        ("on friday at 9", "2026-11-20 09:00"),
        ("18:00 on fri", "2026-11-20 18:00"),
        ("next friday 9", "2026-11-20 09:00"),
        ("next wednesday 18:00", "2026-11-25 18:00"),
        ("friday next week 9", "2026-11-27 09:00"),
        ("next week", "2026-11-23 09:00"),
        ("next week tue 9", "2026-11-24 09:00"),
        ("last monday 10:00", "2026-11-16 10:00"),
        ("last wednesday 10:00", "2026-11-11 10:00"),
        ("2h", "2026-11-18 12:20"),
        ("in 2h", "2026-11-18 12:20"),
        ("in 2 hours", "2026-11-18 12:20"),
        ("in two hours", "2026-11-18 12:20"),
        ("in an hour", "2026-11-18 11:20"),
        ("2h from now", "2026-11-18 12:20"),
        ("2h30", "2026-11-18 12:50"),
        ("1h 30m", "2026-11-18 11:50"),
        ("1 hour and 30 minutes", "2026-11-18 11:50"),
        ("1.5h", "2026-11-18 11:50"),
        ("90m", "2026-11-18 11:50"),
        ("90 min", "2026-11-18 11:50"),
        ("half an hour ago", "2026-11-18 09:50"),
        ("1d", "2026-11-19 10:20"),
        ("1w", "2026-11-25 10:20"),
        ("in 3 days", "2026-11-21 10:20"),
        ("in 3 days 9am", "2026-11-21 09:00"),
        ("2h ago", "2026-11-18 08:20"),
        ("2 weeks ago 14:00", "2026-11-04 14:00"),
        ("in 2 months", "2027-01-18 10:20"),
        ("a month ago at 9am", "2026-10-18 09:00"),
        ("a fortnight ago", "2026-11-04 10:20"),
        ("next month", "2026-12-18 10:20"),
        ("2026-12-24 09:00", "2026-12-24 09:00"),
        ("2026-12-24 9", "2026-12-24 09:00"),
        ("2026-12-24", "2026-12-24 09:00"),
        ("2026/12/24 09:00", "2026-12-24 09:00"),
        ("2026-12-24T09:00", "2026-12-24 09:00"),
        ("2026-12-24T09:00:30", "2026-12-24 09:00"),
        ("2026-12-24T09:00Z", "2026-12-24 10:00"),
        ("2026-12-24 09:00Z", "2026-12-24 10:00"),
        ("2026-12-24T09:00:00.000Z", "2026-12-24 10:00"),
        ("2026-12-24T09:00+05:30", "2026-12-24 04:30"),
        ("2026-12-24T09:00-0500", "2026-12-24 15:00"),
        ("24.12.2026 9:00", "2026-12-24 09:00"),
        ("24 dec 9:00", "2026-12-24 09:00"),
        ("dec 24 9am", "2026-12-24 09:00"),
        ("dec 24 9", "2026-12-24 09:00"),
        ("dec 24th", "2026-12-24 09:00"),
        ("24 dec 2027 9:00", "2027-12-24 09:00"),
        ("24th of december, 2026, 9 o'clock", "2026-12-24 09:00"),
        ("December 24, 2026 9:00 PM", "2026-12-24 21:00"),
        ("thu 24 dec 18:00", "2026-12-24 18:00"),
        ("Thursday, 24 December 2026, 18:00", "2026-12-24 18:00"),
        ("thu 2026-12-24 18:00", "2026-12-24 18:00"),
        ("9am on dec 24", "2026-12-24 09:00"),
        ("1 nov", "2027-11-01 09:00"),
        ("29 feb", "2028-02-29 09:00"),
        ("9am", "2026-11-19 09:00"),
        ("१०:२०", "2026-11-18 10:20"),
        ("9 pm", "2026-11-18 21:00"),
        ("12am", "2026-11-19 00:00"),
        ("12pm", "2026-11-18 12:00"),
        ("18:00", "2026-11-18 18:00"),
        ("10:20", "2026-11-18 10:20"),
        ("10:19", "2026-11-19 10:19"),
        ("9.30", "2026-11-19 09:30"),
        ("at 9", "2026-11-19 09:00"),
        ("noon", "2026-11-18 12:00"),
        ("midnight", "2026-11-19 00:00"),
        ("24:00", "2026-11-19 00:00"),
        ("fri 24:00", "2026-11-21 00:00"),
        ("1795000000", "2026-11-18 12:06"),
        ("1795000000.123456", "2026-11-18 12:06"),
        ("<!date^1795000000^{date_num} at {time}|2026-11-18 12:06 - x>", "2026-11-18 12:06"),
        ("fri 18:00 UTC", "2026-11-20 19:00"),
        ("fri 18:00 gmt", "2026-11-20 19:00"),
        ("fri 18:00 Europe/Berlin", "2026-11-20 18:00"),
        ("9am America/New_York", "2026-11-18 15:00"),
        ("9am america/new_york", "2026-11-18 15:00"),
        ("9am PST", "2026-11-18 18:00"),
        ("18:00 (CET)", "2026-11-18 18:00"),
        ("fri 18:00 my time", "2026-11-20 18:00"),
        ("fri\u00a018:00", "2026-11-20 18:00"),
        ("“tomorrow 9am”", "2026-11-19 09:00"),
        ("tomorrow\u200b 9am", "2026-11-19 09:00"),
        ("2026‑12‑24 09:00", "2026-12-24 09:00"),
        ("２０２６－１２－２４ ０９：００", "2026-12-24 09:00"),
        ("  fri   18:00?  ", "2026-11-20 18:00"),
    ],
)
def test_a_moment_is_read_as_its_writer_meant_it(text: str, expected: str) -> None:
    assert local(text) == expected


@pytest.mark.parametrize(
    ("text", "past", "either"),
    [
        ("9:00", "2026-11-18 09:00", "2026-11-18 09:00"),
        ("18:00", "2026-11-17 18:00", "2026-11-18 18:00"),
        ("fri 18:00", "2026-11-13 18:00", "2026-11-20 18:00"),
        ("wed 9", "2026-11-18 09:00", "2026-11-18 09:00"),
        ("1 nov", "2026-11-01 09:00", "2026-11-01 09:00"),
        ("24 dec", "2025-12-24 09:00", "2026-12-24 09:00"),
        ("2h", "2026-11-18 08:20", "2026-11-18 12:20"),
        ("2 months", "2026-09-18 10:20", "2027-01-18 10:20"),
        ("in 2h", "2026-11-18 12:20", "2026-11-18 12:20"),
        ("tomorrow 9", "2026-11-19 09:00", "2026-11-19 09:00"),
    ],
)
def test_a_direction_moves_only_what_names_no_single_moment(text: str, past: str, either: str) -> None:
    assert (local(text, "past"), local(text, "any")) == (past, either)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "banana",
            "a",
            "the",
            "2026",
            "9",
            "25:00",
            "24:01",
            "12:60",
            "13pm",
            "0am",
            "tomorrow 25",
            "fri 25",
        ),
        *("feb 30 9am", "30 feb", "2026-02-29", "2026-13-01", "2026-00-10", "31 apr", "0 dec", "tomorow 9am"),
        *("tomorrow 9pm pm", "tomorrow 9 10", "fri sat", "next", "next banana", "last", "this", "in", "ago", "in ago"),
        *("in 2h ago", "2h 3h", "0h", "99999d", "in 9999 years", "1969-12-31", "2101-01-01", "3000-01-01 09:00"),
        *("24 dec 1800", "fri 24 dec 18:00", "fri 24th", "mon 9th", "9am IST", "9am CST", "UTC", "at", "at banana"),
        *("12/11/2026", "2026-12-24T25:00Z", "2026-12-24T09:00+99:00", "jan 2027", "dec 2026", "999999999999"),
        "a banana ago",
        *("<!date^x^y|z>", "morning", "fri 18:00 banana", "<@U1> fri", "x" * 5000, "9" * 300, "²", "٣"),
    ],
)
def test_what_is_not_surely_a_time_is_refused_with_something_to_type(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_moment(text, NOW, BERLIN)
    assert refused.value.sentence.endswith((".", "?"))
    assert len(refused.value.sentence) < 260


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("tomorow 9am", "Did you mean “tomorrow 9am”?"),
        ("firday 18:00", "Did you mean “friday 18:00”?"),
        ("banana", "Type it like fri 18:00"),
        ("feb 30 9am", "February has no day 30"),
        ("fri 24 dec 18:00", "24 December 2026 is a Thursday, not a Friday"),
        ("9am IST", "Asia/Kolkata"),
        ("3000-01-01", "1970 to 2100"),
        ("", "When?"),
    ],
)
def test_a_refusal_says_what_would_have_been_understood(text: str, part: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_moment(text, NOW, BERLIN)
    assert part in refused.value.sentence


@pytest.mark.parametrize(
    ("text", "zone", "utc", "remark"),
    [
        ("2027-03-28 02:30", "Europe/Berlin", "2027-03-28T01:00", "the clocks skip 02:30 that day"),
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:00", "the clocks skip 02:30 that day"),
        ("2026-11-01 01:30", "America/New_York", "2026-11-01T05:30", "01:30 comes twice that day"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03T15:30", "the clocks skip 02:15 that day"),
        ("2027-04-04 01:45", "Australia/Lord_Howe", "2027-04-03T14:45", "01:45 comes twice that day"),
        ("2011-12-30 09:00", "Pacific/Apia", "2011-12-30T10:00", "the clocks skip 09:00 that day"),
    ],
)
def test_skipped_and_repeated_times_are_resolved_and_said(text: str, zone: str, utc: str, remark: str) -> None:
    moment = read_moment(text, NOW, ZoneInfo(zone))
    assert f"{moment.at:%Y-%m-%dT%H:%M}" == utc
    assert remark in moment.understood


def test_hours_are_exact_and_days_keep_the_clock_across_a_change_of_clocks() -> None:
    evening = datetime(2027, 3, 27, 20, tzinfo=UTC)
    assert read_moment("24h", evening, BERLIN).at == evening + timedelta(hours=24)
    assert read_moment("1d", evening, BERLIN).at == evening + timedelta(hours=23)
    assert read_moment("in one day", evening, BERLIN).at == evening + timedelta(hours=23)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("fri 18", "Fri 20 Nov 18:00 (Europe/Berlin)"),
        ("monday", "Mon 23 Nov 09:00 (Europe/Berlin; no hour given, so 09:00)"),
        ("24 dec 2027 9:00", "Fri 24 Dec 2027 09:00 (Europe/Berlin)"),
        ("9am America/New_York", "Wed 18 Nov 09:00 (America/New_York)"),
        ("2026-12-24T09:00Z", "Thu 24 Dec 10:00 (Europe/Berlin)"),
        ("today", "Wed 18 Nov 10:20 (Europe/Berlin; no hour given, so now)"),
    ],
)
def test_what_was_understood_names_date_zone_and_what_was_assumed(text: str, understood: str) -> None:
    assert read_moment(text, NOW, BERLIN).understood == understood


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("fri 18:00 payments", "2026-11-20 18:00", "payments"),
        ("payments fri 18:00", "2026-11-20 18:00", "payments"),
        ("fri 18 UTC Zürich  Night", "2026-11-20 19:00", "Zürich Night"),
        ("2h Payments “EU”", "2026-11-18 12:20", "Payments “EU”"),
        ("yesterday 14:05 2nd line", "2026-11-17 14:05", "2nd line"),
        ("monday", "2026-11-23 09:00", ""),
    ],
)
def test_a_moment_is_split_from_the_words_beside_it(text: str, expected: str, rest: str) -> None:
    moment, words = split_moment(text, NOW, BERLIN)
    assert (f"{moment.at.astimezone(BERLIN):%Y-%m-%d %H:%M}", words) == (expected, rest)


@pytest.mark.parametrize(
    "text", ["", "payments", "tomorrow 25:00", "fri 9 10", "feb 30 9am payments", "tomorow payments"]
)
def test_no_moment_is_split_off_where_a_piece_of_time_would_be_left(text: str) -> None:
    with pytest.raises(Unreadable):
        split_moment(text, NOW, BERLIN)


_WORDS = st.sampled_from(
    [
        *("now", "today", "tomorrow", "yesterday", "tonight", "fri", "mon", "next", "last", "this", "week", "month"),
        *("in", "ago", "at", "9", "18", "25", "9am", "18:00", "24:00", "2h", "90m", "3", "days", "31", "feb", "dec"),
        *("24th", "2026", "2026-12-24", "2100-12-31", "1970-01-01", "a", "two", "-", "to", "for", "until", "noon"),
        *("UTC", "Europe/Berlin", "IST", "Z", ".", ",", "<!date^1^x>"),
    ]
)
_TEXTS = st.one_of(st.text(max_size=40), st.lists(_WORDS, max_size=7).map(" ".join))
_ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]).map(
    ZoneInfo
)
_DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(["future", "past", "any"])


@settings(max_examples=400, derandomize=True, deadline=None)
@given(_TEXTS, _ZONES, _DIRECTIONS)
def test_any_text_is_read_the_same_twice_or_refused(text: str, zone: ZoneInfo, direction: Direction) -> None:
    def answer() -> object:
        try:
            moment, rest = split_moment(text, NOW, zone, direction=direction)
        except Unreadable as refused:
            return refused.sentence
        assert 1970 <= moment.at.year <= 2100
        assert moment.at.tzinfo is UTC
        return moment, rest

    assert answer() == answer()


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.integers(-60 * 24 * 1200, 60 * 24 * 1200), _ZONES)
def test_what_is_spoken_is_read_back(minutes: int, zone: ZoneInfo) -> None:
    at = NOW + timedelta(minutes=minutes)
    read = read_moment(spoken(at, zone, NOW), NOW, zone, direction="any").at
    again = at.astimezone(zone).fold == 1
    assert read == at or again
