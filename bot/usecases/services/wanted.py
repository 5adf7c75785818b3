"""What a program wants a service to be; the fields are named as programs name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.usecases.fields import Faults, wrong_name, wrong_text
from bot.vocabulary import Visibility

LONGEST_NAME = 100
LONGEST_DESCRIPTION = 10_000
LONGEST_TAGS = 10_000
MOST_TAGS = 1_000
"""The surface refuses more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedService:
    """None: nothing was said."""

    name: str | None = None
    team_id: str | None = None
    description: str | None = None
    tags: Sequence[str] | None = None
    visibility: Visibility | None = None


def look_at(wanted: WantedService, faults: Faults) -> None:
    """Note everything that is wrong but for a team that there is not."""
    if wanted.name is not None:
        faults.add("name", wrong_name(wanted.name, called="name", limit=LONGEST_NAME))
    faults.add("description", wrong_text(wanted.description or "", called="description", limit=LONGEST_DESCRIPTION))
    faults.add("tags", wrong_text(" ".join(wanted.tags or ()), called="tags", limit=LONGEST_TAGS))
