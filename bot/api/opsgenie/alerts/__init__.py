"""Alerts: what programs send, and what becomes of it."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.alerts import (
    answering,
    calling,
    changing,
    labelling,
    notes_and_logs,
    reading,
    requests,
    saved_searches,
    unbuilt,
    writing,
)

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *requests.ENDPOINTS,
    *writing.ENDPOINTS,
    *reading.ENDPOINTS,
    *answering.ENDPOINTS,
    *calling.ENDPOINTS,
    *labelling.ENDPOINTS,
    *changing.ENDPOINTS,
    *notes_and_logs.ENDPOINTS,
    *saved_searches.ENDPOINTS,
    *unbuilt.ENDPOINTS,
)
