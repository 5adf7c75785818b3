"""What somebody wants an alert to be; the fields are named as programs name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.engines.policies import limits
from bot.usecases.fields import Faults, is_storable, wrong_line, wrong_text
from bot.usecases.labels import wrong_labels
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind, Severity

LONGEST_MESSAGE = limits.MESSAGE
"""A longer one is cut, not refused."""
LONGEST_DESCRIPTION = limits.DESCRIPTION
LONGEST_SOURCE = limits.SOURCE
LONGEST_USER = 100
LONGEST_NOTE = 25_000
MOST_RESPONDERS = 50
_wrong_labels = partial(wrong_labels, of="an alert")


@dataclass(frozen=True, slots=True)
class WantedResponder:
    """Somebody to bring it to: a person by id or user name, a team, a schedule or an escalation by id or name."""

    kind: AlertResponderKind
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAlert:
    """A new alert, or one more occurrence of an open one: that of the same `alias`, of its own where it is empty.

    `visible_to` is kept as it was sent. `user` is for whom a program says that it asks; `note` is the first one.
    """

    message: str
    alias: str = ""
    description: str = ""
    responders: Sequence[WantedResponder] = ()
    visible_to: Sequence[Mapping[str, Any]] = ()
    actions: Sequence[str] = ()
    tags: Sequence[str] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    entity: str = ""
    source: str = ""
    priority: Severity = Severity.P3
    user: str = ""
    note: str = ""


def look_at(wanted: WantedAlert, faults: Faults) -> None:
    """Note everything that is wrong but for responders that there are not."""
    faults.add("message", wrong_message(wanted.message))
    faults.add("alias", wrong_text(wanted.alias, called="alias", limit=limits.ALIAS))
    faults.add("description", wrong_description(wanted.description))
    faults.add("actions", _wrong_labels(wanted.actions, called="actions", most=limits.ACTIONS, longest=limits.ACTION))
    faults.add("tags", wrong_tags(wanted.tags))
    faults.add("details", wrong_details(wanted.details))
    faults.add("entity", wrong_text(wanted.entity, called="entity", limit=limits.ENTITY))
    faults.add("source", wrong_text(wanted.source, called="source", limit=LONGEST_SOURCE))
    faults.add("user", wrong_text(wanted.user, called="user", limit=LONGEST_USER))
    faults.add("note", wrong_note(wanted.note))
    if len(wanted.responders) > MOST_RESPONDERS:
        faults.add("responders", f"responders: an alert has {MOST_RESPONDERS} at most.")


def wrong_message(message: str) -> str | None:
    """What is wrong with what an alert says; of a long one the beginning is kept."""
    if not is_storable(message):
        return wrong_text(message, called="message", limit=len(message))
    return wrong_line(cut_message(message), called="message", limit=LONGEST_MESSAGE)


def cut_message(message: str) -> str:
    """As much of it as an alert keeps, on one line."""
    return " ".join(message.split())[:LONGEST_MESSAGE].strip()


def wrong_description(description: str) -> str | None:
    """What is wrong with a description."""
    return wrong_text(description, called="description", limit=LONGEST_DESCRIPTION)


def wrong_note(note: str) -> str | None:
    """What is wrong with a note, which may be empty where it goes along with something else."""
    return wrong_text(note, called="note", limit=LONGEST_NOTE)


def wrong_tags(tags: Sequence[str]) -> str | None:
    """What is wrong with all the tags that an alert is to have."""
    return _wrong_labels(tags, called="tags", most=limits.TAGS, longest=limits.TAG)


def wrong_details(details: Mapping[str, str]) -> str | None:
    """What is wrong with all the details that an alert is to have."""
    if not all(key.strip() for key in details):
        return "details: give each a name."
    return wrong_text("".join([*details, *details.values()]), called="details", limit=limits.DETAILS)
