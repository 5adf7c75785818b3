"""Delete an escalation."""

from __future__ import annotations

from bot.usecases.escalations.held import described, hold
from bot.usecases.in_use import require_unused
from bot.usecases.references import Ref
from bot.usecases.unit import Unit
from storage import usages


async def delete(unit: Unit, ref: Ref) -> None:
    """Delete an escalation that nothing leads to.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
        InUse: a rotation, a routing rule, a policy or an override names it, also one that is over: the past speaks of
            it.
    """
    row = await hold(unit, ref)
    uses = {
        "rotations of": await usages.rosters_with(unit.session, row.id, now=unit.now),
        "overrides of": await usages.overrides_with(unit.session, row.id),
        "routing rules of": await usages.routing_rules_with(unit.session, row.id),
        "policies": await usages.policies_with(unit.session, row.id),
    }
    require_unused(unit.actor, f"The escalation {row.name}", uses)
    await unit.event("delete-escalation", row.id, before=described(row))
    await unit.session.delete(row)
    await unit.session.flush()
