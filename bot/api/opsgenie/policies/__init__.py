"""Policies, by the first version of their API and by the second: the same policies, in other words."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie.policies import first, second

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (*first.ENDPOINTS, *second.ENDPOINTS)
