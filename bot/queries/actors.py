"""Who acts: a person, or a program by its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.queries.people import Person
from bot.vocabulary import Right


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A program that acts by an API key. With a team it acts for that team alone.

    `for_person` is whom it says it does a request for; what it may do is judged by the key.
    """

    id: str
    name: str
    rights: frozenset[Right]
    team_id: str | None
    for_person: Person | None = None

    def reaches(self, team_id: str | None) -> bool:
        """Whether what belongs to that team, or to none, is within its reach."""
        return self.team_id in {None, team_id}


Actor: TypeAlias = Person | KeyHolder
