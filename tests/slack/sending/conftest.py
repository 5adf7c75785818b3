"""What every test of the sender stands on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.playground.clock import WorkspaceClock
from storage.database import Database
from tests.slack.conftest import MORNING
from tests.slack.sending.post import Post, opened


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    """A workspace whose clock stands still, on each kind of database in turn."""
    async with opened(database, WorkspaceClock.still(MORNING)) as post:
        yield post
