"""What holds of every schedule in every zone, whatever its rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.engines.rotation import (
    NOBODY,
    Rotation,
    RotationVersion,
    Segment,
    Timeline,
    closed,
    edited,
    moved_to_zone,
    next_beginnings,
    on_call,
    shifts_between,
    timeline,
)
from bot.engines.rotation.turns import Turns
from bot.vocabulary import TurnCounting
from tests.engines.rotation.oracle import Said, final_of, joined
from tests.engines.rotation.worlds import World, moments, rotation, rules, schedule, worlds, zones

MANY = settings.get_profile("rotation")
SOME = settings.get_profile("rotation-brief")


def said(segments: tuple[Segment, ...]) -> list[Said]:
    return joined([(segment.start, segment.end, segment.participant, reason_of(segment)) for segment in segments])


def reason_of(segment: Segment) -> tuple[object, ...]:
    why = segment.why
    chain = tuple(link.id for link in why.forwarded)
    if why.override is not None:
        return ("override", why.override.id, chain)
    return ("turn", why.version, why.turn, chain)


def drawn(world: World, start: datetime | None = None, end: datetime | None = None) -> Timeline:
    return timeline(world.schedule, start or world.start, end or world.end, world.overrides, world.forwardings)


@MANY
@given(worlds())
def test_the_timeline_is_what_a_walk_from_the_start_finds(world: World) -> None:
    for part, row in zip(world.schedule.rotations, drawn(world).rotations, strict=True):
        assert said(row.final) == final_of(
            world.schedule,
            part,
            overrides=world.overrides,
            forwardings=world.forwardings,
            start=world.start,
            end=world.end,
        )


@SOME
@given(worlds())
def test_segments_of_a_rotation_come_in_order_without_overlap_inside_the_window(world: World) -> None:
    for row in drawn(world).rotations:
        for layer in (row.base, row.overrides, row.final):
            for segment in layer:
                assert world.start <= segment.start < segment.end <= world.end
            for one, following in pairwise(layer):
                assert one.end <= following.start


@SOME
@given(worlds())
def test_between_two_beginnings_one_is_on_call_whenever_anybody_is(world: World) -> None:
    for part in world.schedule.rotations:
        told = next_beginnings(part, world.schedule.zone, world.start, 4)
        end = told[-1].at if told else world.end
        alone = schedule(part, zone=world.schedule.zone)
        base = timeline(alone, world.start, end).rotations[0].base
        for one, following in pairwise(told):
            assert one.at < following.at
            assert one.to != following.to
            assert {each.participant for each in base if one.at <= each.start < following.at} <= {one.to}
            assert one.to == NOBODY or on_call(alone, one.at)[0].participant == one.to
        before_all = {each.participant for each in base if not told or each.start < told[0].at}
        assert len(before_all) <= 1


@SOME
@given(worlds())
def test_an_unrestricted_rotation_without_none_leaves_no_hole_from_its_start_on(world: World) -> None:
    first = world.schedule.rotations[0]
    roster = tuple(who for who in first.rule.participants if who != NOBODY)
    assume(roster)
    everywhere = replace(first.rule, participants=roster, restriction=None, end=None)
    (row,) = timeline(schedule(rotation(everywhere), zone=world.schedule.zone), world.start, world.end).rotations
    since = max(world.start, everywhere.start)
    for segment in row.final:
        assert segment.start == since
        since = segment.end
    assert since == world.end or everywhere.start >= world.end


@SOME
@given(worlds(), st.integers(0, 1000))
def test_two_timelines_that_meet_are_the_longer_one(world: World, share: int) -> None:
    middle = world.start + (world.end - world.start) * share / 1000
    whole, before, after = drawn(world), drawn(world, end=middle), drawn(world, start=middle)
    for row, left, right in zip(whole.rotations, before.rotations, after.rotations, strict=True):
        assert said(left.base + right.base) == said(row.base)
        assert said(left.overrides + right.overrides) == said(row.overrides)
        assert said(left.final + right.final) == said(row.final)


@SOME
@given(worlds(), st.integers(0, 999))
def test_who_is_on_call_is_the_segment_of_the_timeline_that_contains_the_instant(world: World, share: int) -> None:
    instant = world.start + (world.end - world.start) * share / 1000
    far = timedelta(days=60)
    whole = drawn(world, start=instant - far, end=instant + far)
    expected: list[Segment] = []
    for row in whole.rotations:
        found = [segment for segment in row.final if segment.start <= instant < segment.end]
        expected += [one for one in found if one.participant not in {other.participant for other in expected}]
    answered = on_call(world.schedule, instant, world.overrides, world.forwardings)
    assert [cut(segment, whole) for segment in answered] == expected


def cut(segment: Segment, to: Timeline) -> Segment:
    return replace(segment, start=max(segment.start, to.start), end=min(segment.end, to.end))


@SOME
@given(worlds(), st.data())
def test_an_edit_leaves_every_earlier_instant_as_it_was(world: World, data: st.DataObject) -> None:
    zone = world.schedule.zone
    at = data.draw(moments(zone))
    new_rule = data.draw(rules(at))
    keeps_start = data.draw(st.booleans())
    before = world.schedule.rotations[0]
    if keeps_start:
        new_rule = replace(new_rule, start=before.rule.start, end=None)
    after = edited(before, new_rule, at=at, zone=zone)
    assert past_of(after, zone, at) == past_of(before, zone, at)
    again = edited(after, before.rule, at=at + timedelta(hours=7), zone=zone)
    assert past_of(again, zone, at + timedelta(hours=7)) == past_of(after, zone, at + timedelta(hours=7))


@SOME
@given(worlds(), st.data())
def test_closing_a_rotation_leaves_its_past_and_nothing_after(world: World, data: st.DataObject) -> None:
    at = data.draw(moments(world.schedule.zone))
    before = world.schedule.rotations[0]
    after = closed(before, at=at)
    assert past_of(after, world.schedule.zone, at) == past_of(before, world.schedule.zone, at)
    rest = timeline(schedule(after, zone=world.schedule.zone), at, at + timedelta(days=30), world.overrides)
    assert rest.rotations[0].final == ()


@SOME
@given(worlds(), zones, st.data())
def test_moving_a_schedule_to_another_zone_leaves_its_past(world: World, zone: ZoneInfo, data: st.DataObject) -> None:
    at = data.draw(moments(world.schedule.zone))
    moved = moved_to_zone(world.schedule, zone, at=at)
    start = at - timedelta(days=40)
    assert [said(row.final) for row in timeline(moved, start, at).rotations] == [
        said(row.final) for row in timeline(world.schedule, start, at).rotations
    ]


def past_of(part: Rotation, zone: ZoneInfo, at: datetime) -> list[Said]:
    return said(timeline(schedule(part, zone=zone), at - timedelta(days=50), at).rotations[0].final)


@SOME
@given(worlds(), st.data())
def test_changing_the_roster_moves_nobodys_running_turn(world: World, data: st.DataObject) -> None:
    zone, before = world.schedule.zone, world.schedule.rotations[0]
    at = before.rule.start + timedelta(minutes=30) * data.draw(st.integers(0, 48 * 30))
    whole = replace(before.rule, end=None)
    before = replace(before, versions=(RotationVersion(whole),))
    running = Turns(before.versions[0], zone).at(at)
    newcomers = data.draw(st.permutations((*whole.participants, *data.draw(rules(at)).participants)))
    after = edited(before, replace(whole, participants=tuple(newcomers)), at=at, zone=zone)
    still_running = Turns(after.versions[-1], zone).at(at)
    assert (still_running.start, still_running.participant) == (running.start, running.participant)
    if whole.turns is TurnCounting.ALL:
        assert still_running.end == running.end


@SOME
@given(worlds())
def test_deleting_an_override_restores_what_lay_under_it(world: World) -> None:
    assume(world.overrides)
    *others, deleted = world.overrides
    without = replace(world, overrides=tuple(others))
    month = timedelta(days=30)
    for start, end in ((deleted.start - month, deleted.start), (deleted.end, deleted.end + month)):
        with_it, without_it = drawn(world, start=start, end=end), drawn(without, start=start, end=end)
        assert [said(row.final) for row in with_it.rotations] == [said(row.final) for row in without_it.rotations]
    under = replace(world, overrides=(*others, replace(deleted, rotation_ids=frozenset({"no such rotation"}))))
    assert drawn(without) == drawn(under)


@SOME
@given(zones, st.data(), st.integers(1, 4))
def test_over_whole_rounds_every_place_in_the_roster_has_as_many_turns(
    zone: ZoneInfo, data: st.DataObject, rounds: int
) -> None:
    made_of = data.draw(rules(data.draw(moments(zone))))
    turns = Turns(RotationVersion(made_of), zone)
    places = len(made_of.participants)
    whose = [turns.at(max(turns.hand_off(n), made_of.start)) for n in range(places * rounds)]
    for turn in whose:
        assert turn.participant == made_of.participants[turn.number % places]


@SOME
@given(zones, st.data())
def test_hand_offs_never_go_back(zone: ZoneInfo, data: st.DataObject) -> None:
    turns = Turns(RotationVersion(data.draw(rules(data.draw(moments(zone))))), zone)
    hand_offs = [turns.hand_off(number) for number in range(60)]
    assert hand_offs == sorted(hand_offs)


@SOME
@given(worlds())
def test_shifts_cover_exactly_the_final_segments_and_never_touch_one_of_the_same_person(world: World) -> None:
    whole = drawn(world)
    merged = [*shifts_between(world.schedule, world.start, world.end, world.overrides, world.forwardings)]
    for row in whole.rotations:
        mine = [shift for shift in merged if shift.rotation_id == row.rotation_id]
        assert all(
            any(each.participant == s.participant and s.start <= each.start and each.end <= s.end for s in mine)
            for each in row.final
        )
        assert sum((s.end - s.start for s in mine), timedelta()) == sum(
            (s.end - s.start for s in row.final), timedelta()
        )
        for one, following in pairwise(mine):
            assert one.end < following.start or one.participant != following.participant
