"""Conditions on incidents in SQL: what somebody looked for is always a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import and_, col, func, not_, or_, select, true

from bot.vocabulary import Comparison, IncidentField, PostmortemStatus
from storage.models import ImpactedService, Incident, IncidentResponder, Postmortem, Service, Team, User
from storage.models.base import name_key
from storage.postmortems import PRESENT

ANYTHING = "*"
_ESCAPE = "/"
_ORDERS: Mapping[Comparison, Callable[[Any, Any], ColumnElement[bool]]] = {
    Comparison.IS: lambda column, value: column == value,
    Comparison.LESS: lambda column, value: column < value,
    Comparison.AT_MOST: lambda column, value: column <= value,
    Comparison.MORE: lambda column, value: column > value,
    Comparison.AT_LEAST: lambda column, value: column >= value,
}
_COLUMNS: Mapping[IncidentField, Any] = {
    IncidentField.NUMBER: Incident.number,
    IncidentField.STATUS: Incident.status,
    IncidentField.PRIORITY: Incident.priority,
    IncidentField.CREATED: Incident.created_at,
    IncidentField.UPDATED: Incident.updated_at,
    IncidentField.BEGAN: Incident.started_at,
    IncidentField.ENDED: Incident.resolved_at,
}
_FURTHER: Mapping[PostmortemStatus, Sequence[PostmortemStatus]] = {
    PostmortemStatus.DRAFT: (PostmortemStatus.IN_REVIEW, PostmortemStatus.PUBLISHED),
    PostmortemStatus.IN_REVIEW: (PostmortemStatus.PUBLISHED,),
    PostmortemStatus.PUBLISHED: (),
}
"""Of several postmortems of an incident, the one that has come furthest counts."""


class _Items(FunctionElement[Any]):
    """The texts of a JSON list, as rows with a `value`."""

    inherit_cache = True


class _Pairs(FunctionElement[Any]):
    """The names and texts of a JSON object, as rows with `key` and `value`."""

    inherit_cache = True


@compiles(_Items, "sqlite")
@compiles(_Pairs, "sqlite")
def _in_sqlite(element: FunctionElement[Any], compiler: Any, **how: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **how)})"


@compiles(_Items, "postgresql")
def _items_in_postgresql(element: _Items, compiler: Any, **how: Any) -> str:
    return f"jsonb_array_elements_text({compiler.process(element.clauses, **how)})"


@compiles(_Pairs, "postgresql")
def _pairs_in_postgresql(element: _Pairs, compiler: Any, **how: Any) -> str:
    return f"jsonb_each_text({compiler.process(element.clauses, **how)})"


def condition(field: IncidentField, comparison: Comparison, value: str | int | datetime | None) -> ColumnElement[bool]:
    """What a field has to be: never unknown, so that its opposite is everything else.

    In a text `*` is anything, and case does not count (of letters beyond ASCII it does on SQLite, but for the message).
    """
    if field in _COLUMNS:
        column = col(_COLUMNS[field])
        return and_(column.is_not(None), _ORDERS[comparison](column, value))
    if field is IncidentField.POSTMORTEM:
        return _has_come_to(PostmortemStatus(value) if isinstance(value, str) else None)
    return _of_text(field, comparison, str(value))


def every(parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """All of them; of none, everything."""
    return and_(true(), *parts)


def either(parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """One of them at least."""
    return or_(*parts)


def opposite(part: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whatever is not so."""
    return not_(part)


def _of_text(field: IncidentField, comparison: Comparison, text: str) -> ColumnElement[bool]:
    within = comparison is Comparison.HAS
    if field is IncidentField.MESSAGE:
        return _is_like(Incident.message_key, name_key(text), within=within)
    if field is IncidentField.DESCRIPTION:
        return _is_like(Incident.description, text, within=within)
    return _EXACT[field](text)


def _has_id(text: str) -> ColumnElement[bool]:
    return _is_like(Incident.id, text)


def _has_tag(text: str) -> ColumnElement[bool]:
    items = _Items(col(Incident.tags)).table_valued("value", name="item")
    return select(1).select_from(items).where(_is_like(items.c.value, text)).exists()


def _has_key(text: str) -> ColumnElement[bool]:
    pairs = _Pairs(col(Incident.details)).table_valued("key", "value", name="pair")
    return select(1).select_from(pairs).where(_is_like(pairs.c.key, text)).exists()


def _has_value(text: str) -> ColumnElement[bool]:
    pairs = _Pairs(col(Incident.details)).table_valued("key", "value", name="pair")
    return select(1).select_from(pairs).where(_is_like(pairs.c.value, text)).exists()


def _strikes(text: str) -> ColumnElement[bool]:
    services = select(ImpactedService.incident_id).join(Service, col(Service.id) == ImpactedService.service_id)
    meant = or_(_is_like(Service.id, text), _is_like(Service.name_key, name_key(text)))
    return col(Incident.id).in_(services.where(meant))


def _has_responder(text: str) -> ColumnElement[bool]:
    responder = col(IncidentResponder.responder_id)
    called = or_(_is_like(responder, text), responder.in_(_teams(text)), responder.in_(_people(text)))
    return col(Incident.id).in_(select(IncidentResponder.incident_id).where(called))


def _is_owned(text: str) -> ColumnElement[bool]:
    return and_(col(Incident.owner_team_id).is_not(None), col(Incident.owner_team_id).in_(_teams(text)))


_EXACT: Mapping[IncidentField, Callable[[str], ColumnElement[bool]]] = {
    IncidentField.ID: _has_id,
    IncidentField.TAG: _has_tag,
    IncidentField.DETAIL_KEY: _has_key,
    IncidentField.DETAIL_VALUE: _has_value,
    IncidentField.SERVICE: _strikes,
    IncidentField.RESPONDER: _has_responder,
    IncidentField.TEAM: _is_owned,
}


def _teams(text: str) -> Any:
    return select(Team.id).where(or_(_is_like(Team.id, text), _is_like(Team.name_key, name_key(text))))


def _people(text: str) -> Any:
    return select(User.id).where(or_(_is_like(User.name, text), _is_like(User.email, text)))


def _has_come_to(status: PostmortemStatus | None) -> ColumnElement[bool]:
    standing = select(Postmortem.id).where(col(Postmortem.incident_id) == Incident.id, PRESENT)
    if status is None:
        return not_(standing.exists())
    has_further = standing.where(col(Postmortem.status).in_(_FURTHER[status])).exists()
    return and_(standing.where(col(Postmortem.status) == status).exists(), not_(has_further))


def _is_like(column: Any, text: str, *, within: bool = False) -> ColumnElement[bool]:
    """Whether a column is the text, or has it within, whatever their case."""
    pattern = text.lower()
    for sign in (_ESCAPE, "%", "_"):
        pattern = pattern.replace(sign, _ESCAPE + sign)
    pattern = pattern.replace(ANYTHING, "%")
    return func.lower(column).like(f"%{pattern}%" if within else pattern, escape=_ESCAPE)
