"""What a query for incidents or alerts asks: `status: open AND (tag: db OR NOT priority: P5) AND count > 3`."""

from __future__ import annotations

from bot.engines.query_language.alerts import ALERTS
from bot.engines.query_language.incidents import INCIDENTS
from bot.engines.query_language.language import Language
from bot.engines.query_language.parsing import read_query
from bot.engines.query_language.tree import Condition, Either, Every, Opposite, Search, Value

__all__ = [
    "ALERTS",
    "INCIDENTS",
    "Condition",
    "Either",
    "Every",
    "Language",
    "Opposite",
    "Search",
    "Value",
    "read_query",
]
