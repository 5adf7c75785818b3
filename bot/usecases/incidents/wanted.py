"""What a program wants an incident to be; the fields are named as programs name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.usecases.fields import Faults, wrong_name, wrong_text
from bot.usecases.labels import wrong_labels
from bot.usecases.references import Ref
from bot.vocabulary import ResponderKind, Severity

LONGEST_MESSAGE = 130
LONGEST_DESCRIPTION = 10_000
LONGEST_NOTE = 25_000
MOST_TAGS = 20
LONGEST_TAG = 50
LONGEST_DETAILS = 8_000
"""Of all their names and texts together."""
MOST_RESPONDERS = 50
MOST_SERVICES = 50
LONGEST_TITLE = 200
"""Of an entry for a status page."""


@dataclass(frozen=True, slots=True)
class WantedResponder:
    """Somebody to call: a person by id or user name, a team by id or name."""

    kind: ResponderKind
    ref: Ref


@dataclass(frozen=True, slots=True)
class WantedStatus:
    """What a status page is to say."""

    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedIncident:
    """A new incident. `service_id` is one service that it strikes, `impacted_services` are more."""

    message: str
    description: str = ""
    priority: Severity = Severity.P3
    service_id: str | None = None
    impacted_services: Sequence[str] = ()
    responders: Sequence[WantedResponder] = ()
    tags: Sequence[str] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    status_page: WantedStatus | None = None


def look_at(wanted: WantedIncident, faults: Faults) -> None:
    """Note everything that is wrong but for services and responders that there are not."""
    faults.add("message", wrong_message(wanted.message))
    faults.add("description", wrong_description(wanted.description))
    faults.add("tags", wrong_tags(wanted.tags))
    faults.add("details", wrong_details(wanted.details))
    faults.add("note", wrong_note(wanted.note))
    if wanted.status_page:
        title, detail = wanted.status_page.title, wanted.status_page.detail
        faults.add("statusPageEntry.title", wrong_name(title, called="title", limit=LONGEST_TITLE))
        faults.add("statusPageEntry.detail", wrong_text(detail, called="detail", limit=LONGEST_DESCRIPTION))


def wrong_message(message: str, *, called: str = "message") -> str | None:
    """What is wrong with what an incident is called."""
    return wrong_name(message.strip(), called=called, limit=LONGEST_MESSAGE)


def wrong_description(description: str) -> str | None:
    """What is wrong with a description."""
    return wrong_text(description, called="description", limit=LONGEST_DESCRIPTION)


def wrong_note(note: str) -> str | None:
    """What is wrong with a note, which may be empty where it goes along with something else."""
    return wrong_text(note, called="note", limit=LONGEST_NOTE)


def wrong_tags(tags: Sequence[str]) -> str | None:
    """What is wrong with all the tags that an incident is to have."""
    return wrong_labels(tags, of="an incident", called="tags", most=MOST_TAGS, longest=LONGEST_TAG, wrong=wrong_name)


def wrong_details(details: Mapping[str, str]) -> str | None:
    """What is wrong with all the details that an incident is to have."""
    if not all(key.strip() for key in details):
        return "details: give each a name."
    return wrong_text("".join([*details, *details.values()]), called="details", limit=LONGEST_DETAILS)
