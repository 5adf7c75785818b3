"""Instants as Slack's date tokens: each reader sees their own zone, and a fallback says UTC."""

from __future__ import annotations

from datetime import UTC, datetime

_MID_SENTENCE = "\u200b"
"""A space of no width. Slack writes `Tomorrow` where a token begins the format, and `tomorrow` after anything else."""


def day_and_time(at: datetime) -> str:
    """The day, short or in words where it is near, and the time: `tomorrow at 09:00`, `Nov 30, 2026 at 09:00`."""
    return _token(at, "{date_short_pretty} at {time}")


def weekday_and_time(at: datetime) -> str:
    """The same for what is to come, by which one plans: `tomorrow at 09:00`, `Monday, November 30th, 2026 at 09:00`.

    Of the tokens that are documented for mrkdwn, the long ones alone name the weekday.
    """
    return _token(at, "{date_long_pretty} at {time}")


def _token(at: datetime, form: str) -> str:
    fallback = f"{at.astimezone(UTC):%a %d %b %H:%M UTC}"
    return f"<!date^{int(at.timestamp())}^{_MID_SENTENCE}{form}|{fallback}>"
