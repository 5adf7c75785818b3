"""What Watchbill writes into a timeline itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.engines.rotation import (
    Directory,
    Override,
    Participant,
    Rotation,
    RotationRule,
    RotationVersion,
    Schedule,
)
from bot.engines.timeline import Deed, DeedKind, Facts, OwnEntry, hand_overs, own_entries, page_of
from bot.engines.timeline.hand_overs import MOST_CHANGES
from bot.vocabulary import ParticipantKind, RotationType

BEGAN = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = {"ana": "Ana", "raj": "Raj", "mia": "Mia"}


def user(name: str) -> Participant:
    """A person of a roster."""
    return Participant(ParticipantKind.USER, name)


def hourly(*who: Participant, name: str = "Payments", on: bool = True, off_since: datetime | None = None) -> Schedule:
    """A schedule whose roster hands over every hour, since long before the incident."""
    start = BEGAN - timedelta(days=2)
    rule = RotationRule(start=start, end=None, type=RotationType.HOURLY, length=1, participants=who)
    rotation = Rotation(id=f"{name}-1", name="First", versions=(RotationVersion(rule),))
    return Schedule(name.lower(), name, ZoneInfo("UTC"), on, (rotation,), off_since)


def told(schedules: Sequence[Schedule], directory: Directory, *, hours: float) -> list[str]:
    """The entries of who was on call, with the hour of each."""
    on_call = hand_overs(schedules, directory, start=BEGAN, end=BEGAN + hours * HOUR)
    return [f"{each.at:%H:%M} {each.text}" for each in own_entries(Facts(on_call=on_call, names=NAMES))]


def test_who_was_on_call_as_it_began_and_at_every_change_until_it_ended() -> None:
    laid = Override(
        id="o1",
        participant=Participant(ParticipantKind.NONE, None),
        start=BEGAN + 1.5 * HOUR,
        end=BEGAN + 2 * HOUR,
        rotation_ids=frozenset(),
        sequence=1,
        created_by="ana",
    )
    schedule = hourly(user("ana"), user("raj"))
    assert told([schedule], Directory(overrides={"payments": (laid,)}), hours=2.5) == [
        "09:00 Payments: Ana was on call as it began",
        "10:00 Payments: from now on Raj was on call",
        "10:30 Payments: from now on nobody was on call",
        "11:00 Payments: from now on Ana was on call",
    ]
    assert told([schedule], Directory(), hours=0) == ["09:00 Payments: Ana was on call as it began"]


def test_a_turn_that_changes_nobody_is_no_change_and_a_schedule_that_is_off_says_nothing() -> None:
    alone = hourly(user("ana"))
    off = hourly(user("raj"), name="Old", on=False)
    switched_off = hourly(user("mia"), name="Until ten", on=False, off_since=BEGAN + HOUR)
    assert told([alone, off, switched_off], Directory(), hours=5) == [
        "09:00 Payments: Ana was on call as it began",
        "09:00 Until ten: Mia was on call as it began",
        "10:00 Until ten: from now on nobody was on call",
    ]


def test_a_team_stands_for_whoever_is_on_call_for_it() -> None:
    inside = hourly(user("raj"), user("mia"), name="Inner")
    team = Participant(ParticipantKind.TEAM, "t1")
    directory = Directory(team_schedules={"t1": (inside,)}, team_members={"t1": ()})
    assert told([hourly(team)], directory, hours=1.5) == [
        "09:00 Payments: Raj was on call as it began",
        "10:00 Payments: from now on Mia was on call",
    ]


def test_of_many_changes_the_first_are_told_and_how_many_were_left_out() -> None:
    on_call = hand_overs([hourly(user("ana"), user("raj"))], Directory(), start=BEGAN, end=BEGAN + 60 * HOUR)
    entries = own_entries(Facts(on_call=on_call, names=NAMES))
    assert (len(on_call.items), on_call.left_out) == (MOST_CHANGES + 1, 9)
    assert on_call.everybody == {"ana", "raj"}
    assert "9 more changes of who was on call are left out" in entries[-1].text


def test_what_was_done_is_told_in_the_order_of_time_each_on_one_line() -> None:
    deeds = (
        Deed(BEGAN + HOUR, DeedKind.RESOLVED, "INC-7", "Raj\nPatel"),
        Deed(BEGAN, DeedKind.OPENED, "INC-7", result="P3"),
        Deed(BEGAN + 0.5 * HOUR, DeedKind.PRIORITY_CHANGED, "INC-7", "Ana", "P3 to P1"),
        Deed(BEGAN + 9 * HOUR, DeedKind.PUBLISHED, "PM-12", "Ana"),
    )
    assert [each.text for each in own_entries(Facts(deeds))] == [
        "INC-7 was opened: P3",
        "The priority of INC-7 was changed by Ana: P3 to P1",
        "INC-7 was resolved by Raj Patel",
        "PM-12 was published by Ana",
    ]
    assert all(own_entries(Facts((Deed(BEGAN, each, "PM-1"),)))[0].text.count("PM-1") == 1 for each in DeedKind)


@given(st.lists(st.integers(0, 20), max_size=12), st.lists(st.integers(0, 20), max_size=6), st.integers(1, 5))
def test_pages_together_are_the_whole_timeline(stored: list[int], derived: list[int], limit: int) -> None:
    kept = [OwnEntry(BEGAN + hours * HOUR, f"kept {place}") for place, hours in enumerate(sorted(stored))]
    own = [OwnEntry(BEGAN + hours * HOUR, f"own {place}") for place, hours in enumerate(sorted(derived))]
    whole = sorted([*own, *kept], key=lambda each: each.at)
    pages = []
    for offset in range(0, len(whole) + 1, limit):
        skipped = max(0, offset - len(own))
        pages += page_of(kept[skipped : offset + limit], own, skipped=skipped, offset=offset, limit=limit)
    assert pages == whole


def test_what_became_of_an_alert_is_told_as_of_an_incident() -> None:
    deeds = (
        Deed(BEGAN, DeedKind.RAISED, "alert #3", "prometheus", "db is down"),
        Deed(BEGAN, DeedKind.CALLED, "alert #3", result="Raj (Payments), Mia"),
        Deed(BEGAN, DeedKind.ESCALATED, "alert #3", result="step 2 of Night"),
        Deed(BEGAN, DeedKind.ACKNOWLEDGED, "alert #3", "Raj"),
        Deed(BEGAN, DeedKind.UPDATED, "INC-7", "Raj", "rolling\nback"),
        Deed(BEGAN, DeedKind.ROLES_GIVEN, "INC-7", "Ana", "scribe Mia"),
    )
    assert [each.text for each in own_entries(Facts(deeds))] == [
        "Alert #3 was raised by prometheus: db is down",
        "Called to alert #3: Raj (Payments), Mia",
        "Alert #3 was escalated: step 2 of Night",
        "Alert #3 was acknowledged by Raj",
        "News of INC-7 by Raj: rolling back",
        "Roles in INC-7 were given by Ana: scribe Mia",
    ]
