"""Instants as Slack's date tokens: each reader sees their own zone, and a fallback says UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def clock_time(at: datetime) -> str:
    """The hour and minute only."""
    return _token(at, "{time}", "%H:%M UTC")


def day_and_time(at: datetime) -> str:
    """The day in words where it is near, and the time: `tomorrow at 09:00`."""
    return _token(at, "{date_short_pretty} at {time}", "%a %d %b %H:%M UTC")


def day(at: datetime) -> str:
    """The day only."""
    return _token(at, "{date_short_pretty}", "%a %d %b")


def spoken_utc(at: datetime) -> str:
    """An instant for places that know no tokens: `Thu 19 Nov 09:00 UTC`."""
    return at.astimezone(UTC).strftime("%a %d %b %H:%M UTC")


def _token(at: datetime, form: str, fallback: str) -> str:
    return f"<!date^{int(at.timestamp())}^{form}|{at.astimezone(UTC).strftime(fallback)}>"
