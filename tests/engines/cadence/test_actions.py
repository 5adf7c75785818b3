"""The mornings of actions: from the working day before they are due, until they are no longer owed."""

# ruff: noqa: DTZ001  local times are naive: what a clock on the wall reads
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.cadence.facts import ABOUT_ACTIONS, Facts, NudgeKind, OwedAction, Zones
from bot.engines.cadence.mornings import may_send
from bot.engines.cadence.nudges import actions_called_for, next_nudges, rung_of, still_due
from bot.engines.lifecycle.due import working_day_after, working_day_before
from bot.engines.wallclock import resolve, to_local
from bot.vocabulary import PostmortemStatus
from tests.engines.cadence.test_nudges import BERLIN, DRAFT, HOUR, IN_REVIEW, MONDAY, ZONES, berlin, lines, next_for

ALARM = OwedAction("alarm", "raj", date(2026, 3, 9))
PUBLISHED = replace(
    DRAFT, review=replace(DRAFT.review, status=PostmortemStatus.PUBLISHED), due=None, actions=(ALARM,), leads=()
)


def test_an_owner_is_nudged_each_working_morning_from_the_working_day_before() -> None:
    assert lines(PUBLISHED, start=MONDAY, end=berlin(3, 12)) == [
        "Fri 06 10:00 raj action-owner",
        "Mon 09 10:00 raj action-owner",
        "Tue 10 10:00 raj action-owner",
        "Wed 11 10:00 raj action-owner",
        "Thu 12 10:00 raj action-owner",
    ]


def test_once_it_is_settled_nobody_is_nudged() -> None:
    assert lines(replace(PUBLISHED, actions=()), start=MONDAY, end=berlin(4, 1)) == []


def test_an_overdue_action_of_a_published_postmortem_climbs_the_ladder() -> None:
    hers = replace(ALARM, owner_id="li")  # due on Monday the 9th
    facts = replace(PUBLISHED, actions=(hers,), leads=("mia",))
    told = lines(facts, start=MONDAY, end=berlin(3, 25))
    assert [next(each for each in told if each.split()[3] == who) for who in ("li", "raj", "C1", "mia")] == [
        "Fri 06 10:00 li action-owner",  # the working day before
        "Wed 11 10:00 raj owner-of-actions",  # two working days past due
        "Mon 16 10:00 C1 digest-of-actions",  # five
        "Mon 23 10:00 mia lead-of-actions",  # ten
    ]
    assert [each for each in told if "C1" in each] == [
        "Mon 16 10:00 C1 digest-of-actions",
        "Mon 23 10:00 C1 digest-of-actions",
    ]
    assert not [each for each in told if each.startswith(("Sat", "Sun"))]


@pytest.mark.parametrize(
    ("leads", "admins", "owner", "heard"),
    [
        (("mia",), ("root",), "li", {"li", "raj", "C1", "mia"}),
        ((), ("root",), "li", {"li", "raj", "C1", "root"}),  # an admin, where nobody leads the team
        (("li",), ("root",), "li", {"li", "raj", "C1"}),  # nobody climbs to themselves
        (("mia",), (), "raj", {"raj", "C1", "mia"}),
    ],
)
def test_who_hears_of_an_action_that_is_long_overdue(
    leads: tuple[str, ...], admins: tuple[str, ...], owner: str, heard: set[str]
) -> None:
    facts = replace(PUBLISHED, actions=(replace(ALARM, owner_id=owner),), leads=leads, admins=admins)
    nudges = next_nudges(facts, ZONES, after=berlin(5, 1), hour=HOUR)
    assert {each.recipient for each in nudges} == heard
    called = {who: rung_of(facts.actions[0], facts, who) for who in heard}
    assert called == {each.recipient: each.kind for each in nudges}


def test_a_draft_and_its_actions_meet_in_one_digest_named_for_the_draft() -> None:
    facts = replace(DRAFT, actions=(replace(ALARM, owner_id="li"),))
    nudges = {each.recipient: each.kind for each in next_nudges(facts, ZONES, after=berlin(5, 1), hour=HOUR)}
    assert (nudges["C1"], nudges["raj"], nudges["mia"]) == (
        NudgeKind.CHANNEL_DIGEST,
        NudgeKind.OWNER,
        NudgeKind.LEAD,
    )


def test_an_action_moved_is_quiet_until_its_new_day_is_near() -> None:
    moved = replace(PUBLISHED, actions=(replace(ALARM, due=date(2026, 3, 20)),))
    assert next_for(moved, "raj", after=berlin(3, 9)) == berlin(3, 19, 10)


def test_a_change_of_text_quiets_the_draft_but_not_its_actions() -> None:
    facts = replace(DRAFT, actions=(ALARM,), text_changed_at=berlin(3, 9, 9))
    nudges = {each.recipient: each for each in next_nudges(facts, ZONES, after=berlin(3, 9, 9), hour=HOUR)}
    assert (nudges["raj"].at, nudges["raj"].kind) == (berlin(3, 9, 10), NudgeKind.ACTION_OWNER)
    after = next_nudges(facts, ZONES, after=berlin(3, 9, 11), hour=HOUR)
    assert next(each.kind for each in after if each.recipient == "raj") is NudgeKind.OWNER


def test_a_snooze_of_the_postmortem_quiets_its_actions_too() -> None:
    facts = replace(PUBLISHED, snoozes={"raj": date(2026, 3, 12)})
    assert next_for(facts, "raj", after=MONDAY) == berlin(3, 12, 10)


def test_one_who_owns_the_draft_and_its_actions_has_one_nudge_named_for_the_draft() -> None:
    facts = replace(DRAFT, actions=(ALARM, replace(ALARM, id="other")))
    own = [each for each in next_nudges(facts, ZONES, after=MONDAY, hour=HOUR) if each.recipient == "raj"]
    assert [each.kind for each in own] == [NudgeKind.OWNER]


@pytest.mark.parametrize(
    ("now", "called"),
    [
        (berlin(3, 6, 9), ()),
        (berlin(3, 6, 10), ("alarm",)),
        (berlin(3, 12, 17), ("alarm", "late")),
    ],
)
def test_a_morning_names_the_actions_that_are_near(now: datetime, called: tuple[str, ...]) -> None:
    late = replace(ALARM, id="late", due=date(2026, 3, 12))
    soon = replace(ALARM, id="hers", owner_id="ana", due=date(2026, 3, 11))  # not yet two working days late
    facts = replace(PUBLISHED, actions=(ALARM, late, soon))
    morning = berlin(now.month, now.day, 10)
    found = actions_called_for(facts, ZONES, "raj", morning=morning, now=now, hour=HOUR)
    assert tuple(each.id for each in found) == called


zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))
owed = st.lists(st.tuples(st.sampled_from(["raj", "ana", "zoe"]), st.integers(-40, 20)), max_size=6)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(
    after=instants,
    pairs=owed,
    hour=st.integers(0, 23),
    status=st.sampled_from(PostmortemStatus),
    changed=st.timedeltas(timedelta(days=-3), timedelta(days=2)),
    here=zones,
    there=zones,
    snoozed=st.one_of(st.none(), st.integers(-5, 30)),
)
def test_every_open_action_is_named_on_working_mornings_and_nobody_hears_twice(
    *,
    after: datetime,
    pairs: list[tuple[str, int]],
    hour: int,
    status: PostmortemStatus,
    changed: timedelta,
    here: ZoneInfo,
    there: ZoneInfo,
    snoozed: int | None,
) -> None:
    today = after.date()
    facts = _facts(today, pairs, status, snoozed, changed_at=after + changed)
    known = Zones({"raj": here, "ana": there}, default=there)
    nudges = next_nudges(facts, known, after=after, hour=hour)
    assert len({each.recipient for each in nudges}) == len(nudges)
    heard = {each.recipient: each for each in nudges}
    for action in facts.actions:
        nudge = heard[action.owner_id]  # whoever owes something is nudged
        zone = known.of(nudge.recipient)
        local = to_local(nudge.at, zone)
        assert nudge.at > after
        assert may_send(nudge.at, zone, hour)
        assert nudge.at == resolve(datetime(local.year, local.month, local.day, hour), zone)
        assert local.date() >= facts.snoozes.get(nudge.recipient, date.min)
        assert still_due(facts, known, nudge.recipient, planned=nudge.at, now=nudge.at, hour=hour)
        called = actions_called_for(facts, known, nudge.recipient, morning=nudge.at, now=nudge.at, hour=hour)
        assert (action in called) is (local.date() >= working_day_before(action.due))
        assert called or nudge.kind not in ABOUT_ACTIONS
        for each in set(called) - {own for own in facts.actions if own.owner_id == nudge.recipient}:
            assert local.date() >= working_day_after(each.due, 2)  # of others', only what is late
    settled = replace(facts, actions=())
    kinds = {each.kind for each in next_nudges(settled, known, after=after, hour=hour)}
    assert not kinds & ABOUT_ACTIONS


def _facts(
    today: date, pairs: list[tuple[str, int]], status: PostmortemStatus, snoozed: int | None, *, changed_at: datetime
) -> Facts:
    return replace(
        IN_REVIEW,
        review=replace(IN_REVIEW.review, status=status),
        text_changed_at=changed_at,
        due=None if status is PostmortemStatus.PUBLISHED else today,
        snoozes={} if snoozed is None else {"ana": today + timedelta(days=snoozed)},
        actions=tuple(
            OwedAction(str(place), owner, today + timedelta(days=days)) for place, (owner, days) in enumerate(pairs)
        ),
    )


def test_zones_are_the_owners_own() -> None:
    facts = replace(PUBLISHED, actions=(ALARM, replace(ALARM, id="hers", owner_id="ana")))
    assert to_local(next_for(facts, "ana", after=berlin(3, 10)), ZoneInfo("America/New_York")).hour == HOUR
    assert to_local(next_for(facts, "raj", after=berlin(3, 10)), BERLIN).hour == HOUR
