"""What Slack said when it refused a call."""

from __future__ import annotations

from datetime import timedelta

from slack_sdk.errors import SlackApiError

TOO_MANY = frozenset({"ratelimited", "rate_limited", "HTTP 429"})
"""What it is called when we asked too often."""


def problem_of(error: SlackApiError) -> str:
    """Slack's name of the problem, or `HTTP 503` where the answer was not in Slack's own form.

    Never ask the error's response itself: what the library puts there may be its own response, a dict, or aiohttp's,
    and the first raises AttributeError where a proxy answered with a page.
    """
    response: object = error.response
    said = getattr(response, "data", response)
    if isinstance(said, dict) and said.get("error"):
        return str(said["error"])
    status = getattr(response, "status_code", None) or getattr(response, "status", "?")
    return f"HTTP {status}"


def retry_after(error: SlackApiError) -> timedelta:
    """How long Slack asks to be left alone, where it refused for having been asked too often."""
    seconds = str(getattr(error.response, "headers", {}).get("Retry-After", "1"))
    return timedelta(seconds=int(seconds) if seconds.isdecimal() else 1)
