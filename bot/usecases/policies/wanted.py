"""What a program wants a policy to be, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.engines.policies import wrong_changes, wrong_effects, wrong_filter, wrong_restriction
from bot.usecases.fields import Faults, wrong_name, wrong_text
from bot.vocabulary import PolicyGroup

LONGEST_NAME = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPolicy:
    """A whole policy. Its parts have the form in which they are kept (storage/models/policies.py), but may be wrong.

    An empty filter is none. `changes` are None where the alert is left as it is; the responders among them are still to
    be looked up, and details may be a list. `groups` are those that it may stand in, that of a new one first; there is
    none where it is not known what kind of policy it is.

    `faults` is what is known to be wrong by now. `called` says by which paths a program knows ours:
    `{"actions": "alertActions"}`; a path is named by the longest beginning of it that is there.
    """

    groups: Sequence[PolicyGroup]
    name: str | None
    enabled: bool | None
    description: str
    longest_description: int
    filter: Mapping[str, Any]
    plain_lists: bool
    restriction: Mapping[str, Any] | None
    continues: bool = False
    changes: Mapping[str, Any] | None = None
    effects: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)

    def path(self, ours: str) -> str:
        """What the program calls the field that we call so."""
        parts = ours.split(".")
        for length in range(len(parts), 0, -1):
            beginning = self.called.get(".".join(parts[:length]))
            if beginning is not None:
                return ".".join(filter(None, (beginning, *parts[length:])))
        return ours


def look_at(wanted: WantedPolicy, faults: Faults) -> None:
    """Note everything that is wrong but for responders that there are not.

    Of a field that could not even be read nothing more is said.
    """
    faults.add_all(wanted.faults)
    unread = {path.partition(".")[0] for path in wanted.faults}
    for ours, sentence in _faults_of(wanted).items():
        path = wanted.path(ours)
        if path.partition(".")[0] not in unread:
            faults.add(path, sentence)


def _faults_of(wanted: WantedPolicy) -> Mapping[str, str]:
    """Everything that is wrong, by our own paths."""
    said = {
        "name": _wrong_name(wanted.name),
        "enabled": "enabled is mandatory." if wanted.enabled is None else None,
        "policyDescription": wrong_text(
            wanted.description, called="policyDescription", limit=wanted.longest_description
        ),
    }
    return {
        **{path: sentence for path, sentence in said.items() if sentence},
        **(wrong_filter(wanted.filter, plain_lists=wanted.plain_lists) if wanted.filter else {}),
        **wrong_restriction(wanted.restriction),
        **(wrong_changes(wanted.changes) if wanted.changes is not None else {}),
        **(wrong_effects(wanted.effects) if wanted.effects else {}),
    }


def _wrong_name(name: str | None) -> str | None:
    return wrong_name(name, called="name", limit=LONGEST_NAME) if name else "name is mandatory."
