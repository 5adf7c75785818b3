"""What was filled in: one reader for the fields of a sent form (their builders are cards/inputs.py)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any


class Filled:
    """The fields of a view by their block_id; a field left empty is None or an empty tuple."""

    def __init__(self, view: dict[str, Any]) -> None:
        self._values: dict[str, dict[str, Any]] = view["state"]["values"]

    def text(self, block_id: str) -> str:
        """Plain text exactly as typed; empty where nothing was."""
        return str(self._element(block_id).get("value") or "")

    def rich_text(self, block_id: str) -> dict[str, Any] | None:
        """A rich_text block."""
        return self._element(block_id).get("rich_text_value")

    def choice(self, block_id: str) -> str | None:
        """The chosen option's value."""
        option = self._element(block_id).get("selected_option")
        return str(option["value"]) if option else None

    def choices(self, block_id: str) -> tuple[str, ...]:
        """The chosen options' values, in the order of choosing."""
        return tuple(option["value"] for option in self._element(block_id).get("selected_options") or ())

    def user(self, block_id: str) -> str | None:
        """A person's id in Slack."""
        return self._element(block_id).get("selected_user")

    def users(self, block_id: str) -> tuple[str, ...]:
        """People's ids in Slack, in the order of choosing."""
        return tuple(self._element(block_id).get("selected_users") or ())

    def channel(self, block_id: str) -> str | None:
        """A channel's id."""
        return self._element(block_id).get("selected_conversation")

    def moment(self, block_id: str) -> datetime | None:
        """An instant in UTC."""
        seconds = self._element(block_id).get("selected_date_time")
        return datetime.fromtimestamp(seconds, UTC) if seconds else None

    def day(self, block_id: str) -> date | None:
        """A day."""
        day = self._element(block_id).get("selected_date")
        return date.fromisoformat(day) if day else None

    def _element(self, block_id: str) -> dict[str, Any]:
        elements = self._values.get(block_id, {}).values()
        element: dict[str, Any] = next(iter(elements), {})
        return element
