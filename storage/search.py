"""The search index: which postmortem holds which words. FTS5 on SQLite, text search with a GIN index on PostgreSQL.

Neither takes a text apart by its own rules, which differ: both are given the words of bot/engines/searching.py, so that
they find the same. SQLite's `ascii` tokenizer takes everything beyond ASCII, an emoji too, for a part of a word;
PostgreSQL takes the lexemes of a `tsvector` as they are. What is deleted is not in the index, so that it can be counted
without a look at the postmortems. Migration 0004 made the table, which is no model's: on SQLite it is virtual.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import TextClause, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Postmortem
from storage.postmortems import PRESENT


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How one kind of database is asked.

    `quote` surrounds a word, in which there is nothing but letters, digits and symbols beyond ASCII.
    """

    put: TextClause
    remove: TextClause
    page: TextClause
    is_missing: TextClause
    quote: str
    beginning: str
    both: str

    def query(self, whole: Iterable[str], beginnings: Iterable[str]) -> str:
        """What holds all these words, in the database's own language."""
        exact = [f"{self.quote}{word}{self.quote}" for word in whole]
        begun = [f"{self.quote}{word}{self.quote}{self.beginning}" for word in beginnings]
        return self.both.join([*exact, *begun])


# A page is counted and taken by the index alone; it is the counting that costs, and all pages the same. PostgreSQL
# goes once through what it found: kept beside to be counted and sorted it took three times as long.
_SQLITE = _Dialect(
    put=text("insert or replace into searchtext (rowid, words) values (:number, :words)"),
    remove=text("delete from searchtext where rowid = :number"),
    page=text(
        "select rowid, (select count(*) from searchtext where searchtext match :query) from searchtext"
        " where searchtext match :query order by rowid desc limit :limit offset :offset"
    ),
    is_missing=text("not exists (select 1 from searchtext where searchtext.rowid = postmortem.number)"),
    quote='"',
    beginning="*",
    both=" AND ",
)
_POSTGRES = _Dialect(
    put=text(
        "insert into searchtext (postmortem_number, words)"
        " values (:number, array_to_tsvector(string_to_array(:words, ' ')))"
        " on conflict (postmortem_number) do update set words = excluded.words"
    ),
    remove=text("delete from searchtext where postmortem_number = :number"),
    page=text(
        "select number, total from"
        " (select count(*) as total, array_agg(postmortem_number order by postmortem_number desc) as numbers"
        " from searchtext where words @@ cast(:query as tsquery)) as found,"
        " unnest(numbers[cast(:offset as integer) + 1 \\: cast(:offset as integer) + :limit])"
        " with ordinality as page (number, place) order by place"
    ),
    is_missing=text("not exists (select 1 from searchtext where postmortem_number = postmortem.number)"),
    quote="'",
    beginning=":*",
    both=" & ",
)
# The planner thinks little of what it costs to unpack every text, which is what reading the whole table does.
_BY_INDEX, _AS_EVER = text("set local enable_seqscan = off"), text("set local enable_seqscan to default")


async def put(session: AsyncSession, number: int, words: Collection[str]) -> None:
    """Have a postmortem found by these words and no others; the caller holds its row."""
    await (await session.connection()).execute(_dialect(session).put, {"number": number, "words": " ".join(words)})


async def put_many(session: AsyncSession, texts: Sequence[tuple[int, Collection[str]]]) -> None:
    """The same for many postmortems, by their numbers."""
    rows = [{"number": number, "words": " ".join(words)} for number, words in texts]
    await (await session.connection()).execute(_dialect(session).put, rows)


async def remove(session: AsyncSession, number: int) -> None:
    """Have a postmortem found by nothing; the caller holds its row."""
    await (await session.connection()).execute(_dialect(session).remove, {"number": number})


async def remove_all(session: AsyncSession) -> None:
    """Have nothing found any more, until the index is filled anew."""
    await (await session.connection()).execute(text("delete from searchtext"))


async def matching(
    session: AsyncSession, *, whole: Iterable[str], beginnings: Iterable[str], limit: int, offset: int
) -> tuple[list[int], int]:
    """A page of the numbers of postmortems that hold all these words, the newest first, and how many there are.

    Of a beginning any word will do that begins so. At least one word is asked for. Beyond the last page nothing is
    counted.
    """
    dialect, connection = _dialect(session), await session.connection()
    asked = {"query": dialect.query(whole, beginnings), "limit": limit, "offset": offset}
    if dialect is _SQLITE:
        found = (await connection.execute(dialect.page, asked)).all()
    else:
        await connection.execute(_BY_INDEX)
        found = (await connection.execute(dialect.page, asked)).all()
        await connection.execute(_AS_EVER)
    return [number for number, _ in found], found[0][1] if found else 0


async def unindexed(session: AsyncSession, *, after: int, limit: int) -> list[Postmortem]:
    """Up to `limit` postmortems that are not in the index, of numbers above `after`, in order of their numbers.

    Nobody else changes them before this transaction ends.
    """
    found = await session.exec(
        select(Postmortem)
        .where(col(Postmortem.number) > after, PRESENT, _dialect(session).is_missing)
        .order_by(col(Postmortem.number))
        .limit(limit)
        .with_for_update()
    )
    return list(found.all())


def _dialect(session: AsyncSession) -> _Dialect:
    return _SQLITE if session.get_bind().dialect.name == "sqlite" else _POSTGRES
