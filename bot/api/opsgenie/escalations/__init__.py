"""Escalations."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.escalations import reading, writing

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (*reading.ENDPOINTS, *writing.ENDPOINTS)
