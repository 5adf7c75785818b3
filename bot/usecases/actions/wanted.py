"""What somebody wants an action to be, as it comes from a form or a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WantedAction:
    """`owner_id` is a person's id, None: nobody has it yet; `due_on` a day, None: whenever."""

    text: str
    owner_id: str | None = None
    due_on: date | None = None
