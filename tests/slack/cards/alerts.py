"""Alerts of every kind and size, for the builders of cards: no database, only values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.queries.alert_outlook import AlertOutlook, NextStep
from bot.queries.alerts import AlertView, RecipientView, ResponderView
from bot.queries.on_call import Because, HandOff, Holder, ScheduleStanding
from bot.queries.people import Person
from bot.vocabulary import AlertResponderKind, AlertStatus, EscalationCondition, RecipientState, Severity
from tests.slack.cards.views import NOW, person

ANA, RAJ, MIA = person(1, "Ana"), person(2, "Raj"), person(3, "Mia")
SCHEDULE = ResponderView(AlertResponderKind.SCHEDULE, "s1", "Payments")


def alert(
    *,
    message: str = "db is down",
    description: str = "",
    closed_by: str | None = None,
    acknowledged_by: str | None = None,
    snoozed_until: datetime | None = None,
    count: int = 1,
    owner: Person | None = None,
    created_by: Person | None = None,
    key: str | None = "prometheus",
    told: Sequence[tuple[Person, RecipientState]] = ((RAJ, RecipientState.NOTIFIED),),
    tags: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    source: str = "",
    entity: str = "",
) -> AlertView:
    """One that came ten minutes ago, in that state."""
    came = NOW - timedelta(minutes=10)
    return AlertView(
        id="a1",
        number=7,
        alias="db",
        message=message,
        description=description,
        entity=entity,
        source=source,
        priority=Severity.P1,
        status=AlertStatus.CLOSED if closed_by else AlertStatus.OPEN,
        acknowledged=acknowledged_by is not None,
        is_seen=acknowledged_by is not None,
        snoozed_until=snoozed_until,
        count=count,
        tags=tags,
        details=details or {},
        actions=(),
        visible_to=(),
        responders=(SCHEDULE,),
        recipients=tuple(RecipientView(who, state, came, came) for who, state in told),
        owner=owner,
        owner_team_id=None,
        team=None,
        key_id=None,
        key=key,
        created_by=created_by,
        policy_trail=(),
        channel="C1",
        created_at=came,
        updated_at=came,
        last_occurred_at=NOW,
        acknowledged_at=NOW if acknowledged_by else None,
        acknowledged_by=acknowledged_by,
        closed_at=NOW if closed_by else None,
        closed_by=closed_by,
    )


def around(
    view: AlertView, *, stands: Sequence[ScheduleStanding] = (), escalates_to: Person | None = None
) -> AlertOutlook:
    """An alert with what lies around it."""
    at = NOW + timedelta(minutes=5)
    step = NextStep(at, (escalates_to,), EscalationCondition.NOT_ACKNOWLEDGED, "Nights") if escalates_to else None
    return AlertOutlook(view, tuple(stands), step)


def standing(*who: Person, name: str = "Payments", enabled: bool = True) -> ScheduleStanding:
    """A schedule by which these are on call until tomorrow, and Mia after them; nobody: a gap until then."""
    tomorrow = NOW + timedelta(days=1)
    held = tuple(Holder(each, NOW, tomorrow, Because("Primary", turn=1)) for each in who)
    return ScheduleStanding("s1", name, "UTC", enabled, held, HandOff(tomorrow, (MIA,), None), None if who else NOW)
