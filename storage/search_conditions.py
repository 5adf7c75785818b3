"""What conditions on incidents and on alerts share in SQL: what somebody looked for is always a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import and_, col, func, not_, or_, select, true

from bot.vocabulary import Comparison
from storage.models import Team, User
from storage.models.base import name_key

ANYTHING = "*"
_ESCAPE = "/"
_ORDERS: Mapping[Comparison, Callable[[Any, Any], ColumnElement[bool]]] = {
    Comparison.IS: lambda column, value: column == value,
    Comparison.LESS: lambda column, value: column < value,
    Comparison.AT_MOST: lambda column, value: column <= value,
    Comparison.MORE: lambda column, value: column > value,
    Comparison.AT_LEAST: lambda column, value: column >= value,
}


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


def every(parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """All of them; of none, everything."""
    return and_(true(), *parts)


def either(parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """One of them at least."""
    return or_(*parts)


def opposite(part: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whatever is not so."""
    return not_(part)


def compared(column: Any, comparison: Comparison, value: Any) -> ColumnElement[bool]:
    """How a column stands to a value: never unknown, so that its opposite is everything else."""
    return and_(col(column).is_not(None), _ORDERS[comparison](col(column), value))


def has_item(column: Any, text: str) -> ColumnElement[bool]:
    """Whether one of a JSON list is that text."""
    items = _Items(col(column)).table_valued("value", name="item")
    return select(1).select_from(items).where(is_like(items.c.value, text)).exists()


def has_key(column: Any, text: str) -> ColumnElement[bool]:
    """Whether a JSON object has something of that name."""
    pairs = _Pairs(col(column)).table_valued("key", "value", name="pair")
    return select(1).select_from(pairs).where(is_like(pairs.c.key, text)).exists()


def has_value(column: Any, text: str) -> ColumnElement[bool]:
    """Whether a JSON object has that text under whatever name."""
    pairs = _Pairs(col(column)).table_valued("key", "value", name="pair")
    return select(1).select_from(pairs).where(is_like(pairs.c.value, text)).exists()


def teams_called(text: str) -> Any:
    """The ids of the teams with that id or name."""
    return select(Team.id).where(or_(is_like(Team.id, text), is_like(Team.name_key, name_key(text))))


def ids_called(table: Any, text: str) -> Any:
    """The ids of the schedules or escalations with that id or name."""
    return select(table.id).where(or_(is_like(table.id, text), is_like(table.name, text)))


def people_called(text: str) -> Any:
    """The ids of the people with that name or e-mail."""
    return select(User.id).where(or_(is_like(User.name, text), is_like(User.email, text)))


def is_like(column: Any, text: str, *, within: bool = False) -> ColumnElement[bool]:
    """Whether a column is the text, or has it within, whatever their case; `*` in it is anything.

    A text without any is compared as it is, so that an index on the lower case of a column serves.
    """
    pattern = text.lower()
    if not within and ANYTHING not in text:
        return func.lower(column) == pattern
    for sign in (_ESCAPE, "%", "_"):
        pattern = pattern.replace(sign, _ESCAPE + sign)
    pattern = pattern.replace(ANYTHING, "%")
    return func.lower(column).like(f"%{pattern}%" if within else pattern, escape=_ESCAPE)
