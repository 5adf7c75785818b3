"""What people do with action items, carried out for them: typed, pressed or sent by a form, it is the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from bot.queries import actions
from bot.queries.actions import ActionView
from bot.queries.people import Person
from bot.slack.cards.actions import Deed, Noted, on_day
from bot.slack.desk import Desk
from bot.slack.words.action_items import TypedAction
from bot.usecases.actions import edit as editing
from bot.usecases.actions.add import add
from bot.usecases.actions.held import removed
from bot.usecases.actions.remove import remove
from bot.usecases.actions.restore import restore
from bot.usecases.actions.settle import settle
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.drafts.drop import drop
from bot.usecases.unit import Unit
from bot.vocabulary import ActionStatus

SETTLED = {
    Deed.DONE: (ActionStatus.DONE, "Done:"),
    Deed.NOT_NEEDED: (ActionStatus.NOT_NEEDED, "Not needed any more:"),
    Deed.REOPEN: (ActionStatus.OPEN, "Open again:"),
}


@dataclass(frozen=True, slots=True)
class ActionKeeper:
    """Who acts, the key of the request, so that a repetition changes nothing, and the kept texts it settles."""

    person: Person
    key: str
    desk: Desk
    settles: Sequence[str] = ()

    async def add(self, number: int, typed: TypedAction) -> ActionView:
        """Add what was typed or filled in."""
        wanted = await self._wanted(typed)
        async with self._unit(f"the action of PM-{number} was added") as unit:
            action_id = await add(unit, number, wanted)
        return await self.seen(action_id)

    async def edit(self, action_id: str, typed: TypedAction, *, version: int) -> ActionView:
        """Make it what was filled in.

        Raises:
            Conflict: it was changed since that version; `theirs` is what it is now.
        """
        wanted = await self._wanted(typed)
        async with self._unit("the action was changed") as unit:
            await editing.edit(unit, action_id, wanted, version=version)
        return await self.seen(action_id)

    async def move(self, action_id: str, due: date) -> Noted:
        """Give it another day."""
        async with self._unit("the action was moved") as unit:
            await editing.move(unit, action_id, due)
        return await self._noted(action_id, f"Due {on_day(due, self.desk.reader.now())} now:")

    async def give(self, action_id: str, owner: str) -> Noted:
        """Give it to somebody, by their id in Slack."""
        person = await self.desk.people.person(owner)
        async with self._unit(f"{person.name} has the action") as unit:
            await editing.give(unit, action_id, person.id)
        return await self._noted(action_id, f"{person.name} has it now:")

    async def settle(self, action_id: str, deed: Deed) -> Noted:
        """Say what became of it."""
        status, words = SETTLED[deed]
        async with self._unit(f"{words.lower()} that action") as unit:
            await settle(unit, action_id, status)
        return await self._noted(action_id, words, undo=None if deed is Deed.REOPEN else Deed.REOPEN)

    async def remove(self, action_id: str, *, version: int) -> Noted:
        """Remove it, seen in that version; what is answered can bring it back.

        Raises:
            Conflict: somebody else changed it since.
        """
        view = await self.seen(action_id)
        async with self._unit("the action was removed") as unit:
            event_id = await remove(unit, action_id, version=version)
        return Noted(f"Removed from {view.label}:", view.text, Deed.RESTORE, f"{event_id}:0")

    async def restore(self, event_id: int) -> Noted:
        """Bring back what that event removed."""
        async with self._unit("the action was brought back") as unit:
            action_id = await restore(unit, event_id)
        return await self._noted(action_id, "There again:")

    async def seen(self, action_id: str) -> ActionView:
        """The action as it is now.

        Raises:
            NotFound: it was removed, or its postmortem was.
            NotAllowed: the person is an outsider.
        """
        async with self.desk.reader() as reading:
            view = await actions.by_id(reading, action_id, self.person)
        if view is None:
            raise removed()
        return view

    async def _noted(self, action_id: str, words: str, *, undo: Deed | None = None) -> Noted:
        view = await self.seen(action_id)
        return Noted(words, view.text, undo, f"{view.id}:{view.version}")

    async def _wanted(self, typed: TypedAction) -> WantedAction:
        owner = await self.desk.people.person(typed.owner) if typed.owner else None
        return WantedAction(typed.text, owner.id if owner else None, typed.due, typed.kind, typed.jira_url)

    @asynccontextmanager
    async def _unit(self, outcome: str) -> AsyncIterator[Unit]:
        async with self.desk.units.begin(self.person, key=self.key) as unit:
            yield unit
            unit.outcome = outcome
            for draft_id in self.settles:
                await drop(unit, draft_id)
