"""Services: what an incident can strike, the same that postmortems name."""

from __future__ import annotations

from typing import Annotated, Any

from yarl import URL

from bot.api.addresses import address
from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.paging import Order, Paged, paging
from bot.api.opsgenie.wire import Created, Given, Sent, Wire
from bot.errors import NotFound
from bot.queries import services
from bot.queries.services import WholeService
from bot.usecases.reach import require_reach
from bot.usecases.services.create import create
from bot.usecases.services.delete import delete
from bot.usecases.services.edit import edit
from bot.usecases.services.wanted import MOST_TAGS, WantedService
from bot.vocabulary import Visibility

SORT = "name"


class ServiceListing(Paged):
    """What of the services is wanted; `query` is words of their names. They are always in order of their names."""

    query: str = ""


class ServiceBody(Sent):
    """A service, or what is to change of one. An empty description empties it."""

    MAY_BE_EMPTY = frozenset({"description"})

    name: Given = None
    team_id: Given = None
    description: str | None = None
    tags: Annotated[list[str], AtMost(MOST_TAGS)] | None = None
    visibility: Visibility | None = None

    @property
    def wanted(self) -> WantedService:
        """What is said of the service."""
        return WantedService(
            name=self.name,
            team_id=self.team_id,
            description=self.description,
            tags=self.tags,
            visibility=self.visibility,
        )


class ServiceLinks(Wire):
    """Where a service is found."""

    api: str


class ServiceReply(Wire):
    """A service. One that people named in a form has no team yet."""

    id: str
    name: str
    team_id: str | None = None
    description: str
    tags: tuple[str, ...]
    visibility: Visibility
    is_external: bool = False
    links: ServiceLinks


async def _create(call: Call[Nothing, ServiceBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        service = await create(unit, call.body.wanted)
    return Reply(Created(id=service.id, name=service.name), status=201, result="Created")


async def _list(call: Call[ServiceListing, Nothing]) -> Reply:
    asked = call.query
    async with call.desk.reader() as reading:
        page = await services.page(
            reading,
            asked.query,
            team_id=call.key.team_id,
            descending=asked.order is Order.DESC,
            limit=asked.limit,
            offset=asked.offset,
        )
    pages = paging(call, asked, total=page.total, sort=SORT, more={"query": asked.query})
    return Reply([_as_service(each, call.base) for each in page.services], more={"paging": pages})


async def _get(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        service = await services.by_id(reading, call.parts["id"])
    if service is None:
        raise NotFound(f"No service exists with id [{call.parts['id']}].")
    require_reach(call.key, service.team_id)
    return Reply(_as_service(service, call.base))


async def _edit(call: Call[Nothing, ServiceBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        service = await edit(unit, call.parts["id"], call.body.wanted)
    return Reply(Created(id=service.id, name=service.name), result="Updated")


async def _delete(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, call.parts["id"])
    return Reply(result="Deleted")


def _as_service(service: WholeService, base: URL) -> ServiceReply:
    return ServiceReply(
        id=service.id,
        name=service.name,
        team_id=service.team_id,
        description=service.description,
        tags=tuple(service.tags),
        visibility=service.visibility,
        links=ServiceLinks(api=str(address(base, f"/v1/services/{service.id}"))),
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path="/v1/services",
        summary="Create a service",
        handle=_create,
        query=Nothing,
        body=ServiceBody,
        status=201,
        data=Created,
    ),
    Endpoint(
        method="GET",
        path="/v1/services",
        summary="List services",
        handle=_list,
        query=ServiceListing,
        body=Nothing,
        data=list[ServiceReply],
    ),
    Endpoint(
        method="GET",
        path="/v1/services/{id}",
        summary="Get a service",
        handle=_get,
        query=Nothing,
        body=Nothing,
        data=ServiceReply,
    ),
    Endpoint(
        method="PATCH",
        path="/v1/services/{id}",
        summary="Update a service",
        handle=_edit,
        query=Nothing,
        body=ServiceBody,
        data=Created,
    ),
    Endpoint(
        method="DELETE",
        path="/v1/services/{id}",
        summary="Delete a service",
        handle=_delete,
        query=Nothing,
        body=Nothing,
    ),
)
