"""Socket Mode: websockets the bot opened, each delivery to one of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from bot.playground.delivery.acks import ACK_SECONDS, Ack, Envelope, Outcome, Retry

MOST_SOCKETS = 10
_ANSWERED_INTERACTIONS = frozenset({"view_submission", "block_suggestion"})


@dataclass(eq=False, slots=True)
class _Socket:
    wire: web.WebSocketResponse
    transport: asyncio.Transport | None
    leaving: bool = False
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)


class SocketCarrier:
    """Keeps the bot's sockets. Each ticket of apps.connections.open opens one; up to ten live at once."""

    def __init__(self, *, app_id: str, limit: float = ACK_SECONDS) -> None:
        self._app_id = app_id
        self._limit = limit
        self._tickets: set[str] = set()
        self._sockets: list[_Socket] = []
        self._turn = 0
        self._was_connected = False
        self._arrival = asyncio.Event()
        self.choose: Callable[[int], int] = self._next_in_turn

    @property
    def attached(self) -> bool:
        """True from the first socket on."""
        return self._was_connected

    @property
    def connected(self) -> int:
        """How many sockets deliveries may go to."""
        return sum(not socket.leaving for socket in self._sockets)

    def ticket(self) -> str:
        """A ticket for one connection."""
        made = str(uuid4())
        self._tickets.add(made)
        return made

    async def until_connected(self, sockets: int = 1) -> None:
        """Return when at least so many sockets are there."""
        while self.connected < sockets:
            await self._arrival.wait()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The websocket's endpoint; a used or unknown ticket is refused."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="unknown ticket")
        self._tickets.remove(ticket)
        wire = web.WebSocketResponse(heartbeat=30.0)
        await wire.prepare(request)
        if len(self._sockets) >= MOST_SOCKETS:
            await wire.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": _debug()})
            await wire.close()
            return wire
        await self._keep(_Socket(wire, request.transport))
        return wire

    async def refresh(self) -> None:
        """Ask every socket to come back on a fresh one; the old ones serve until a new one is there."""
        for socket in list(self._sockets):
            socket.leaving = True
            await socket.wire.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": _debug()})

    def drop(self) -> None:
        """Cut every socket as a network does: nobody says goodbye, and what waits for an ack waits in vain."""
        for socket in list(self._sockets):
            self._sockets.remove(socket)
            if socket.transport is not None:
                socket.transport.abort()

    async def carry(self, envelope: Envelope, payload: dict[str, Any], *, retry: Retry | None = None) -> Ack:
        """Send it over one socket and wait for its ack within the limit."""
        candidates = [socket for socket in self._sockets if not socket.leaving] or self._sockets
        if not candidates:
            return Ack(outcome=Outcome.NOT_SENT)
        socket = candidates[self.choose(len(candidates))]
        envelope_id = str(uuid4())
        frame: dict[str, Any] = {
            "envelope_id": envelope_id,
            "type": envelope.value,
            "accepts_response_payload": envelope is Envelope.COMMAND or payload.get("type") in _ANSWERED_INTERACTIONS,
            "payload": payload,
        }
        if envelope is Envelope.EVENT:
            frame |= {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        socket.waiting[envelope_id] = answer
        try:
            async with asyncio.timeout(self._limit):
                await socket.wire.send_json(frame)
                return Ack(body=_body(await answer) if frame["accepts_response_payload"] else None)
        except TimeoutError:
            return Ack(outcome=Outcome.TIMEOUT)
        except ConnectionError:
            return Ack(outcome=Outcome.NOT_SENT)
        finally:
            socket.waiting.pop(envelope_id, None)

    async def close(self) -> None:
        """Close every socket."""
        for socket in list(self._sockets):
            await socket.wire.close()

    async def _keep(self, socket: _Socket) -> None:
        self._sockets.append(socket)
        self._was_connected = True
        await socket.wire.send_json(
            {
                "type": "hello",
                "num_connections": len(self._sockets),
                "connection_info": {"app_id": self._app_id},
                "debug_info": _debug(),
            }
        )
        for old in [each for each in self._sockets if each.leaving]:
            self._sockets.remove(old)
            await old.wire.close()
        arrival, self._arrival = self._arrival, asyncio.Event()
        arrival.set()
        try:
            async for frame in socket.wire:
                if frame.type is WSMsgType.TEXT:
                    _take(socket, frame.data)
        finally:
            if socket in self._sockets:
                self._sockets.remove(socket)

    def _next_in_turn(self, sockets: int) -> int:
        self._turn += 1
        return self._turn % sockets


def _take(socket: _Socket, data: str) -> None:
    try:
        frame = json.loads(data)
    except ValueError:
        return
    answer = socket.waiting.get(frame.get("envelope_id", "")) if isinstance(frame, dict) else None
    if answer is not None and not answer.done():
        answer.set_result(frame.get("payload"))


def _body(payload: Any) -> Any:
    if isinstance(payload, dict) and set(payload) == {"text"}:
        return payload["text"]
    return payload or None


def _debug() -> dict[str, Any]:
    return {"host": "applink-playground", "build_number": 1, "approximate_connection_time": 18060}
