"""What Watchbill writes into a timeline itself: what became of alerts, incident and postmortem, and who was on call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.engines.timeline.hand_overs import HandOver, HandOvers


class DeedKind(StrEnum):
    """What was done to an alert, to an incident or to its postmortem."""

    RAISED = "raised"
    CALLED = "called"
    NOBODY_ON_CALL = "nobody on call"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    UNACKNOWLEDGED = "unacknowledged"
    ALERT_CLOSED = "alert closed"
    OPENED = "opened"
    PRIORITY_CHANGED = "priority changed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    INCIDENT_REOPENED = "incident reopened"
    UPDATED = "updated"
    ROLES_GIVEN = "roles given"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes requested"
    PUBLISHED = "published"
    REOPENED = "reopened"


_SENTENCES: Mapping[DeedKind, str] = {
    DeedKind.RAISED: "{subject} was raised{by}",
    DeedKind.CALLED: "Called to {subject}{by}",
    DeedKind.NOBODY_ON_CALL: "Nobody was on call for {subject}",
    DeedKind.ESCALATED: "{subject} was escalated",
    DeedKind.ACKNOWLEDGED: "{subject} was acknowledged{by}",
    DeedKind.UNACKNOWLEDGED: "{subject} was no longer acknowledged{by}",
    DeedKind.ALERT_CLOSED: "{subject} was closed{by}",
    DeedKind.OPENED: "{subject} was opened{by}",
    DeedKind.PRIORITY_CHANGED: "The priority of {subject} was changed{by}",
    DeedKind.RESOLVED: "{subject} was resolved{by}",
    DeedKind.CLOSED: "{subject} was closed{by}",
    DeedKind.INCIDENT_REOPENED: "{subject} was opened again{by}",
    DeedKind.UPDATED: "News of {subject}{by}",
    DeedKind.ROLES_GIVEN: "Roles in {subject} were given{by}",
    DeedKind.SUBMITTED: "{subject} was submitted for review{by}",
    DeedKind.WITHDRAWN: "{subject} was taken out of review{by}",
    DeedKind.APPROVED: "{subject} was approved{by}",
    DeedKind.CHANGES_REQUESTED: "Changes of {subject} were asked for{by}",
    DeedKind.PUBLISHED: "{subject} was published{by}",
    DeedKind.REOPENED: "{subject} was made a draft again{by}",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done: to `alert #3`, `INC-7` or `PM-12`, by whom (empty: nobody is named).

    `result` is what came of it, in a few words: `P1`.
    """

    at: datetime
    kind: DeedKind
    subject: str
    by: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of an incident and its postmortem. `names` are those of the users on call, by their ids."""

    deeds: tuple[Deed, ...] = ()
    on_call: HandOvers = field(default_factory=HandOvers)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One of Watchbill's own entries; `text` is plain, on one line."""

    at: datetime
    text: str


def own_entries(facts: Facts) -> tuple[OwnEntry, ...]:
    """The entries in the order of time; at one instant who is on call comes first, then what was done, in order."""
    written = [*_of_duty(facts), *map(_of_deed, facts.deeds)]
    return tuple(sorted(written, key=lambda each: each.at))


def _of_deed(deed: Deed) -> OwnEntry:
    told = _SENTENCES[deed.kind].format(subject=deed.subject, by=f" by {deed.by}" if deed.by else "")
    told = told[:1].upper() + told[1:]
    return OwnEntry(deed.at, _line(f"{told}: {deed.result}" if deed.result else told))


def _of_duty(facts: Facts) -> Iterator[OwnEntry]:
    for each in facts.on_call.items:
        yield OwnEntry(each.at, _line(f"{each.schedule}: {_on_call(each, facts.names)}"))
    if facts.on_call.left_at is not None:
        count = facts.on_call.left_out
        changes = "one more change" if count == 1 else f"{count} more changes"
        told = f"From here on {changes} of who was on call {'is' if count == 1 else 'are'} left out"
        yield OwnEntry(facts.on_call.left_at, told)


def _on_call(each: HandOver, names: Mapping[str, str]) -> str:
    who = _listed(names.get(user, "somebody who is gone") for user in each.people) or "nobody"
    was = "was" if len(each.people) < 2 else "were"
    return f"{who} {was} on call as it began" if each.is_first else f"from now on {who} {was} on call"


def _listed(names: Iterable[str]) -> str:
    *others, last = [*names] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _line(text: str) -> str:
    return " ".join(text.split())
