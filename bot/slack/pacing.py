"""Slack takes about one message a second in a channel, and of each method so many a minute, with short bursts.

We wait rather than be refused.
"""

from __future__ import annotations

MOST_CHANNELS = 10_000


class Pace:
    """A token bucket for each channel: `burst` at once, then `per_second`."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._interval = 1 / per_second
        self._burst = burst
        self._full_at: dict[str, float] = {}

    def seconds_until_room(self, channel: str, *, now: float) -> float:
        """How long from `now` until something more may go to this channel; nothing is counted as sent."""
        return max(0.0, self._full_at.get(channel, now) - now - (self._burst - 1) * self._interval)

    def seconds_to_wait(self, channel: str, *, now: float) -> float:
        """How long from `now`, in seconds of any one clock, the next message must wait; it is counted as sent then."""
        full_at = max(self._full_at.get(channel, now), now) + self._interval
        self._full_at[channel] = full_at
        if len(self._full_at) > MOST_CHANNELS:
            self._full_at = {name: full for name, full in self._full_at.items() if full > now}
        return max(0.0, full_at - now - self._burst * self._interval)
