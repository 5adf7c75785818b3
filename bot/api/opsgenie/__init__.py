"""Opsgenie's API: the same paths, fields and answers, so that its clients need another address and nothing else."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Endpoint
from bot.api.opsgenie import (
    account,
    alerts,
    escalations,
    forwarding_rules,
    incidents,
    policies,
    postmortems,
    schedules,
    services,
    teams,
    users,
)

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *schedules.ENDPOINTS,
    *users.ENDPOINTS,
    *account.ENDPOINTS,
    *services.ENDPOINTS,
    *alerts.ENDPOINTS,
    *incidents.ENDPOINTS,
    *escalations.ENDPOINTS,
    *teams.ENDPOINTS,
    *forwarding_rules.ENDPOINTS,
    *policies.ENDPOINTS,
    *postmortems.ENDPOINTS,
)
