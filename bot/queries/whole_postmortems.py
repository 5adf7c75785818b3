"""Postmortems with all that is stored of them, as the APIs tell them: one, or a page of many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.documents.document import Adf, empty_document
from bot.engines.documents.parts import Part, join
from bot.engines.timeline import Course, Signal
from bot.queries import own_entries, people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import EXECUTIVE_SUMMARY, IncidentStatus, Origin, PostmortemStatus, Severity
from storage import models, postmortems
from storage.postmortems import Filters
from storage.whole_postmortems import WholeParts, parts_of


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A service or a team."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """An incident that a postmortem stands on, or names."""

    id: str
    number: int
    message: str
    priority: Severity
    status: IncidentStatus
    tags: tuple[str, ...]
    started_at: datetime
    resolved_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ResponderFacts:
    """Somebody who worked on the incident; `role` may be empty."""

    person: Person
    role: str


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """Something that happened, at a time.

    `text` is Slack's mrkdwn; `mentioned` says who those are that it mentions, by their id in Slack. `author` wrote it;
    of an author who is no person here there is only `author_name`.
    """

    id: str
    at: datetime
    text: str
    author: Person | None
    author_name: str
    origin: Origin
    permalink: str
    file_names: tuple[str, ...]
    added_at: datetime
    mentioned: Mapping[str, Person]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePostmortem:
    """A postmortem with all that is stored of it.

    `parts` are its text, all but the `summary`, which is an empty document while nobody has written one. `course` is
    when its incident was detected, responded to and resolved. `entries` is its timeline in the order of time.
    """

    id: str
    short_id: str
    number: int
    title: str
    severity: Severity
    status: PostmortemStatus
    owner: Person
    team_id: str | None
    incident: IncidentFacts
    alert_group_id: str | None
    started_at: datetime
    course: Course
    ended_at: datetime | None
    created_at: datetime
    published_at: datetime | None
    text_changed_at: datetime
    jira_issues: tuple[str, ...]
    related: tuple[IncidentFacts, ...]
    services: tuple[NamedThing, ...]
    teams: tuple[NamedThing, ...]
    responders: tuple[ResponderFacts, ...]
    summary: Adf
    parts: tuple[Part, ...]
    entries: tuple[EntryFacts, ...]

    @property
    def label(self) -> str:
        """What people call it: `PM-12`."""
        return f"PM-{self.number}"

    @property
    def content(self) -> Adf:
        """Its text as one document."""
        return join(self.parts)


@dataclass(frozen=True, slots=True)
class WholePage:
    """One page of many, newest first; `total` counts all pages, and is 0 beyond the last."""

    items: tuple[WholePostmortem, ...]
    total: int


async def named(reading: Reading, identifier: str) -> WholePostmortem | None:
    """The postmortem with that id or short id."""
    return await by_id(reading, identifier) or await by_short_id(reading, identifier)


async def number_of(reading: Reading, identifier: str) -> int | None:
    """The number of the postmortem with that id or short id."""
    row = await postmortems.by_id(reading.session, identifier)
    row = row or await postmortems.by_short_id(reading.session, identifier)
    return row.number if row else None


async def by_id(reading: Reading, postmortem_id: str) -> WholePostmortem | None:
    """The postmortem with that id."""
    return await _whole(reading, await postmortems.by_id(reading.session, postmortem_id))


async def by_short_id(reading: Reading, short_id: str) -> WholePostmortem | None:
    """The postmortem with that short id, P and twelve characters."""
    return await _whole(reading, await postmortems.by_short_id(reading.session, short_id))


async def by_number(reading: Reading, number: int) -> WholePostmortem | None:
    """The postmortem of that number."""
    return await _whole(reading, await postmortems.by_number(reading.session, number))


async def page(
    reading: Reading,
    *,
    incident_id: str | None = None,
    team_id: str | None = None,
    limit: int,
    offset: int = 0,
) -> WholePage:
    """A page of all postmortems, or of those that pass every filter given, in a fixed number of statements."""
    filters = Filters(incident_id=incident_id, team_id=team_id)
    rows, total = await postmortems.page(reading.session, filters, limit=limit, offset=offset)
    return WholePage(tuple(await _wholes(reading, rows)), total)


async def _whole(reading: Reading, row: models.Postmortem | None) -> WholePostmortem | None:
    return (await _wholes(reading, [row]))[0] if row else None


async def _wholes(reading: Reading, rows: Sequence[models.Postmortem]) -> list[WholePostmortem]:
    if not rows:
        return []
    parts = await parts_of(reading.session, rows)
    known = await people.by_ids(reading, _everyone(rows, parts))
    texts = [each.text for group in parts.entries.values() for each in group]
    mentioned = await people.mentioned_in(reading, texts)
    courses = await _courses(reading, rows, parts)
    return [_view(row, parts, known, mentioned, course=courses[row.id]) for row in rows]


async def _courses(reading: Reading, rows: Sequence[models.Postmortem], parts: WholeParts) -> Mapping[str, Course]:
    """How the incident of each went on, by its id."""
    known = await own_entries.known_of(reading, rows)
    return {
        row.id: known[row.id].course(
            row,
            [Signal(each.at, each.author_id) for each in parts.entries[row.id]],
            [each.user_id for each in parts.lists[row.id].responders],
        )
        for row in rows
    }


def _everyone(rows: Iterable[models.Postmortem], parts: WholeParts) -> set[str]:
    responders = {each.user_id for lists in parts.lists.values() for each in lists.responders}
    authors = {each.author_id for group in parts.entries.values() for each in group if each.author_id}
    return {row.owner_id for row in rows} | responders | authors


def _view(
    row: models.Postmortem,
    parts: WholeParts,
    known: Mapping[str, Person],
    mentioned: Mapping[str, Person],
    *,
    course: Course,
) -> WholePostmortem:
    sections = {each.key: each for each in parts.sections[row.id]}
    summary = sections.pop(EXECUTIVE_SUMMARY, None)
    return WholePostmortem(
        id=row.id,
        short_id=row.short_id,
        number=row.number,
        title=row.title,
        severity=Severity(row.severity),
        status=PostmortemStatus(row.status),
        owner=known[row.owner_id],
        team_id=row.team_id,
        incident=_incident(parts.lists[row.id].incident),
        alert_group_id=row.alert_group_id,
        started_at=row.started_at,
        course=course,
        ended_at=row.ended_at,
        created_at=row.created_at,
        published_at=row.published_at,
        text_changed_at=row.text_changed_at,
        jira_issues=tuple(row.jira_issues),
        related=tuple(_incident(each) for each in parts.lists[row.id].related),
        services=tuple(NamedThing(each.id, each.name) for each in parts.lists[row.id].services),
        teams=tuple(NamedThing(each.id, each.name) for each in parts.lists[row.id].teams),
        responders=tuple(
            ResponderFacts(known[each.user_id], each.role)
            for each in parts.lists[row.id].responders
            if each.user_id in known
        ),
        summary=summary.body if summary else empty_document(),
        parts=tuple(Part(each.title, each.heading, each.body, each.prompt) for each in sections.values()),
        entries=tuple(_entry(each, known, mentioned) for each in parts.entries[row.id]),
    )


def _incident(row: models.Incident) -> IncidentFacts:
    return IncidentFacts(
        id=row.id,
        number=row.number,
        message=row.message,
        priority=Severity(row.priority),
        status=IncidentStatus(row.status),
        tags=tuple(row.tags),
        started_at=row.started_at,
        resolved_at=row.resolved_at,
        created_at=row.created_at,
    )


def _entry(row: models.TimelineEntry, known: Mapping[str, Person], mentioned: Mapping[str, Person]) -> EntryFacts:
    return EntryFacts(
        id=row.id,
        at=row.at,
        text=row.text,
        author=known.get(row.author_id or ""),
        author_name=row.author_name,
        origin=Origin(row.origin),
        permalink=row.permalink,
        file_names=tuple(row.file_names),
        added_at=row.added_at,
        mentioned=mentioned,
    )
