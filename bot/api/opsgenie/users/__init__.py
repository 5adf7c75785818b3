"""Users, and what each of them has to do with."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.users import belonging, reading, writing

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (*reading.ENDPOINTS, *writing.ENDPOINTS, *belonging.ENDPOINTS)
