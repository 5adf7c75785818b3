"""Action items: of one postmortem, of a person, of their teams, and those overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.engines import wallclock
from bot.engines.cadence.facts import NudgeKind
from bot.engines.lifecycle.due import days_overdue
from bot.queries import people
from bot.queries.people import Person
from bot.queries.postmortems import require_member
from bot.queries.reading import Reading
from bot.vocabulary import ActionKind, ActionStatus
from storage import actions, postmortems
from storage.actions import ActionOfPostmortem, Condition


class Scope(StrEnum):
    """Whose open actions are asked for."""

    MINE = "mine"
    TEAM = "team"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action. `owner` is None where nobody has it.

    `rung` is as whom its reader is told of it in a morning or a digest, None where they asked themselves.
    On the day of who asks, else of its owner, `due_in_days` counts calendar days (due tomorrow is 1, past due is
    negative; None where it has no day) and `days_overdue` working days past due, 0 once it is settled.
    """

    id: str
    version: int
    postmortem_id: str
    number: int
    title: str
    text: str
    owner: Person | None
    due_on: date | None
    due_in_days: int | None
    days_overdue: int
    status: ActionStatus
    settled_at: datetime | None
    created_at: datetime
    kind: ActionKind | None = None
    jira_url: str = ""
    rung: NudgeKind | None = None

    @property
    def label(self) -> str:
        """What people call its postmortem: `PM-12`."""
        return f"PM-{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status is ActionStatus.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its due day is over, not counting a weekend."""
        return self.days_overdue > 0


@dataclass(frozen=True, slots=True)
class ActionListing:
    """One page of actions; `total` counts all pages."""

    items: tuple[ActionView, ...]
    total: int


async def by_id(reading: Reading, action_id: str, asker: Person | None = None) -> ActionView | None:
    """The action with that id; None where it was removed, or its postmortem was.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    if asker is not None:
        require_member(asker, subject="the actions of postmortems")
    found = await by_ids(reading, [action_id], asker)
    return found[0] if found else None


async def by_ids(reading: Reading, ids: Iterable[str], asker: Person | None = None) -> tuple[ActionView, ...]:
    """The actions with these ids in two statements, the newest first; those that are gone are left out."""
    return await views(reading, await actions.by_ids(reading.session, ids), asker)


async def of_postmortem(reading: Reading, postmortem_id: str, asker: Person | None = None) -> tuple[ActionView, ...]:
    """Every action of one postmortem in two statements: those still open first, the soonest due first."""
    return await views(reading, await actions.of_postmortem(reading.session, postmortem_id), asker)


async def of_number(reading: Reading, number: int, asker: Person) -> tuple[ActionView, ...] | None:
    """The same for the postmortem of that number; None where there is none.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    require_member(asker, subject=f"PM-{number}")
    row = await postmortems.by_number(reading.session, number)
    return None if row is None else await of_postmortem(reading, row.id, asker)


async def of_person(reading: Reading, person: Person, *, limit: int, offset: int = 0) -> ActionListing:
    """A page of a person's own open actions, the soonest due first.

    Raises:
        NotAllowed: they are an outsider.
    """
    return await listing(reading, person, Scope.MINE, limit=limit, offset=offset)


async def listing(reading: Reading, asker: Person, scope: Scope, *, limit: int, offset: int = 0) -> ActionListing:
    """A page of open actions, the soonest due first, in three statements.

    A team's are those of its postmortems and those its members own; the overdue ones are everybody's.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    require_member(asker, subject="the actions of postmortems")
    rows, total = await actions.page(reading.session, _condition(reading, asker, scope), limit=limit, offset=offset)
    return ActionListing(await views(reading, rows, asker), total)


async def views(
    reading: Reading, rows: Sequence[ActionOfPostmortem], asker: Person | None = None
) -> tuple[ActionView, ...]:
    """The views of rows, in their order, in one statement."""
    known = await people.by_ids(reading, _owners(rows))
    return tuple(_view(reading, row, known.get(row.action.owner_id or ""), asker) for row in rows)


def _owners(rows: Iterable[ActionOfPostmortem]) -> set[str]:
    return {row.action.owner_id for row in rows if row.action.owner_id}


def _view(reading: Reading, row: ActionOfPostmortem, owner: Person | None, asker: Person | None) -> ActionView:
    action, status = row.action, ActionStatus(row.action.status)
    today, due = _today(reading, asker or owner), action.due_on
    return ActionView(
        id=action.id,
        version=action.version,
        postmortem_id=action.postmortem_id,
        number=row.number,
        title=row.title,
        text=action.text,
        owner=owner,
        due_on=due,
        due_in_days=(due - today).days if due else None,
        days_overdue=days_overdue(due, today) if due and status is ActionStatus.OPEN else 0,
        status=status,
        settled_at=action.settled_at,
        created_at=action.created_at,
        kind=ActionKind(action.kind) if action.kind else None,
        jira_url=action.jira_url,
    )


def _condition(reading: Reading, asker: Person, scope: Scope) -> Condition:
    match scope:
        case Scope.MINE:
            return actions.owned_by(asker.id)
        case Scope.TEAM:
            return actions.of_teams_of(asker.id)
        case Scope.OVERDUE:
            return actions.due_until(_last_day_overdue(_today(reading, asker)))


def _last_day_overdue(today: date) -> date:
    """The latest due day that is over by a working day."""
    day = today
    while not days_overdue(day, today):
        day -= timedelta(days=1)
    return day


def _today(reading: Reading, person: Person | None) -> date:
    if person is None:
        return reading.now.date()
    return wallclock.to_local(reading.now, person.zone).date()
