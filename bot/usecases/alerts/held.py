"""An alert that a verb is about: looked up, locked, within reach of who acts; and what is written down of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import NotFound
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef, row_of
from bot.usecases.alerts.wanted import wrong_note
from bot.usecases.authors import author_name
from bot.usecases.fields import Faults
from bot.usecases.reach import own_team, require_reach
from bot.usecases.roles import authorise_member
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage.models import Alert, AlertNote


async def hold(unit: Unit, ref: AlertRef) -> Alert:
    """The alert, which nobody else changes before this transaction ends; its timers and responders neither.

    Raises:
        NotFound: there is none. Of an alias only the open alert is meant (storage.alerts.open_by_alias).
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
    """
    await authorise_member(unit, Verb.ANSWER_ALERT)
    alert = await row_of(unit.reading, ref, team_id=own_team(unit), lock=True)
    if alert is None:
        raise no_alert(ref)
    require_reach(unit.actor, alert.owner_team_id)
    return alert


def no_alert(ref: AlertRef) -> NotFound:
    """What is said where there is no such alert."""
    return NotFound(f"No alert exists with {ref}.")


def label(alert: Alert) -> str:
    """What people call it: `#7`."""
    return f"#{alert.number}"


async def changed(
    unit: Unit,
    alert: Alert,
    what: AlertHappening,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> int:
    """Write down a change of an alert; answers the event's id. What Slack shows of it is `flow.show`'s to mend."""
    alert.updated_at = unit.now
    return await unit.event(what, alert.id, before=before, after=after)


async def write_note(unit: Unit, alert: Alert, text: str, *, user: str = "") -> None:
    """Keep a note, by the name of who wrote it, or of whom a program wrote it for; an empty one is none.

    It was looked at already.
    """
    if not text.strip():
        return
    note = AlertNote(alert_number=alert.number or 0, text=text, author=user.strip() or author_name(unit), at=unit.now)
    unit.session.add(note)
    await unit.session.flush()
    await changed(unit, alert, AlertHappening.NOTED, after={"note_id": note.id})


def check_note(note: str) -> None:
    """Refuse a note that cannot be kept.

    Raises:
        BadFields: `note`.
    """
    faults = Faults()
    faults.add("note", wrong_note(note))
    faults.refuse()
