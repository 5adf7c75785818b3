"""What the stories of queries start from."""

from __future__ import annotations

import pytest

from bot.queries.reading import Reader
from bot.usecases.unit import Units
from tests.conftest import StillClock
from tests.usecases.stories import Story, told_story


@pytest.fixture
async def story(units: Units, reader: Reader, clock: StillClock) -> Story:
    """Ana, Raj and Li, and nothing written yet."""
    return await told_story(units, reader, clock)
