"""Get, list and count alerts."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.alerts.identifying import ALL, ONE, ByAlert, alert_of, route_of
from bot.api.opsgenie.alerts.replies import (
    AlertReply,
    RecipientReply,
    ShortAlertReply,
    as_alert,
    as_recipient,
    as_short_alert,
)
from bot.api.opsgenie.alerts.saved_searches import asked_for
from bot.api.opsgenie.paging import UNSAID, Few, NewestFirst, Order, Paged, paging
from bot.api.opsgenie.wire import Wire
from bot.queries import alert_lists
from bot.queries.reading import Reading
from bot.vocabulary import AlertOrder, Domain

MISSPELT = {"lastOccuredAt": AlertOrder.OCCURRED}
"""As Go's client has it."""


class Asked(Wire):
    """Which alerts are meant: a query such as `status: open AND priority: P1`, within what a saved search asks for."""

    query: str = ""
    search_identifier: str = ""
    search_identifier_type: str = ""

    @property
    def said(self) -> dict[str, str]:
        """The same for the addresses of other pages."""
        return {
            "query": self.query,
            "searchIdentifier": self.search_identifier,
            "searchIdentifierType": self.search_identifier_type,
        }

    async def whole(self, reading: Reading, call: Call[Any, Any]) -> str:
        """The query of both."""
        return await asked_for(
            reading, call, self.query, search=self.search_identifier, kind=self.search_identifier_type
        )


class AlertListing(Paged, Asked):
    """What of the alerts is wanted: which, in what order, and which page."""

    limit: Few = UNSAID
    order: NewestFirst = Order.DESC
    sort: Annotated[AlertOrder, BeforeValidator(lambda value: MISSPELT.get(value, value) or AlertOrder.CREATED)] = (
        AlertOrder.CREATED
    )


class CountReply(Wire):
    """How many there are."""

    count: int


async def _get(call: Call[ByAlert, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        return Reply(as_alert(await alert_of(reading, call), reading.now))


async def _recipients(call: Call[ByAlert, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        alert = await alert_of(reading, call)
    return Reply([as_recipient(each) for each in alert.recipients])


async def _list(call: Call[AlertListing, Nothing]) -> Reply:
    asked = call.query
    async with call.desk.reader() as reading:
        page = await alert_lists.page(
            reading,
            await asked.whole(reading, call),
            team_id=call.key.team_id,
            order=asked.sort,
            descending=asked.order is Order.DESC,
            limit=asked.limit,
            offset=asked.offset,
        )
    pages = paging(call, asked, total=page.total, sort=asked.sort, more=asked.said)
    return Reply([as_short_alert(each, reading.now) for each in page.alerts], more={"paging": pages})


async def _count(call: Call[Asked, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        query = await call.query.whole(reading, call)
        return Reply(CountReply(count=await alert_lists.count(reading, query, team_id=call.key.team_id)))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path=ALL,
        summary="List alerts",
        handle=_list,
        query=AlertListing,
        body=Nothing,
        domain=Domain.SEARCH,
        is_configuration=False,
        data=list[ShortAlertReply],
    ),
    Endpoint(
        method="GET",
        path=f"{ALL}/count",
        summary="Count alerts",
        handle=_count,
        query=Asked,
        body=Nothing,
        domain=Domain.SEARCH,
        is_configuration=False,
        data=CountReply,
    ),
    Endpoint(
        method="GET",
        path=ONE,
        route=route_of(ONE),
        summary="Get an alert",
        handle=_get,
        query=ByAlert,
        body=Nothing,
        domain=Domain.ALERT,
        is_configuration=False,
        data=AlertReply,
    ),
    Endpoint(
        method="GET",
        path=f"{ONE}/recipients",
        route=route_of(f"{ONE}/recipients"),
        summary="List who was told of an alert",
        handle=_recipients,
        query=ByAlert,
        body=Nothing,
        domain=Domain.ALERT,
        is_configuration=False,
        data=list[RecipientReply],
    ),
)
