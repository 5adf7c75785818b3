"""Which way an alert of a team goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.queries import escalations
from bot.queries.reading import Reading
from bot.vocabulary import RouteKind
from storage import schedules, teams


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """A rule. `criteria` and `restriction` have the form of the API.

    `notify_name` is that of what it leads to; None where it leads nowhere, or what it led to is gone.
    """

    id: str
    name: str
    order: int
    is_default: bool
    timezone: str | None
    criteria: Mapping[str, Any]
    restriction: Mapping[str, Any] | None
    notify_kind: RouteKind
    notify_id: str | None
    notify_name: str | None


async def of_team(reading: Reading, team_id: str) -> tuple[RoutingRule, ...]:
    """A team's rules in the order in which they are tried, the default one last; three statements at most."""
    rows = await teams.routing_rules(reading.session, team_id)
    ids = {kind: {row.notify_id for row in rows if row.notify_id and row.notify_type == kind} for kind in RouteKind}
    names = await escalations.names(reading, ids[RouteKind.ESCALATION])
    if ids[RouteKind.SCHEDULE]:
        names |= await schedules.names_of(reading.session, ids[RouteKind.SCHEDULE])
    last = max((row.position for row in rows if not row.is_default), default=-1)
    return tuple(
        RoutingRule(
            id=row.id,
            name=row.name,
            order=last + 1 if row.is_default else row.position,
            is_default=row.is_default,
            timezone=row.timezone,
            criteria=row.criteria,
            restriction=row.restriction,
            notify_kind=RouteKind(row.notify_type),
            notify_id=row.notify_id,
            notify_name=names.get(row.notify_id or ""),
        )
        for row in rows
    )
