"""What comes in: an alert before anybody hears of it, and whom it is to be brought to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.vocabulary import AlertResponderKind, Severity


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody an alert can be brought to. Conditions know them by either: a user's name is the username."""

    kind: AlertResponderKind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Signal:
    """An alert as policies see it: as it was sent, or as the policies before have left it.

    `everyone` says that every member of the account is to be told beside the responders; only a policy says so, and
    whoever acts on the decision puts the people in. `number` is what the alert will be called (`tinyId`), if it is
    known by then: a text that asks for it is left as it is otherwise.
    """

    message: str
    alias: str
    description: str
    entity: str
    source: str
    priority: Severity
    tags: tuple[str, ...]
    actions: tuple[str, ...]
    details: Mapping[str, str]
    responders: tuple[Named, ...]
    created_at: datetime
    id: str = ""
    number: int | None = None
    everyone: bool = False

    @property
    def teams(self) -> tuple[Named, ...]:
        """The teams among its responders."""
        return tuple(each for each in self.responders if each.kind is AlertResponderKind.TEAM)
