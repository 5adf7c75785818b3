"""What something refers to already. Programs send back what they were shown: only what is new in it is judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.engines.rotation import Participant
from bot.queries.naming import naming
from bot.queries.reading import Reading
from bot.usecases.references import Ref
from bot.vocabulary import ParticipantKind
from storage import schedules

Thing: TypeAlias = tuple[str, str]
"""Its kind and its id: `user`, `team`, `escalation`, `schedule`."""


@dataclass(frozen=True, slots=True)
class Staying:
    """Things that may stay, each by the name that it is shown by: who has left, too, and what is another team's."""

    names: Mapping[Thing, str | None]

    def of(self, kind: str, ref: Ref) -> str | None:
        """The id of what is meant, where that is among them. The case of a user name does not count."""
        if ref.id:
            return ref.id if (kind, ref.id) in self.names else None
        if not ref.name:
            return None
        called = {_spelt(each, name): id_ for (each, id_), name in self.names.items() if name and each == kind}
        return called.get(_spelt(kind, ref.name))


async def staying(reading: Reading, things: Collection[Thing]) -> Staying:
    """These things, with their names; four statements at most, none without things."""
    participants = [Participant(ParticipantKind(kind), id_) for kind, id_ in things if kind in set(ParticipantKind)]
    names = await naming(reading, participants)
    found: dict[Thing, str | None] = {(each.kind.value, each.id or ""): names.of(each) for each in participants}
    others = {id_ for kind, id_ in things if kind not in set(ParticipantKind)}
    if others:
        called = await schedules.names_of(reading.session, others)
        found |= {(kind, id_): called.get(id_) for kind, id_ in things if id_ in others}
    return Staying(found)


def _spelt(kind: str, name: str) -> str:
    return name.lower() if kind == ParticipantKind.USER else name
