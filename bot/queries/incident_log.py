"""What was written to an incident, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.queries.actors import KeyHolder
from bot.queries.reading import Reading
from storage import finished_requests, incidents
from storage.incidents import Stretch
from storage.models import Event


class IncidentHappening(StrEnum):
    """The verbs of an incident's events, and what their `before` and `after` hold.

    | verb | before | after |
    | --- | --- | --- |
    | OPENED | | message, priority |
    | RESOLVED, CLOSED, REOPENED | status | status |
    | EDITED | what of message, description and priority was changed | the same |
    | NOTED | | note_id |
    | CALLED | | responders: kind and id of each |
    | TAGGED, UNTAGGED | tags | tags |
    | DETAILED, UNDETAILED | details | details |
    | DELETED | number, message, priority, status | |
    """

    OPENED = "open-incident"
    RESOLVED = "resolve-incident"
    CLOSED = "close-incident"
    REOPENED = "reopen-incident"
    EDITED = "edit-incident"
    NOTED = "note-incident"
    CALLED = "call-responders"
    TAGGED = "tag-incident"
    UNTAGGED = "untag-incident"
    DETAILED = "detail-incident"
    UNDETAILED = "undetail-incident"
    DELETED = "delete-incident"


DEEDS: Mapping[str, str] = {
    IncidentHappening.OPENED: "Incident created",
    IncidentHappening.RESOLVED: "Incident resolved",
    IncidentHappening.CLOSED: "Incident closed",
    IncidentHappening.REOPENED: "Incident reopened",
    IncidentHappening.NOTED: "Note added",
    IncidentHappening.CALLED: "Responders added",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A note, or something that happened: in words, by whom (empty where the clock did it), and when.

    `place` is where it stands in the list, to go on from. `kind` is the verb; of a note it is empty.
    """

    place: int
    words: str
    by: str
    at: datetime
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Some of a list, and whether it goes on in the direction in which it was asked for."""

    lines: tuple[Line, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a change that a program asked for; of what was not done `incident_id` is empty."""

    action: str
    incident_id: str
    is_success: bool
    status: str
    at: datetime


async def notes(
    reading: Reading, incident_id: str, *, limit: int, newest_first: bool, beyond: int | None, backwards: bool
) -> Lines:
    """Some of the notes of an incident: those beyond a place, or, `backwards`, those before it; one statement."""
    stretch = Stretch(limit=limit + 1, newest_first=newest_first, beyond=beyond, backwards=backwards)
    rows = await incidents.notes(reading.session, incident_id, stretch)
    return _cut([Line(row.id or 0, row.text, row.author, row.at) for row in rows], limit, backwards=backwards)


async def happenings(
    reading: Reading, incident_id: str, *, limit: int, newest_first: bool, beyond: int | None, backwards: bool
) -> Lines:
    """Some of what happened to an incident, likewise; one statement."""
    stretch = Stretch(limit=limit + 1, newest_first=newest_first, beyond=beyond, backwards=backwards)
    rows = await incidents.happenings(reading.session, incident_id, stretch)
    lines = [
        Line(event.id or 0, _words(event), person or key or "", event.at, kind=event.verb)
        for event, person, key in rows
    ]
    return _cut(lines, limit, backwards=backwards)


async def finished(reading: Reading, request_id: str, key: KeyHolder) -> Finished | None:
    """What became of a request of that key; None where nothing is known of it (any more).

    A key that acts for no team is told of what other keys asked for as well, the last under that id.
    """
    row = await finished_requests.of_key(reading.session, key.id, request_id)
    if row is None and key.team_id is None:
        row = await finished_requests.last_of_any(reading.session, request_id)
    if row is None:
        return None
    return Finished(
        action=row.action,
        incident_id=row.incident_id,
        is_success=row.is_success,
        status=row.status,
        at=row.at,
    )


def _cut(lines: Sequence[Line], limit: int, *, backwards: bool) -> Lines:
    """Without the one that was read beyond the limit to know whether there are more."""
    kept = lines[-limit:] if backwards else lines[:limit]
    return Lines(tuple(kept), goes_on=len(lines) > limit)


def _words(event: Event) -> str:
    before, after = event.before, event.after
    match event.verb:
        case IncidentHappening.EDITED:
            return "; ".join(f"{name.capitalize()} changed to [{text}]" for name, text in after.items())
        case IncidentHappening.TAGGED:
            return f"Tags added: [{', '.join(_gone(after['tags'], before['tags']))}]"
        case IncidentHappening.UNTAGGED:
            return f"Tags removed: [{', '.join(_gone(before['tags'], after['tags']))}]"
        case IncidentHappening.DETAILED:
            told = [f"{key}={text}" for key, text in after["details"].items() if before["details"].get(key) != text]
            return f"Details added: [{', '.join(told)}]"
        case IncidentHappening.UNDETAILED:
            return f"Details removed: [{', '.join(_gone(before['details'], after['details']))}]"
        case _:
            return DEEDS.get(event.verb, event.verb.replace("-", " ").capitalize())


def _gone(whole: Any, rest: Any) -> list[str]:
    return [each for each in whole if each not in rest]
