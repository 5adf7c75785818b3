"""Teams: their members, the roles they make up, their routing rules, and what happened to them."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.teams import members, reading, roles, routing, writing

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *reading.ENDPOINTS,
    *writing.ENDPOINTS,
    *members.ENDPOINTS,
    *roles.ENDPOINTS,
    *routing.ENDPOINTS,
)
