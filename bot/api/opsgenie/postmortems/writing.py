"""Create and delete postmortems."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.postmortems.acting import acting, number_of
from bot.api.opsgenie.postmortems.replies import PostmortemMade, PostmortemMessage
from bot.api.opsgenie.wire import Flag, Given, Sent
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.delete import delete
from bot.usecases.postmortems.held import hold
from bot.vocabulary import Domain, Verb


class NewPostmortem(Sent):
    """Of which incident, and who makes it; they own it where nobody else is named."""

    incident_id: str
    actor_user_id: str
    owner_id: Given = None


class Deletion(Sent):
    """Who deletes it. Timelines are not exported anywhere, and so there is nothing to delete of these."""

    actor_user_id: str
    delete_export_incident_timelines: Flag = False


async def _create(call: Call[Nothing, NewPostmortem]) -> Reply:
    body = call.body
    wanted = CreatePostmortem(incident_id=body.incident_id, owner_id=body.owner_id, another=True)
    async with acting(call, body.actor_user_id) as unit:
        held = await hold(unit, await create(unit, wanted), Verb.EDIT_SECTION)
    made = PostmortemMade(postmortem_id=held.row.id)
    return Reply(made, status=201, more={"postmortemId": held.row.id})


async def _delete(call: Call[Nothing, Deletion]) -> Reply:
    number = await number_of(call)
    async with acting(call, call.body.actor_user_id) as unit:
        held = await delete(unit, number)
    return Reply(PostmortemMessage(message=f"Postmortem with id {held.row.id} deleted"))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path="/v2/postmortem",
        summary="Create a postmortem of an incident",
        handle=_create,
        query=Nothing,
        body=NewPostmortem,
        domain=Domain.INCIDENT,
        is_configuration=False,
        status=201,
        data=PostmortemMade,
    ),
    Endpoint(
        method="DELETE",
        path="/v2/postmortem/{id}",
        summary="Delete a postmortem",
        handle=_delete,
        query=Nothing,
        body=Deletion,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=PostmortemMessage,
    ),
)
