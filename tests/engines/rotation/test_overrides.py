"""What lies over the turns: overrides, forwardings, and a schedule that is off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.engines.rotation import (
    NOBODY,
    Change,
    Forwarding,
    Override,
    Participant,
    Standing,
    closed,
    explain,
    next_change,
    on_call,
    standing,
    timeline,
)
from bot.vocabulary import ParticipantKind
from tests.engines.rotation.worlds import ANN, BOB, CAT, DAN, every_day, rotation, rule, schedule, utc

MONDAY = utc(2026, 1, 5, 8)
"""09:00 in Berlin, a hand-off."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEKLY = rotation(rule(MONDAY, ANN, BOB))
DAYTIME = rotation(rule(MONDAY, ANN, BOB, restriction=every_day((8, 0), (18, 0))), "day")


def override(
    who: Participant, start: float, end: float, *rotation_ids: str, sequence: int = 1, row_id: str = ""
) -> Override:
    """Hours count from MONDAY."""
    name = row_id or f"o{sequence}"
    return Override(name, who, MONDAY + start * HOUR, MONDAY + end * HOUR, frozenset(rotation_ids), sequence, "boss")


def forwarding(from_user: str, to_user: str, start: float, end: float, sequence: int = 1) -> Forwarding:
    """Hours count from MONDAY."""
    return Forwarding(f"f{sequence}", from_user, to_user, MONDAY + start * HOUR, MONDAY + end * HOUR, sequence)


def pieces(
    *overrides: Override, until: float = 24, forwardings: tuple[Forwarding, ...] = ()
) -> list[tuple[float, float, str | None]]:
    (row,) = timeline(schedule(WEEKLY), MONDAY, MONDAY + until * HOUR, overrides, forwardings).rotations
    return [((s.start - MONDAY) / HOUR, (s.end - MONDAY) / HOUR, s.participant.id) for s in row.final]


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        pytest.param((), [(0, 24, "ann")], id="none"),
        pytest.param((override(CAT, 4, 8),), [(0, 4, "ann"), (4, 8, "cat"), (8, 24, "ann")], id="one"),
        pytest.param(
            (override(CAT, 2, 12), override(DAN, 4, 8, sequence=2)),
            [(0, 2, "ann"), (2, 4, "cat"), (4, 8, "dan"), (8, 12, "cat"), (12, 24, "ann")],
            id="an override inside an override",
        ),
        pytest.param(
            (override(CAT, 2, 12, sequence=2), override(DAN, 4, 8, sequence=1)),
            [(0, 2, "ann"), (2, 12, "cat"), (12, 24, "ann")],
            id="a later one over all of an earlier one",
        ),
        pytest.param(
            (override(CAT, 2, 8), override(DAN, 6, 12, sequence=2)),
            [(0, 2, "ann"), (2, 6, "cat"), (6, 12, "dan"), (12, 24, "ann")],
            id="the later created wins where they overlap",
        ),
        pytest.param((override(NOBODY, 4, 8),), [(0, 4, "ann"), (8, 24, "ann")], id="nobody, on purpose"),
        pytest.param(
            (override(NOBODY, 4, 12), override(CAT, 6, 8, sequence=2)),
            [(0, 4, "ann"), (6, 8, "cat"), (12, 24, "ann")],
            id="somebody over nobody",
        ),
        pytest.param((override(CAT, 4, 8, "other"),), [(0, 24, "ann")], id="of another rotation"),
        pytest.param((override(CAT, 8, 4),), [(0, 24, "ann")], id="one that ends before it starts"),
        pytest.param((override(CAT, -4, 40),), [(0, 24, "cat")], id="over everything"),
    ],
)
def test_overrides_lie_over_turns_in_the_order_of_their_making(
    overrides: tuple[Override, ...], expected: list[tuple[float, float, str]]
) -> None:
    assert pieces(*overrides) == expected
    assert pieces(*reversed(overrides)) == expected


def test_deleting_an_override_uncovers_what_lay_under_it() -> None:
    below, above = override(CAT, 2, 12), override(DAN, 4, 8, sequence=2)
    assert pieces(below, above) != pieces(below)
    assert pieces(below) == [(0, 2, "ann"), (2, 12, "cat"), (12, 24, "ann")]


def test_an_override_covers_gaps_and_hours_outside_the_windows() -> None:
    night = MONDAY + 14 * HOUR
    assert on_call(schedule(DAYTIME), night) == ()
    (segment,) = on_call(schedule(DAYTIME), night, [override(CAT, -30, 20)])
    assert segment.participant == CAT
    assert (segment.start, segment.end) == (MONDAY - 30 * HOUR, MONDAY + 20 * HOUR)


def test_an_override_names_its_rotations_and_the_others_go_on() -> None:
    plan = schedule(WEEKLY, DAYTIME)
    only_day = on_call(plan, MONDAY + HOUR, [override(CAT, 0, 4, "day")])
    assert [(s.why.rotation_id, s.participant) for s in only_day] == [("r", ANN), ("day", CAT)]


def test_everybody_is_on_call_once_with_the_first_rotation_s_reason() -> None:
    everybody = on_call(schedule(WEEKLY, DAYTIME), MONDAY + HOUR, [override(CAT, 0, 4)])
    assert [(s.why.rotation_id, s.participant) for s in everybody] == [("r", CAT)]


def test_a_segment_tells_its_override_and_who_made_it() -> None:
    row = override(CAT, 2, 6)
    (segment,) = on_call(schedule(WEEKLY), MONDAY + 3 * HOUR, [row])
    assert segment.why.override == row
    assert (segment.why.turn, segment.why.version, segment.why.rotation_name) == (None, None, "name of r")


def test_an_explanation_tells_whom_an_override_replaces() -> None:
    (told,) = explain(schedule(WEEKLY), MONDAY + 3 * HOUR, [override(NOBODY, 2, 6)])
    assert told.segment is None
    assert told.override is not None
    assert told.base is not None
    assert (told.override.created_by, told.base.participant, told.base.why.turn) == ("boss", ANN, 0)


def test_a_closed_rotation_takes_no_overrides_and_is_not_explained() -> None:
    gone = schedule(closed(WEEKLY, at=MONDAY + 4 * HOUR))
    rows = [override(CAT, 2, 8)]
    assert [s.end for s in on_call(gone, MONDAY + 3 * HOUR, rows)] == [MONDAY + 4 * HOUR]
    assert on_call(gone, MONDAY + 4 * HOUR, rows) == ()
    assert explain(gone, MONDAY + 4 * HOUR, rows) == ()


def test_the_override_layer_shows_what_is_on_top_nobody_included() -> None:
    rows = [override(CAT, 2, 12), override(NOBODY, 4, 8, sequence=2)]
    (row,) = timeline(schedule(WEEKLY), MONDAY, MONDAY + 24 * HOUR, rows).rotations
    assert [s.participant for s in row.overrides] == [CAT, NOBODY, CAT]
    assert [s.participant for s in row.base] == [ANN]


@pytest.mark.parametrize(
    ("forwardings", "expected"),
    [
        pytest.param((forwarding("ann", "bob", 4, 8),), [(0, 4, "ann"), (4, 8, "bob"), (8, 24, "ann")], id="one"),
        pytest.param(
            (forwarding("ann", "bob", 4, 12), forwarding("bob", "cat", 6, 8, 2)),
            [(0, 4, "ann"), (4, 6, "bob"), (6, 8, "cat"), (8, 12, "bob"), (12, 24, "ann")],
            id="along a chain",
        ),
        pytest.param(
            (forwarding("ann", "bob", 0, 24), forwarding("bob", "ann", 6, 12, 2)),
            [(0, 24, "bob")],
            id="a loop of two: the last before the repeat keeps it",
        ),
        pytest.param(
            (
                forwarding("ann", "bob", 0, 24),
                forwarding("bob", "cat", 0, 24, 2),
                forwarding("cat", "bob", 0, 24, 3),
            ),
            [(0, 24, "cat")],
            id="a loop further on",
        ),
        pytest.param((forwarding("ann", "ann", 4, 8),), [(0, 24, "ann")], id="to oneself"),
        pytest.param(
            (forwarding("ann", "bob", 0, 24), forwarding("ann", "cat", 4, 8, 2)),
            [(0, 4, "bob"), (4, 8, "cat"), (8, 24, "bob")],
            id="the later created wins",
        ),
        pytest.param((forwarding("dan", "bob", 0, 24),), [(0, 24, "ann")], id="somebody else's"),
        pytest.param((forwarding("ann", "bob", 8, 4),), [(0, 24, "ann")], id="one that ends before it starts"),
    ],
)
def test_a_duty_is_forwarded_along_chains_and_never_round_a_loop(
    forwardings: tuple[Forwarding, ...], expected: list[tuple[float, float, str]]
) -> None:
    assert pieces(forwardings=forwardings) == expected


def test_what_an_override_puts_is_forwarded_too_and_the_chain_is_told() -> None:
    link = forwarding("cat", "dan", 0, 24)
    (segment,) = on_call(schedule(WEEKLY), MONDAY + 3 * HOUR, [override(CAT, 2, 6)], [link])
    assert segment.participant == DAN
    assert (segment.why.forwarded, segment.why.forwarded_from) == ((link,), "cat")
    (row,) = timeline(schedule(WEEKLY), MONDAY, MONDAY + 24 * HOUR, [override(CAT, 2, 6)], [link]).rotations
    assert row.forwarded == (segment,)


def test_a_team_s_turn_is_not_forwarded() -> None:
    team = Participant(ParticipantKind.TEAM, "ann")
    (segment,) = on_call(schedule(rotation(rule(MONDAY, team))), MONDAY, (), [forwarding("ann", "bob", -4, 8)])
    assert segment.participant == team


def test_a_schedule_that_is_off_has_nobody_on_call_but_can_be_drawn() -> None:
    off = schedule(WEEKLY, enabled=False)
    assert on_call(off, MONDAY, [override(CAT, 0, 4)]) == ()
    assert [s.participant for s in timeline(off, MONDAY, MONDAY + HOUR).rotations[0].final] == [ANN]


def test_a_schedule_switched_off_keeps_its_past_and_ends_there() -> None:
    off = replace(schedule(rotation(rule(MONDAY, ANN, BOB))), enabled=False, off_since=MONDAY + 10 * DAY)
    [segment] = on_call(off, MONDAY + 8 * DAY)
    assert (segment.participant, segment.end) == (BOB, MONDAY + 10 * DAY)
    assert next_change(off, MONDAY + 8 * DAY) == Change(MONDAY + 10 * DAY, ())
    assert on_call(off, MONDAY + 10 * DAY) == ()
    assert standing(off, MONDAY + 10 * DAY) == Standing((), (), None, None)


def test_a_turn_of_none_is_a_gap() -> None:
    plan = schedule(rotation(rule(MONDAY, ANN, NOBODY)))
    next_week: datetime = MONDAY + 7 * 24 * HOUR
    assert on_call(plan, next_week + HOUR) == ()
    assert timeline(plan, next_week, next_week + HOUR).rotations[0].base == ()


def test_a_timeline_of_no_time_is_empty() -> None:
    (row,) = timeline(schedule(WEEKLY), MONDAY + HOUR, MONDAY, [override(CAT, 0, 4)]).rotations
    assert (row.base, row.overrides, row.final) == ((), (), ())
