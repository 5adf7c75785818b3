"""Have a forwarding say something else."""

from __future__ import annotations

from bot.queries.changes import Passing
from bot.usecases.forwardings.asked import AskedForwarding, Called, authorise, understood
from bot.usecases.forwardings.held import held, note, passing
from bot.usecases.unit import Unit


async def replace(unit: Unit, forwarding_id: str, asked: AskedForwarding) -> Called:
    """The forwarding says what is asked, all of it anew; its alias stays, and its place among those that overlap.

    Nothing happens where it says all that already.

    Raises:
        NotFound: it is gone.
        NotAllowed: the key acts for one team alone.
        BadFields: something in it is wrong; everything is named at once.
    """
    authorise(unit)
    row = await held(unit, forwarding_id)
    before = passing(row)
    after = await understood(unit, asked, before=before)
    if before != after:
        row.from_user_id, row.to_user_id = after.from_user_id, after.to_user_id
        row.start, row.end = after.start, after.end
        await note(unit, Passing.EDITED, row, before=before, after=after)
    return Called(row.id, row.alias)
