"""The line to the bot: interactions that wait for an answer, events that do not."""

from __future__ import annotations

from typing import Any

from bot.playground.delivery.acks import Ack, Carrier, Envelope, Outcome
from bot.playground.delivery.events import Events
from bot.playground.records import ViolationKind
from bot.playground.workspace import Workspace


class Line:
    """Sends over one carrier and writes down every answer Slack would not have liked."""

    def __init__(self, workspace: Workspace, carrier: Carrier) -> None:
        self._workspace = workspace
        self.carrier = carrier
        self.events = Events(workspace, carrier, self._judge)

    async def deliver(self, envelope: Envelope, payload: dict[str, Any], *, about: str) -> Ack:
        """Send an interaction and wait for its ack; `about` names it in violations."""
        ack = await self.carrier.carry(envelope, payload)
        self._judge(ack, about)
        return ack

    async def close(self) -> None:
        """Stop deliveries and let go of connections."""
        await self.events.close()
        await self.carrier.close()

    def _judge(self, ack: Ack, about: str) -> None:
        if ack.ok:
            return
        if ack.outcome is Outcome.TIMEOUT:
            self._workspace.violate(ViolationKind.LATE_ACK, f"{about} was not acknowledged in time")
        elif ack.status == 404:
            self._workspace.violate(ViolationKind.UNHANDLED, f"{about}: no listener (HTTP 404)")
        else:
            how = "nobody is connected" if ack.status is None else f"HTTP {ack.status}"
            self._workspace.violate(ViolationKind.FAILED_ACK, f"{about}: {how}")
