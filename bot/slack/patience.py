"""Slack waits three seconds for an acknowledgement. Work that takes longer goes on; the person is told meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

PATIENCE_SECONDS = 2.0
Result = TypeVar("Result")


async def begun(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """Begin the work and answer its task once it is done, or after PATIENCE_SECONDS while it still goes on.

    The caller awaits the task in any case: nothing that was begun is given up half way.
    """
    task = asyncio.create_task(work)
    await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
    return task
