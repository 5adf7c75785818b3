"""Forward somebody's duty to somebody else for a time."""

from __future__ import annotations

from bot.errors import Taken
from bot.queries.changes import Passing
from bot.usecases.forwardings.asked import AskedForwarding, Called, authorise, understood
from bot.usecases.forwardings.held import note
from bot.usecases.unit import Unit
from storage import forwardings
from storage.models import Forwarding
from storage.models.base import new_id

SERIES = "forwarding"


async def create(unit: Unit, asked: AskedForwarding) -> Called:
    """Make a forwarding; of two that pass on the same duty at once the later made one counts.

    Raises:
        NotAllowed: the key acts for one team alone.
        BadFields: something in it is wrong; everything is named at once.
        Taken: another has that alias.
    """
    authorise(unit)
    passing = await understood(unit, asked)
    # Of two at once the second waits here for the first to commit, and then sees its alias.
    sequence = await unit.next_number(SERIES)
    if asked.alias and await forwardings.by_alias(unit.session, asked.alias):
        raise Taken({"alias": f"A forwarding rule with the alias “{asked.alias}” already exists."})
    row = Forwarding(
        alias=asked.alias or new_id(),
        from_user_id=passing.from_user_id,
        to_user_id=passing.to_user_id,
        start=passing.start,
        end=passing.end,
        sequence=sequence,
        created_at=unit.now,
    )
    unit.session.add(row)
    await note(unit, Passing.MADE, row, before=None, after=passing)
    return Called(row.id, row.alias)
