"""Schedules, their rotations, overrides, on-calls and timelines."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.schedules import reading

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (*reading.ENDPOINTS,)
