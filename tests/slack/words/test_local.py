from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.slack.words.local import day_words, duration_words, spoken

NOW = datetime(2026, 11, 18, 9, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-18T17:00", "today 18:00"),
        ("2026-11-19T08:00", "tomorrow 09:00"),
        ("2026-11-17T13:05", "yesterday 14:05"),
        ("2026-11-18T23:30", "tomorrow 00:30"),
        ("2026-11-20T08:00", "Fri 09:00"),
        ("2026-11-24T08:00", "Tue 09:00"),
        ("2026-11-25T08:00", "Wed 25 Nov 09:00"),
        ("2026-11-16T08:00", "Mon 16 Nov 09:00"),
        ("2026-12-24T08:00", "Thu 24 Dec 09:00"),
        ("2027-12-24T08:00", "Fri 24 Dec 2027 09:00"),
    ],
)
def test_a_moment_is_said_as_short_as_is_clear(at: str, words: str) -> None:
    assert spoken(datetime.fromisoformat(at).replace(tzinfo=UTC), ZoneInfo("Europe/Berlin"), NOW) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=40), "40 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(hours=2, minutes=15), "2 h 15 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1, hours=4, minutes=59), "1 day 4 h"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=-3), "3 days"),
    ],
)
def test_a_duration_is_said_in_at_most_two_units(duration: timedelta, words: str) -> None:
    assert duration_words(duration) == words


def test_a_day_is_said_without_a_leading_nought() -> None:
    assert day_words(date(2026, 12, 3)) == "Thu 3 Dec"
