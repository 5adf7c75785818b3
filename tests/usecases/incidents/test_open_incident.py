"""Writing down that something went wrong, and finding it to choose from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import BadFields, NotAllowed
from bot.queries import incidents
from bot.usecases.incidents.open_incident import open_incident
from bot.vocabulary import IncidentStatus, Severity
from tests.conftest import met
from tests.usecases.stories import Story


async def _opened(story: Story, message: str, *, hours_ago: int = 1, resolved: bool = False) -> int:
    async with story.units.begin(story.ana) as unit:
        return await open_incident(
            unit,
            message=message,
            priority=Severity.P3,
            started_at=unit.now - timedelta(hours=hours_ago),
            resolved_at=unit.now if resolved else None,
        )


async def test_an_incident_is_open_or_resolved(story: Story) -> None:
    assert await _opened(story, "Database down") == 1
    assert await _opened(story, " Queue full ", hours_ago=5, resolved=True) == 2
    async with story.reader() as reading:
        newest, older = await incidents.recent(reading)
    assert (newest.label, newest.status, newest.priority) == ("INC-1", IncidentStatus.OPEN, Severity.P3)
    assert (older.message, older.status, older.resolved_at) == (
        "Queue full",
        IncidentStatus.RESOLVED,
        story.clock.now,
    )


async def test_all_bad_fields_are_told_at_once(story: Story) -> None:
    with pytest.raises(BadFields) as refused:
        await _opened(story, "x" * 300, hours_ago=-1, resolved=True)
    assert refused.value.fields.keys() == {"title", "started_at", "ended_at"}


async def test_a_guest_may_not(story: Story) -> None:
    guest = await met(story.units, "UGUEST", outsider=True)
    with pytest.raises(NotAllowed):
        async with story.units.begin(guest) as unit:
            await open_incident(unit, message="x", priority=Severity.P1, started_at=unit.now)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["INC-3", "INC-2", "INC-1"]),
        ("ÜBER down", ["INC-2"]),
        ("down", ["INC-2", "INC-1"]),
        ("INC-3", ["INC-3"]),
        ("#1", ["INC-1"]),
        ("inc 2", ["INC-2"]),
        ("100%", ["INC-3"]),
        ("50%", []),
        ("7", ["INC-1"]),
    ],
)
async def test_incidents_are_found_by_number_or_by_words(story: Story, words: str, found: list[str]) -> None:
    await _opened(story, "Rack 7 down", hours_ago=3)
    await _opened(story, "Über-Dienst is DOWN", hours_ago=2)
    await _opened(story, "Disk 100% full")
    async with story.reader() as reading:
        assert [each.label for each in await incidents.recent(reading, words)] == found
        assert len(await incidents.recent(reading, limit=2)) == 2


async def test_an_incident_says_which_postmortem_it_has(story: Story) -> None:
    await story.created()
    async with story.reader() as reading:
        [incident] = await incidents.recent(reading)
    assert incident.postmortem == 1
