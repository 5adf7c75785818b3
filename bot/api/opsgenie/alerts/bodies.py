"""What is sent along with requests about alerts."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import to_json

from bot.api.bounds import AtMost
from bot.api.opsgenie.alerts.identifying import ByAlert
from bot.api.opsgenie.wire import Sent
from bot.usecases.alerts.said import Said
from bot.usecases.alerts.wanted import LONGEST_SOURCE, WantedResponder
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind

MOST_WORDS = 100
"""Of tags or actions in one request. More than an alert keeps, since the same again does not count."""
MOST_DETAILS = 1_000


def _as_texts(value: Any) -> Any:
    """Programs send numbers and truths among the details, and names without a text: none of that loses an alert."""
    if not isinstance(value, dict):
        return value
    return {
        name: to_json(text).decode() if isinstance(text, bool | int | float) else "" if text is None else text
        for name, text in value.items()
    }


Details = Annotated[
    dict[str, str],
    AtMost(MOST_DETAILS),
    BeforeValidator(_as_texts),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}, "maxProperties": MOST_DETAILS}),
]
"""Names and texts; numbers and truths are kept as they are written."""
Words = Annotated[list[str], AtMost(MOST_WORDS)]
"""Tags, or names of actions."""


def cut_source(source: str | None) -> str:
    """As much as is kept of where a request came from: Alertmanager sends an address there, which may be long."""
    return (source or "")[:LONGEST_SOURCE]


class ResponderBody(Sent):
    """Whom it is brought to: a user by id or user name, a team, a schedule or an escalation by id or name."""

    type: AlertResponderKind
    id: str | None = None
    name: str | None = None
    username: str | None = None

    @property
    def wanted(self) -> WantedResponder:
        """Who is meant."""
        return WantedResponder(self.type, Ref(id=self.id, name=self.username or self.name))


class SaidBody(Sent):
    """What may go along with any change; there may be no body at all."""

    user: str | None = None
    note: str | None = None
    source: str | None = None

    @property
    def said(self) -> Said:
        """The same as a verb takes it."""
        return Said(user=self.user or "", note=self.note or "", source=cut_source(self.source))


class SaidQuery(ByAlert):
    """The same in the query of a request without a body."""

    user: str = ""
    note: str = ""
    source: str = ""

    @property
    def said(self) -> Said:
        """The same as a verb takes it."""
        return Said(user=self.user, note=self.note, source=cut_source(self.source))
