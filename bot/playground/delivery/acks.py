"""What came back when the bot was sent something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

ACK_SECONDS = 3.0


class Envelope(StrEnum):
    """What is sent; the values are Socket Mode's envelope types."""

    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


class Outcome(StrEnum):
    """How it went; the values are the errors people see."""

    OK = "ok"
    TIMEOUT = "operation_timeout"
    NOT_SENT = "dispatch_failed"
    CLIENT_ERROR = "http_client_error"
    SERVER_ERROR = "http_service_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """The bot's answer. `body` is None when empty, a dict for JSON, a string for plain text."""

    outcome: Outcome = Outcome.OK
    status: int | None = None
    body: Any = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        """True for an answer in time that says yes."""
        return self.outcome is Outcome.OK


@dataclass(frozen=True, slots=True)
class Retry:
    """Which repetition of an event this is (1..3), and why the one before failed."""

    number: int
    reason: str


class Carrier(Protocol):
    """Takes one payload to the bot and waits for its answer."""

    @property
    def attached(self) -> bool:
        """False until there was a bot at the other end for the first time: nothing happened for it before."""
        ...

    async def carry(self, envelope: Envelope, payload: dict[str, Any], *, retry: Retry | None = None) -> Ack:
        """The bot's answer; never raises, and never takes longer than the time the bot has."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
