"""What happened to postmortems: one event at a time, with everything needed to tell it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.queries import keys, people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import ParticipantKind
from storage import events, postmortems


class Happening(StrEnum):
    """The verbs of a postmortem's events, and what their `before` and `after` hold.

    People stand in them as ids under the keys `owner_id`, `user_id` and `reviewer_ids`; dates in ISO form.

    | verb | before | after |
    | --- | --- | --- |
    | CREATED | | title, severity, owner_id |
    | EDITED | body, version | section, title, version, was_empty, reviewer_ids whose approval it voided |
    | REWRITTEN | bodies, by key of section | sections (keys), titles, removed (titles), reviewer_ids as EDITED |
    | CHANGED | the same of what was there | each fact that is another: title, severity, jira_issues; services,
      related_incidents, responder_teams, responders by name |
    | ENDED | | ended_at; incident: the label of the one that ended, INC-7 |
    | GOES_ON | ended_at | incident: the label of the one that was reopened |
    | SUBMITTED | status | status, reviewer_ids who were asked, due_on |
    | APPROVED | | approvals ("1 of 2 approved") |
    | CHANGES_REQUESTED | reviewer_ids whose approval it voided | text, section (its title, or null) |
    | COMMENTED | | text, section (its title, or null) |
    | PUBLISHED | | channel, version |
    | REOPENED | | reason, due_on |
    | WITHDRAWN | status | |
    | ASSIGNED | owner_id | owner_id |
    | SNOOZED | until, or null | user_id, until, reason |
    | DELETED | status | |
    | RESTORED | | status |
    | ADDED_ACTION | owner_id, where it was brought back | the action; restored: true, where it was brought back |
    | EDITED_ACTION | the action | the action |
    | SETTLED_ACTION | the action | the action |
    | REMOVED_ACTION | the action | the action |
    | ADDED_ENTRY | | the entry; restored: true, where it was brought back |
    | EDITED_ENTRY | the entry | the entry |
    | MOVED_ENTRY | | the entry; to: the number of the postmortem it went to |
    | REMOVED_ENTRY | the entry | entry_id |
    | ADDED_THREAD | | channel, thread_ts, entry_ids, count |
    | FOLLOWED_ENTRY | the entry | the entry; is_deleted: whether its message was |
    | CORRECTED_TIMES | detected_at, responded_at, ended_at, or null | the same |

    An action is all that is stored of it: action_id, text, owner_id, due_on, kind, jira_url, status, settled_at,
    created_by, created_at, version (of older events, kind and jira_url are not there).
    """

    CREATED = "create-postmortem"
    EDITED = "edit-section"
    REWRITTEN = "write-content"
    CHANGED = "edit-postmortem"
    ENDED = "end-postmortem"
    GOES_ON = "unend-postmortem"
    SUBMITTED = "submit"
    APPROVED = "approve"
    CHANGES_REQUESTED = "request-changes"
    COMMENTED = "comment"
    PUBLISHED = "publish"
    REOPENED = "reopen"
    WITHDRAWN = "withdraw"
    ASSIGNED = "assign"
    SNOOZED = "snooze"
    DELETED = "delete-postmortem"
    RESTORED = "undelete-postmortem"
    ADDED_ACTION = "add-action"
    EDITED_ACTION = "edit-action"
    SETTLED_ACTION = "settle-action"
    REMOVED_ACTION = "remove-action"
    ADDED_ENTRY = "add-entry"
    EDITED_ENTRY = "edit-entry"
    MOVED_ENTRY = "move-entry"
    REMOVED_ENTRY = "remove-entry"
    ADDED_THREAD = "add-thread"
    FOLLOWED_ENTRY = "follow-entry"
    CORRECTED_TIMES = "correct-times"


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a postmortem. `people` holds everyone it speaks of, by id.

    `actor` is None where the clock acted, or a program that acts for nobody; `key` is the name of a program's key.
    `mentioned` are those whom the text of a timeline's entry mentions, by their id in Slack.
    """

    id: int
    at: datetime
    verb: Happening
    actor: Person | None
    postmortem_id: str
    number: int
    title: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    people: Mapping[str, Person]
    mentioned: Mapping[str, Person] = field(default_factory=dict)
    key: str | None = None

    @property
    def label(self) -> str:
        """What people call the postmortem: `PM-12`."""
        return f"PM-{self.number}"


async def by_id(reading: Reading, event_id: int) -> Happened | None:
    """The event with that id; None where there is none, or its postmortem is gone."""
    event = await events.by_id(reading.session, event_id)
    found = await postmortems.by_ids(reading.session, [event.subject_id]) if event else []
    if event is None or not found:
        return None
    named = set(people_in(event.before)) | set(people_in(event.after)) | ({event.actor_id} if event.actor_id else set())
    known = await people.by_ids(reading, named)
    return Happened(
        id=event_id,
        at=event.at,
        verb=Happening(event.verb),
        actor=known.get(event.actor_id or ""),
        postmortem_id=found[0].id,
        number=found[0].number,
        title=found[0].title,
        before=event.before,
        after=event.after,
        people=known,
        mentioned=await people.mentioned_in(reading, _entry_texts(event.before, event.after)),
        key=(await keys.names(reading, [event.key_id])).get(event.key_id) if event.key_id else None,
    )


def people_in(part: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the people of whom an event's `before` or `after` speaks."""
    yield from (part[key] for key in ("owner_id", "user_id") if part.get(key))
    yield from part.get("reviewer_ids", ())
    yield from part.get("replaced", ())
    for rotation in part.get("rotations", ()):
        yield from (who["id"] for who in rotation["participants"] if who["type"] == ParticipantKind.USER)


def _entry_texts(*parts: Mapping[str, Any]) -> Iterator[str]:
    """What a timeline's entry says, Slack's mrkdwn; other texts are kept as they were typed."""
    yield from (part["text"] for part in parts if "entry_id" in part and part.get("text"))
