"""Everything that a database holds, as records: what goes into an exported folder and comes out of it again.

A table is either a noun with a file of its own, a part of a postmortem, or left out for a reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, ValidationError, create_model
from sqlmodel import SQLModel

from bot.engines import papers, templates
from bot.engines.documents.checking import check
from bot.engines.documents.document import document
from bot.engines.wallclock import zone_of
from bot.errors import BadFields, Unreadable
from bot.queries.schedules import as_version
from storage import models
from storage.rows import Row, table_of

Record = dict[str, Any]
"""A row as JSON: every column by its name."""

NOUNS: dict[str, type[SQLModel]] = {
    "workspaces": models.Workspace,
    "people": models.User,
    "profiles": models.Profile,
    "templates": models.Template,
    "template-versions": models.TemplateVersion,
    "teams": models.Team,
    "memberships": models.Membership,
    "team-roles": models.TeamOwnRole,
    "escalations": models.Escalation,
    "routing-rules": models.RoutingRule,
    "schedules": models.Schedule,
    "rotations": models.Rotation,
    "rotation-versions": models.RotationVersion,
    "overrides": models.Override,
    "forwardings": models.Forwarding,
    "channel-links": models.ChannelLink,
    "published-shifts": models.PublishedShift,
    "services": models.Service,
    "incidents": models.Incident,
    "impacted-services": models.ImpactedService,
    "incident-responders": models.IncidentResponder,
    "incident-notes": models.IncidentNote,
    "incident-parts": models.IncidentPart,
    "default-reviewers": models.DefaultReviewer,
    "policies": models.Policy,
    "keys": models.ApiKey,
    "alerts": models.Alert,
    "alert-responders": models.AlertResponder,
    "alert-recipients": models.AlertRecipient,
    "alert-notes": models.AlertNote,
    "alert-timers": models.AlertTimer,
    "incident-alerts": models.IncidentAlert,
    "saved-searches": models.SavedSearch,
    "drafts": models.Draft,
    "events": models.Event,
    "counters": models.Counter,
}
"""The tables with a file of their own, those first to which others refer.

Of API keys there is the hash: nobody gets from it to the 122 random bits it was made of, and without it every program
would be shut out of a database that has moved.
"""

WHOLE: type[SQLModel] = models.Postmortem
"""Postmortems have a file each: their own record, and those of their parts."""
POSTMORTEM = "postmortem"
OF_POSTMORTEM = "postmortem_id"
PARTS: dict[str, type[SQLModel]] = {
    "sections": models.Section,
    "timeline": models.TimelineEntry,
    "actions": models.ActionItem,
    "services": models.AffectedService,
    "responders": models.Responder,
    "responder_teams": models.ResponderTeam,
    "related_incidents": models.RelatedIncident,
    "reviewers": models.Reviewer,
    "remarks": models.Remark,
    "snoozes": models.Snooze,
    "versions": models.PostmortemVersion,
}
"""The tables whose rows stand in the file of the postmortem they belong to."""

LEFT_OUT: dict[type[SQLModel], str] = {
    models.FeedLink: "a secret; whoever wants a calendar asks for a new link",
    models.Reminder: "follows from the postmortems, and is planned anew when they are put in",
    models.Delivery: "messages in Slack; the next change of a postmortem, or telling of an alert, posts a new one",
    models.HomeTab: "comes back when somebody opens their Home tab",
    models.Receipt: "what Slack sent within the hour",
    models.FinishedRequest: "what programs ask about within minutes",
    models.Allowance: "what keys may still ask for in this minute",
}
"""The tables that are not taken along, and why nothing is missed. The search index, which is no model's table, is made
anew by the process that starts next (usecases/housekeeping/fill_search.py)."""

_ORDER = ("position", "at", "number")
_READ: dict[type[SQLModel], Callable[[Row], object]] = {
    models.Schedule: lambda row: zone_of(row["timezone"]),
    models.RotationVersion: lambda row: as_version(models.RotationVersion(**row)),
}
"""The rows that engines read whenever it is asked who is on call, and how: one that they cannot read stops them."""
_UNREAD = (KeyError, TypeError, ValueError, AttributeError, OSError)
_KEY_CHARACTERS = 100


def record_of(model: type[SQLModel], row: Row) -> Record:
    """A row as a record; equal rows of whatever database make equal records."""
    return {column.name: _canonical(row[column.name]) for column in table_of(model).columns}


def row_of(model: type[SQLModel], record: object, *, place: str) -> Row:
    """A record as a row again. `place` is where it stands, for whoever has to mend it.

    Raises:
        Unreadable: it is no record of that table: a column is missing, strange, or says what it cannot; a text is no
            sound ADF, and the path of the node at fault is named.
    """
    try:
        row = dict(_shape(model).model_validate(record))
    except ValidationError as error:
        raise Unreadable(f"{place}: this is no record of {table_of(model).name}: {_first_of(error)}.") from error
    try:
        _READ.get(model, dict)(row)
    except _UNREAD as error:
        raise Unreadable(f"{place}: nobody is on call by this record of {table_of(model).name}: {error}.") from error
    _check_texts(model, row, place)
    return row


def _check_texts(model: type[SQLModel], row: Row, place: str) -> None:
    """Refuse what whoever shows it, or writes it out again, could not read."""
    try:
        for path, adf in _documents(model, row):
            check(adf, field=path)
    except BadFields as error:
        sentence = next(iter(error.fields.values()))
        raise Unreadable(f"{place}: this text is not sound ADF: {sentence}") from error
    except ValidationError as error:
        raise Unreadable(f"{place}: this is no postmortem as it was published: {_first_of(error)}.") from error
    except Unreadable as error:
        raise Unreadable(f"{place}: no sections can be made of this template: {error.sentence}") from error


def _documents(model: type[SQLModel], row: Row) -> Iterator[tuple[str, object]]:
    """The documents in a row, each with where it stands in it."""
    if model is models.TemplateVersion:
        templates.parse(row["markdown"])
    elif model is models.Section:
        told = f"section {row['key'][:_KEY_CHARACTERS]!r}, "
        yield f"{told}body", row["body"]
        if row["heading"] is not None:
            yield f"{told}heading", document([row["heading"]])
    elif model is models.PostmortemVersion:
        paper = papers.from_plain(row["snapshot"])
        yield from ((f"section {each.key[:_KEY_CHARACTERS]!r}, body", each.body) for each in paper.sections)
        if paper.summary is not None:
            yield "summary", paper.summary


def _first_of(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    column = ".".join(map(str, first["loc"]))
    return f"“{column}”: {first['msg']}" if column else first["msg"]


def written(record: Mapping[str, Any], *, indent: int | None = None) -> bytes:
    """A record as JSON in UTF-8, its names sorted: in one line, or indented over many. A line end follows."""
    separators = (",", ": ") if indent else (", ", ": ")
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, indent=indent, separators=separators)
    return f"{text}\n".encode(errors="backslashreplace")  # half a surrogate pair is the escape that JSON knows


def place_in_order(model: type[SQLModel]) -> Any:
    """By what the rows of a part are sorted: their position or time where they have one, then their primary key."""
    columns = table_of(model).columns
    names = [name for name in _ORDER if name in columns] + [column.name for column in table_of(model).primary_key]

    def key(row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in names)

    return key


@cache
def _shape(model: type[SQLModel]) -> type[BaseModel]:
    """The columns of a table and what each may say. Times have an offset: a wall clock is nobody's."""
    instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
    aware: dict[Any, Any] = {datetime: instant, datetime | None: instant | None}
    fields: dict[str, Any] = {
        name: (aware.get(field.annotation, field.annotation), ...) for name, field in model.model_fields.items()
    }
    return create_model(model.__name__, __config__=ConfigDict(extra="forbid"), **fields)


def _in_utc(moment: datetime) -> datetime:
    """As databases keep it: the calendar's first and last hours are none of theirs in every zone."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no calendar has this time") from error


def _canonical(value: Any) -> Any:
    """A value as JSON. Times are UTC's; numbers are as both databases keep them: 3 for 3.0, digits for 1e22."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _canonical(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_canonical(each) for each in value]
    return value
