"""Take a database into use for a workspace, or refuse one that holds another kind."""

from __future__ import annotations

from bot.errors import Misconfigured
from bot.usecases.unit import Unit
from storage.models import Workspace


async def occupy(unit: Unit, *, team_id: str, is_playground: bool) -> None:
    """Write down whose database this is, the first time; afterwards hold to it.

    Raises:
        Misconfigured: it belongs to the playground and a real workspace asks, or the other way round, or to another
            workspace.
    """
    known = await unit.session.get(Workspace, 1)
    if known is None:
        unit.session.add(Workspace(team_id=team_id, is_playground=is_playground))
        return
    if known.is_playground != is_playground:
        holds = "the playground's demo" if known.is_playground else f"the real workspace {known.team_id}"
        wants = "the playground" if is_playground else f"the workspace {team_id}"
        raise Misconfigured(f"DATABASE_URL: this database holds {holds}; {wants} needs one of its own")
    if known.team_id != team_id:
        raise Misconfigured(
            f"DATABASE_URL: this database belongs to the workspace {known.team_id}, not to {team_id} of SLACK_BOT_TOKEN"
        )
