"""What a query for incidents asks: `status: open AND (tag: db OR NOT priority: P5) AND createdAt > 2026-11-01`."""

from __future__ import annotations

from bot.engines.incident_search.parsing import read_query
from bot.engines.incident_search.tree import Condition, Either, Every, Opposite, Search

__all__ = ["Condition", "Either", "Every", "Opposite", "Search", "read_query"]
