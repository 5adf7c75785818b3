"""Events: what the bot subscribed to, sent, repeated when it failed, and doubled or shuffled when a test asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from bot.playground import rules
from bot.playground.delivery.acks import Ack, Carrier, Envelope, Outcome, Retry
from bot.playground.workspace import Workspace

RETRY_SECONDS = (0.0, 60.0, 300.0)
_MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


def subscription(event: dict[str, Any]) -> str:
    """The name under which a manifest subscribes to an event."""
    if event["type"] == "message":
        return _MESSAGE_EVENTS[event["channel_type"]]
    return str(event["type"])


class Events:
    """Sends events over a carrier. `copies` says how often each is sent (Slack sometimes sends twice); `sent` lists
    every envelope in the order it was made.
    """

    def __init__(self, workspace: Workspace, carrier: Carrier, judge: Callable[[Ack, str], None]) -> None:
        self._workspace = workspace
        self._carrier = carrier
        self._judge = judge
        self._running: set[asyncio.Task[None]] = set()
        self._busy = 0
        self._waiting: dict[object, float] = {}
        self._turn = asyncio.Event()
        self._held: list[dict[str, Any]] | None = None
        self.copies = 1
        self.sent: list[dict[str, Any]] = []

    def emit(self, event: dict[str, Any]) -> None:
        """Send an event in the background, if there is a bot and its manifest subscribes to it."""
        if not self._carrier.attached:
            return
        name = subscription(event)
        subscribed = name in self._workspace.manifest.events
        if not (subscribed and rules.event_allowed(name, self._workspace.granted_scopes)):
            return
        self._workspace.used_scopes.update(rules.event_scopes(name) & self._workspace.granted_scopes)
        envelope = self._envelope(event)
        if self._held is not None:
            self._held.append(envelope)
            return
        self._start(envelope)

    def hold(self) -> None:
        """Keep events back until `release`."""
        self._held = []

    def release(self, order: Callable[[Sequence[dict[str, Any]]], Sequence[dict[str, Any]]] = tuple) -> None:
        """Send what was held in the order that `order` makes of it, such as `lambda held: held[::-1]`."""
        held, self._held = self._held or [], None
        for envelope in order(held):
            self._start(envelope)

    def redeliver(self, event_id: str, *, retry: Retry | None = None) -> None:
        """Send an earlier event once more, under its own event_id. KeyError when there is none."""
        for envelope in self.sent:
            if envelope["event_id"] == event_id:
                self._spawn(self._once(envelope, retry))
                return
        raise KeyError(event_id)

    async def settled(self) -> None:
        """Return when no delivery is under way or due; one that waits for a later retry does not count."""
        while self._busy or any(due <= self._workspace.clock.time() for due in self._waiting.values()):
            await self._turn.wait()

    async def close(self) -> None:
        """Stop every delivery."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _envelope(self, event: dict[str, Any]) -> dict[str, Any]:
        app, team = self._workspace.app, self._workspace.team
        return {
            "token": app.verification_token,
            "team_id": team.id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.mint.next("Ev"),
            "event_time": int(self._workspace.clock.time()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team.id,
                    "user_id": app.user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": self._workspace.mint.next("EC"),
        }

    def _start(self, envelope: dict[str, Any]) -> None:
        self.sent.append(envelope)
        for _ in range(self.copies):
            self._spawn(self._until_taken(envelope))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._busy += 1
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._busier(-1)

    def _busier(self, by: int) -> None:
        self._busy += by
        turn, self._turn = self._turn, asyncio.Event()
        turn.set()

    async def _until_taken(self, envelope: dict[str, Any]) -> None:
        ack = await self._send(envelope, None)
        for number, seconds in enumerate(RETRY_SECONDS, start=1):
            if ack.ok or (ack.no_retry and ack.outcome is not Outcome.TIMEOUT):
                return
            await self._pause(seconds)
            ack = await self._send(envelope, Retry(number, _reason(ack)))

    async def _pause(self, seconds: float) -> None:
        if seconds == 0:
            return
        due = self._workspace.clock.time() + seconds
        pause = object()
        self._waiting[pause] = due
        self._busier(-1)
        try:
            await self._workspace.clock.wait_until(due)
        finally:
            del self._waiting[pause]
            self._busier(1)

    async def _once(self, envelope: dict[str, Any], retry: Retry | None) -> None:
        await self._send(envelope, retry)

    async def _send(self, envelope: dict[str, Any], retry: Retry | None) -> Ack:
        ack = await self._carrier.carry(Envelope.EVENT, envelope, retry=retry)
        self._judge(ack, f"event {subscription(envelope['event'])} ({envelope['event_id']})")
        return ack


def _reason(ack: Ack) -> str:
    if ack.outcome is Outcome.TIMEOUT:
        return "http_timeout"
    return "connection_failed" if ack.status is None else "http_error"
