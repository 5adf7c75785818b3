"""Slack's rate limits: so many calls a minute for each method, and one message a second in each channel."""

from __future__ import annotations

import math
from collections import deque

from bot.playground.clock import WorkspaceClock

WINDOW_SECONDS = 60.0
POST_BURST = 10
POST_PER_SECOND = 1.0


class RateLimits:
    """Counts by the workspace's clock. Set `enabled` to False where a test is about something else."""

    def __init__(self, clock: WorkspaceClock) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._posts: dict[str, tuple[float, float]] = {}
        self.enabled = True

    def seconds_to_wait(self, method: str, *, per_minute: int | None, channel: str = "") -> int:
        """0 when the call may pass, and it is counted; else the Retry-After in whole seconds, at least 1."""
        if not self.enabled:
            return 0
        if method == "chat.postMessage":
            return self._post(channel)
        return self._call(method, per_minute) if per_minute else 0

    def _call(self, method: str, per_minute: int) -> int:
        now = self._clock.time()
        calls = self._calls.setdefault(method, deque())
        while calls and now - calls[0] >= WINDOW_SECONDS:
            calls.popleft()
        if len(calls) >= per_minute:
            return max(1, math.ceil(WINDOW_SECONDS - (now - calls[0])))
        calls.append(now)
        return 0

    def _post(self, channel: str) -> int:
        now = self._clock.time()
        left, since = self._posts.get(channel, (float(POST_BURST), now))
        left = min(float(POST_BURST), left + (now - since) * POST_PER_SECOND)
        if left < 1:
            self._posts[channel] = (left, now)
            return max(1, math.ceil((1 - left) / POST_PER_SECOND))
        self._posts[channel] = (left - 1, now)
        return 0
