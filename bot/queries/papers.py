"""Postmortems on paper: all that a page or a file shows of one, for whoever has its address or everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge

from bot.engines.documents.document import is_empty
from bot.engines.mrkdwn import as_typed
from bot.engines.papers import (
    Paper,
    PaperAction,
    PaperEntry,
    PaperIncident,
    PaperRemark,
    PaperResponder,
    PaperReviewer,
    PaperSection,
    from_plain,
)
from bot.engines.timeline import OwnEntry, Signal
from bot.queries import own_entries, people
from bot.queries.own_entries import Known
from bot.queries.people import Person
from bot.queries.postmortems import row_of
from bot.queries.reading import Reading
from bot.vocabulary import (
    EXECUTIVE_SUMMARY,
    ActionKind,
    ActionStatus,
    IncidentStatus,
    PostmortemStatus,
    Severity,
    Verdict,
)
from storage import models, papers, postmortems, remarks, teams, versions
from storage.models.base import name_key
from storage.whole_postmortems import WholeParts, parts_of

OWN = "Watchbill"
"""The author of entries that it knows by itself."""


async def by_number(reading: Reading, number: int, *, version: int | None = None) -> tuple[str, Paper] | None:
    """The id and the paper of a postmortem, or of a version of it as it was published.

    None where there is none of that number, or it was deleted, or it has no such version.
    """
    row = await postmortems.by_number(reading.session, number)
    if row is None:
        return None
    if version is not None:
        frozen = await versions.numbered(reading.session, row.id, version)
        return (row.id, from_plain(frozen.snapshot)) if frozen else None
    return row.id, await of_row(reading, row)


async def for_member(reading: Reading, number: int, asker: Person) -> tuple[str, Paper]:
    """The id and the paper of the postmortem of that number, for a member of the workspace.

    Raises:
        NotAllowed, NotFound: as queries/postmortems.
    """
    row = await row_of(reading, number, asker)
    return row.id, await of_row(reading, row)


async def by_ids(reading: Reading, ids: Iterable[str]) -> dict[str, Paper]:
    """The papers of these postmortems, by their ids, in a fixed number of statements; who is deleted is left out."""
    return await _of_rows(reading, await postmortems.by_ids(reading.session, ids))


async def of_row(reading: Reading, row: models.Postmortem, reviewers: Sequence[models.Reviewer] | None = None) -> Paper:
    """The paper of a postmortem that the caller has in hands; its `version` is the last that was published, or 0."""
    in_hands = None if reviewers is None else {row.id: reviewers}
    return (await _of_rows(reading, [row], in_hands))[row.id]


async def newest(reading: Reading, *, limit: int) -> list[tuple[str, str]]:
    """The newest postmortems, by what people call them, with their titles."""
    return [(f"PM-{number}", title) for number, title in await papers.newest(reading.session, limit=limit)]


@dataclass(frozen=True, slots=True)
class _Known:
    """What hangs on the postmortems asked for, by their ids; teams' names and people by theirs.

    `mentioned` are people's names by their id in Slack.
    """

    parts: WholeParts
    reviewers: Mapping[str, Sequence[models.Reviewer]]
    actions: Mapping[str, Sequence[models.ActionItem]]
    remarks: Mapping[str, Sequence[tuple[models.Remark, models.User]]]
    versions: Mapping[str, int]
    own: Mapping[str, Known]
    teams: Mapping[str, str]
    people: Mapping[str, Person]
    mentioned: Mapping[str, str]

    def name(self, person_id: str | None) -> str:
        """Somebody's name; empty for who is not known."""
        person = self.people.get(person_id or "")
        return person.name if person else ""


async def _of_rows(
    reading: Reading,
    rows: Sequence[models.Postmortem],
    reviewers: Mapping[str, Sequence[models.Reviewer]] | None = None,
) -> dict[str, Paper]:
    if not rows:
        return {}
    session, ids = reading.session, [row.id for row in rows]
    parts = await parts_of(session, rows)
    if reviewers is None:
        reviewers = await postmortems.reviewers(session, ids)
    actions = await papers.actions_of(session, ids)
    named = {row.owner_id for row in rows}
    named |= {each.user_id for lists in parts.lists.values() for each in lists.responders}
    named |= {each.user_id for group in reviewers.values() for each in group}
    named |= {each.author_id for group in parts.entries.values() for each in group if each.author_id}
    named |= {each.owner_id for group in actions.values() for each in group if each.owner_id}
    texts = [entry.text for group in parts.entries.values() for entry in group]
    known = _Known(
        parts=parts,
        reviewers=reviewers,
        actions=actions,
        remarks=await remarks.of_postmortems(session, ids),
        versions=await papers.last_versions(session, ids),
        own=await own_entries.known_of(reading, rows),
        teams={
            each.id: each.name for each in await teams.by_ids(session, {row.team_id for row in rows if row.team_id})
        },
        people=await people.by_ids(reading, named),
        mentioned={slack_id: each.name for slack_id, each in (await people.mentioned_in(reading, texts)).items()},
    )
    return {row.id: _paper(row, known) for row in rows}


def _paper(row: models.Postmortem, known: _Known) -> Paper:
    parts, sections, own = known.parts, known.parts.sections[row.id], known.own[row.id]
    signals = [Signal(each.at, each.author_id) for each in parts.entries[row.id]]
    course = own.course(row, signals, [each.user_id for each in parts.lists[row.id].responders])
    summaries = [each.body for each in sections if each.key == EXECUTIVE_SUMMARY and not is_empty(each.body)]
    return Paper(
        number=row.number,
        title=row.title,
        status=PostmortemStatus(row.status),
        version=known.versions.get(row.id, 0),
        severity=Severity(row.severity),
        incident=_incident(parts.lists[row.id].incident),
        team=known.teams.get(row.team_id or "", ""),
        owner=known.name(row.owner_id),
        services=tuple(sorted((each.name for each in parts.lists[row.id].services), key=name_key)),
        responders=tuple(_responders(row.id, known)),
        reviewers=tuple(_reviewer(each, known) for each in known.reviewers[row.id]),
        started_at=row.started_at,
        detected_at=course.detected_at,
        responded_at=course.responded_at,
        ended_at=row.ended_at,
        created_at=row.created_at,
        published_at=row.published_at,
        summary=summaries[0] if summaries else None,
        sections=tuple(
            PaperSection(each.key, each.title, each.body) for each in sections if each.key != EXECUTIVE_SUMMARY
        ),
        timeline=tuple(
            merge(
                (_own_entry(each) for each in own.entries),
                (_entry(each, known) for each in parts.entries[row.id]),
                key=lambda each: each.at,
            )
        ),
        actions=tuple(_action(each, known) for each in known.actions[row.id]),
        jira_issues=tuple(row.jira_issues),
        related=tuple(map(_incident, parts.lists[row.id].related)),
        remarks=tuple(
            _remark(each, author, {section.key: section.title for section in sections})
            for each, author in known.remarks[row.id]
        ),
    )


def _incident(row: models.Incident) -> PaperIncident:
    return PaperIncident(row.number, row.message, IncidentStatus(row.status))


def _responders(postmortem_id: str, known: _Known) -> Iterable[PaperResponder]:
    """People, in the order in which they were named, then teams. On every database in the same."""
    for each in sorted(
        known.parts.lists[postmortem_id].responders, key=lambda each: (each.position, known.name(each.user_id))
    ):
        yield PaperResponder(known.name(each.user_id), each.role)
    for team in known.parts.lists[postmortem_id].teams:
        yield PaperResponder(team.name, is_team=True)


def _reviewer(row: models.Reviewer, known: _Known) -> PaperReviewer:
    with_words = {(each.user_id, each.at) for each, _ in known.remarks[row.postmortem_id] if each.verdict}
    note = "" if (row.user_id, row.said_at) in with_words else row.note
    return PaperReviewer(known.name(row.user_id), Verdict(row.verdict), row.said_at, note)


def _remark(row: models.Remark, author: models.User, titles: Mapping[str, str]) -> PaperRemark:
    section = titles.get(row.section_key, row.section_key) if row.section_key else ""
    return PaperRemark(author.name, row.at, section, Verdict(row.verdict) if row.verdict else None, row.text)


def _entry(row: models.TimelineEntry, known: _Known) -> PaperEntry:
    return PaperEntry(
        at=row.at,
        text=as_typed(row.text, known.mentioned).strip(),
        author=(known.name(row.author_id) or row.author_name) if row.channel else "",
        permalink=row.permalink,
        file_names=tuple(row.file_names),
    )


def _own_entry(entry: OwnEntry) -> PaperEntry:
    return PaperEntry(entry.at, entry.text, author=OWN, permalink="", file_names=())


def _action(row: models.ActionItem, known: _Known) -> PaperAction:
    return PaperAction(
        text=row.text,
        owner=known.name(row.owner_id),
        due_on=row.due_on,
        kind=ActionKind(row.kind) if row.kind else None,
        status=ActionStatus(row.status),
        jira_url=row.jira_url,
    )
