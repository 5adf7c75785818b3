"""What a query asks for, as a condition that the database judges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement

from bot.engines.query_language import Condition, Either, Every, Language, Opposite, Search, read_query
from storage import search_conditions

Judge = Callable[[Any, Any, Any], ColumnElement[bool]]
"""What a field, a comparison and a value come to for one noun: storage/incident_search.py, storage/alert_search.py."""


def in_sql(query: str, language: Language, judge: Judge) -> ColumnElement[bool]:
    """The condition that a query in the words of a noun stands for.

    Raises:
        BadFields: `query` cannot be read.
    """
    return _in_sql(read_query(query, language), judge)


def _in_sql(search: Search, judge: Judge) -> ColumnElement[bool]:
    match search:
        case Condition(field, comparison, value):
            return judge(field, comparison, value)
        case Every(parts):
            return search_conditions.every([_in_sql(part, judge) for part in parts])
        case Either(parts):
            return search_conditions.either([_in_sql(part, judge) for part in parts])
        case Opposite(part):
            return search_conditions.opposite(_in_sql(part, judge))
