"""Postmortems by Grafana OnCall's requests: the same that people write in Slack, their text as Markdown."""

from __future__ import annotations

from typing import Any

from bot.api import markdown
from bot.api.addresses import address
from bot.api.endpoints import Call, Domain, Endpoint, Nothing, Reply
from bot.api.grafana.bodies import NEEDED, NewPostmortem, TextBody
from bot.api.grafana.paging import Listing, around
from bot.api.grafana.replies import (
    PostmortemPage,
    PostmortemReply,
    WholePostmortemReply,
    as_postmortem,
    as_whole_postmortem,
)
from bot.errors import BadFields, NotFound
from bot.queries import alert_groups, whole_postmortems
from bot.queries.alert_groups import Meant
from bot.queries.reading import Reading
from bot.queries.whole_postmortems import WholePage
from bot.usecases.incidents.of_alert import incident_of_alert
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.delete import delete
from bot.usecases.postmortems.write_content import write_content
from bot.usecases.reach import require_reach

PATH = "/api/v1/postmortems/"
NOT_FOUND = "Not found. There is no postmortem with this id."


async def _create(call: Call[Nothing, NewPostmortem]) -> Reply:
    group = await _alert_group(call)
    text = await markdown.read([call.body.text], field="text")
    async with call.desk.units.begin(call.key) as unit:
        incident_id = (await incident_of_alert(unit, group.id)).id if group.is_alert else group.id
        wanted = CreatePostmortem(incident_id=incident_id, another=True, alert_group_id=call.body.group, content=text)
        made = await whole_postmortems.by_number(unit.reading, await create(unit, wanted))
    assert made is not None  # noqa: S101  it was made in this very transaction
    return Reply(await as_postmortem(made), status=201)


async def _alert_group(call: Call[Nothing, NewPostmortem]) -> Meant:
    """The incident or the alert that the body means. For a key of a team there is none of other teams.

    Raises:
        BadFields: there is none, or something else is wrong with the body: all of it together.
    """
    group, faults = call.body.group, call.body.faults
    async with call.desk.reader() as reading:
        found = await alert_groups.meant_by(reading, group) if group else None
    if found is None or not call.key.reaches(found.team_id):
        unknown = f"There is no alert group {group[:100]!r}." if group else NEEDED
        raise BadFields({"alert_group_id": unknown, **faults})
    if faults:
        raise BadFields(faults)
    return found


async def _get(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await whole_postmortems.named(reading, call.parts["id"])
    if found is None:
        raise NotFound(NOT_FOUND)
    require_reach(call.key, found.team_id)
    return Reply(await as_whole_postmortem(found))


async def _list(call: Call[Listing, Nothing]) -> Reply:
    asked = call.query
    async with call.desk.reader() as reading:
        page = await _page(reading, call)
    following, preceding = around(asked, address(call.base, PATH), total=page.total)
    results = tuple([await as_whole_postmortem(each) for each in page.items])
    return Reply(PostmortemPage(count=page.total, next=following, previous=preceding, results=results))


async def _page(reading: Reading, call: Call[Listing, Nothing]) -> WholePage:
    """The page that is asked for; an alert group that nobody knows has no postmortems."""
    asked, incident_id = call.query, None
    offset = asked.offset
    if asked.alert_group_id:
        incident = await alert_groups.incident_of(reading, asked.alert_group_id)
        if incident is None:
            return WholePage((), 0)
        incident_id = incident.id
    return await whole_postmortems.page(
        reading, incident_id=incident_id, team_id=call.key.team_id, limit=asked.size, offset=offset
    )


async def _update(call: Call[Nothing, TextBody]) -> Reply:
    if faults := call.body.faults:
        raise BadFields(faults)
    text = await markdown.read([call.body.text], field="text")
    number = await _number(call)
    async with call.desk.units.begin(call.key) as unit:
        await write_content(unit, number, text)
        changed = await whole_postmortems.by_number(unit.reading, number)
    assert changed is not None  # noqa: S101  it was changed in this very transaction
    return Reply(await as_postmortem(changed))


async def _delete(call: Call[Nothing, Nothing]) -> Reply:
    number = await _number(call)
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, number)
    return Reply(status=204)


async def _number(call: Call[Any, Any]) -> int:
    """The number of the postmortem that the path names, found before its row is locked.

    Raises:
        NotFound: there is none with that id.
    """
    async with call.desk.reader() as reading:
        number = await whole_postmortems.number_of(reading, call.parts["id"])
    if number is None:
        raise NotFound(NOT_FOUND)
    return number


def _endpoint(method: str, path: str, summary: str, handle: Any, **more: Any) -> Endpoint[Any, Any]:
    usual: dict[str, Any] = {"query": Nothing, "body": Nothing}
    return Endpoint(
        method=method,
        path=path,
        summary=summary,
        handle=handle,
        domain=Domain.INCIDENT,
        is_configuration=False,
        **{**usual, **more},
    )


ONE = f"{PATH}{{id}}/"
ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    _endpoint("POST", PATH, "Create a postmortem", _create, body=NewPostmortem, status=201, data=PostmortemReply),
    _endpoint("GET", PATH, "List postmortems", _list, query=Listing, data=PostmortemPage),
    _endpoint("GET", ONE, "Get a postmortem", _get, data=WholePostmortemReply),
    _endpoint("PUT", ONE, "Update a postmortem", _update, body=TextBody, data=PostmortemReply),
    _endpoint("PATCH", ONE, "Update a postmortem, as PUT does", _update, body=TextBody, data=PostmortemReply),
    _endpoint("DELETE", ONE, "Delete a postmortem", _delete, status=204),
)
