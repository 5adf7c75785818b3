"""The cards of an override hold what Slack takes, whatever people and schedules are called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.engines.rotation import Schedule
from bot.playground.blockkit.messages import validate_message
from bot.playground.blockkit.views import validate_view
from bot.queries.people import Person
from bot.queries.schedules import Watched
from bot.slack.cards.override import asleep_time, confirm_card, confirm_view
from bot.slack.cards.override_fields import OverrideFields, fields_in
from bot.usecases.overrides.planning import Covered, OverridePlan, Stretch

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "hours", "zone", "asleep"),
    [
        ("2026-11-18T09:00", 4, "Europe/Berlin", 0),
        ("2026-11-18T17:00", 15, "Europe/Berlin", 9),
        ("2026-11-18T17:00", 24 * 7, "Europe/Berlin", 63),
        ("2026-11-18T02:00", 1, "Europe/Berlin", 1),
        ("2027-03-27T20:00", 12, "Europe/Berlin", 8),  # the night in which the clocks go forward
        ("2026-11-18T09:00", 24 * 32, "Europe/Berlin", 0),
    ],
)
def test_hours_of_sleep_are_counted(start: str, hours: int, zone: str, asleep: int) -> None:
    begin = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert asleep_time(begin, begin + timedelta(hours=hours), ZoneInfo(zone)) == timedelta(hours=asleep)


def test_a_button_gives_back_what_was_put_into_it() -> None:
    fields = OverrideFields("s", "U1", NOW, NOW + timedelta(hours=1), ("a", "b"), "shown")
    assert fields_in(fields.value) == fields
    assert fields_in(OverrideFields().value) == OverrideFields()


def test_the_longest_names_and_the_most_turns_fit() -> None:
    person = Person(
        id="p" * 36,
        slack_id="U1",
        name="<&>" * 60,
        email=None,
        timezone="Asia/Kolkata",
        is_admin=False,
        is_outsider=False,
        is_bot=False,
        has_left=False,
        refreshed_at=NOW,
    )
    many = tuple(Stretch("R" * 100, NOW, NOW + timedelta(hours=1), person) for _ in range(200))
    covered = tuple(Covered("c", person, NOW, NOW + timedelta(days=1), person) for _ in range(50))
    plan = OverridePlan(
        schedule=Watched(Schedule("s" * 36, "<&>" * 33, ZoneInfo("UTC"), True, ()), (), None, 1),
        person=person,
        start=NOW,
        end=NOW + timedelta(days=20),
        rotation_ids=tuple(f"{number:036}" for number in range(9)),
        rotations=tuple("&" * 100 for _ in range(9)),
        stretches=many,
        covered=covered,
        is_on_anyway=True,
        now=NOW,
    )
    card, view = confirm_card(plan, me=person, understood="x" * 500, note="y" * 2000), confirm_view(plan, me=person)
    assert validate_message(card.payload) == []
    assert validate_view(view) == []
