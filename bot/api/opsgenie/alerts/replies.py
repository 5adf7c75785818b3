"""Alerts as they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.api.opsgenie.account import API
from bot.api.opsgenie.wire import Instant, Wire
from bot.queries.alerts import AlertView, RecipientView
from bot.queries.naming import username
from bot.vocabulary import AlertResponderKind, AlertStatus, RecipientState, Severity

SLACK = "Slack"
MILLISECOND = timedelta(milliseconds=1)


class ResponderReply(Wire):
    """Whom it is brought to."""

    type: AlertResponderKind
    id: str


class TeamReply(Wire):
    """A team it is brought to."""

    id: str


class SourceReply(Wire):
    """Where it came from: the key of a program, or Slack, where somebody paged."""

    id: str
    name: str
    type: str


class ReportReply(Wire):
    """How long after it came it was acknowledged and closed, in milliseconds, and by whom."""

    ack_time: int | None = None
    close_time: int | None = None
    acknowledged_by: str | None = None
    closed_by: str | None = None


class ShortAlertReply(Wire):
    """An alert as lists have it. `owner` and `ownerTeamId` are empty where it is nobody's."""

    id: str
    tiny_id: str
    alias: str
    message: str
    status: AlertStatus
    acknowledged: bool
    is_seen: bool
    seen: bool
    tags: tuple[str, ...]
    snoozed: bool
    snoozed_until: Instant | None = None
    count: int
    last_occurred_at: Instant
    created_at: Instant
    updated_at: Instant
    source: str
    owner: str
    owner_team_id: str
    teams: tuple[TeamReply, ...]
    priority: Severity
    responders: tuple[ResponderReply, ...]
    integration: SourceReply
    report: ReportReply | None = None


class AlertReply(ShortAlertReply):
    """An alert with all there is to say."""

    actions: tuple[str, ...]
    entity: str
    description: str
    details: Mapping[str, str]


class UserReply(Wire):
    """Somebody who was told."""

    id: str
    username: str


class RecipientReply(Wire):
    """Somebody who was told of an alert, what they did, and when last."""

    user: UserReply
    state: RecipientState
    method: str = SLACK
    created_at: Instant
    updated_at: Instant


def as_short_alert(alert: AlertView, now: datetime) -> ShortAlertReply:
    """An alert in a list."""
    responders = tuple(ResponderReply(type=each.kind, id=each.id) for each in alert.responders)
    return ShortAlertReply(
        id=alert.id,
        tiny_id=str(alert.number),
        alias=alert.alias,
        message=alert.message,
        status=alert.status,
        acknowledged=alert.acknowledged,
        is_seen=alert.is_seen,
        seen=alert.is_seen,
        tags=tuple(alert.tags),
        snoozed=alert.is_snoozed(now),
        snoozed_until=alert.snoozed_until if alert.is_snoozed(now) else None,
        count=alert.count,
        last_occurred_at=alert.last_occurred_at,
        created_at=alert.created_at,
        updated_at=alert.updated_at,
        source=alert.source,
        owner=username(alert.owner) if alert.owner else "",
        owner_team_id=alert.owner_team_id or "",
        teams=tuple(TeamReply(id=each.id) for each in responders if each.type is AlertResponderKind.TEAM),
        priority=alert.priority,
        responders=responders,
        integration=_integration(alert),
        report=_report(alert),
    )


def as_alert(alert: AlertView, now: datetime) -> AlertReply:
    """An alert."""
    return AlertReply(
        **dict(as_short_alert(alert, now)),
        actions=tuple(alert.actions),
        entity=alert.entity,
        description=alert.description,
        details=alert.details,
    )


def as_recipient(recipient: RecipientView) -> RecipientReply:
    """Somebody who was told."""
    return RecipientReply(
        user=UserReply(id=recipient.person.id, username=username(recipient.person)),
        state=recipient.state,
        created_at=recipient.created_at,
        updated_at=recipient.updated_at,
    )


def _integration(alert: AlertView) -> SourceReply:
    if alert.key_id is None:
        return SourceReply(id=SLACK.lower(), name=SLACK, type=SLACK)
    return SourceReply(id=alert.key_id, name=alert.key or "", type=API)


def _report(alert: AlertView) -> ReportReply | None:
    if alert.acknowledged_at is None and alert.closed_at is None:
        return None
    return ReportReply(
        ack_time=_after(alert, alert.acknowledged_at),
        close_time=_after(alert, alert.closed_at),
        acknowledged_by=alert.acknowledged_by,
        closed_by=alert.closed_by,
    )


def _after(alert: AlertView, at: datetime | None) -> int | None:
    return None if at is None else (at - alert.created_at) // MILLISECOND
