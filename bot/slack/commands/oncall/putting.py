"""Making an override count that was shown back, from a card or from a form."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import AlreadyDone, Conflict
from bot.queries import changes
from bot.queries.changes import Change
from bot.queries.people import Person
from bot.slack.cards.override_fields import OverrideFields
from bot.slack.commands.oncall.override import wanted_of
from bot.slack.desk import Desk
from bot.usecases.overrides.planning import OverridePlan
from bot.usecases.overrides.put_on import put_on


@dataclass(frozen=True, slots=True)
class MovedOn:
    """Nothing counts yet: the override would do something else than was shown, `plan`; `sentence` says so."""

    plan: OverridePlan
    sentence: str


async def put(fields: OverrideFields, me: Person, desk: Desk, *, key: str) -> Change | MovedOn:
    """What came of it, now or when the same request came the first time.

    Raises:
        Mistake: as `put_on`, but for Conflict.
    """
    wanted = await wanted_of(fields, desk)
    try:
        async with desk.units.begin(me, key=key) as unit:
            event_id = await put_on(unit, wanted, shown=fields.shown)
    except AlreadyDone as done:
        event_id = int(done.outcome)
    except Conflict as conflict:
        assert isinstance(conflict.theirs, OverridePlan)  # noqa: S101  what put_on says of it
        return MovedOn(conflict.theirs, conflict.sentence)
    async with desk.reader() as reading:
        change = await changes.by_id(reading, event_id)
    assert change is not None  # noqa: S101  events are never deleted
    return change
