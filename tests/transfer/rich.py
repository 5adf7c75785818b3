"""A made-up workspace with rows in every table that is taken along, and in every column what is hard to carry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.engines.documents.parts import heading_of
from bot.engines.papers import Paper, PaperIncident, PaperSection, as_plain
from bot.queries.records import NOUNS, PARTS, WHOLE, Record
from bot.vocabulary import IncidentStatus, PostmortemStatus, Severity
from storage.rows import Row, table_of

HOSTILE = 'é日本🔥\u2028 <script>alert(1)</script> "quoted" \\ ../../etc/passwd | `x` [a](javascript:b)\nsecond line'
DEEP = {"z": 1, "a": [True, None, 1.5, 1e22, 3.0, -7, {"ü": "\u2028"}], "text": HOSTILE}
DOCUMENT = {
    "version": 1,
    "type": "doc",
    "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": "It broke at noon. <b>Not bold</b>."}]},
        {"type": "codeBlock", "attrs": {"language": "sh"}, "content": [{"type": "text", "text": "rm -rf </pre>"}]},
    ],
}
READ_BY_ENGINES = {
    "participants": [{"type": "none"}],
    "restriction": {"type": "time-of-day", "windows": []},
    "rules": [],
}
"""Of schedules and escalations, which say who was on call in the timeline of a postmortem."""
NOON = datetime(2026, 11, 18, 12, 0, 0, 123456, tzinfo=UTC)
ROWS = 3
NUMBERS = (101, 102, 103)
"""Of its postmortems and incidents."""


class Workspace:
    """Its rows, table by table, those first to which others refer."""

    def __init__(self) -> None:
        self.rows: dict[type[SQLModel], list[Row]] = {}
        for table in (*NOUNS.values(), WHOLE, *PARTS.values()):
            self.rows[table] = [self._row(table, place) for place in range(1 if table is NOUNS["workspaces"] else ROWS)]

    def _row(self, model: type[SQLModel], place: int) -> Row:
        return {column.name: self._value(model, column, place) for column in table_of(model).columns}

    def _value(self, model: type[SQLModel], column: Column[Any], place: int) -> Any:
        is_last = place == ROWS - 1
        if column.name == "deleted_at" or (column.nullable and is_last):
            return None
        for key in column.foreign_keys:
            return self._referred(key, place)
        if words := _words_of(model, column.name):
            return list(words)[place % len(words)]
        return _value(model, column, place)

    def _referred(self, key: ForeignKey, place: int) -> Any:
        (model,) = (each for each in self.rows if table_of(each) is key.column.table)
        return self.rows[model][place][key.column.name]


def _words_of(model: type[SQLModel], name: str) -> list[StrEnum]:
    annotation = model.model_fields[name].annotation
    kinds = [each for each in (annotation, *get_args(annotation)) if isinstance(each, type)]
    return [word for kind in kinds if issubclass(kind, StrEnum) for word in kind]


def _value(model: type[SQLModel], column: Column[Any], place: int) -> Any:
    if isinstance(column.type, JSON):
        return _json(model, column.name)
    for kind, values in _TYPED.items():
        if isinstance(column.type, kind):
            return values[place]
    if column.name.endswith("timezone"):
        return "Europe/Berlin"
    if column.name == "markdown":
        return f"## {place}\n\n{HOSTILE}"
    if column.name == "id" or column.name.endswith("_id"):
        return str(UUID(int=(ROWS - place) * 0x1111_0000_1111_0000_1111_0000_1111_0000 + len(model.__name__)))
    return f"{column.name} {place} {HOSTILE}"


_TYPED: dict[type, Sequence[object]] = {
    Boolean: (False, True, False),
    Integer: NUMBERS,
    UTCDateTime: (NOON, NOON + timedelta(hours=1), NOON + timedelta(microseconds=1)),
    Date: (date(2026, 2, 27), date(2026, 2, 28), date(2028, 2, 29)),
}


PAPER = Paper(
    number=101,
    title=HOSTILE,
    status=PostmortemStatus.PUBLISHED,
    version=1,
    severity=Severity.P1,
    incident=PaperIncident(101, HOSTILE, IncidentStatus.RESOLVED),
    team="",
    owner=HOSTILE,
    services=(HOSTILE,),
    responders=(),
    reviewers=(),
    started_at=NOON,
    detected_at=None,
    responded_at=None,
    ended_at=NOON,
    created_at=NOON,
    published_at=NOON,
    summary=DOCUMENT,
    sections=(PaperSection("root-causes", HOSTILE, DOCUMENT),),
    timeline=(),
    actions=(),
    jira_issues=(),
    related=(),
)
_MEANT: dict[str, object] = {
    "body": DOCUMENT,
    "heading": heading_of(HOSTILE),
    "snapshot": as_plain(PAPER),
    "participants": [{"type": "user", "id": HOSTILE}, {"type": "none"}],
    "restriction": {
        "type": "time-of-day",
        "windows": [{"start_hour": 8, "start_minute": 0, "end_hour": 18, "end_minute": 30}],
    },
}
"""What is read, not only carried."""


def _json(model: type[SQLModel], name: str) -> Any:
    if name in _MEANT:
        return _MEANT[name]
    if name in READ_BY_ENGINES:
        return READ_BY_ENGINES[name]
    annotation = str(model.model_fields[name].annotation)
    return [HOSTILE, "b"] if "list[str]" in annotation else [DEEP] if "list" in annotation else _object(annotation)


def _object(annotation: str) -> Record:
    return {"k": HOSTILE} if "dict[str, str]" in annotation else DEEP
