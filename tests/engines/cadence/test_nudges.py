# ruff: noqa: DTZ001  local times are naive: what a clock on the wall reads
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.cadence.facts import Facts, Nudge, NudgeKind, Zones
from bot.engines.cadence.mornings import may_send
from bot.engines.cadence.nudges import next_nudges, reason, still_due
from bot.engines.lifecycle.review import Review, Reviewer, ReviewRules
from bot.engines.wallclock import resolve, to_local
from bot.vocabulary import PostmortemStatus, Verdict

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = Zones({"raj": BERLIN, "ana": NEW_YORK, "C1": BERLIN}, default=BERLIN)
HOUR = 10


def berlin(month: int, day: int, hour: int = 12) -> datetime:
    return resolve(datetime(2026, month, day, hour), BERLIN)


MONDAY = berlin(3, 2)
LONG_AGO = berlin(1, 1)
DRAFT = Facts(
    review=Review("PM-12", "raj", reviewers=(Reviewer("ana", LONG_AGO),)),
    text_changed_at=LONG_AGO,
    due=date(2026, 3, 9),
    leads=("mia",),
    admins=("root",),
    channel="C1",
)
IN_REVIEW = replace(
    DRAFT,
    review=Review(
        "PM-12",
        "raj",
        status=PostmortemStatus.IN_REVIEW,
        reviewers=(Reviewer("ana", MONDAY), Reviewer("li", MONDAY)),
        asked_at=MONDAY,
    ),
    due=date(2026, 3, 4),
)


def story(facts: Facts, *, start: datetime, end: datetime) -> Iterator[Nudge]:
    """Every nudge of a stretch in which nobody does anything."""
    after = start
    while (nudges := [each for each in next_nudges(facts, ZONES, after=after, hour=HOUR) if each.at < end]) != []:
        after = nudges[0].at
        yield from (each for each in nudges if each.at == after)


def lines(facts: Facts, *, start: datetime, end: datetime) -> list[str]:
    """The story as a table: Berlin's time, recipient, kind."""
    return [
        f"{to_local(each.at, BERLIN):%a %d %H:%M} {each.recipient} {each.kind}"
        for each in story(facts, start=start, end=end)
    ]


def test_three_weeks_of_a_draft_that_nobody_touches() -> None:
    assert lines(DRAFT, start=MONDAY, end=berlin(3, 25)) == [
        "Fri 06 10:00 raj owner",
        "Mon 09 10:00 raj owner",
        "Tue 10 10:00 raj owner",
        "Wed 11 10:00 raj owner",
        "Wed 11 15:00 ana reviewer-of-draft",  # New York changed its clocks on the 8th, Berlin not yet
        "Thu 12 10:00 raj owner",
        "Thu 12 15:00 ana reviewer-of-draft",
        "Fri 13 10:00 raj owner",
        "Fri 13 15:00 ana reviewer-of-draft",
        "Mon 16 10:00 raj owner",
        "Mon 16 10:00 C1 channel-digest",
        "Mon 16 15:00 ana reviewer-of-draft",
        "Tue 17 10:00 raj owner",
        "Tue 17 15:00 ana reviewer-of-draft",
        "Wed 18 10:00 raj owner",
        "Wed 18 15:00 ana reviewer-of-draft",
        "Thu 19 10:00 raj owner",
        "Thu 19 15:00 ana reviewer-of-draft",
        "Fri 20 10:00 raj owner",
        "Fri 20 15:00 ana reviewer-of-draft",
        "Mon 23 10:00 raj owner",
        "Mon 23 10:00 mia lead",
        "Mon 23 10:00 C1 channel-digest",
        "Mon 23 15:00 ana reviewer-of-draft",
        "Tue 24 10:00 raj owner",
        "Tue 24 10:00 mia lead",
        "Tue 24 15:00 ana reviewer-of-draft",
        "Wed 25 10:00 raj owner",
        "Wed 25 10:00 mia lead",
    ]


def test_a_review_nudges_its_reviewers_from_the_first_morning_and_its_owner_two_days_past_due() -> None:
    facts = replace(IN_REVIEW, channel=None)
    assert lines(facts, start=MONDAY, end=berlin(3, 7)) == [
        "Mon 02 16:00 ana reviewer",  # still before ten in New York when she was asked
        "Tue 03 10:00 li reviewer",
        "Tue 03 16:00 ana reviewer",
        "Wed 04 10:00 li reviewer",
        "Wed 04 16:00 ana reviewer",
        "Thu 05 10:00 li reviewer",
        "Thu 05 16:00 ana reviewer",
        "Fri 06 10:00 li reviewer",
        "Fri 06 10:00 raj owner-of-review",
        "Fri 06 16:00 ana reviewer",
    ]


def recipients(facts: Facts, *, after: datetime = MONDAY) -> dict[str, NudgeKind]:
    return {each.recipient: each.kind for each in next_nudges(facts, ZONES, after=after, hour=HOUR)}


def test_a_verdict_ends_a_reviewers_nudges() -> None:
    ana, li = IN_REVIEW.review.reviewers
    said = replace(ana, verdict=Verdict.APPROVED, said_at=MONDAY)
    facts = replace(IN_REVIEW, review=replace(IN_REVIEW.review, reviewers=(said, li)))
    assert "ana" not in recipients(facts)
    assert recipients(facts)["li"] is NudgeKind.REVIEWER


def test_nobody_is_nudged_about_a_published_postmortem() -> None:
    facts = replace(DRAFT, review=replace(DRAFT.review, status=PostmortemStatus.PUBLISHED))
    assert recipients(facts) == {}


def test_an_owner_among_the_reviewers_is_nudged_as_reviewer_only_with_self_approval() -> None:
    review = replace(IN_REVIEW.review, owner_id="li")
    assert recipients(replace(IN_REVIEW, review=review))["li"] is NudgeKind.OWNER_OF_REVIEW
    alone = replace(IN_REVIEW, review=review, rules=ReviewRules(self_approval=True))
    assert recipients(alone)["li"] is NudgeKind.REVIEWER


def test_an_admin_stands_in_where_a_team_has_no_lead() -> None:
    assert recipients(replace(DRAFT, leads=()))["root"] is NudgeKind.LEAD
    assert "root" not in recipients(DRAFT)


def test_one_who_is_owner_and_lead_has_one_nudge_the_sooner() -> None:
    assert recipients(replace(DRAFT, leads=("raj",)))["raj"] is NudgeKind.OWNER
    late = berlin(4, 1)
    assert recipients(replace(DRAFT, leads=("raj",)), after=late)["raj"] is NudgeKind.OWNER


def next_for(facts: Facts, recipient: str, *, after: datetime) -> datetime:
    (nudge,) = (each for each in next_nudges(facts, ZONES, after=after, hour=HOUR) if each.recipient == recipient)
    return nudge.at


def test_a_snooze_quiets_one_person_until_the_morning_of_its_day() -> None:
    facts = replace(DRAFT, snoozes={"raj": date(2026, 3, 12)})
    assert next_for(facts, "raj", after=MONDAY) == berlin(3, 12, 10)
    assert next_for(facts, "ana", after=MONDAY) == berlin(3, 11, 15)
    weekend = replace(DRAFT, snoozes={"raj": date(2026, 3, 14)})
    assert next_for(weekend, "raj", after=MONDAY) == berlin(3, 16, 10)


@pytest.mark.parametrize(
    ("changed", "nudged"),
    [
        (berlin(3, 9, 9), berlin(3, 10, 10)),
        (berlin(3, 9, 11), berlin(3, 11, 10)),
        (berlin(3, 12, 11), berlin(3, 16, 10)),
    ],
)
def test_a_change_of_text_buys_a_day_of_quiet(changed: datetime, nudged: datetime) -> None:
    assert next_for(replace(DRAFT, text_changed_at=changed), "raj", after=changed) == nudged


def test_the_digest_of_a_channel_comes_at_most_once_a_week_for_all() -> None:
    other = replace(DRAFT, due=date(2026, 3, 11))
    end = berlin(5, 1)
    first, second = (
        [each.at for each in story(facts, start=MONDAY, end=end) if each.kind is NudgeKind.CHANNEL_DIGEST]
        for facts in (DRAFT, other)
    )
    assert first[0] == berlin(3, 16, 10)
    assert second == first[1:]
    assert all(late - early >= timedelta(days=6, hours=23) for early, late in pairwise(first))


def test_people_without_a_known_zone_wake_in_the_default_one() -> None:
    nudge = next_nudges(replace(DRAFT, channel=None, leads=()), Zones(), after=berlin(3, 11, 8), hour=HOUR)[0]
    assert nudge.at == datetime(2026, 3, 11, 10, tzinfo=UTC)


def test_without_a_due_day_only_reviewers_are_nudged() -> None:
    assert recipients(replace(DRAFT, due=None)) == {}
    assert recipients(replace(IN_REVIEW, due=None)) == {"ana": NudgeKind.REVIEWER, "li": NudgeKind.REVIEWER}


def test_the_reason_says_how_long_it_has_been_and_who_is_missing() -> None:
    ana, li = IN_REVIEW.review.reviewers
    said = replace(ana, verdict=Verdict.APPROVED, said_at=MONDAY)
    facts = replace(IN_REVIEW, review=replace(IN_REVIEW.review, reviewers=(said, li)))
    why = reason(facts, ZONES, "li", at=berlin(3, 9, 10))
    assert (why.days_in_review, why.due_in_days, why.days_overdue) == (7, -5, 3)
    assert (why.approved_by, why.waiting_for, why.is_last) == (("ana",), ("li",), True)
    assert not reason(facts, ZONES, "raj", at=berlin(3, 9, 10)).is_last


def test_the_reason_of_a_draft_says_when_it_is_due() -> None:
    why = next_nudges(DRAFT, ZONES, after=MONDAY, hour=HOUR)[0].reason
    assert (why.due, why.due_in_days, why.days_overdue, why.days_in_review) == (date(2026, 3, 9), 3, 0, None)


@pytest.mark.parametrize(
    ("facts", "now", "due"),
    [
        (DRAFT, berlin(3, 9, 10), True),
        (DRAFT, berlin(3, 9, 17), True),
        (DRAFT, berlin(3, 9, 18), False),
        (DRAFT, berlin(3, 10, 10), True),
        (replace(DRAFT, text_changed_at=berlin(3, 9, 11)), berlin(3, 9, 15), False),
        (replace(DRAFT, text_changed_at=berlin(3, 9, 11)), berlin(3, 10, 12), False),
        (replace(DRAFT, snoozes={"raj": date(2026, 3, 10)}), berlin(3, 9, 15), False),
        (replace(DRAFT, review=replace(DRAFT.review, status=PostmortemStatus.PUBLISHED)), berlin(3, 9, 15), False),
    ],
)
def test_a_late_nudge_goes_out_only_in_working_hours_and_while_the_facts_still_call_for_it(
    facts: Facts, now: datetime, due: bool
) -> None:
    assert still_due(facts, ZONES, "raj", planned=berlin(3, 9, 10), now=now, hour=HOUR) is due


zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    after=instants,
    changed=st.timedeltas(timedelta(days=-40), timedelta(days=3)),
    due=st.integers(-40, 10),
    hour=st.integers(0, 23),
    status=st.sampled_from([PostmortemStatus.DRAFT, PostmortemStatus.IN_REVIEW]),
    here=zones,
    there=zones,
    snoozed=st.one_of(st.none(), st.integers(-5, 30)),
)
def test_every_nudge_is_later_on_a_working_morning_and_a_day_after_the_last_change(
    *,
    after: datetime,
    changed: timedelta,
    due: int,
    hour: int,
    status: PostmortemStatus,
    here: ZoneInfo,
    there: ZoneInfo,
    snoozed: int | None,
) -> None:
    today = after.date()
    facts = replace(
        DRAFT,
        review=replace(IN_REVIEW.review, status=status),
        text_changed_at=after + changed,
        due=today + timedelta(days=due),
        snoozes={} if snoozed is None else {"ana": today + timedelta(days=snoozed)},
    )
    known = Zones({"raj": here, "ana": there, "C1": here}, default=there)
    nudges = next_nudges(facts, known, after=after, hour=hour)
    assert len({each.recipient for each in nudges}) == len(nudges)
    assert list(nudges) == sorted(nudges, key=lambda each: each.at)
    for nudge in nudges:
        zone = known.of(nudge.recipient)
        local = to_local(nudge.at, zone)
        assert nudge.at > after
        assert may_send(nudge.at, zone, hour)
        assert nudge.at == resolve(datetime(local.year, local.month, local.day, hour), zone)
        assert nudge.at - facts.text_changed_at >= timedelta(hours=24)
        assert local.date() >= facts.snoozes.get(nudge.recipient, date.min)
        assert nudge.kind is not NudgeKind.CHANNEL_DIGEST or local.weekday() == 0
        assert nudge.kind is not NudgeKind.LEAD or nudge.reason.days_overdue >= 10
        assert still_due(facts, known, nudge.recipient, planned=nudge.at, now=nudge.at, hour=hour)
