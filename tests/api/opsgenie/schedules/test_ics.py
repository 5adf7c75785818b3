"""Schedules and users as files for calendars, over HTTP: told, told again, changed, cancelled, forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.engines.rotation import Rotation, Schedule
from bot.usecases.calendars.telling import AT_A_TIME
from bot.vocabulary import Right, RotationType
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.watches import Watches, rotation
from tests.conftest import StillClock
from tests.engines.calendars.subscriber import Shown, standing, subscribed
from tests.usecases.stories import statements

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
TURN = datetime(2026, 11, 16, 8, tzinfo=UTC)
"""The last hand-off of a weekly rotation that began on a Monday at nine in Berlin."""


@pytest.fixture
def watches(api: Api) -> Watches:
    return Watches(api.units)


async def exported(api: Api, schedule: Schedule, **how: str) -> list[Shown]:
    return subscribed((await api.get(f"/v2/schedules/{schedule.id}.ics", **how)).text)


async def a_week(watches: Watches, name: str = "Payments") -> tuple[Schedule, Rotation]:
    roster = await watches.people("ann", "bob")
    schedule = await watches.schedule(name, rotation("Primary", *roster))
    return schedule, schedule.rotations[0]


async def test_a_schedule_is_exported_from_a_month_ago_to_a_year_ahead(api: Api, watches: Watches) -> None:
    schedule, _ = await a_week(watches)
    answer = await api.get(f"/v2/schedules/{schedule.id}.ics")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Payments.ics"
    assert "X-Request-Id" in answer.headers
    shown = subscribed(answer.text)
    assert shown[0].start <= NOW - timedelta(days=31) < shown[0].end
    assert shown[-1].start < NOW.replace(year=2027) + DAY <= shown[-1].end + DAY
    assert all(each.end == after.start for each, after in pairwise(shown))
    assert {(each.sequence, each.is_cancelled, each.stamped) for each in shown} == {(0, False, NOW)}
    running = next(each for each in shown if each.start <= NOW < each.end)
    assert (running.start, running.end, running.who) == (TURN, TURN + WEEK, "Bob")
    assert running.summary == "Bob on call: Payments" and running.description == "Rotation: Primary"


async def test_it_is_found_by_name_and_the_ending_is_cut_at_the_very_end(api: Api, watches: Watches) -> None:
    ann = await watches.person("ann")
    for name in ("a.ics", "Öl; 50% / “night”, v2.0"):
        await watches.schedule(name, rotation("R", ann))
    assert (await api.get("/v2/schedules/a.ics.ics?identifierType=name")).status == 200
    assert (await api.get("/v2/schedules/a.ics.ics/?identifierType=name")).status == 200
    missing = await api.get("/v2/schedules/b.ics?identifierType=name")
    assert missing.status == 404 and missing.body["message"] == "No schedule exists with name [b]."
    odd = await api.get(
        "/v2/schedules/%C3%96l%3B%2050%25%20%2F%20%E2%80%9Cnight%E2%80%9D%2C%20v2.0.ics?identifierType=name"
    )
    assert odd.status == 200
    name = odd.headers["Content-Disposition"].partition("''")[2]
    assert name == "%C3%96l%3B%2050%25%20%2F%20%E2%80%9Cnight%E2%80%9D%2C%20v2.0.ics"
    assert (await api.get("/v2/schedules/a?identifierType=name")).status == 404


async def test_a_schedule_whose_own_name_has_the_ending_is_told_and_others_are_exported(
    api: Api, watches: Watches
) -> None:
    ann = await watches.person("ann")
    core, theirs = await watches.team("Core", ann), await watches.team("Theirs", ann)
    await watches.schedule("a", rotation("R", ann), team=core)
    its_own = await watches.schedule("a.ics", rotation("R", ann), team=theirs)
    asked = "/v2/schedules/a.ics?identifierType=name"
    assert (await api.get(asked)).data == (await api.get(f"/v2/schedules/{its_own.id}")).data
    assert (await api.ask("PATCH", asked, {"description": "x"})).data["id"] == its_own.id
    exported = await api.get(asked, key=await api.make_key(*Right, team="Core"))
    assert exported.headers["Content-Disposition"].endswith("a.ics") and "VCALENDAR" in exported.text


async def test_the_sample_of_the_documentation_is_answered_with_a_file_of_the_schedules_name(
    api: Api, watches: Watches
) -> None:
    await a_week(watches, "ScheduleName")
    answer = await api.get("/v2/schedules/ScheduleName.ics?identifierType=name")
    assert answer.status == 200 and answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert answer.headers["Content-Disposition"].endswith("''ScheduleName.ics")


async def test_only_a_key_that_may_gets_it(api: Api, watches: Watches) -> None:
    ops = await watches.team("Ops")
    schedule = await watches.schedule("Ops", rotation("R", await watches.person("ann")), team=ops)
    await watches.team("Other")
    path = f"/v2/schedules/{schedule.id}.ics"
    assert (await api.get(path, key=None)).status == 401
    reading = await api.make_key(Right.READ)
    assert (await api.get(path, key=reading)).status == 403
    other = await api.make_key(Right.READ, Right.CONFIGURE, team="Other", name="other")
    answer = await api.get(path, key=other)
    assert (answer.status, answer.body["code"]) == (403, 40301)
    head = await api.ask("HEAD", path)
    assert (head.status, head.text) == (200, "")


async def test_what_was_told_is_told_again_word_for_word_and_nothing_is_written(
    api: Api, watches: Watches, clock: StillClock
) -> None:
    schedule, _ = await a_week(watches)
    path = f"/v2/schedules/{schedule.id}.ics"
    first = await api.get(path)
    clock.advance(hours=3)
    with statements() as seen:
        again = await api.get(path)
    assert again.text == first.text
    assert not [each for each in seen if each.lstrip().lower().startswith(("insert", "update", "delete"))]


async def test_a_change_raises_the_sequence_of_what_it_touches_and_of_nothing_else(
    api: Api, watches: Watches, clock: StillClock
) -> None:
    schedule, _ = await a_week(watches)
    before = {each.start: each for each in await exported(api, schedule)}
    clock.advance(hours=1)
    cat = await watches.person("cat")
    next_turn = TURN + WEEK
    await watches.override(schedule, cat, next_turn, next_turn + WEEK)
    await watches.override(schedule, cat, next_turn + 3 * WEEK, next_turn + 3 * WEEK + DAY, sequence=2)
    after = {each.start: each for each in await exported(api, schedule)}
    changed = after[next_turn]
    assert (changed.uid, changed.sequence, changed.who) == (before[next_turn].uid, 1, "Cat")
    assert changed.stamped == NOW + HOUR
    cut = after[next_turn + 3 * WEEK]
    assert (cut.uid, cut.sequence, cut.who, cut.end - cut.start) == (before[cut.start].uid, 1, "Cat", DAY)
    new = after[next_turn + 3 * WEEK + DAY]
    assert (new.sequence, new.stamped) == (0, NOW + HOUR)
    touched = {changed.start, cut.start, new.start}
    assert {at: each for at, each in after.items() if at not in touched} == {
        at: each for at, each in before.items() if at not in touched
    }


async def test_what_is_gone_is_told_as_cancelled_for_fourteen_days_and_what_comes_back_holds_again(
    api: Api, watches: Watches, clock: StillClock
) -> None:
    schedule, _ = await a_week(watches)
    assert (
        await api.post(f"/v2/schedules/{schedule.id}/overrides?scheduleIdentifierType=id", _laid("o", 1))
    ).status < 300
    assert (
        await api.post(f"/v2/schedules/{schedule.id}/overrides?scheduleIdentifierType=id", _laid("p", 2))
    ).status < 300
    rest_at = TURN + WEEK + DAY
    rest = next(each for each in await exported(api, schedule) if each.start == rest_at)
    clock.advance(hours=1)
    await api.ask("DELETE", f"/v2/schedules/{schedule.id}/overrides/o")
    gone = next(each for each in await exported(api, schedule) if each.uid == rest.uid)
    assert (gone.is_cancelled, gone.sequence, gone.stamped, gone.start) == (True, 1, NOW + HOUR, rest.start)
    clock.advance(days=13)
    assert gone in await exported(api, schedule)
    await api.post(f"/v2/schedules/{schedule.id}/overrides", _laid("o", 1))
    back = next(each for each in await exported(api, schedule) if each.uid == rest.uid)
    assert (back.is_cancelled, back.sequence) == (False, 2)
    await api.ask("DELETE", f"/v2/schedules/{schedule.id}/overrides/o")
    assert next(each for each in await exported(api, schedule) if each.uid == rest.uid).sequence == 3
    clock.advance(days=14)
    assert rest.uid in {each.uid for each in await exported(api, schedule)}
    clock.advance(days=1)
    assert rest.uid not in {each.uid for each in await exported(api, schedule)}


def _laid(alias: str, weeks: int) -> dict[str, object]:
    start = TURN + weeks * WEEK
    return {
        "alias": alias,
        "user": {"type": "user", "username": "ann@example.com" if weeks % 2 == 0 else "bob@example.com"},
        "startDate": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "endDate": (start + DAY).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


async def test_of_a_schedule_that_is_switched_off_the_past_is_kept_and_the_future_cancelled(
    api: Api, watches: Watches, clock: StillClock
) -> None:
    schedule, _ = await a_week(watches)
    before = await exported(api, schedule)
    clock.advance(hours=1)
    await api.ask("PATCH", f"/v2/schedules/{schedule.id}", {"enabled": False})
    after = await exported(api, schedule)
    assert [each for each in after if each.end <= NOW] == [each for each in before if each.end <= NOW]
    held = standing(after)
    assert (held[-1].start, held[-1].end, held[-1].sequence) == (TURN, NOW + HOUR, 1)
    assert {each.start for each in after if each.is_cancelled} == {each.start for each in before if each.start > NOW}
    clock.advance(hours=1)
    assert await exported(api, schedule) == after
    first_asked = [
        (each.start, each.end)
        for who in ("ann", "bob")
        for each in subscribed((await api.get(f"/v2/schedules/on-calls/{who}@example.com.ics")).text)
    ]
    assert sorted(first_asked) == [(each.start, each.end) for each in held]
    await api.ask("PATCH", f"/v2/schedules/{schedule.id}", {"enabled": True})
    on_again = await exported(api, schedule)
    assert {each.start for each in on_again if not each.is_cancelled} == {each.start for each in before}
    never_on = await watches.schedule("Off", rotation("R", await watches.person("cat")), enabled=False)
    assert await exported(api, never_on) == []


async def test_a_shift_without_an_end_keeps_its_beginning_and_is_told_until_a_day_that_stays(
    api: Api, watches: Watches, clock: StillClock
) -> None:
    schedule = await watches.schedule("Always", rotation("R", await watches.person("ann")))
    [first] = await exported(api, schedule)
    for _ in range(8):
        clock.advance(days=5)
        [later] = await exported(api, schedule)
        assert (later.uid, later.start) == (first.uid, first.start)
        assert later.end >= clock().replace(year=2027) and later.end.day == 1
    assert later.sequence == 1  # one month has begun since


async def test_a_calendar_of_many_pages_is_told_whole_and_in_order(api: Api, watches: Watches) -> None:
    ann, bob, cat = await watches.people("ann", "bob", "cat")
    often = rotation("Often", ann, bob, cat, every=RotationType.HOURLY, length=12)
    schedule = await watches.schedule("Busy", often, rotation("Weekly", bob, ann))
    shown = await exported(api, schedule)
    assert [each.start for each in shown] == sorted(each.start for each in shown)
    assert len({each.uid for each in shown}) == len(shown) > 5 * AT_A_TIME
    turns = [each for each in shown if each.description == "Rotation: Often"]
    assert 780 < len(turns) < 800
    assert all(each.end == after.start and each.who != after.who for each, after in pairwise(turns))
    assert await exported(api, schedule) == shown
    await api.ask("PATCH", f"/v2/schedules/{schedule.id}/rotations/{schedule.rotations[0].id}", {"length": 24})
    fewer = await exported(api, schedule)
    assert [each for each in fewer if each.end <= NOW - DAY] == [each for each in shown if each.end <= NOW - DAY]
    assert sum(each.is_cancelled for each in fewer) > 2 * AT_A_TIME
    weekly = [each for each in shown if each.description == "Rotation: Weekly"]
    assert [each for each in fewer if each.description == "Rotation: Weekly"] == weekly


async def test_a_users_own_shifts_are_three_months_of_all_schedules(api: Api, watches: Watches) -> None:
    ann, bob, cat = await watches.people("ann", "bob", "cat")
    ops = await watches.team("Ops", cat, ann)
    payments = await watches.schedule("Payments", rotation("Primary", ann, bob), team=ops)
    await watches.schedule("Search", rotation("R", bob, ops))
    await watches.schedule("Off", rotation("R", ann), enabled=False)
    await watches.forwarding(bob, ann, TURN, TURN + DAY)
    answer = await api.get("/v2/schedules/on-calls/ann@example.com.ics")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''ann%40example.com.ics"
    shown = subscribed(answer.text)
    assert {each.summary for each in shown} == {"On call: Payments", "On call: Search"}
    assert min(each.end for each in shown) > NOW - timedelta(days=32)
    assert NOW + timedelta(days=84) < max(each.start for each in shown) < NOW + timedelta(days=94)
    assert (TURN - WEEK, TURN + DAY, "On call: Payments") in {(each.start, each.end, each.summary) for each in shown}
    through = [each for each in shown if each.description == "The team Ops is on call. Rotation: R"]
    assert through and all(each.summary == "On call: Search" for each in through)
    by_id = await api.get(f"/v2/schedules/on-calls/{ann.id}.ics")
    assert by_id.text == answer.text
    of_ops = await api.make_key(Right.READ, Right.CONFIGURE, team="Ops", name="ops")
    theirs = subscribed((await api.get(f"/v2/schedules/on-calls/{ann.id}.ics", key=of_ops)).text)
    assert {each.summary for each in theirs} == {"On call: Payments"}
    assert subscribed((await api.get(f"/v2/schedules/on-calls/{ann.id}.ics")).text) == shown
    assert (await api.get("/v2/schedules/on-calls/nobody@example.com.ics")).status == 404
    assert (await api.get(f"/v2/schedules/{payments.id}/on-calls")).status == 200
    assert subscribed((await api.get("/v2/schedules/on-calls/cat@example.com.ics")).text) == []


async def test_a_shift_that_passes_to_somebody_else_is_cancelled_in_the_calendar_of_who_had_it(
    api: Api, watches: Watches, clock: StillClock
) -> None:
    schedule, _ = await a_week(watches)
    path = "/v2/schedules/on-calls/ann@example.com.ics"
    mine = subscribed((await api.get(path)).text)
    turn = next(each for each in mine if each.start > NOW)
    await watches.override(schedule, await watches.person("cat"), turn.start, turn.end)
    [lost] = [each for each in subscribed((await api.get(path)).text) if each.is_cancelled]
    assert (lost.uid, lost.start, lost.sequence) == (turn.uid, turn.start, 1)
