"""The index of words in the database: which postmortem holds which word."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, intersect
from sqlmodel import col, delete, func, insert, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage.models import Postmortem, SearchWord
from storage.postmortems import PRESENT

_LAST = "\U0010ffff"
"""Sorts behind every character that a word can hold."""


async def words(session: AsyncSession, number: int) -> set[str]:
    """The words that a postmortem is found by now."""
    found = await session.exec(select(SearchWord.word).where(SearchWord.postmortem_number == number))
    return set(found.all())


async def replace(session: AsyncSession, number: int, wanted: Iterable[str]) -> None:
    """Have a postmortem found by these words and no others; the caller holds its row."""
    before, after = await words(session, number), set(wanted)
    connection = await session.connection()
    if gone := before - after:
        one = delete(SearchWord).where(
            col(SearchWord.word) == bindparam("gone"), col(SearchWord.postmortem_number) == bindparam("number")
        )
        await connection.execute(one, [{"gone": word, "number": number} for word in sorted(gone)])
    if new := after - before:
        rows = [{"word": word, "postmortem_number": number} for word in sorted(new)]
        await connection.execute(insert(SearchWord), rows)


async def matching(
    session: AsyncSession, *, whole: Iterable[str], beginnings: Iterable[str], limit: int, offset: int
) -> tuple[list[Postmortem], int]:
    """A page of the postmortems that hold all these words, newest first, and how many there are.

    Of a beginning any word will do that begins so. One statement, whatever the words: a range of the index for each.
    Beyond the last page nothing is counted.
    """
    ranges = [
        *(_numbers().where(col(SearchWord.word) == word) for word in whole),
        *(_numbers().where(col(SearchWord.word) >= word, col(SearchWord.word) < word + _LAST) for word in beginnings),
    ]
    matches = intersect(*ranges) if len(ranges) > 1 else ranges[0]
    # Numbers alone are counted and sorted; whole rows are read for one page only.
    page = (
        select(Postmortem.number, func.count().over().label("total"))
        .where(PRESENT, col(Postmortem.number).in_(matches))
        .order_by(col(Postmortem.number).desc())
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    statement = select(Postmortem, page.c.total).join(page, page.c.number == col(Postmortem.number))
    found = (await session.exec(statement.order_by(col(Postmortem.number).desc()))).all()
    return [row for row, _ in found], found[0][1] if found else 0


async def unindexed(session: AsyncSession, *, after: int, limit: int) -> list[Postmortem]:
    """Up to `limit` postmortems that no word leads to, of numbers above `after`, in order of their numbers.

    Nobody else changes them before this transaction ends.
    """
    is_found = select(SearchWord.postmortem_number).where(SearchWord.postmortem_number == Postmortem.number).exists()
    found = await session.exec(
        select(Postmortem)
        .where(col(Postmortem.number) > after, ~is_found)
        .order_by(col(Postmortem.number))
        .limit(limit)
        .with_for_update()
    )
    return list(found.all())


def _numbers() -> SelectOfScalar[int]:
    return select(SearchWord.postmortem_number)
