"""What the body of a request points to: people, teams, schedules, escalations, services, by id or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.queries.actors import KeyHolder
from bot.usecases.unit import Unit
from storage import references, users
from storage.models import Escalation, Schedule, Service, Team, User
from storage.references import Lock

Row = TypeVar("Row", User, Team, Schedule, Escalation, Service)
Table = TypeVar("Table", Team, Schedule, Escalation, Service)


@dataclass(frozen=True, slots=True)
class Ref:
    """How a request names a thing. The id counts where both are given; of people the name is the user name."""

    id: str | None = None
    name: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing."""
        return not self.id and not self.name

    def __str__(self) -> str:
        """As a sentence names it: `id [x]`."""
        return f"id [{self.id}]" if self.id else f"name [{self.name or ''}]"


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """What there is of what was named."""

    by_id: Mapping[str, Row]
    by_name: Mapping[str, Row]

    def of(self, ref: Ref) -> Row | None:
        """What is meant; None where there is no such thing."""
        return self.by_id.get(ref.id) if ref.id else self.by_name.get(ref.name or "")


async def people_named(unit: Unit, refs: Iterable[Ref]) -> Found[User]:
    """The people of these references, who stay until this transaction ends; one statement at most.

    Who has left and bots are nobody. A name is an e-mail in any case, or an id in Slack.
    """
    wanted = list(refs)
    rows = await users.identified(unit.session, ids=_ids(wanted), names=_names(wanted), lock=Lock.KEEP)
    named = {row.slack_id: row for row in rows if row.slack_id} | {row.email: row for row in rows if row.email}
    spelt = {name: row for name in _names(wanted) if (row := named.get(name) or named.get(name.lower()))}
    return Found({row.id: row for row in rows}, spelt)


async def named(unit: Unit, table: type[Table], refs: Iterable[Ref]) -> Found[Table]:
    """The teams, schedules, escalations or services of these references, which stay until this transaction ends.

    One statement at most. For a key that acts for a team there is nothing but what is that team's.
    """
    wanted = list(refs)
    rows = await references.identified(unit.session, table, ids=_ids(wanted), names=_names(wanted), lock=Lock.KEEP)
    within = [row for row in rows if _is_within_reach(unit, row)]
    return Found({row.id: row for row in within}, {row.name: row for row in within})


def missing(kind: str, ref: Ref) -> str:
    """The sentence for a reference that points to nothing. `kind` is what it should be: `team`."""
    if ref.is_empty:
        return f"Name a {kind} by its id or its name."
    what = str(ref) if kind != "user" or ref.id else f"username [{ref.name}]"
    return f"There is no {kind} with {what}."


def _is_within_reach(unit: Unit, row: Team | Schedule | Escalation | Service) -> bool:
    team_id = row.id if isinstance(row, Team) else row.team_id
    return not isinstance(unit.actor, KeyHolder) or unit.actor.reaches(team_id)


def _ids(refs: Iterable[Ref]) -> set[str]:
    return {ref.id for ref in refs if ref.id}


def _names(refs: Iterable[Ref]) -> set[str]:
    return {ref.name for ref in refs if ref.name and not ref.id}
