"""Slack takes about one message a second in a channel, with short bursts; we wait rather than be refused."""

from __future__ import annotations

import asyncio


class Pace:
    """A token bucket for each channel: `burst` at once, then `per_second`."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._interval = 1 / per_second
        self._burst = burst
        self._full_at: dict[str, float] = {}

    async def wait(self, channel: str) -> None:
        """Return when one more message may go to this channel."""
        now = asyncio.get_running_loop().time()
        full_at = max(self._full_at.get(channel, now), now) + self._interval
        self._full_at[channel] = full_at
        early = full_at - now - self._burst * self._interval
        if early > 0:
            await asyncio.sleep(early)
        if len(self._full_at) > 10_000:
            self._full_at = {name: full for name, full in self._full_at.items() if full > now}
