"""Take a database into use for a workspace, or refuse one that holds another kind."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.errors import Misconfigured
from bot.usecases.unit import Unit
from storage.models import Workspace


async def occupy(unit: Unit, *, team_id: str, is_playground: bool) -> None:
    """Write down whose database this is, the first time; afterwards hold to it. Several may start at once.

    Raises:
        Misconfigured: it belongs to the playground and a real workspace asks, or the other way round, or to another
            workspace.
    """
    known = await unit.session.get(Workspace, 1) or await _occupied(unit, team_id=team_id, is_playground=is_playground)
    if known.is_playground != is_playground:
        holds = "the playground's demo" if known.is_playground else f"the real workspace {known.team_id}"
        wants = "the playground" if is_playground else f"the workspace {team_id}"
        raise Misconfigured(f"DATABASE_URL: this database holds {holds}; {wants} needs one of its own")
    if known.team_id != team_id:
        raise Misconfigured(
            f"DATABASE_URL: this database belongs to the workspace {known.team_id}, not to {team_id} of SLACK_BOT_TOKEN"
        )


async def _occupied(unit: Unit, *, team_id: str, is_playground: bool) -> Workspace:
    """The row as it is now: ours, or that of another process that was quicker."""
    ours = Workspace(team_id=team_id, is_playground=is_playground)
    try:
        async with unit.session.begin_nested():
            unit.session.add(ours)
    except IntegrityError:
        return await unit.session.get_one(Workspace, 1)
    return ours
