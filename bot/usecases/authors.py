"""Who wrote it: rows that only people can make name one, also where a program made them."""

from __future__ import annotations

from bot.queries.actors import KeyHolder
from bot.usecases.unit import Unit
from storage import keys
from storage.models import User


def author_name(unit: Unit) -> str:
    """The name of who acts: a person's, or a key's; empty for the clock."""
    if unit.author:
        return unit.author.name
    return unit.actor.name if isinstance(unit.actor, KeyHolder) else ""


async def author_id(unit: Unit) -> str:
    """The id of whoever does this unit: the person, the one a program does it for, or who stands for its key.

    The latter is made when a key first needs one: it bears the key's name, is no Slack user and is never notified.
    """
    if unit.author:
        return unit.author.id
    assert isinstance(unit.actor, KeyHolder), "a verb of people and programs"  # noqa: S101  a caller's mistake
    row = await keys.by_id(unit.session, unit.actor.id, lock=True)
    assert row is not None, "keys are revoked, never removed"  # noqa: S101  ours to keep true
    if row.user_id is None:
        stand_in = User(name=row.name, is_bot=True, refreshed_at=unit.now)
        unit.session.add(stand_in)
        await unit.session.flush()
        row.user_id = stand_in.id
    return row.user_id
