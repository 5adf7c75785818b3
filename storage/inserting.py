"""The databases' own INSERT, which knows what to do with a row that is there already; built once, used often."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Text, bindparam, cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Row = Mapping[str, Any]
Rule = Callable[[Any], Any]
"""What an INSERT does with a row that is there already: `on_conflict_do_update` and its like, which both speak."""


def plainly(statement: Any) -> Any:
    """No row is there already."""
    return statement


@dataclass(frozen=True, eq=False)
class Put:
    """A way to put rows into a table: which columns they have, and what becomes of one that is there already.

    Building a statement takes as long as carrying it out: this is made once.
    """

    model: type[SQLModel]
    columns: tuple[str, ...]
    rule: Rule = plainly

    @property
    def name(self) -> str:
        """That of the table."""
        return str(self.model.__tablename__)

    @cached_property
    def of_each(self) -> Mapping[str, Any]:
        """The statement for each kind of database."""
        made = {"postgresql": postgres_insert(self.model), "sqlite": sqlite_insert(self.model)}
        return {kind: self.rule(statement) for kind, statement in made.items()}

    @cached_property
    def from_json(self) -> Any:
        """PostgreSQL's, of rows that come as one value under the table's name."""
        rows = cast(bindparam(self.name, type_=Text), JSONB)
        like = func.jsonb_populate_recordset(text(f"NULL::{self.name}"), rows)
        source = like.table_valued(*self.columns, name=f"new_{self.name}")
        wanted = select(*(source.c[name] for name in self.columns))
        return self.rule(postgres_insert(self.model).from_select(self.columns, wanted))

    def fitting(self, session: AsyncSession) -> Any:
        """The statement for the database of a session."""
        return self.of_each[_kind_of(session)]

    async def into(self, session: AsyncSession, rows: Sequence[Row]) -> None:
        """Put rows in; one statement, none without rows."""
        if rows:
            connection = await session.connection()
            await connection.execute(self.fitting(session), rows[0] if len(rows) == 1 else rows)


async def put_together(session: AsyncSession, several: Sequence[tuple[Put, Sequence[Row]]]) -> None:
    """Put rows into several tables, none of which refers to another of them; on PostgreSQL by one statement.

    Each way to the database and back takes a good part of what all of them take.
    """
    wanted = [(put, rows) for put, rows in several if rows]
    if len(wanted) < 2 or _kind_of(session) == "sqlite":
        for put, rows in wanted:
            await put.into(session, rows)
        return
    values = {put.name: json.dumps(rows, default=datetime.isoformat) for put, rows in wanted}
    connection = await session.connection()
    await connection.execute(_together(tuple(put for put, _ in wanted)), values)


@cache
def _together(puts: tuple[Put, ...]) -> Any:
    *others, last = puts
    return last.from_json.add_cte(*(each.from_json.cte(f"put_{each.name}") for each in others))


def _kind_of(session: AsyncSession) -> str:
    return str(session.get_bind().dialect.name)
