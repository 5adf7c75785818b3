"""What was written to an incident, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.queries.lines import Line, Lines, cut_to, edited, relabelled
from bot.queries.reading import Reading
from storage import incidents
from storage.models import Event
from storage.stretches import Stretch
from storage.stretches import happenings as happenings_of


class IncidentHappening(StrEnum):
    """The verbs of an incident's events, and what their `before` and `after` hold.

    | verb | before | after |
    | --- | --- | --- |
    | OPENED | | message, priority |
    | RESOLVED, CLOSED, REOPENED | status | status |
    | EDITED | what of message, description and priority was changed | the same |
    | NOTED | | note_id |
    | CALLED | | responders: kind and id of each |
    | ROLES | role to user_id, of those who had one of the roles given | role to user_id, or null: nobody has it |
    | MOVED_IN | | channel: its own; not_invited: names of people whom Slack did not let in |
    | STAYED_OUT | | why it has no channel of its own |
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
    ROLES = "give-incident-roles"
    MOVED_IN = "open-incident-channel"
    STAYED_OUT = "miss-incident-channel"
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
    IncidentHappening.ROLES: "Roles changed",
    IncidentHappening.MOVED_IN: "Channel opened",
    IncidentHappening.STAYED_OUT: "Channel not opened",
}


async def notes(
    reading: Reading, incident_id: str, *, limit: int, newest_first: bool, beyond: int | None, backwards: bool
) -> Lines:
    """Some of the notes of an incident: those beyond a place, or, `backwards`, those before it; one statement."""
    stretch = Stretch(limit=limit + 1, newest_first=newest_first, beyond=beyond, backwards=backwards)
    rows = await incidents.notes(reading.session, incident_id, stretch)
    return cut_to([Line(row.id or 0, row.text, row.author, row.at) for row in rows], limit, backwards=backwards)


async def happenings(
    reading: Reading, incident_id: str, *, limit: int, newest_first: bool, beyond: int | None, backwards: bool
) -> Lines:
    """Some of what happened to an incident, likewise; one statement."""
    stretch = Stretch(limit=limit + 1, newest_first=newest_first, beyond=beyond, backwards=backwards)
    rows = await happenings_of(reading.session, incident_id, stretch)
    lines = [
        Line(event.id or 0, _words(event), person or key or "", event.at, kind=event.verb)
        for event, person, key in rows
    ]
    return cut_to(lines, limit, backwards=backwards)


def _words(event: Event) -> str:
    before, after = event.before, event.after
    match event.verb:
        case IncidentHappening.EDITED:
            return edited(after)
        case (
            IncidentHappening.TAGGED
            | IncidentHappening.UNTAGGED
            | IncidentHappening.DETAILED
            | IncidentHappening.UNDETAILED
        ):
            return relabelled(before, after)
        case _:
            return DEEDS.get(event.verb, event.verb.replace("-", " ").capitalize())
