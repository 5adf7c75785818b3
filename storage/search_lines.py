"""What is gathered beside the text of postmortems, as a search reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Select, String, bindparam, case, cast, label, literal, null, select, union_all
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    ActionItem,
    AffectedService,
    Incident,
    Postmortem,
    RelatedIncident,
    Remark,
    Section,
    Service,
    TimelineEntry,
)

Column = SQLCoreOperations[Any]
Rows = Select[*tuple[Any, ...]]
_NO_TEXT, _NO_NUMBER, _NO_TIME = literal(""), literal(0), cast(null(), DateTime(timezone=True))


class Source(StrEnum):
    """Where something was gathered."""

    SECTION = "0-section"
    SERVICE = "1-service"
    ENTRY = "2-entry"
    ACTION = "3-action"
    REMARK = "4-remark"
    INCIDENT = "5-incident"
    RELATED_INCIDENT = "6-related-incident"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Something gathered beside a postmortem: its own text, and what else is said of it.

    `text` is of a section its heading, empty where that came with a prompt. `beside` is of a section its document as
    JSON, of an entry the names of its files as JSON, of an action the address of its issue, of an incident its
    description; `number` is an incident's, or the place of a section.
    """

    source: Source
    text: str
    beside: str
    number: int


async def gathered(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[Gathered]]:
    """What was gathered for each of these postmortems, by its id: by where, and there as it came; in one statement."""
    found: dict[str, list[Gathered]] = {each: [] for each in ids}
    rows = await (await session.connection()).execute(_EVERYTHING, {"ids": ids})
    for postmortem_id, source, text, beside, number in rows:
        found[postmortem_id].append(Gathered(Source(source), text, beside, number))
    return found


async def numbers_of_incident(session: AsyncSession, incident_id: str) -> list[int]:
    """The numbers of the postmortems that stand on an incident or name it, those deleted included, in order."""
    standing = select_rows(Postmortem.number).where(Postmortem.incident_id == incident_id)
    naming = select_rows(RelatedIncident.postmortem_id).where(RelatedIncident.incident_id == incident_id)
    related = select_rows(Postmortem.number).where(col(Postmortem.id).in_(naming))
    return sorted({*await session.exec(standing), *await session.exec(related)})


def _everything() -> Rows:
    """Built once: it takes longer than to ask it."""
    everything = union_all(*_parts(bindparam("ids", expanding=True))).subquery()
    wanted = select(*(each for each in everything.c if each.name != "at"))
    return wanted.order_by(everything.c.source, everything.c.at, everything.c.text)


def _parts(ids: Any) -> list[Rows]:
    sections = _part(
        Source.SECTION,
        col(Section.postmortem_id),
        case((col(Section.prompt) == "", col(Section.title)), else_=""),
        beside=cast(col(Section.body), String),
        number=col(Section.position),
    )
    services = _part(Source.SERVICE, col(AffectedService.postmortem_id), col(Service.name)).join(
        Service, col(Service.id) == AffectedService.service_id
    )
    entries = _part(
        Source.ENTRY,
        col(TimelineEntry.postmortem_id),
        col(TimelineEntry.text),
        beside=cast(col(TimelineEntry.file_names), String),
        at=col(TimelineEntry.at),
    )
    actions = _part(
        Source.ACTION,
        col(ActionItem.postmortem_id),
        col(ActionItem.text),
        beside=col(ActionItem.jira_url),
        at=col(ActionItem.created_at),
    )
    remarks = _part(Source.REMARK, col(Remark.postmortem_id), col(Remark.text), at=col(Remark.at))
    own = _incidents(Source.INCIDENT, col(Postmortem.id)).join(Incident, col(Incident.id) == Postmortem.incident_id)
    related = _incidents(Source.RELATED_INCIDENT, col(RelatedIncident.postmortem_id)).join(
        Incident, col(Incident.id) == RelatedIncident.incident_id
    )
    return [
        sections.where(col(Section.postmortem_id).in_(ids)),
        services.where(col(AffectedService.postmortem_id).in_(ids)),
        entries.where(col(TimelineEntry.postmortem_id).in_(ids)),
        actions.where(col(ActionItem.postmortem_id).in_(ids)),
        remarks.where(col(Remark.postmortem_id).in_(ids)),
        own.where(col(Postmortem.id).in_(ids)),
        related.where(col(RelatedIncident.postmortem_id).in_(ids)),
    ]


def _incidents(source: Source, postmortem_id: Column) -> Rows:
    return _part(
        source, postmortem_id, col(Incident.message), beside=col(Incident.description), number=col(Incident.number)
    )


def _part(
    source: Source,
    postmortem_id: Column,
    text: Column,
    *,
    beside: Column = _NO_TEXT,
    number: Column = _NO_NUMBER,
    at: Column = _NO_TIME,
) -> Rows:
    """The rows of one table, in the columns that all of them share."""
    return select(
        label("postmortem_id", postmortem_id),
        label("source", literal(source.value)),
        label("text", text),
        label("beside", beside),
        label("number", number),
        label("at", at),
    )


_EVERYTHING = _everything()
