"""An alert laid out for conditions and templates: everything they may look at, worked out once."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from bot.engines.expressions import Patience
from bot.engines.policies.signals import Named, Signal
from bot.vocabulary import Severity

RANK = {priority: rank for rank, priority in enumerate(reversed(Severity))}
"""How great a priority is: P1 is the greatest."""


PLACES = {
    name: place
    for place, name in enumerate(
        (
            "message",
            "alias",
            "description",
            "source",
            "entity",
            "tags",
            "actions",
            "details",
            "priority",
            "rank",
            "recipients",
            "teams",
        )
    )
}
"""Where each fact stands among the values."""
PATIENTLY = len(PLACES)
"""Where all values stand together with the patience."""
_IN_ORDER = attrgetter(*PLACES)


class Facts:
    """A signal as conditions ask for it.

    `recipients` and `teams` hold names and ids: a condition may give either. `patience` is shared by all that is asked
    on the way to one decision. `values` has what conditions ask for by place (`PLACES`), and last of all the same
    values together with the patience, for those that need it.
    """

    __slots__ = (
        "actions",
        "alias",
        "description",
        "details",
        "entity",
        "message",
        "patience",
        "priority",
        "rank",
        "recipients",
        "signal",
        "source",
        "tags",
        "teams",
        "values",
    )

    def __init__(self, signal: Signal, patience: Patience) -> None:
        self.signal = signal
        self.patience = patience
        self.message = signal.message
        self.alias = signal.alias
        self.description = signal.description
        self.source = signal.source
        self.entity = signal.entity
        self.tags = signal.tags
        self.actions = signal.actions
        self.details = signal.details
        self.priority = signal.priority.value
        self.rank = RANK[signal.priority]
        self.recipients = _known_by(signal.responders)
        self.teams = _known_by(signal.teams)
        values = _IN_ORDER(self)
        self.values: tuple[Any, ...] = (*values, (values, patience))


def _known_by(responders: tuple[Named, ...]) -> tuple[str, ...]:
    return tuple({word: None for each in responders for word in (each.name, each.id)})
