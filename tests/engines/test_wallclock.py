"""Skipped and repeated times, in named zones and in all of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.engines.wallclock import resolve, resolve_last, to_local, zone_named
from bot.errors import Unreadable
from tests.engines.rotation.oracle import first_reading, last_reading, spans_of


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "reads", "first", "last"),
    [
        ("Europe/Berlin", "2026-01-05 09:00", "2026-01-05 08:00", "2026-01-05 08:00"),
        ("Europe/Berlin", "2026-03-29 01:59", "2026-03-29 00:59", "2026-03-29 00:59"),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:00", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", "2026-10-25 01:30"),
        ("Europe/Berlin", "2026-10-25 03:00", "2026-10-25 02:00", "2026-10-25 02:00"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:00", "2026-03-08 07:00"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", "2026-11-01 06:30"),
        ("Asia/Kolkata", "2026-03-29 02:30", "2026-03-28 21:00", "2026-03-28 21:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30", "2026-10-03 15:30"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", "2026-04-04 15:15"),
        ("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15 01:30", "2026-02-15 02:30"),
        ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22 02:00", "2026-03-22 02:00"),
        ("Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00", "2011-12-30 10:00"),
        ("Pacific/Apia", "2011-12-30 23:59", "2011-12-30 10:00", "2011-12-30 10:00"),
        ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00", "2011-12-30 10:00"),
    ],
)
def test_a_reading_of_the_clock_is_the_instant_it_means(zone: str, reads: str, first: str, last: str) -> None:
    assert resolve(local(reads), ZoneInfo(zone)) == instant(first)
    assert resolve_last(local(reads), ZoneInfo(zone)) == instant(last)


def test_in_every_zone_readings_keep_their_order_and_mean_what_trying_finds() -> None:
    wrong = []
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        for before, after in list(pairwise(spans_of(zone)))[-2:]:
            readings = [to_local(after[0], zone) + timedelta(minutes=45 * n) for n in range(-36, 37)]
            readings += [to_local(before[1], zone), to_local(after[0] - timedelta(seconds=1), zone)]
            readings.sort()
            firsts = [resolve(one, zone) for one in readings]
            lasts = [resolve_last(one, zone) for one in readings]
            is_right = firsts == [first_reading(one, zone) for one in readings]
            is_right = is_right and lasts == [last_reading(one, zone) for one in readings]
            if not is_right or firsts != sorted(firsts) or lasts != sorted(lasts):
                wrong.append((name, after[0]))
    assert wrong == []


def test_a_local_time_comes_back_from_its_instant_unless_it_was_skipped() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert to_local(resolve(local("2026-10-25 02:30"), berlin), berlin) == local("2026-10-25 02:30")
    assert to_local(resolve(local("2026-03-29 02:30"), berlin), berlin) == local("2026-03-29 03:00")


def test_a_local_time_carries_no_fold() -> None:
    second_pass = to_local(instant("2026-10-25 01:30"), ZoneInfo("Europe/Berlin"))
    assert (second_pass, second_pass.fold, second_pass.tzinfo) == (local("2026-10-25 02:30"), 0, None)


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_named("Europe/Berlin").key == "Europe/Berlin"


@pytest.mark.parametrize("name", ["", "Mars/Phobos", "../etc/passwd", "Europe", "a\0b"])
def test_a_zone_that_does_not_exist_is_named_in_the_mistake(name: str) -> None:
    with pytest.raises(Unreadable, match="no time zone"):
        zone_named(name)
