"""Alerts, as cards and programs know them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.queries import escalations, keys, people, teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.vocabulary import AlertResponderKind, AlertStatus, RecipientState, Severity
from storage import alerts, schedules
from storage.models import Alert, AlertRecipient, AlertResponder

_TINY = re.compile(r"[0-9]{1,9}", re.ASCII)


class AlertIdentifier(StrEnum):
    """By what a request names an alert. Of an alias only the open alert is meant."""

    ID = "id"
    ALIAS = "alias"
    TINY = "tiny"


@dataclass(frozen=True, slots=True)
class AlertRef:
    """How a request names an alert: by its id, its alias, or its number, which programs call its tiny id."""

    text: str
    by: AlertIdentifier = AlertIdentifier.ID

    @property
    def number(self) -> int | None:
        """The number, where it is named by one."""
        is_number = self.by is AlertIdentifier.TINY and _TINY.fullmatch(self.text)
        return int(self.text) if is_number else None

    def __str__(self) -> str:
        """As a sentence names it: `id [x]`."""
        return f"{self.by} [{self.text}]"


@dataclass(frozen=True, slots=True)
class ResponderView:
    """Whom an alert is brought to; the name is a user name for people, and empty for what is gone."""

    kind: AlertResponderKind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RecipientView:
    """Somebody who was told of an alert, when first, and what they did, when last."""

    person: Person
    state: RecipientState
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert with everything that hangs on it but its notes and its log.

    `team` is the name of the team that it belongs to, `key` that of the program it came from, `created_by` who paged.
    `policy_trail` is what bot/engines/policies reads; `channel` is Slack's id of where its message is, None where there
    is none (yet).
    """

    id: str
    number: int
    alias: str
    message: str
    description: str
    entity: str
    source: str
    priority: Severity
    status: AlertStatus
    acknowledged: bool
    is_seen: bool
    snoozed_until: datetime | None
    count: int
    tags: Sequence[str]
    details: Mapping[str, str]
    actions: Sequence[str]
    visible_to: Sequence[Mapping[str, Any]]
    responders: Sequence[ResponderView]
    recipients: Sequence[RecipientView]
    owner: Person | None
    owner_team_id: str | None
    team: str | None
    key_id: str | None
    key: str | None
    created_by: Person | None
    policy_trail: Sequence[Mapping[str, Any]]
    channel: str | None
    created_at: datetime
    updated_at: datetime
    last_occurred_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    closed_at: datetime | None
    closed_by: str | None

    @property
    def label(self) -> str:
        """What people call it: `#7`."""
        return f"#{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it still asks for anybody."""
        return self.status is AlertStatus.OPEN

    def is_snoozed(self, now: datetime) -> bool:
        """Whether it lets its people alone at an instant."""
        return self.is_open and self.snoozed_until is not None and now < self.snoozed_until


async def row_of(reading: Reading, ref: AlertRef, *, team_id: str | None = None, lock: bool = False) -> Alert | None:
    """The row of the alert that is named, for a verb: with `lock` nobody else changes it in this transaction.

    `team_id` is the team for which a key acts that names it: each team has its own aliases.
    """
    if ref.by is AlertIdentifier.ALIAS:
        return await alerts.open_by_alias(reading.session, ref.text, team_id=team_id, lock=lock)
    if ref.by is AlertIdentifier.ID:
        return await alerts.by_id(reading.session, ref.text, lock=lock)
    return None if ref.number is None else await alerts.by_number(reading.session, ref.number, lock=lock)


async def by_ref(reading: Reading, ref: AlertRef, *, team_id: str | None = None) -> AlertView | None:
    """The alert that is named, by a key that acts for that team, or for none; nine statements at most."""
    row = await row_of(reading, ref, team_id=team_id)
    return (await views(reading, [row]))[0] if row else None


async def by_id(reading: Reading, alert_id: str) -> AlertView | None:
    """The alert with that id, likewise."""
    return await by_ref(reading, AlertRef(alert_id))


async def views(reading: Reading, rows: Sequence[Alert]) -> tuple[AlertView, ...]:
    """These alerts in their order, for whoever has read the rows; seven statements at most, however many there are."""
    numbers = [row.number for row in rows if row.number is not None]
    responders = await alerts.responders_of(reading.session, numbers)
    recipients = await alerts.recipients_of(reading.session, numbers)
    names = await _names_around(reading, rows, responders.values(), recipients.values())
    return tuple(_view(row, responders[row.number or 0], recipients[row.number or 0], names) for row in rows)


@dataclass(frozen=True, slots=True)
class _Names:
    """Everybody and everything around some alerts, by id."""

    people: Mapping[str, Person]
    teams: Mapping[str, str]
    schedules: Mapping[str, str]
    escalations: Mapping[str, str]
    keys: Mapping[str, str]

    def of(self, kind: AlertResponderKind, id_: str) -> str:
        """What a responder is called; empty for what is gone."""
        if kind is AlertResponderKind.USER:
            person = self.people.get(id_)
            return (person.email or person.slack_id or person.name) if person else ""
        others = {
            AlertResponderKind.TEAM: self.teams,
            AlertResponderKind.SCHEDULE: self.schedules,
            AlertResponderKind.ESCALATION: self.escalations,
        }
        return others[kind].get(id_, "")


async def _names_around(
    reading: Reading,
    rows: Iterable[Alert],
    responders: Iterable[Sequence[AlertResponder]],
    recipients: Iterable[Sequence[AlertRecipient]],
) -> _Names:
    called: dict[str, set[str]] = {kind: set() for kind in AlertResponderKind}
    for responder in (each for group in responders for each in group):
        called[responder.kind].add(responder.responder_id)
    users = called[AlertResponderKind.USER] | {each.user_id for group in recipients for each in group}
    users |= {each for row in rows for each in (row.owner_id, row.created_by) if each}
    schedule_ids = called[AlertResponderKind.SCHEDULE]
    return _Names(
        people=await people.by_ids(reading, users),
        teams=await teams.names(
            reading, called[AlertResponderKind.TEAM] | {row.owner_team_id for row in rows if row.owner_team_id}
        ),
        schedules=await schedules.names_of(reading.session, schedule_ids) if schedule_ids else {},
        escalations=await escalations.names(reading, called[AlertResponderKind.ESCALATION]),
        keys=await keys.names(reading, {row.key_id for row in rows if row.key_id}),
    )


def _view(
    row: Alert, responders: Sequence[AlertResponder], recipients: Sequence[AlertRecipient], names: _Names
) -> AlertView:
    return AlertView(
        id=row.id,
        number=row.number or 0,
        alias=row.alias,
        message=row.message,
        description=row.description,
        entity=row.entity,
        source=row.source,
        priority=Severity(row.priority),
        status=AlertStatus(row.status),
        acknowledged=row.acknowledged,
        is_seen=row.is_seen,
        snoozed_until=row.snoozed_until,
        count=row.count,
        tags=tuple(row.tags),
        details=dict(row.details),
        actions=tuple(row.actions),
        visible_to=tuple(row.visible_to),
        responders=tuple(
            ResponderView(kind, each.responder_id, names.of(kind, each.responder_id))
            for each in responders
            for kind in (AlertResponderKind(each.kind),)
        ),
        recipients=tuple(
            RecipientView(names.people[each.user_id], RecipientState(each.state), each.created_at, each.updated_at)
            for each in recipients
        ),
        owner=names.people.get(row.owner_id or ""),
        owner_team_id=row.owner_team_id,
        team=names.teams.get(row.owner_team_id or ""),
        key_id=row.key_id,
        key=names.keys.get(row.key_id or ""),
        created_by=names.people.get(row.created_by or ""),
        policy_trail=tuple(row.policy_trail),
        channel=row.channel,
        created_at=row.created_at,
        updated_at=row.updated_at,
        last_occurred_at=row.last_occurred_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )
