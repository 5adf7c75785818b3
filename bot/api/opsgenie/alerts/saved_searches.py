"""Saved searches: queries for alerts that are kept under a name, and named in the place of a query."""

from __future__ import annotations

from typing import Annotated, Any

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.alerts.identifying import ALL
from bot.api.opsgenie.references import Identified, UserReference, ref_of
from bot.api.opsgenie.wire import Created, Given, Instant, Reference, Sent, Wire
from bot.errors import BadFields
from bot.queries import saved_searches
from bot.queries.reading import Reading
from bot.queries.saved_searches import SavedSearchView, view_of
from bot.usecases.reach import require_reach
from bot.usecases.references import Ref
from bot.usecases.saved_searches.create import create
from bot.usecases.saved_searches.delete import delete
from bot.usecases.saved_searches.edit import edit
from bot.usecases.saved_searches.held import absent
from bot.usecases.saved_searches.wanted import MOST_TEAMS, WantedSearch
from bot.vocabulary import Domain

SEARCHES = f"{ALL}/saved-searches"
SEARCH = f"{SEARCHES}/{{id}}"


class SearchBody(Sent):
    """A search, or what is to change of one. An empty description empties it."""

    MAY_BE_EMPTY = frozenset({"description"})

    name: Given = None
    query: Given = None
    description: str | None = None
    owner: UserReference | None = None
    teams: Annotated[list[Reference], AtMost(MOST_TEAMS)] | None = None

    @property
    def wanted(self) -> WantedSearch:
        """What is said of it."""
        return WantedSearch(
            name=self.name,
            query=self.query,
            description=self.description,
            owner=self.owner.ref if self.owner and not self.owner.ref.is_empty else None,
            teams=None if self.teams is None else [Ref(id=each.id, name=each.name) for each in self.teams],
        )


class EntityReply(Wire):
    """Somebody, or a team."""

    id: str


class SearchReply(Wire):
    """A search."""

    id: str
    name: str
    created_at: Instant
    updated_at: Instant
    owner: EntityReply | None = None
    teams: tuple[EntityReply, ...]
    description: str
    query: str


async def asked_for(reading: Reading, call: Call[Any, Any], query: str, *, search: str, kind: str) -> str:
    """The query of a request for alerts: its own, within what a saved search asks for that it names by id or by name.

    Raises:
        BadFields: `searchIdentifier`: there is no such search, or it is another team's.
    """
    if not search:
        return query
    by_name = kind.strip().lower() == "name"
    ref = Ref(name=search) if by_name else Ref(id=search)
    found = await saved_searches.one(reading, id_=ref.id, name=ref.name)
    if found is None or not call.key.reaches(found.team_id):
        raise BadFields({"searchIdentifier": absent(ref).sentence})
    return f"({found.query}) AND ({query})" if query.strip() else found.query


async def _create(call: Call[Nothing, SearchBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        row = await create(unit, call.body.wanted)
    return Reply(Created(id=row.id, name=row.name), status=201, result="Created")


async def _list(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await saved_searches.every(reading, team_id=call.key.team_id)
    return Reply([Created(id=each.id, name=each.name) for each in found])


async def _get(call: Call[Identified, Nothing]) -> Reply:
    ref = _ref(call)
    async with call.desk.reader() as reading:
        found = await saved_searches.one(reading, id_=ref.id, name=ref.name)
    if found is None:
        raise absent(ref)
    require_reach(call.key, found.team_id)
    return Reply(_as_search(found))


async def _edit(call: Call[Identified, SearchBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        changed = view_of(await edit(unit, _ref(call), call.body.wanted))
    return Reply(_as_search(changed), result="Updated")


async def _delete(call: Call[Identified, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, _ref(call))
    return Reply(result="Deleted")


def _ref(call: Call[Identified, Any]) -> Ref:
    return ref_of(call.query.identifier_type, call.parts["id"])


def _as_search(search: SavedSearchView) -> SearchReply:
    return SearchReply(
        id=search.id,
        name=search.name,
        created_at=search.created_at,
        updated_at=search.updated_at,
        owner=EntityReply(id=search.owner_id) if search.owner_id else None,
        teams=tuple(EntityReply(id=each) for each in search.teams),
        description=search.description,
        query=search.query,
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=SEARCHES,
        summary="Save a search",
        handle=_create,
        query=Nothing,
        body=SearchBody,
        domain=Domain.ALERT,
        is_configuration=False,
        status=201,
        data=Created,
    ),
    Endpoint(
        method="GET",
        path=SEARCHES,
        summary="List saved searches",
        handle=_list,
        query=Nothing,
        body=Nothing,
        domain=Domain.ALERT,
        is_configuration=False,
        data=list[Created],
    ),
    Endpoint(
        method="GET",
        path=SEARCH,
        summary="Get a saved search",
        handle=_get,
        query=Identified,
        body=Nothing,
        domain=Domain.ALERT,
        is_configuration=False,
        data=SearchReply,
    ),
    Endpoint(
        method="PATCH",
        path=SEARCH,
        summary="Update a saved search",
        handle=_edit,
        query=Identified,
        body=SearchBody,
        domain=Domain.ALERT,
        is_configuration=False,
        data=SearchReply,
    ),
    Endpoint(
        method="DELETE",
        path=SEARCH,
        summary="Delete a saved search",
        handle=_delete,
        query=Identified,
        body=Nothing,
        domain=Domain.ALERT,
        is_configuration=False,
    ),
)
