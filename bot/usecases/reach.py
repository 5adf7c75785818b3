"""What a program may touch: a key that acts for a team touches nothing but what is that team's."""

from __future__ import annotations

from bot.errors import NotAllowed
from bot.queries.actors import KeyHolder
from bot.usecases.unit import Unit


def require_reach(unit: Unit, team_id: str | None, *, subject: str) -> None:
    """Let the actor pass to what belongs to that team, or to none.

    Raises:
        NotAllowed: the key acts for another team.
    """
    if isinstance(unit.actor, KeyHolder) and not unit.actor.reaches(team_id):
        raise NotAllowed(f"The key “{unit.actor.name}” acts for another team than that of {subject}.")


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
