"""Postmortems: read, create, update as a whole or one field at a time, and delete."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.postmortems import reading, updating, writing

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (*reading.ENDPOINTS, *writing.ENDPOINTS, *updating.ENDPOINTS)
