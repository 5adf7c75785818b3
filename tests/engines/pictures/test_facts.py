"""The picture in words: the same facts as are drawn, within what Slack takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.engines.pictures import Period, PeriodKind, alt_text, now_lines, read_period, shift_lines
from bot.engines.pictures.clock import odd_length, time_of
from bot.engines.pictures.facts import ALT_LIMIT
from bot.engines.pictures.names import initials, labels
from bot.engines.pictures.palette import LEAST_CONTRAST, PALETTE, Colour, colours, contrast
from bot.engines.pictures.values import Who
from bot.engines.rotation import on_call
from tests.engines.pictures.worlds import LORD_HOWE, WORLDS, at, named


@pytest.mark.parametrize("name", WORLDS)
def test_the_words_fit_and_every_watch_is_in_them_or_counted(name: str) -> None:
    picture = WORLDS[name]().picture
    text = alt_text(picture)
    assert len(text) <= ALT_LIMIT
    lines = [line for lane in picture.lanes for line in shift_lines(picture, lane)]
    if "more." not in text:
        assert all(line in text for line in lines)
    assert text.startswith(f"{picture.schedule}, ")


@pytest.mark.parametrize("name", WORLDS)
def test_whoever_is_drawn_at_a_moment_is_on_call_then(name: str) -> None:
    """The engine's other form of the question answers the same, every seven hours and at each boundary."""
    world = WORLDS[name]()
    start, end = world.period.window(world.schedule.zone)
    bars = world.picture.final.bars
    moments = {start + timedelta(hours=7 * step) for step in range(int((end - start) / timedelta(hours=7)))}
    moments |= {bar.start for bar in bars[:60]}
    for moment in sorted(moments):
        (bar,) = (each for each in bars if each.start <= moment < each.end)
        there = on_call(world.schedule, moment, world.overrides, world.forwardings)
        assert {piece.who.id for piece in bar.pieces} == {named(each.participant).id for each in there}


def test_overrides_forwarding_and_gaps_are_said() -> None:
    picture = WORLDS["overrides"]().picture
    assert shift_lines(picture, picture.final) == (
        "Until Mon 16 Nov 09:00: Mia Schwarz",
        "Mon 16 Nov 09:00 – Tue 17 Nov 09:00: Ana Pereira",
        "Tue 17 Nov 09:00 – Tue 17 Nov 12:00: Raj Patel",
        "Tue 17 Nov 12:00 – Wed 18 Nov 20:00: Tomás Núñez (override)",
        "Wed 18 Nov 20:00 – Thu 19 Nov 08:00: Zoë Ångström (override)",
        "Thu 19 Nov 08:00 – Fri 20 Nov 12:00: Tomás Núñez (override)",
        "Fri 20 Nov 12:00 – Fri 20 Nov 20:00: Raj Patel",
        "Fri 20 Nov 20:00 – Sat 21 Nov 09:00: Zoë Ångström (forwarded from Raj Patel)",
        "Sat 21 Nov 09:00 – Sat 21 Nov 12:00: Mia Schwarz",
        "Sat 21 Nov 12:00 – Sun 22 Nov 06:00: nobody (override)",
        "Sun 22 Nov 06:00 – Sun 22 Nov 09:00: Mia Schwarz",
        "From Sun 22 Nov 09:00: Ana Pereira",
    )
    assert now_lines(picture) == ("Now: Tomás Núñez until Wed 18 Nov 20:00",)
    assert "Zoë Ångström (forwarded from Raj Patel)" in alt_text(WORLDS["forwarding"]().picture)


def test_a_gap_an_empty_schedule_and_one_that_is_off_are_said_too() -> None:
    assert now_lines(WORLDS["nobody-now"]().picture) == ("Now: nobody until Wed 18 Nov 09:00",)
    assert now_lines(WORLDS["empty"]().picture) == ("Now: nobody until Mon 4 Jan 2027 09:00",)
    assert now_lines(WORLDS["off"]().picture) == ("This schedule is switched off: nobody is on call by it.",)
    assert "The whole week: nobody" in alt_text(WORLDS["empty"]().picture)


SWITCHED_OFF = at("2026-11-17 14:00")
ANA, RAJ, MIA = "Ana Pereira", "Raj Patel", "Mia Schwarz"
OFF, OFF_SINCE = (
    f"This schedule is switched off{since}: nobody is on call by it." for since in ("", " since Tue 17 Nov 14:00")
)
ON = f"Now: {ANA} until Mon 23 Nov 09:00"


@pytest.mark.parametrize(
    ("first", "is_on", "off_since", "now", "bars"),
    [
        ("2026-11-09", True, None, (), (f"Until Mon 9 Nov 09:00: {RAJ}", f"From Mon 9 Nov 09:00: {MIA}")),
        ("2026-11-16", True, None, (ON,), (f"Until Mon 16 Nov 09:00: {MIA}", f"From Mon 16 Nov 09:00: {ANA}")),
        ("2026-11-09", False, SWITCHED_OFF, (), (f"Until Mon 9 Nov 09:00: {RAJ}", f"From Mon 9 Nov 09:00: {MIA}")),
        (
            *("2026-11-16", False, SWITCHED_OFF, (OFF_SINCE,)),
            (
                f"Until Mon 16 Nov 09:00: {MIA}",
                f"Mon 16 Nov 09:00 – Tue 17 Nov 14:00: {ANA}",
                "From Tue 17 Nov 14:00: nobody (switched off)",
            ),
        ),
        ("2026-11-23", False, SWITCHED_OFF, (OFF,), ("The whole week: nobody (switched off)",)),
        ("2026-11-09", False, None, (OFF,), ("The whole week: nobody (switched off)",)),
        ("2026-11-16", False, None, (OFF,), ("The whole week: nobody (switched off)",)),
    ],
)
def test_a_schedule_is_off_from_when_on_it_was_switched_off_and_not_before(
    first: str, is_on: bool, off_since: datetime | None, now: tuple[str, ...], bars: tuple[str, ...]
) -> None:
    world = WORLDS["weekly"]()
    plan = replace(world.schedule, enabled=is_on, off_since=off_since)
    picture = replace(world, schedule=plan, period=Period(PeriodKind.WEEK, date.fromisoformat(first))).picture
    assert now_lines(picture) == now
    assert shift_lines(picture, picture.final) == bars


def test_each_rotation_ends_where_the_schedule_is_switched_off() -> None:
    picture = WORLDS["switched-off"]().picture
    ends = [max(bar.end for bar in lane.bars if not bar.is_gap) for lane in picture.lanes]
    assert set(ends) == {SWITCHED_OFF}


def test_the_second_pass_of_the_clock_is_told_apart() -> None:
    first = datetime(2026, 4, 4, 14, 45, tzinfo=UTC)
    assert time_of(first, LORD_HOWE) == "01:45"
    assert time_of(first + timedelta(minutes=30), LORD_HOWE) == "01:45 again"
    assert odd_length(date(2026, 4, 5), LORD_HOWE) == "24.5 h"
    assert odd_length(date(2026, 3, 29), ZoneInfo("Europe/Berlin")) == "23 h"
    assert odd_length(date(2026, 3, 30), ZoneInfo("Europe/Berlin")) == ""


@pytest.mark.parametrize("colour", PALETTE, ids=lambda colour: str(colour.fill))
def test_text_can_be_read_on_every_colour(colour: Colour) -> None:
    assert contrast(colour.fill, colour.ink) >= LEAST_CONTRAST


def test_as_many_as_there_are_colours_have_one_of_their_own() -> None:
    ids = [f"person {place}" for place in range(len(PALETTE))]
    assert len({colour.fill for colour in colours(ids).values()}) == len(PALETTE)
    assert colours(reversed(ids)) == colours(ids)
    assert len(colours(f"person {place}" for place in range(40))) == 40


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Pereira", "AP"), ("Raj", "R"), ("Bartholomäus von und zu Hof", "BH"), ("(Ana) 2nd", "A2"), ("…", "…")],
)
def test_initials_are_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_two_of_the_same_name_are_told_apart() -> None:
    found = labels([Who("1", "Ana Berg"), Who("2", "Ana Bell"), Who("3", "Raj Patel")], for_font=True)
    assert found["1"].forms == ("Ana Berg", "AB2")
    assert found["2"].forms == ("Ana Bell", "AB")
    assert found["3"].forms == ("Raj Patel", "Raj", "RP")
    assert found["3"].within(300, 20) == "Raj Patel"
    assert found["3"].within(70, 20) == "Raj"
    assert found["3"].within(31, 20) == "RP"
    assert found["3"].within(10, 20) == ""


@pytest.mark.parametrize(
    ("kind", "text", "days", "previous", "following"),
    [
        (PeriodKind.WEEK, "2026-W53", 7, "2026-W52", "2027-W01"),
        (PeriodKind.WEEK, "2027-W01", 7, "2026-W53", "2027-W02"),
        (PeriodKind.MONTH, "2028-02", 29, "2028-01", "2028-03"),
        (PeriodKind.MONTH, "2026-12", 31, "2026-11", "2027-01"),
    ],
)
def test_weeks_and_months_follow_each_other(
    kind: PeriodKind, text: str, days: int, previous: str, following: str
) -> None:
    period = read_period(kind, text)
    assert (period.text, period.previous.text, period.next.text) == (text, previous, following)
    assert sum(map(len, period.weeks)) == days


def test_a_period_begins_and_ends_at_midnight_also_where_there_is_none() -> None:
    week = Period(PeriodKind.WEEK, date(2026, 10, 26))
    start, end = week.window(ZoneInfo("Europe/Berlin"))
    assert end - start == timedelta(days=7)
    beirut = ZoneInfo("Asia/Beirut")  # skips midnight of 29 March 2026
    start, _ = Period(PeriodKind.WEEK, date(2026, 3, 23)).window(beirut)
    _, end = Period(PeriodKind.WEEK, date(2026, 3, 23)).window(beirut)
    assert end - start == timedelta(days=7) - timedelta(hours=1)
