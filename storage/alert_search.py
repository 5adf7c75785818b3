"""Alerts found by conditions in SQL: what somebody looked for is always a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, case, extract
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import AlertField, AlertOrder, AlertStatus, Comparison
from storage.models import Alert, AlertNote, AlertRecipient, AlertResponder, ApiKey, Escalation, Schedule, User
from storage.search_conditions import (
    compared,
    has_item,
    has_key,
    has_value,
    ids_called,
    is_like,
    people_called,
    teams_called,
)
from storage.stretches import Stretch, cut, in_order

_COLUMNS: Mapping[AlertField, Any] = {
    AlertField.NUMBER: Alert.number,
    AlertField.STATUS: Alert.status,
    AlertField.PRIORITY: Alert.priority,
    AlertField.ACKNOWLEDGED: Alert.acknowledged,
    AlertField.SEEN: Alert.is_seen,
    AlertField.COUNT: Alert.count,
    AlertField.CREATED: Alert.created_at,
    AlertField.UPDATED: Alert.updated_at,
    AlertField.OCCURRED: Alert.last_occurred_at,
    AlertField.SNOOZED_UNTIL: Alert.snoozed_until,
}
_TEXTS: Mapping[AlertField, Any] = {
    AlertField.ID: Alert.id,
    AlertField.ALIAS: Alert.alias,
    AlertField.MESSAGE: Alert.message,
    AlertField.DESCRIPTION: Alert.description,
    AlertField.ENTITY: Alert.entity,
    AlertField.SOURCE: Alert.source,
}


def _seconds_until(column: Any) -> ColumnElement[Any]:
    """How long after it came; less than any where that has not happened."""
    return func.coalesce(extract("epoch", col(column)) - extract("epoch", col(Alert.created_at)), -1)


_ORDERS: Mapping[AlertOrder, Sequence[Any]] = {
    AlertOrder.CREATED: (Alert.created_at,),
    AlertOrder.UPDATED: (Alert.updated_at,),
    AlertOrder.OCCURRED: (Alert.last_occurred_at,),
    AlertOrder.NUMBER: (),
    AlertOrder.ALIAS: (Alert.alias,),
    AlertOrder.MESSAGE: (Alert.message,),
    AlertOrder.STATUS: (Alert.status,),
    AlertOrder.PRIORITY: (Alert.priority,),
    AlertOrder.ACKNOWLEDGED: (Alert.acknowledged,),
    AlertOrder.SEEN: (Alert.is_seen,),
    AlertOrder.SNOOZED: (col(Alert.snoozed_until).is_not(None),),
    AlertOrder.SNOOZED_UNTIL: (col(Alert.snoozed_until).is_not(None), Alert.snoozed_until),
    AlertOrder.COUNT: (Alert.count,),
    AlertOrder.SOURCE: (Alert.source,),
    AlertOrder.OWNER: (func.coalesce(col(User.email), col(User.name), ""),),
    AlertOrder.INTEGRATION_NAME: (func.coalesce(col(ApiKey.name), ""),),
    AlertOrder.INTEGRATION_TYPE: (case((col(Alert.key_id).is_(None), 1), else_=0),),
    AlertOrder.ACKNOWLEDGED_AFTER: (_seconds_until(Alert.acknowledged_at),),
    AlertOrder.CLOSED_AFTER: (_seconds_until(Alert.closed_at),),
    AlertOrder.ACKNOWLEDGED_BY: (func.coalesce(col(Alert.acknowledged_by), ""),),
    AlertOrder.CLOSED_BY: (func.coalesce(col(Alert.closed_by), ""),),
}


def condition_at(now: datetime) -> Callable[[AlertField, Comparison, Any], ColumnElement[bool]]:
    """What makes a condition of what a field has to be: at that instant, since an alert is snoozed for a while only.

    Never unknown, so that its opposite is everything else. In a text `*` is anything, and case does not count (of
    letters beyond ASCII it does on SQLite).
    """

    def condition(field: AlertField, comparison: Comparison, value: Any) -> ColumnElement[bool]:
        if field in _COLUMNS:
            return compared(_COLUMNS[field], comparison, value)
        if field is AlertField.SNOOZED:
            return _is_snoozed(now) if value else ~_is_snoozed(now)
        if field in _TEXTS:
            return is_like(_TEXTS[field], value, within=comparison is Comparison.HAS)
        return _EXACT[field](value)

    return condition


async def page(
    session: AsyncSession,
    condition: ColumnElement[bool],
    *,
    team_id: str | None,
    order: AlertOrder,
    descending: bool,
    limit: int,
    offset: int,
) -> list[Alert]:
    """Some of the alerts that are so, of one team or of all."""
    columns = [*_ORDERS[order], col(Alert.number)]
    statement = select(Alert).where(*_of_team(condition, team_id))
    if order is AlertOrder.OWNER:
        statement = statement.outerjoin(User, col(User.id) == Alert.owner_id)
    if order is AlertOrder.INTEGRATION_NAME:
        statement = statement.outerjoin(ApiKey, col(ApiKey.id) == Alert.key_id)
    ordered = statement.order_by(*(each.desc() if descending else each.asc() for each in columns))
    return list((await session.exec(ordered.limit(limit).offset(offset))).all())


async def count(session: AsyncSession, condition: ColumnElement[bool], *, team_id: str | None) -> int:
    """How many alerts are so."""
    return (await session.exec(select(func.count()).select_from(Alert).where(*_of_team(condition, team_id)))).one()


async def notes(session: AsyncSession, number: int, stretch: Stretch) -> list[AlertNote]:
    """Some of the notes of an alert."""
    statement = select(AlertNote).where(AlertNote.alert_number == number)
    found = (await session.exec(cut(statement, col(AlertNote.id), stretch))).all()
    return in_order(found, stretch)


def _is_snoozed(now: datetime) -> ColumnElement[bool]:
    until = col(Alert.snoozed_until)
    return and_(col(Alert.status) == AlertStatus.OPEN, until.is_not(None), until > now)


def _is_owned(text: str) -> ColumnElement[bool]:
    meant = or_(is_like(Alert.owner_id, text), col(Alert.owner_id).in_(people_called(text)))
    return and_(col(Alert.owner_id).is_not(None), meant)


def _is_by(column: Any, text: str) -> ColumnElement[bool]:
    """Reports give names; who is looked for by their e-mail is found too."""
    names = select(User.name).where(is_like(User.email, text))
    return and_(col(column).is_not(None), or_(is_like(column, text), col(column).in_(names)))


def _has_recipient(text: str) -> ColumnElement[bool]:
    person = col(AlertRecipient.user_id)
    told = select(AlertRecipient.alert_number).where(or_(is_like(person, text), person.in_(people_called(text))))
    return col(Alert.number).in_(told)


def _has_responder(text: str) -> ColumnElement[bool]:
    responder = col(AlertResponder.responder_id)
    meant = (people_called(text), *(ids_called(each, text) for each in (Schedule, Escalation)), teams_called(text))
    called = or_(is_like(responder, text), *(responder.in_(ids) for ids in meant))
    return col(Alert.number).in_(select(AlertResponder.alert_number).where(called))


def _is_of_team(text: str) -> ColumnElement[bool]:
    teams = teams_called(text)
    called = select(AlertResponder.alert_number).where(col(AlertResponder.responder_id).in_(teams))
    owned = and_(col(Alert.owner_team_id).is_not(None), col(Alert.owner_team_id).in_(teams))
    return or_(owned, col(Alert.number).in_(called))


def _came_by(text: str) -> ColumnElement[bool]:
    keys = select(ApiKey.id).where(or_(is_like(ApiKey.id, text), is_like(ApiKey.name, text)))
    return and_(col(Alert.key_id).is_not(None), col(Alert.key_id).in_(keys))


_EXACT: Mapping[AlertField, Callable[[str], ColumnElement[bool]]] = {
    AlertField.TAG: partial(has_item, Alert.tags),
    AlertField.ACTION: partial(has_item, Alert.actions),
    AlertField.DETAIL_KEY: partial(has_key, Alert.details),
    AlertField.DETAIL_VALUE: partial(has_value, Alert.details),
    AlertField.OWNER: _is_owned,
    AlertField.ACKNOWLEDGED_BY: partial(_is_by, Alert.acknowledged_by),
    AlertField.CLOSED_BY: partial(_is_by, Alert.closed_by),
    AlertField.RECIPIENT: _has_recipient,
    AlertField.RESPONDER: _has_responder,
    AlertField.TEAM: _is_of_team,
    AlertField.INTEGRATION: _came_by,
}


def _of_team(condition: ColumnElement[bool], team_id: str | None) -> Sequence[ColumnElement[bool]]:
    return (condition,) if team_id is None else (condition, col(Alert.owner_team_id) == team_id)
