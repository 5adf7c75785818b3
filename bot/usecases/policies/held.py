"""A policy that a verb is about, looked up, held still and within reach of who acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import NotFound
from bot.usecases.reach import require_reach
from bot.usecases.unit import Unit
from storage import policies
from storage.models import Policy


async def hold(unit: Unit, policy_id: str, *, team_id: str | None = None) -> Policy:
    """The policy; until this transaction ends nobody else changes it or any other one.

    With `team_id` it has to be that team's.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    await policies.begin_change(unit.session)
    if team_id is not None:
        require_reach(unit.actor, team_id)
    row = await policies.by_id(unit.session, policy_id)
    if row is None:
        raise absent(policy_id)
    require_reach(unit.actor, row.team_id)
    if team_id not in {None, row.team_id}:
        raise absent(policy_id)
    return row


def absent(policy_id: str) -> NotFound:
    """What is said where there is no such policy."""
    return NotFound(f"No policy exists with id [{policy_id}].")


async def note(
    unit: Unit, verb: str, row: Policy, *, before: Mapping[str, Any] | None = None, is_gone: bool = False
) -> None:
    """Write down what became of a policy: under the team whose it is, else under the policy itself."""
    after = None if is_gone else described(row)
    await unit.event(f"{verb}-policy", row.team_id or row.id, before=before, after=after)


def described(row: Policy) -> dict[str, Any]:
    """A policy for the log."""
    said = row.model_dump(mode="json", exclude={"version", "group", "created_at", "updated_at"})
    return {"policy": {**said, "group": str(row.group)}}
