"""Tell what is due this morning: one message a person, one a channel and week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.engines import wallclock
from bot.engines.cadence.facts import ABOUT_ACTIONS, DIGESTS, Nudge
from bot.engines.cadence.mornings import may_send, send_at
from bot.queries.cadence import Cadence, cadence_of
from bot.queries.reading import Reading
from bot.usecases.messages import MessageKind
from bot.usecases.reminders.morning import Standing, standing_of, tell_morning
from bot.usecases.reminders.plan import plan_newcomers
from bot.usecases.unit import Unit
from storage import counters, postmortems, reminders
from storage.models import Reminder

BATCH = 200


@dataclass(frozen=True, slots=True)
class Woken:
    """What a waking did: who is told (people by id, channels by Slack's id), and how many reminders it took up."""

    people: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    taken_up: int = 0


async def next_due(reading: Reading) -> datetime | None:
    """When to wake next; None while nobody is to be reminded of anything."""
    return await reminders.next_due(reading.session)


async def wake(unit: Unit, *, limit: int = BATCH) -> Woken:
    """Tell everyone whose reminders are due, and move each reminder on to its next time.

    Who cannot be told now (their evening, their weekend) is told on the next working morning. What the facts no longer
    ask for is not told, and who has come to be told since (a new lead) is planned for. At most `limit` reminders at
    once: wake again while `taken_up` is not zero.
    """
    due = await reminders.next_due(unit.session)
    if due is None or due > unit.now:
        return Woken()
    # One waking at a time, in all processes: two would write to the same person.
    await counters.advance(unit.session, "wakings")
    rows = await reminders.claim(unit.session, now=unit.now, limit=limit)
    found = await postmortems.by_ids(unit.session, [row.postmortem_id for row in rows])
    cadence = await cadence_of(unit.reading, found)
    people: list[str] = []
    channels: list[str] = []
    standing = await standing_of(unit, {row.recipient for row in rows})
    by_recipient = sorted(rows, key=lambda row: row.recipient)
    for recipient, group in groupby(by_recipient, key=lambda row: row.recipient):
        told = await _take_up(unit, cadence, standing, recipient, list(group))
        if told:
            (channels if told is MessageKind.CHANNEL_DIGEST else people).append(recipient)
    await plan_newcomers(unit, cadence, [row.id for row in found])
    return Woken(tuple(people), tuple(channels), len(rows))


async def _take_up(
    unit: Unit, cadence: Cadence, standing: Standing, recipient: str, rows: list[Reminder]
) -> MessageKind | None:
    """Tell one recipient what still holds of these reminders, and move them on; answers how they were told."""
    zone = cadence.zones.of(recipient)
    if not may_send(unit.now, zone, cadence.hour):
        for row in rows:
            row.due_at = send_at(unit.now, zone, cadence.hour)
        return None
    nudges = _still_due(unit, cadence, rows)
    actions = _actions(unit, cadence, rows)
    is_channel = rows[0].kind in DIGESTS
    for row in rows:
        await _move_on(unit, cadence, row)
    if not nudges:
        return None
    if is_channel:
        week = wallclock.to_local(unit.now, zone).strftime("%G-W%V")
        await unit.tell(MessageKind.CHANNEL_DIGEST, week, recipient)
        return MessageKind.CHANNEL_DIGEST
    person = cadence.people.get(recipient)
    if person is None or person.slack_id is None or person.has_left or person.is_outsider:
        return None
    morning = cadence.latest_morning(person.id, now=unit.now)
    told = [each for each, nudge in nudges.items() if nudge.kind not in ABOUT_ACTIONS]
    slack_id = person.slack_id
    await tell_morning(unit, person.id, slack_id, morning=morning, told=told, actions=actions, standing=standing)
    return MessageKind.MORNING


def _still_due(unit: Unit, cadence: Cadence, rows: Iterable[Reminder]) -> dict[str, Nudge]:
    """What the facts of now still ask for of these reminders, by the postmortem's id."""
    nudges = (
        (row.postmortem_id, cadence.nudge_since(row.postmortem_id, row.recipient, morning=row.planned_at, now=unit.now))
        for row in rows
    )
    return {postmortem_id: nudge for postmortem_id, nudge in nudges if nudge}


def _actions(unit: Unit, cadence: Cadence, rows: Iterable[Reminder]) -> dict[str, str]:
    """The actions that these reminders tell, by id, each with its postmortem's."""
    return {
        action_id: row.postmortem_id
        for row in rows
        for action_id in cadence.actions_since(row.postmortem_id, row.recipient, morning=row.planned_at, now=unit.now)
    }


async def _move_on(unit: Unit, cadence: Cadence, row: Reminder) -> None:
    following = cadence.next_nudges(row.postmortem_id, after=unit.now)
    nudge = next((each for each in following if each.recipient == row.recipient), None)
    if nudge is None:
        await unit.session.delete(row)
        return
    row.kind, row.planned_at, row.due_at = nudge.kind, nudge.at, nudge.at
