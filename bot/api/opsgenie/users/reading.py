"""Get and list users."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.api.endpoints import Call, Domain, Endpoint, Nothing, Reply
from bot.api.opsgenie.paging import Order, Paged, paging
from bot.api.opsgenie.users.replies import UserReply, as_user
from bot.api.opsgenie.wire import Wire
from bot.errors import NotFound
from bot.queries import users
from bot.queries.reading import Reading
from bot.queries.users import UserView
from bot.vocabulary import UserOrder

CONTACT = "contact"


def _sorting(value: Any) -> Any:
    """By user name where nothing is said, or something that we cannot sort by."""
    known = {each.value.lower(): each for each in UserOrder} | {"createdat": UserOrder.MADE}
    return known.get(str(value).strip().lower(), UserOrder.USERNAME)


Sorting = Annotated[UserOrder, BeforeValidator(_sorting)]


class Listing(Paged):
    """What of the users is wanted. Some clients write `sortField` for `sort`."""

    sort: Sorting | None = None
    sort_field: Sorting | None = None
    query: str = ""


class Expanding(Wire):
    """What is to stand in a user besides: `contact`."""

    expand: str = ""


async def user_of(reading: Reading, call: Call[Any, Any]) -> UserView:
    """The user that the path names, by id or user name.

    Raises:
        NotFound: there is none.
    """
    identifier = call.parts["identifier"]
    found = await users.identified(reading, identifier)
    if found is None:
        raise NotFound(f"No user exists with id or username [{identifier}].")
    return found


async def _get(call: Call[Expanding, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        user = await user_of(reading, call)
    with_contacts = CONTACT in call.query.expand.split(",")
    return Reply(as_user(user, with_contacts=with_contacts), more={"expandable": [CONTACT]})


async def _list(call: Call[Listing, Nothing]) -> Reply:
    asked = call.query
    sort = asked.sort or asked.sort_field or UserOrder.USERNAME
    async with call.desk.reader() as reading:
        page = await users.page(
            reading,
            asked.query,
            order=sort,
            descending=asked.order is Order.DESC,
            limit=asked.limit,
            offset=asked.offset,
        )
    pages = paging(call, asked, total=page.total, sort=sort.value, more={"query": asked.query})
    return Reply([as_user(each) for each in page.users], more={"paging": pages, "totalCount": page.total})


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/users",
        summary="List users",
        handle=_list,
        query=Listing,
        body=Nothing,
        domain=Domain.SEARCH,
        data=list[UserReply],
    ),
    Endpoint(
        method="GET",
        path="/v2/users/{identifier}",
        summary="Get a user",
        handle=_get,
        query=Expanding,
        body=Nothing,
        data=UserReply,
    ),
)
