"""Templates of incidents: there are none, which clients are told in their own form."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.wire import Wire
from bot.errors import NotFound
from bot.vocabulary import Domain

PATH = "/v1/incident-templates"


class TemplateReply(Wire):
    """A template."""

    id: str


class TemplatesReply(Wire):
    """All templates."""

    incident_templates: tuple[TemplateReply, ...] = ()


async def _list(call: Call[Nothing, Nothing]) -> Reply:  # noqa: ARG001  whoever asks, there is none
    return Reply(TemplatesReply())


async def _missing(call: Call[Nothing, Nothing]) -> Reply:
    raise NotFound(f"No incident template exists with id [{call.parts['id']}].")


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path=PATH,
        summary="List templates of incidents: there are none",
        handle=_list,
        query=Nothing,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        data=TemplatesReply,
    ),
    *(
        Endpoint(
            method=method,
            path=f"{PATH}/{{id}}",
            summary=f"{verb} a template of incidents: there are none",
            handle=_missing,
            query=Nothing,
            body=Nothing,
            domain=Domain.INCIDENT,
            is_configuration=False,
            data=data,
        )
        for method, verb, data in (("GET", "Get", TemplateReply), ("PUT", "Update", None), ("DELETE", "Delete", None))
    ),
)
