"""A forwarding as programs ask for it, and whether it can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.queries.people import as_person
from bot.usecases.fields import Faults, unfit
from bot.usecases.overrides.asked import wrong_alias, wrong_instants
from bot.usecases.reach import require_account
from bot.usecases.references import Ref, missing, people_named
from bot.usecases.staying import Thing, staying
from bot.usecases.unit import Unit
from bot.vocabulary import ParticipantKind

_USER = ParticipantKind.USER.value


@dataclass(frozen=True, slots=True)
class AskedForwarding:
    """Whose duty passes to whom, from `start` until `end`, past or to come. `alias` None: one is made up."""

    from_user: Ref
    to_user: Ref
    start: datetime
    end: datetime
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Passing:
    """A forwarding that is right in itself; users by their ids."""

    from_user_id: str
    to_user_id: str
    start: datetime
    end: datetime

    @property
    def users(self) -> set[Thing]:
        """Both."""
        return {(_USER, self.from_user_id), (_USER, self.to_user_id)}

    @property
    def facts(self) -> dict[str, str]:
        """What an event keeps of it."""
        return {
            "from_user_id": self.from_user_id,
            "to_user_id": self.to_user_id,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Called:
    """What programs call a forwarding."""

    id: str
    alias: str


def authorise(unit: Unit) -> None:
    """Let a program pass that acts for no team: whoever forwards does so in every schedule.

    Raises:
        NotAllowed: the key acts for one team alone.
    """
    assert not unit.acting_person, "no verb of people's"  # noqa: S101  a caller's mistake, not a user's
    require_account(unit, doing="forward duty, which passes in every schedule")


async def understood(unit: Unit, asked: AskedForwarding, *, before: Passing | None = None) -> Passing:
    """The forwarding that is meant. Both users stay until the unit ends; those it named `before` may be gone.

    Raises:
        BadFields: something in it is wrong; everything is named at once.
    """
    faults = Faults()
    people = await people_named(unit, [asked.from_user, asked.to_user])
    there = await staying(unit.reading, before.users if before else ())
    giver, taker = people.of(asked.from_user), people.of(asked.to_user)
    giver_id = giver.id if giver else there.of(_USER, asked.from_user)
    taker_id = taker.id if taker else there.of(_USER, asked.to_user)
    faults.add("from_user", None if giver_id else missing("user", asked.from_user))
    faults.add("to_user", None if taker_id else missing("user", asked.to_user))
    if giver_id and giver_id == taker_id:
        faults.add("to_user", "A duty cannot be forwarded to the one whose it is.")
    if taker and not there.of(_USER, asked.to_user):
        faults.add("to_user", unfit(as_person(taker, unit.settings), task="be on call"))
    faults.add_all(wrong_instants(asked.start, asked.end))
    faults.add("alias", wrong_alias(asked.alias))
    faults.refuse()
    assert giver_id and taker_id  # noqa: S101  else it was refused
    return Passing(giver_id, taker_id, asked.start, asked.end)
