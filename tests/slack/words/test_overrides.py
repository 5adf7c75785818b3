"""Times and a schedule typed in one row."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.slack.words.names import Match, find
from bot.slack.words.overrides import Typed, read_override

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
NAMES = ("Payments", "Platform", "Weekend crew", "24x7")


def read(text: str) -> Typed:
    return read_override(
        text,
        NOW,
        BERLIN,
        is_name=lambda words: isinstance(find(words, NAMES), Match),
        is_whole_name=lambda words: isinstance(found := find(words, NAMES), Match) and not found.guessed,
    )


@pytest.mark.parametrize(
    ("text", "understood", "schedule"),
    [
        ("fri 18:00 to mon 9am payments", "Fri 20 Nov 18:00 to Mon 23 Nov 09:00", "payments"),
        ("payments fri 18:00 to mon 9am", "Fri 20 Nov 18:00 to Mon 23 Nov 09:00", "payments"),
        ("fri 18:00 to mon 9am", "Fri 20 Nov 18:00 to Mon 23 Nov 09:00", ""),
        ("now for 2h pay", "Wed 18 Nov 10:00 to 12:00", "pay"),
        ("2h", "Wed 18 Nov 10:00 to 12:00", ""),
        ("tomorrow 9-17 paymets", "Thu 19 Nov 09:00 to 17:00", "paymets"),
        ("18:00-22:00 fri payments", "Fri 20 Nov 18:00 to 22:00", "payments"),
        ("thu weekend crew", "Thu 19 Nov 00:00 to Fri 20 Nov 00:00", "weekend crew"),
        ("tomorrow 9-17 24x7", "Thu 19 Nov 09:00 to 17:00", "24x7"),
        ("fri 18:00 to sat 9am America/New_York payments", "Fri 20 Nov 18:00 to Sat 21 Nov 09:00", "payments"),
        ("fri 18:00 to mon 9am zebra crossing", "Fri 20 Nov 18:00 to Mon 23 Nov 09:00", "zebra crossing"),
    ],
)
def test_times_and_name_are_told_apart(text: str, understood: str, schedule: str) -> None:
    typed = read(text)
    assert typed.window and typed.window.understood.startswith(understood)
    assert typed.schedule == schedule


@pytest.mark.parametrize(
    ("text", "fault", "schedule", "start"),
    [
        ("", "When?", "", None),
        ("payments", "When?", "payments", None),
        ("fri 18:00 payments", "Until when? I read only a start, Fri 20 Nov 18:00.", "payments", 17),
        ("tomorrow 25:00 payments", "I cannot read “tomorrow 25:00” as a time.", "payments", None),
        ("fri payments 18:00-22:00", "I cannot read “fri payments 18:00-22:00” as a time.", "", None),
        ("banana split", "I cannot read “banana split” as a time.", "", None),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(text: str, fault: str, schedule: str, start: int | None) -> None:
    typed = read(text)
    assert typed.window is None
    assert typed.fault.startswith(fault)
    assert typed.schedule == schedule
    assert (typed.start and typed.start.hour) == start
