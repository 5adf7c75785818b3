"""Pieces of JSON schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def an_object(properties: Mapping[str, Any], required: Iterable[str]) -> dict[str, Any]:
    """An object with these fields, of which some are always there."""
    return {"type": "object", "properties": dict(properties), "required": sorted(required)}
