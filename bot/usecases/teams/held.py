"""A team that a verb is about, looked up, locked and within reach of who acts."""

from __future__ import annotations

from bot.errors import NotFound
from bot.usecases.reach import require_reach
from bot.usecases.references import Ref
from bot.usecases.unit import Unit
from storage import references
from storage.models import Team
from storage.references import Lock


async def hold(unit: Unit, ref: Ref) -> Team:
    """The team, which nobody else changes before this transaction ends, nor anything that is of it alone.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    found = await references.identified(unit.session, Team, **asked(ref), lock=Lock.CHANGE)
    if not found:
        raise NotFound(f"No team exists with {ref}.")
    require_reach(unit.actor, found[0].id)
    return found[0]


def asked(ref: Ref) -> dict[str, list[str]]:
    """A reference as storage looks it up."""
    return {"ids": [ref.id] if ref.id else [], "names": [ref.name] if ref.name and not ref.id else []}
