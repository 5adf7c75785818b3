"""Alerts and what hangs on them, in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import AlertResponderKind, AlertStatus, RecipientState
from storage.inserting import Put, Row
from storage.models import Alert, AlertRecipient, AlertResponder


def _count(statement: Any) -> Any:
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["alias", "alias_scope"],
        index_where=text("status = 'open'"),
        set_={
            "count": col(Alert.count) + 1,
            "last_occurred_at": new.last_occurred_at,
            "updated_at": new.updated_at,
        },
    ).returning(Alert)


def _tell_again(statement: Any) -> Any:
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["alert_number", "user_id"], set_={"state": new.state, "updated_at": new.updated_at}
    )


_COUNT_IN = Put(Alert, (), _count)
RESPONDERS = Put(AlertResponder, ("alert_number", "kind", "responder_id", "position"))
"""Whom an alert is brought to: `responder_rows`."""
TOLD = Put(AlertRecipient, ("alert_number", "user_id", "state", "created_at", "updated_at"), _tell_again)
"""Who was told of an alert; what they did before does not count any more: `told_rows`."""


async def next_number(session: AsyncSession) -> int:
    """The number of the next alert, for whoever has to know it before it is there; nobody else is given it.

    It is kept by putting it into the row. Where the row is not made, there is a gap in the numbers (or, on SQLite, the
    next one gets it).
    """
    if session.get_bind().dialect.name == "sqlite":
        statement = text("select coalesce(max(seq), 0) + 1 from sqlite_sequence where name = 'alert'")
    else:
        statement = text("select nextval(pg_get_serial_sequence('alert', 'number'))")
    connection = await session.connection()
    return int((await connection.execute(statement)).scalar_one())


async def count_in(session: AsyncSession, new: Mapping[str, Any]) -> Alert:
    """The open alert of that alias and scope, with one more occurrence, or a new one with these values; one statement.

    It is new where it has the `id` that it was to have. Of several at once one makes it and the others count; nobody
    else changes it before this transaction ends.
    """
    found: Any = await session.exec(
        _COUNT_IN.fitting(session), params=dict(new), execution_options={"populate_existing": True}
    )
    alert: Alert = found.scalars().one()
    return alert


def responder_rows(number: int, called: Sequence[tuple[AlertResponderKind, str]], *, after: int = 0) -> list[Row]:
    """Whom an alert is brought to, behind those who are there."""
    return [
        {"alert_number": number, "kind": kind, "responder_id": id_, "position": after + place}
        for place, (kind, id_) in enumerate(called)
    ]


def told_rows(told: Collection[tuple[int, str]], *, now: datetime) -> list[Row]:
    """Who was told of alerts now, as pairs of an alert's number and a person's id."""
    return [
        {"alert_number": number, "user_id": id_, "state": RecipientState.NOTIFIED, "created_at": now, "updated_at": now}
        for number, id_ in sorted(told)
    ]


async def states_of(session: AsyncSession, number: int) -> dict[str, RecipientState]:
    """What everybody who was told of it has done, by their ids."""
    return {user_id: state for (_, user_id), state in (await states_of_all(session, [number])).items()}


async def states_of_all(session: AsyncSession, numbers: Collection[int]) -> dict[tuple[int, str], RecipientState]:
    """The same of several, by an alert's number and a person's id; one statement, none without an alert."""
    if not numbers:
        return {}
    wanted = select(AlertRecipient).where(col(AlertRecipient.alert_number).in_(numbers))
    fresh = wanted.execution_options(populate_existing=True)
    return {(row.alert_number, row.user_id): RecipientState(row.state) for row in await session.exec(fresh)}


async def reset_recipients(session: AsyncSession, number: int, *, now: datetime) -> None:
    """What they did does not count any more: they were told, nothing else."""
    statement = update(AlertRecipient).where(
        col(AlertRecipient.alert_number) == number, col(AlertRecipient.state) != RecipientState.NOTIFIED
    )
    await session.exec(
        statement.values(state=RecipientState.NOTIFIED, updated_at=now),
        execution_options={"synchronize_session": False},
    )


async def by_id(session: AsyncSession, alert_id: str, *, lock: bool = False) -> Alert | None:
    """The alert with that id; with `lock` nobody else changes it before this transaction ends."""
    return await _first(session, Alert.id == alert_id, lock=lock)


async def by_number(session: AsyncSession, number: int, *, lock: bool = False) -> Alert | None:
    """The alert of that number, likewise."""
    return await _first(session, Alert.number == number, lock=lock)


async def open_by_alias(session: AsyncSession, alias: str, *, team_id: str | None, lock: bool = False) -> Alert | None:
    """The open alert that a team means by that alias, or whoever acts for none, likewise; one or two statements.

    It is that of its own scope. An alias which that scope has never known is that of the one open alert that there is
    of it elsewhere: for a team among its own, else among all. Of several none is meant. Who ends its alert twice thus
    ends nobody else's.
    """
    own, is_open = col(Alert.alias_scope) == (team_id or ""), col(Alert.status) == AlertStatus.OPEN
    found = await _first(session, col(Alert.alias) == alias, own, is_open, lock=lock)
    if found is not None:
        return found
    before = aliased(Alert)
    was_known = select(before.number).where(  # by the one index that has closed alerts too, which is of lower case
        func.lower(before.alias) == func.lower(alias), before.alias_scope == (team_id or "")
    )
    elsewhere = select(Alert).where(Alert.alias == alias, is_open, ~was_known.exists())
    if team_id is not None:
        elsewhere = elsewhere.where(Alert.owner_team_id == team_id)
    [*rows] = await session.exec(_locked(elsewhere.limit(2)) if lock else elsewhere.limit(2))
    return rows[0] if len(rows) == 1 else None


async def responders_of(session: AsyncSession, numbers: Iterable[int]) -> dict[int, list[AlertResponder]]:
    """Whom each of these alerts is brought to, in the order in which they were named."""
    wanted = list(numbers)
    grouped: dict[int, list[AlertResponder]] = {each: [] for each in wanted}
    if wanted:
        found = select(AlertResponder).where(col(AlertResponder.alert_number).in_(wanted))
        ordered = found.order_by(col(AlertResponder.position), col(AlertResponder.responder_id))
        for row in await session.exec(ordered):
            grouped[row.alert_number].append(row)
    return grouped


async def recipients_of(session: AsyncSession, numbers: Iterable[int]) -> dict[int, list[AlertRecipient]]:
    """Who was told of each of these alerts, in the order in which they were first."""
    wanted = list(numbers)
    grouped: dict[int, list[AlertRecipient]] = {each: [] for each in wanted}
    if wanted:
        found = select(AlertRecipient).where(col(AlertRecipient.alert_number).in_(wanted))
        for row in await session.exec(found.order_by(col(AlertRecipient.created_at), col(AlertRecipient.user_id))):
            grouped[row.alert_number].append(row)
    return grouped


async def _first(session: AsyncSession, *where: Any, lock: bool) -> Alert | None:
    statement = select(Alert).where(*where)
    return (await session.exec(_locked(statement) if lock else statement)).first()


def _locked(statement: Any) -> Any:
    """The same rows for whoever changes them: as they are now, also where this session has read them before."""
    return statement.with_for_update().execution_options(populate_existing=True)
