"""The vendors' APIs that are answered: each one's dialect, and its requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.api import datadog, grafana, opsgenie
from bot.api.datadog.dialect import DATADOG
from bot.api.dialects import Dialect
from bot.api.endpoints import Endpoint
from bot.api.grafana.dialect import GRAFANA
from bot.api.opsgenie.dialect import OPSGENIE


@dataclass(frozen=True, slots=True)
class Room:
    """One vendor's API."""

    dialect: Dialect
    endpoints: tuple[Endpoint[Any, Any], ...]


ROOMS = (
    Room(OPSGENIE, opsgenie.ENDPOINTS),
    Room(GRAFANA, grafana.ENDPOINTS),
    Room(DATADOG, datadog.ENDPOINTS),
)
_NARROWEST_FIRST: tuple[Dialect, ...] = (GRAFANA, DATADOG, OPSGENIE)
"""Opsgenie's clients are answered below `/api` too, wherever no other vendor's ask."""


def dialect_of(path: str) -> Dialect | None:
    """How a program that asks at that path talks; None where no program asks: it is for people, or for Slack."""
    return next((each for each in _NARROWEST_FIRST if each.speaks_at(path)), None)
