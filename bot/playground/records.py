"""What the workspace writes down about the bot: its calls, and what Slack would not have forgiven."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ViolationKind(StrEnum):
    """What the bot did wrong."""

    INVALID_BLOCKS = "invalid blocks"
    LATE_ACK = "late ack"
    FAILED_ACK = "failed ack"
    UNHANDLED = "unhandled"
    MISSING_SCOPE = "missing scope"
    WRONG_ERROR_KEYS = "wrong error keys"
    BAD_REPLY = "bad reply"
    UNKNOWN_FIELD = "unknown field"
    UNKNOWN_METHOD = "unknown method"
    BAD_TOKEN = "bad token"  # noqa: S105 - the name of a fault, not a secret


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing Slack would not forgive; `text` says what and where, `at` is unix seconds on the workspace's clock."""

    kind: ViolationKind
    text: str
    at: float

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call of the Web API as it came and as it was answered. `result` is the JSON answer, or what befell it."""

    method: str
    args: dict[str, Any]
    result: dict[str, Any]
    at: float

    @property
    def ok(self) -> bool:
        """True when Slack did what was asked."""
        return bool(self.result.get("ok"))
