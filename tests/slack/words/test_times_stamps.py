"""The time that a note begins with."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.words.times import split_stamp

NOW = datetime(2026, 11, 18, 9, 0, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "when", "rest"),
    [
        ("09:30 paged Ana", "2026-11-18 08:30", "paged Ana"),
        ("10:00 it is ten now", "2026-11-18 09:00", "it is ten now"),
        ("14:05 rolled back", "2026-11-17 13:05", "rolled back"),  # the latest that is not ahead
        ("14:05: rolled  back", "2026-11-17 13:05", "rolled  back"),
        ("9:30 – paged Ana", "2026-11-18 08:30", "paged Ana"),
        ("9:30am, paged Ana", "2026-11-18 08:30", "paged Ana"),
        ("09:30 the pool filled", "2026-11-18 08:30", "the pool filled"),
        ("09:30 on call was paged", "2026-11-18 08:30", "on call was paged"),
        ("yesterday 2pm deploy", "2026-11-17 13:00", "deploy"),
        ("nov 16 14:05 deploy", "2026-11-16 13:05", "deploy"),
        ("2026-11-17 13:00 deploy", "2026-11-17 12:00", "deploy"),
        ("08:05 UTC deploy", "2026-11-18 08:05", "deploy"),
        ("10 min ago it died", "2026-11-18 08:50", "it died"),
        ("at 9 it died", "2026-11-18 08:00", "it died"),
        ("now all is well", "2026-11-18 09:00", "all is well"),
        ("tomorrow 14:05 fixed", "2026-11-19 13:05", "fixed"),  # refused where it is used
        ("14:05", "2026-11-17 13:05", ""),
    ],
)
def test_a_time_at_the_beginning_is_read_and_cut(typed: str, when: str, rest: str) -> None:
    moment, left = split_stamp(typed, NOW, BERLIN)
    assert moment is not None
    assert f"{moment.at:%Y-%m-%d %H:%M}" == when
    assert left == rest


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "rolled back",
        "rolled back at 14:05",
        "friday deploy broke it",
        "2 hours of silence",
        "10 minutes later it failed",
        "3.11 broke the build",
        "1.50 EUR lost",
        "10.0.0.1:8080 died",
        "25:99 is no time",
        "08:00-09:00 nothing",
        "2 nodes left",
        "monday",
    ],
)
def test_what_is_rather_told_than_meant_as_a_time_stays_in_the_note(typed: str) -> None:
    assert split_stamp(typed, NOW, BERLIN) == (None, typed)


@given(note=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_of_the_note_itself_not_a_letter_is_lost(note: str) -> None:
    moment, rest = split_stamp(f"09:30 | {note}", NOW, BERLIN)
    assert moment is not None
    assert rest == f"| {note}"
