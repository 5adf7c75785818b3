"""What a program may touch: a key that acts for a team touches nothing but what is that team's."""

from __future__ import annotations

from bot.errors import NotAllowed
from bot.queries.actors import Actor, KeyHolder
from bot.usecases.unit import Unit


def require_reach(actor: Actor | None, team_id: str | None) -> None:
    """Let the actor pass to what belongs to that team, or to none.

    Raises:
        NotAllowed: the key acts for another team. What things of other teams are called is not told.
    """
    if isinstance(actor, KeyHolder) and not actor.reaches(team_id):
        raise NotAllowed(f"The key “{actor.name}” acts for one team alone: this is another team's, or nobody's.")


def require_account(unit: Unit, *, doing: str) -> None:
    """Let the actor pass to what concerns everybody. `doing` completes "may not …".

    Raises:
        NotAllowed: the key acts for one team alone.
    """
    if isinstance(unit.actor, KeyHolder) and unit.actor.team_id is not None:
        raise NotAllowed(f"The key “{unit.actor.name}” acts for one team alone and may not {doing}.")


def own_team(unit: Unit) -> str | None:
    """The team that a key acts for: whatever it makes is that team's."""
    return unit.actor.team_id if isinstance(unit.actor, KeyHolder) else None
