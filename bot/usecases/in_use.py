"""Why something cannot go: what still stands on it, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.errors import InUse
from bot.queries.actors import Actor, KeyHolder
from storage.usages import Use

MOST_NAMED = 5
OF_ANOTHER_TEAM = "something that is not of the key's team"


def require_unused(actor: Actor | None, subject: str, uses: Mapping[str, Sequence[Use]]) -> None:
    """Go on only when nothing stands on it. `uses` holds what does, by what it is: `{"rotations of": [...]}`.

    Raises:
        InUse: something does; all of it is named, the first MOST_NAMED of each kind. A key that acts for a team is not
            told the names of what is not of that team.
    """
    told = {kind: [use.name for use in found if _is_told(actor, use)] for kind, found in uses.items()}
    named = [f"{kind} {_few(names)}" for kind, names in told.items() if names]
    if sum(map(len, told.values())) < sum(map(len, uses.values())):
        named.append(OF_ANOTHER_TEAM)
    if named:
        raise InUse(f"{subject} is still in use: {'; '.join(named)}. Take it out there first.")


def _is_told(actor: Actor | None, use: Use) -> bool:
    return not isinstance(actor, KeyHolder) or actor.reaches(use.team_id)


def _few(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
