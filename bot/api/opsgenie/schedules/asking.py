"""The time and the form that questions about who is on call are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from bot.api.opsgenie.schedules.identifying import ByIdentifier
from bot.api.opsgenie.wire import Flag, Instant, Wire

EARLIEST_YEAR, LATEST_YEAR = 1970, 2100
"""As far as overrides may reach: what lies beyond is a slip, and clocks cannot be counted on for ever."""


def _none_when_empty(value: Any) -> Any:
    return None if value == "" else value


def _no_when_empty(value: Any) -> Any:
    return False if value == "" else value


def _within_reach(at: datetime | None) -> datetime | None:
    if at is not None and not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        raise ValueError(f"choose a time between the years {EARLIEST_YEAR} and {LATEST_YEAR}.")
    return at


When = Annotated[Instant | None, BeforeValidator(_none_when_empty), AfterValidator(_within_reach)]
"""An instant that is now where it is left out or empty."""


class Asked(Wire):
    """When, and whether in short: `flat` gives nothing but user names."""

    date: When = None
    flat: Annotated[Flag, BeforeValidator(_no_when_empty)] = False


class AskedOfOne(ByIdentifier, Asked):
    """The same of one schedule."""
