"""One postmortem with everything on it, and lists of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.engines import wallclock
from bot.engines.cadence.facts import NudgeKind
from bot.engines.documents.document import empty_document, is_empty
from bot.engines.lifecycle.due import days_overdue, overdue_if_due_before
from bot.engines.lifecycle.permissions import require
from bot.engines.lifecycle.review import Review, count, open_moves
from bot.queries import people
from bot.queries.cadence import as_review, due_on, rules_of
from bot.queries.deletions import absent
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import EXECUTIVE_SUMMARY, IncidentStatus, PostmortemStatus, Role, Severity, Verb, Verdict
from storage import models, postmortems, reminders
from storage.postmortems import Filters

SUMMARY_TITLE = "Executive summary"
SUMMARY_PROMPT = "What happened, whom it struck and what follows from it, for readers in a hurry."


@dataclass(frozen=True, slots=True)
class Outline:
    """A postmortem as one line of a list tells it.

    `due_on` is the date of what it is now, a draft or a review; None once published. `days_overdue` counts working
    days in the owner's zone. `approvals` is "1 of 2 approved", or empty.
    """

    id: str
    number: int
    title: str
    severity: Severity
    status: PostmortemStatus
    owner: Person
    due_on: date | None
    days_overdue: int
    approvals: str
    started_at: datetime
    published_at: datetime | None
    created_at: datetime
    channel: str | None
    version: int

    @property
    def label(self) -> str:
        """What people call it: `PM-12`."""
        return f"PM-{self.number}"

    @property
    def is_overdue(self) -> bool:
        """Whether its due day is over, not counting a weekend."""
        return self.days_overdue > 0


@dataclass(frozen=True, slots=True)
class IncidentOf:
    """The incident a postmortem stands on."""

    number: int
    message: str
    status: IncidentStatus

    @property
    def label(self) -> str:
        """What people call it: `INC-7`."""
        return f"INC-{self.number}"


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section: its text as ADF, who changed it last, and the version an edit has to name."""

    key: str
    title: str
    prompt: str
    body: dict[str, Any]
    version: int
    updated_by: Person | None
    is_empty: bool


@dataclass(frozen=True, slots=True)
class ReviewerView:
    """Somebody asked for a verdict. `note` is what they want changed; `counts` is false for an owner's own verdict."""

    person: Person
    verdict: Verdict
    asked_at: datetime
    said_at: datetime | None
    note: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next time somebody hears of it: a person, or a channel by its Slack id."""

    recipient: Person | str
    kind: NudgeKind
    at: datetime


@dataclass(frozen=True, slots=True)
class PostmortemView:
    """A postmortem with everything on it.

    `moves` are the verbs its state allows, the likeliest first; who may do them is asked by the verb. `review` is the
    engine's value. `reminders` are the next of each recipient, soonest first. `roles` are those of responders, by their
    id. `teams` are the names of teams that responded. A person who is gone from the database is left out of the lists.
    """

    outline: Outline
    ended_at: datetime | None
    incident: IncidentOf
    services: tuple[str, ...]
    responders: tuple[Person, ...]
    reviewers: tuple[ReviewerView, ...]
    sections: tuple[SectionView, ...]
    review: Review
    moves: tuple[Verb, ...]
    reminders: tuple[Upcoming, ...]
    roles: Mapping[str, str] = field(default_factory=dict)
    teams: tuple[str, ...] = ()
    related_incidents: tuple[IncidentOf, ...] = ()
    jira_issues: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its id, as programs see it."""
        return self.outline.id

    @property
    def number(self) -> int:
        """Its number."""
        return self.outline.number

    @property
    def label(self) -> str:
        """What people call it: `PM-12`."""
        return self.outline.label

    @property
    def title(self) -> str:
        """Its title, as typed."""
        return self.outline.title

    @property
    def status(self) -> PostmortemStatus:
        """Where it stands."""
        return self.outline.status

    @property
    def owner(self) -> Person:
        """Who owns it."""
        return self.outline.owner

    @property
    def duration(self) -> timedelta | None:
        """How long the incident lasted; None while it has no end."""
        return self.ended_at - self.outline.started_at if self.ended_at else None

    @property
    def filled(self) -> int:
        """How many of its sections say something."""
        return sum(not section.is_empty for section in self.sections)

    def next_reminder(self, person_id: str) -> datetime | None:
        """When a person hears of it next; None where nothing is planned for them."""
        own = (
            each.at for each in self.reminders if isinstance(each.recipient, Person) and each.recipient.id == person_id
        )
        return next(own, None)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, newest first; `total` counts all pages."""

    items: tuple[Outline, ...]
    total: int


def unwritten_summary() -> SectionView:
    """The executive summary of a postmortem that has none yet."""
    return SectionView(EXECUTIVE_SUMMARY, SUMMARY_TITLE, SUMMARY_PROMPT, empty_document(), 0, None, is_empty=True)


async def by_number(reading: Reading, number: int, asker: Person) -> PostmortemView:
    """The postmortem of that number, for a member of the workspace.

    Raises:
        NotAllowed: the asker is an outsider.
        NotFound: there is none of that number, or it was deleted: by whom, and how to bring it back.
    """
    return await view_of(reading, await row_of(reading, number, asker))


async def row_of(reading: Reading, number: int, asker: Person) -> models.Postmortem:
    """The row of that number, for questions that look at several sides of it.

    Raises:
        NotAllowed, NotFound: as `by_number`.
    """
    require_member(asker, subject=f"PM-{number}")
    row = await postmortems.by_number(reading.session, number)
    if row is None:
        raise await absent(reading, number, asker)
    return row


async def by_id(reading: Reading, postmortem_id: str) -> PostmortemView | None:
    """The postmortem with that id, for a message that shows it; None when it is gone."""
    found = await postmortems.by_ids(reading.session, [postmortem_id])
    return await view_of(reading, found[0]) if found else None


async def listing(
    reading: Reading,
    asker: Person,
    *,
    status: PostmortemStatus | None = None,
    overdue: bool = False,
    team_id: str | None = None,
    owner_id: str | None = None,
    since: datetime | None = None,
    limit: int = 10,
    offset: int = 0,
) -> Listing:
    """A page of all postmortems, or of those that pass every filter given, newest first.

    `since`: made at that instant or later. Beyond the last page the total is not known: it is 0.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    require_member(asker, subject="postmortems")
    filters = Filters(
        status=status,
        team_id=team_id,
        owner_id=owner_id,
        since=since,
        due_before=await late_if_due_before(reading) if overdue else None,
    )
    rows, total = await postmortems.page(reading.session, filters, limit=limit, offset=offset)
    return Listing(await outlines(reading, rows), total)


async def outlines(reading: Reading, rows: Sequence[models.Postmortem]) -> tuple[Outline, ...]:
    """The outlines of rows, in their order, in two statements."""
    reviewers = await postmortems.reviewers(reading.session, [row.id for row in rows])
    asked = {each.user_id for group in reviewers.values() for each in group}
    known = await people.by_ids(reading, {row.owner_id for row in rows} | asked)
    return tuple(outline(reading, row, as_review(row, reviewers[row.id], known), known[row.owner_id]) for row in rows)


def outline(reading: Reading, row: models.Postmortem, review: Review, owner: Person) -> Outline:
    """The outline of one row."""
    due, today = due_on(row), wallclock.to_local(reading.now, owner.zone).date()
    return Outline(
        id=row.id,
        number=row.number,
        title=row.title,
        severity=Severity(row.severity),
        status=review.status,
        owner=owner,
        due_on=due,
        days_overdue=days_overdue(due, today) if due else 0,
        approvals=count(review, rules_of(reading.settings)),
        started_at=row.started_at,
        published_at=row.published_at,
        created_at=row.created_at,
        channel=row.channel,
        version=row.version,
    )


async def late_if_due_before(reading: Reading) -> dict[date, set[str | None]]:
    """Each day before which something must be due to be overdue now, with the owners' zones for which it is that day.

    Zones are many, but at any moment they have two or three dates between them.
    """
    days: dict[date, set[str | None]] = {}
    for zone in await postmortems.timezones(reading.session):
        today = wallclock.to_local(reading.now, wallclock.zone_of(zone or "UTC")).date()
        days.setdefault(overdue_if_due_before(today), set()).add(zone)
    return days


def require_member(asker: Person, *, subject: str) -> None:
    """Let a member of the workspace read postmortems.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    role = Role.OUTSIDER if asker.is_outsider else Role.MEMBER
    require(Verb.ASK_POSTMORTEM, frozenset({role}), subject=subject)


async def view_of(reading: Reading, row: models.Postmortem) -> PostmortemView:
    """A row with all that a view shows of it."""
    reviewers = (await postmortems.reviewers(reading.session, [row.id]))[row.id]
    parts = await postmortems.parts(reading.session, row)
    planned = await reminders.of_postmortem(reading.session, row.id)
    named = {row.owner_id, *parts.responder_ids}
    named |= {each.user_id for each in reviewers} | {each.recipient for each in planned}
    named |= {each.updated_by for each in parts.sections if each.updated_by}
    known = await people.by_ids(reading, named)
    review, rules = as_review(row, reviewers, known), rules_of(reading.settings)
    return PostmortemView(
        outline=outline(reading, row, review, known[row.owner_id]),
        ended_at=row.ended_at,
        incident=_incident(parts.incident),
        services=tuple(parts.services),
        responders=tuple(known[each] for each in parts.responder_ids),
        reviewers=tuple(
            _reviewer(each, known, counts=each.user_id != row.owner_id or rules.self_approval) for each in reviewers
        ),
        sections=tuple(_section(each, known) for each in parts.sections),
        review=review,
        moves=open_moves(review, rules),
        reminders=tuple(
            Upcoming(known.get(each.recipient, each.recipient), NudgeKind(each.kind), each.due_at) for each in planned
        ),
        roles=parts.roles,
        teams=tuple(parts.teams),
        related_incidents=tuple(_incident(each) for each in parts.related),
        jira_issues=tuple(row.jira_issues),
    )


def _reviewer(row: models.Reviewer, known: dict[str, Person], *, counts: bool) -> ReviewerView:
    return ReviewerView(
        person=known[row.user_id],
        verdict=Verdict(row.verdict),
        asked_at=row.asked_at,
        said_at=row.said_at,
        note=row.note,
        counts=counts,
    )


def _incident(row: models.Incident) -> IncidentOf:
    return IncidentOf(row.number, row.message, IncidentStatus(row.status))


def _section(row: models.Section, known: dict[str, Person]) -> SectionView:
    return SectionView(
        key=row.key,
        title=row.title,
        prompt=row.prompt,
        body=row.body,
        version=row.version,
        updated_by=known.get(row.updated_by or ""),
        is_empty=is_empty(row.body),
    )
