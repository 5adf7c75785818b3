"""What the stories of alerts start from."""

from __future__ import annotations

import pytest

from tests.api.opsgenie.schedules.watches import Watches
from tests.usecases.alerts.stories import Alarms
from tests.usecases.stories import Story


@pytest.fixture
def alarms(story: Story) -> Alarms:
    """Ana, Raj and Li, and no alert yet."""
    return Alarms(story, Watches(story.units))
