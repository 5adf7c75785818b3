"""Conditions on incidents in SQL: what somebody looked for is always a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, not_, or_, select

from bot.vocabulary import Comparison, IncidentField, PostmortemStatus
from storage.models import ImpactedService, Incident, IncidentResponder, Postmortem, Service
from storage.models.base import name_key
from storage.postmortems import PRESENT
from storage.search_conditions import (
    compared,
    has_item,
    has_key,
    has_value,
    is_like,
    people_called,
    teams_called,
)

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


def condition(field: IncidentField, comparison: Comparison, value: str | int | datetime | None) -> ColumnElement[bool]:
    """What a field has to be: never unknown, so that its opposite is everything else.

    In a text `*` is anything, and case does not count (of letters beyond ASCII it does on SQLite, but for the message).
    """
    if field in _COLUMNS:
        return compared(_COLUMNS[field], comparison, value)
    if field is IncidentField.POSTMORTEM:
        return _has_come_to(PostmortemStatus(value) if isinstance(value, str) else None)
    return _of_text(field, comparison, str(value))


def _of_text(field: IncidentField, comparison: Comparison, text: str) -> ColumnElement[bool]:
    within = comparison is Comparison.HAS
    if field is IncidentField.MESSAGE:
        return is_like(Incident.message_key, name_key(text), within=within)
    if field is IncidentField.DESCRIPTION:
        return is_like(Incident.description, text, within=within)
    return _EXACT[field](text)


def _has_id(text: str) -> ColumnElement[bool]:
    return is_like(Incident.id, text)


def _has_tag(text: str) -> ColumnElement[bool]:
    return has_item(Incident.tags, text)


def _has_key(text: str) -> ColumnElement[bool]:
    return has_key(Incident.details, text)


def _has_value(text: str) -> ColumnElement[bool]:
    return has_value(Incident.details, text)


def _strikes(text: str) -> ColumnElement[bool]:
    services = select(ImpactedService.incident_id).join(Service, col(Service.id) == ImpactedService.service_id)
    meant = or_(is_like(Service.id, text), is_like(Service.name_key, name_key(text)))
    return col(Incident.id).in_(services.where(meant))


def _has_responder(text: str) -> ColumnElement[bool]:
    responder = col(IncidentResponder.responder_id)
    called = or_(is_like(responder, text), responder.in_(teams_called(text)), responder.in_(people_called(text)))
    return col(Incident.id).in_(select(IncidentResponder.incident_id).where(called))


def _is_owned(text: str) -> ColumnElement[bool]:
    return and_(col(Incident.owner_team_id).is_not(None), col(Incident.owner_team_id).in_(teams_called(text)))


_EXACT: Mapping[IncidentField, Callable[[str], ColumnElement[bool]]] = {
    IncidentField.ID: _has_id,
    IncidentField.TAG: _has_tag,
    IncidentField.DETAIL_KEY: _has_key,
    IncidentField.DETAIL_VALUE: _has_value,
    IncidentField.SERVICE: _strikes,
    IncidentField.RESPONDER: _has_responder,
    IncidentField.TEAM: _is_owned,
}


def _has_come_to(status: PostmortemStatus | None) -> ColumnElement[bool]:
    standing = select(Postmortem.id).where(col(Postmortem.incident_id) == Incident.id, PRESENT)
    if status is None:
        return not_(standing.exists())
    has_further = standing.where(col(Postmortem.status).in_(_FURTHER[status])).exists()
    return and_(standing.where(col(Postmortem.status) == status).exists(), not_(has_further))
