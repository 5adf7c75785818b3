"""Which week or month is meant by what is typed behind `week` and `month`."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.engines.pictures import PeriodKind
from bot.errors import Unreadable
from bot.slack.words.periods import split_period

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
NAMES = ("Payments", "Team 2026-11", "Next")


@pytest.mark.parametrize(
    ("kind", "text", "words", "period"),
    [
        (PeriodKind.WEEK, "", "", "2026-W47"),
        (PeriodKind.WEEK, "payments", "payments", "2026-W47"),
        (PeriodKind.WEEK, "next payments", "payments", "2026-W48"),
        (PeriodKind.WEEK, "Payments Last", "Payments", "2026-W46"),
        (PeriodKind.WEEK, "this", "", "2026-W47"),
        (PeriodKind.WEEK, "payments 2026-w48", "payments", "2026-W48"),
        (PeriodKind.WEEK, "payments 2026W01", "payments", "2026-W01"),
        (PeriodKind.WEEK, "2026–12–24", "", "2026-W52"),
        (PeriodKind.WEEK, "2026-12-31 payments", "payments", "2026-W53"),
        (PeriodKind.WEEK, "next", "next", "2026-W47"),
        (PeriodKind.MONTH, "", "", "2026-11"),
        (PeriodKind.MONTH, "next", "next", "2026-11"),
        (PeriodKind.MONTH, "platform 2027-2", "platform", "2027-02"),
        (PeriodKind.MONTH, "platform 2026-12-24", "platform", "2026-12"),
        (PeriodKind.MONTH, "payments last", "payments", "2026-10"),
        (PeriodKind.MONTH, "team 2026-11", "team 2026-11", "2026-11"),
    ],
)
def test_the_period_and_the_name_are_told_apart(kind: PeriodKind, text: str, words: str, period: str) -> None:
    wanted = split_period(kind, text, NAMES)
    assert (wanted.words, wanted.at(NOW, BERLIN).text) == (words, period)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (PeriodKind.WEEK, "payments 2026-W54"),
        (PeriodKind.WEEK, "payments 2026-11"),
        (PeriodKind.WEEK, "payments 2026-13-01"),
        (PeriodKind.MONTH, "payments 2026-W47"),
        (PeriodKind.MONTH, "payments 1999-12"),
        (PeriodKind.MONTH, "2200-01"),
    ],
)
def test_what_is_no_such_period_is_refused(kind: PeriodKind, text: str) -> None:
    with pytest.raises(Unreadable):
        split_period(kind, text, NAMES).at(NOW, BERLIN)


def test_the_present_week_is_that_of_the_schedules_zone() -> None:
    sunday_night = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    wanted = split_period(PeriodKind.WEEK, "", ())
    assert wanted.at(sunday_night, BERLIN).text == "2026-W48"
    assert wanted.at(sunday_night, ZoneInfo("America/New_York")).text == "2026-W47"
