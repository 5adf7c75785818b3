"""Lists of alerts, as programs ask for them by a query."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engines.query_language import ALERTS
from bot.queries.alerts import AlertView, views
from bot.queries.reading import Reading
from bot.queries.search_in_sql import in_sql
from bot.vocabulary import AlertOrder
from storage import alert_search


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Some of a list of alerts, and how long it is."""

    alerts: tuple[AlertView, ...]
    total: int


async def page(
    reading: Reading,
    query: str,
    *,
    team_id: str | None,
    order: AlertOrder,
    descending: bool,
    limit: int,
    offset: int,
) -> AlertPage:
    """Some of the alerts that a query asks for (engines/query_language), of one team or of all.

    It takes as many statements for any.

    Raises:
        BadFields: `query` cannot be read.
    """
    condition = in_sql(query, ALERTS, alert_search.condition_at(reading.now))
    rows = await alert_search.page(
        reading.session,
        condition,
        team_id=team_id,
        order=order,
        descending=descending,
        limit=limit,
        offset=offset,
    )
    total = await alert_search.count(reading.session, condition, team_id=team_id)
    return AlertPage(await views(reading, rows), total)


async def count(reading: Reading, query: str, *, team_id: str | None) -> int:
    """How many alerts a query asks for, of one team or of all.

    Raises:
        BadFields: `query` cannot be read.
    """
    condition = in_sql(query, ALERTS, alert_search.condition_at(reading.now))
    return await alert_search.count(reading.session, condition, team_id=team_id)
