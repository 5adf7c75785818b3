"""Incidents: what postmortems stand on, whoever opened them."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.incidents import (
    alerts,
    calling,
    changing,
    labelling,
    moving,
    notes_and_logs,
    reading,
    requests,
    templates,
    writing,
)

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *requests.ENDPOINTS,
    *writing.ENDPOINTS,
    *reading.ENDPOINTS,
    *moving.ENDPOINTS,
    *notes_and_logs.ENDPOINTS,
    *calling.ENDPOINTS,
    *labelling.ENDPOINTS,
    *changing.ENDPOINTS,
    *alerts.ENDPOINTS,
    *templates.ENDPOINTS,
)
