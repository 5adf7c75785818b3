"""One verb, one transaction: the Unit that every use case is handed.

It carries the session, who acts, the present instant and the request's key, and says what a verb has to say: `event`
(what happened), `tell` (whom to tell) and, through usecases/reminders, when to remind. Everything is a row of the same
transaction: nothing leaves the process before the commit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import AlreadyDone
from bot.queries.actors import Actor, KeyHolder
from bot.queries.history import people_in
from bot.queries.memory import Memory, Recollection
from bot.queries.people import Person
from bot.queries.reading import Clock, Reading
from bot.settings import Settings
from bot.usecases.messages import MessageKind
from storage import counters, deliveries, homes, receipts, revisions
from storage.database import Database
from storage.models import Event
from storage.subject_deliveries import Message

HOME_KEPT_FRESH = timedelta(days=7)
"""How long after its last opening; whoever opens theirs later finds it fresh by that."""


@dataclass(slots=True)
class Unit:
    """What one verb needs. `actor` is None when the clock acts, or an operator at the command line."""

    session: AsyncSession
    actor: Actor | None
    now: datetime
    settings: Settings
    concerned: set[str] = field(default_factory=set)
    """The ids of the people whom the events of this unit speak of."""
    outcome: str = ""
    """What the verb made, kept with the request's key: who sends the same request again is answered with it."""
    memory: Memory = field(default_factory=Memory)
    """What earlier units and readings of this process have read; see `remembering`."""
    _recollection: Recollection | None = None

    @property
    def person(self) -> Person:
        """The actor, for verbs that only people do."""
        assert isinstance(self.actor, Person), "this verb is for people"  # noqa: S101  a caller's mistake, not a user's
        return self.actor

    @property
    def acting_person(self) -> Person | None:
        """The person who acts; None when a program, the clock or an operator does."""
        return self.actor if isinstance(self.actor, Person) else None

    @property
    def author(self) -> Person | None:
        """The person who does it, or for whom a program does; None when no person is named."""
        return self.actor.for_person if isinstance(self.actor, KeyHolder) else self.actor

    @property
    def reading(self) -> Reading:
        """The same transaction, for a query that the verb wants answered; it remembers nothing of others."""
        return Reading(self.session, self.now, self.settings, Recollection.of_nothing())

    @property
    def remembering(self) -> Reading:
        """The same, with what this process remembers of who is on call.

        For a verb that changes nothing of that itself: what may never be committed would be remembered.
        """
        if self._recollection is None:
            # Asked in this very session: a second connection for each unit would use up the pool.
            self._recollection = Recollection(partial(revisions.within, self.session), self.memory)
        return Reading(self.session, self.now, self.settings, self._recollection)

    async def event(
        self,
        verb: str,
        subject_id: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> int:
        """Write down what happened; answers the event's id, for a message that tells it."""
        row = Event(**self.entry(verb, subject_id, before=before, after=after))
        self.session.add(row)
        self.concerned |= {*people_in(row.before), *people_in(row.after), *([row.actor_id] if row.actor_id else [])}
        await self.session.flush()
        assert row.id is not None  # noqa: S101  given by the flush
        return row.id

    def entry(
        self,
        verb: str,
        subject_id: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The row of what happened, not yet written: for a verb that writes many at once and changes no Home tab."""
        return {
            "at": self.now,
            "actor_id": self.author.id if self.author else None,
            "key_id": self.actor.id if isinstance(self.actor, KeyHolder) else None,
            "verb": verb,
            "subject_id": subject_id,
            "before": dict(before or {}),
            "after": dict(after or {}),
        }

    async def tell(self, kind: str, subject: str, recipient: str, details: Mapping[str, Any] | None = None) -> None:
        """Have a message sent, or the one already there edited, once this transaction is committed.

        `recipient` is Slack's id of a person (a direct message) or of a channel. What is told is rendered when it is
        sent, from the state of that moment.
        """
        await deliveries.touch(self.session, Message(kind, subject, recipient, dict(details or {})), now=self.now)

    async def next_number(self, name: str) -> int:
        """The next number of a series, PM or INC: without gaps, since it is part of this transaction."""
        return await counters.advance(self.session, name)


async def _freshen_homes(unit: Unit) -> None:
    """Publish anew, once, the Home tab of everyone whom this change concerns and who has looked at theirs of late."""
    if not unit.concerned:
        return
    for person_id, slack_id in await homes.opened_among(unit.session, unit.concerned, since=unit.now - HOME_KEPT_FRESH):
        await unit.tell(MessageKind.HOME, person_id, slack_id)


async def _claim(unit: Unit, key: str) -> None:
    """Claim the key. Of two at once the second waits here for the first to commit, then learns what it did."""
    if not await receipts.claim(unit.session, key, at=unit.now):
        raise AlreadyDone(await receipts.outcome_of(unit.session, key))


class Units:
    """Opens units; handed to every surface that writes."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: Settings,
        *,
        in_background: bool = False,
        memory: Memory | None = None,
    ) -> None:
        """`in_background`: nobody waits for what is done in these units (storage/database.py).

        `memory` is shared with the others of this process; without one they have their own.
        """
        self._database = database
        self._memory = memory or Memory()
        self._in_background = in_background
        self._clock = clock
        self._settings = settings
        self._listeners: list[Callable[[], None]] = []

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call this after each commit: how the clockwork learns that something may be due."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def begin(self, actor: Actor | None, *, key: str | None = None) -> AsyncIterator[Unit]:
        """One transaction, committed when the block ends, rolled back when it raises.

        `key` names the request (a trigger id, view id and hash, ...): the same key is carried out once.

        Raises:
            AlreadyDone: a request of this key was committed before.
        """
        async with self._database.writing(in_background=self._in_background) as session:
            unit = Unit(session, actor, self._clock(), self._settings, memory=self._memory)
            if key:
                await _claim(unit, key)
            yield unit
            if key and unit.outcome:
                await receipts.conclude(session, key, unit.outcome)
            await _freshen_homes(unit)
            # Home tabs last: verbs on quite different things concern the same people.
            await deliveries.put_touched(session, last=MessageKind.HOME)
        for listener in self._listeners:
            listener()
