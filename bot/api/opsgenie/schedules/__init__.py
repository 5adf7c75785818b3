"""Schedules, their rotations, overrides, on-calls and timelines."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.schedules import calendars, on_calls, overrides, reading, rotations, timeline, writing

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *calendars.ENDPOINTS,
    *on_calls.ENDPOINTS,  # before any path with a variable part in place of its last word
    *reading.ENDPOINTS,
    *timeline.ENDPOINTS,
    *writing.ENDPOINTS,
    *rotations.ENDPOINTS,
    *overrides.ENDPOINTS,
)
