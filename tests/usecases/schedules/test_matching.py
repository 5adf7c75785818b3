"""Which rotations of an update are those there are, and what those without a name are called."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.engines.rotation import NOBODY, Rotation, RotationRule, RotationVersion
from bot.usecases.schedules.matching import matched
from bot.usecases.schedules.wanted import UNSAID, WantedRotation
from bot.vocabulary import RotationType

RULE = RotationRule(datetime(2026, 11, 16, tzinfo=UTC), None, RotationType.WEEKLY, 1, (NOBODY,))


def there(*names: str) -> list[Rotation]:
    """Rotations with the ids 1, 2, ..."""
    return [Rotation(str(n), name, (RotationVersion(RULE),)) for n, name in enumerate(names, start=1)]


def wanted(rotation_id: str | None = None, name: str | None = None) -> WantedRotation:
    called = UNSAID if name is None else name
    return WantedRotation(rotation_id, called, (NOBODY,), RotationType.WEEKLY, 1, RULE.start)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ([wanted(name="Days"), wanted(name="Nights")], [("1", "Days"), ("2", "Nights")]),
        ([wanted("2", "Days"), wanted("1")], [("2", "Days"), ("1", "Days")]),
        ([wanted("2", "Late"), wanted(name="Nights")], [("2", "Late"), (None, "Nights")]),
        ([wanted("none such", "Nights")], [("2", "Nights")]),
        ([wanted("1", "One"), wanted("1", "Two")], [("1", "One"), (None, "Two")]),
        ([wanted(name="days")], [(None, "days")]),
        (
            [wanted(name="Days"), wanted(name="Days"), wanted(name="Days")],
            [("1", "Days"), (None, "Days"), (None, "Days")],
        ),
        ([wanted(), wanted(name="Rot1"), wanted()], [(None, "Rot2"), ("3", "Rot1"), (None, "Rot3")]),
        ([wanted()], [("3", "Rot1")]),
        ([], []),
    ],
)
def test_by_id_then_by_name_then_new(what: list[WantedRotation], found: list[tuple[str | None, str]]) -> None:
    assert [(each.id, each.name) for each in matched(what, there("Days", "Nights", "Rot1"), by_name=True)] == found


def test_in_slack_a_new_rotation_of_an_old_name_is_a_new_one() -> None:
    [found] = matched([wanted(name="Days")], there("Days"), by_name=False)
    assert (found.id, found.name) == (None, "Days")
