"""Whole tables, row by row: for taking everything out of a database and putting it into another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, String, Table, func, insert, select, text, tuple_
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Row = Mapping[str, Any]
"""A row's values by column."""
PAGE = 1000


def table_of(model: type[SQLModel]) -> Table:
    """The table that a model stands for."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass gives it
    return table


async def hold_still(session: AsyncSession) -> None:
    """Read everything in this session as it is at one moment. To be asked first in it.

    SQLite does so by itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


async def stream(session: AsyncSession, model: type[SQLModel], *conditions: ColumnElement[bool]) -> AsyncIterator[Row]:
    """All rows of a table that meet the conditions, in the order of its primary key, a page at a time.

    Texts are in the order of their bytes on every database.
    """
    table, connection = table_of(model), await session.connection()
    keys = [_by_bytes(column, connection.dialect.name) for column in table.primary_key]
    asked = select(*table.columns).where(*conditions).order_by(*keys).limit(PAGE)
    page = (await connection.execute(asked)).mappings().all()
    while page:
        for row in page:
            yield dict(row)
        if len(page) < PAGE:
            return
        last = tuple_(*(page[-1][column.name] for column in table.primary_key))
        page = (await connection.execute(asked.where(tuple_(*keys) > last))).mappings().all()


async def among(session: AsyncSession, model: type[SQLModel], column: str, values: Collection[Any]) -> Sequence[Row]:
    """The rows of a table that have one of these values in a column, in no order."""
    table, connection = table_of(model), await session.connection()
    asked = select(*table.columns).where(table.c[column].in_(values))
    return [dict(row) for row in (await connection.execute(asked)).mappings()]


async def is_empty(session: AsyncSession, model: type[SQLModel]) -> bool:
    """Whether a table holds no row."""
    connection = await session.connection()
    return (await connection.execute(select(text("1")).select_from(table_of(model)).limit(1))).first() is None


async def put(session: AsyncSession, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows that have a value for every column.

    Raises:
        IntegrityError: of SQLAlchemy: a row is there already, or points to one that is not there.
    """
    connection = await session.connection()
    await connection.execute(insert(table_of(model)), [dict(row) for row in rows])


async def count_on(session: AsyncSession, model: type[SQLModel]) -> None:
    """Let the numbers that the database itself gives to rows go on behind the highest there is; SQLite does anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    table, connection = table_of(model), await session.connection()
    numbered = table.autoincrement_column
    if numbered is None:
        return
    sequence = func.pg_get_serial_sequence(table.name, numbered.name)
    highest = select(func.max(numbered)).scalar_subquery()
    await connection.execute(select(func.setval(sequence, highest)).where(highest.is_not(None)))


def _by_bytes(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    return column.collate("C") if dialect == "postgresql" and isinstance(column.type, String) else column
