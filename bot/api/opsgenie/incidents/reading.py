"""Get and list incidents."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.incidents.identifying import ALL, ONE, ByIncident, incident_of
from bot.api.opsgenie.incidents.replies import IncidentReply, as_incident
from bot.api.opsgenie.paging import UNSAID, Few, NewestFirst, Order, Paged, paging
from bot.queries import incidents
from bot.vocabulary import Domain, IncidentOrder


class IncidentListing(Paged):
    """What of the incidents is wanted: a query such as `status: open AND priority: P1`, an order, a page."""

    limit: Few = UNSAID
    order: NewestFirst = Order.DESC
    sort: Annotated[IncidentOrder, BeforeValidator(lambda value: value or IncidentOrder.CREATED)] = (
        IncidentOrder.CREATED
    )
    query: str = ""


async def _get(call: Call[ByIncident, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        return Reply(as_incident(await incident_of(reading, call), call.base))


async def _list(call: Call[IncidentListing, Nothing]) -> Reply:
    asked = call.query
    async with call.desk.reader() as reading:
        page = await incidents.page(
            reading,
            asked.query,
            team_id=call.key.team_id,
            order=asked.sort,
            descending=asked.order is Order.DESC,
            limit=asked.limit,
            offset=asked.offset,
        )
    pages = paging(call, asked, total=page.total, sort=asked.sort, more={"query": asked.query})
    return Reply([as_incident(each, call.base) for each in page.incidents], more={"paging": pages})


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path=ALL,
        summary="List incidents",
        handle=_list,
        query=IncidentListing,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=list[IncidentReply],
    ),
    Endpoint(
        method="GET",
        path=ONE,
        summary="Get an incident",
        handle=_get,
        query=ByIncident,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=IncidentReply,
    ),
)
