"""One action in a verb's hands: its postmortem held, its row locked; and what everybody is told of a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.engines import wallclock
from bot.errors import Locked, NotFound
from bot.queries import people
from bot.queries.history import Happening
from bot.usecases.actions.wanted import WantedAction, wrong_issue
from bot.usecases.fields import Faults, unfit, wrong_line
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import Held, happened, hold
from bot.usecases.postmortems.indexing import index
from bot.usecases.unit import Unit
from bot.vocabulary import ActionKind, ActionStatus, Verb
from storage import actions, deliveries
from storage.models import ActionItem

LONGEST_TEXT = 3000
STATUS_WORDS = {ActionStatus.DONE: "done", ActionStatus.NOT_NEEDED: "not needed", ActionStatus.OPEN: "open"}


@dataclass(slots=True)
class HeldAction:
    """An action whose row, and whose postmortem, nobody else changes before this transaction ends."""

    row: ActionItem
    postmortem: Held

    @property
    def as_wanted(self) -> WantedAction:
        """What it is, as somebody would want it."""
        row = self.row
        kind = ActionKind(row.kind) if row.kind else None
        return WantedAction(row.text, row.owner_id, row.due_on, kind, row.jira_url)

    @property
    def facts(self) -> dict[str, Any]:
        """All that is stored of it, as an event keeps it."""
        row = self.row
        return {
            "action_id": row.id,
            "text": row.text,
            "owner_id": row.owner_id,
            "due_on": row.due_on and row.due_on.isoformat(),
            "kind": row.kind and str(row.kind),
            "jira_url": row.jira_url,
            "status": str(row.status),
            "settled_at": row.settled_at and row.settled_at.isoformat(),
            "created_by": row.created_by,
            "created_at": row.created_at.isoformat(),
            "version": row.version,
        }


async def hold_action(unit: Unit, action_id: str) -> HeldAction:
    """The action with that id, for an actor who may change it. Its postmortem may be published.

    Raises:
        NotFound: it was removed, or its postmortem was.
        NotAllowed: the actor is no member of the workspace.
    """
    number = await actions.number_of(unit.session, action_id)
    if number is None:
        raise removed()
    held = await hold(unit, number, Verb.KEEP_ACTIONS)
    row = await actions.by_id(unit.session, action_id, lock=True)
    if row is None:
        raise removed()
    return HeldAction(row, held)


def removed() -> NotFound:
    """What to say of an action that is no longer there."""
    return NotFound("That action was removed. `/postmortem actions` shows those there are.")


def require_open(held: HeldAction) -> None:
    """Go on only where it is still to be done.

    Raises:
        Locked: it is settled; the sentence says the way out.
    """
    status, label = ActionStatus(held.row.status), held.postmortem.label
    if status is not ActionStatus.OPEN:
        raise Locked(f"That action is {STATUS_WORDS[status]}. Open it again first: `/postmortem actions {label}`.")


async def check(unit: Unit, wanted: WantedAction, *, stored: ActionItem | None = None) -> None:
    """Refuse what an action cannot be. What is `stored` already is let be: an old day, an owner who left since.

    Raises:
        BadFields: `text`, `owner`, `due`, `jira_url`.
    """
    faults = Faults()
    faults.add("text", wrong_line(wanted.text, called="Action", limit=LONGEST_TEXT))
    if wanted.owner_id and (stored is None or wanted.owner_id != stored.owner_id):
        owner = (await people.by_ids(unit.reading, [wanted.owner_id])).get(wanted.owner_id)
        faults.add("owner", unfit(owner, task="own an action"))
    if wanted.due_on and (stored is None or wanted.due_on != stored.due_on):
        today = wallclock.to_local(unit.now, unit.person.zone).date()
        past = f"Due: {wanted.due_on:%a %d %b %Y} is over. Choose today or a later day."
        faults.add("due", past if wanted.due_on < today else None)
    if wanted.jira_url and (stored is None or wanted.jira_url != stored.jira_url):
        faults.add("jira_url", wrong_issue(wanted.jira_url))
    faults.refuse()


async def changed(
    unit: Unit,
    held: HeldAction,
    what: Happening,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> int:
    """Write down what happened to an action, and tell it: the thread, a new owner, whoever was told of it before.

    Answers the event's id.
    """
    await unit.session.flush()
    if what is not Happening.SETTLED_ACTION:
        await index(unit, held.postmortem.row)
    event_id = await happened(unit, held.postmortem, what, before=before, after={**held.facts, **(after or {})})
    await _tell(unit, held, before_owner=(before or {}).get("owner_id"))
    return event_id


async def _tell(unit: Unit, held: HeldAction, *, before_owner: str | None) -> None:
    """Ring a new owner once, who did not choose it themselves; bring the messages that there are up to date."""
    row = held.row
    messages = await deliveries.open_ones(unit.session, kind=MessageKind.ACTION_GIVEN, subjects=[row.id])
    told = {each.recipient: each.details for each in messages}
    if row.owner_id and row.owner_id not in {before_owner, unit.person.id}:
        owner = (await people.by_ids(unit.reading, [row.owner_id])).get(row.owner_id)
        if owner and owner.slack_id and not owner.has_left:
            # An edit rings nobody: whoever had it before, and has it again, is told anew.
            for message in (each for each in messages if each.recipient == owner.slack_id):
                deliveries.let_go(message)
            told[owner.slack_id] = {"postmortem_id": held.postmortem.row.id, "given_by": unit.person.id}
    for recipient, details in sorted(told.items()):
        await unit.tell(MessageKind.ACTION_GIVEN, row.id, recipient, details)
