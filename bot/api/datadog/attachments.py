"""A postmortem attached to an incident, by Datadog's request: each makes a new one."""

from __future__ import annotations

from typing import Any

import structlog

from bot.api import markdown
from bot.api.datadog.bodies import AttachmentBody
from bot.api.datadog.replies import AttachmentReply, as_attachment
from bot.api.endpoints import Call, Domain, Endpoint, Nothing, Reply
from bot.engines.documents.document import Adf
from bot.engines.templates import key_of
from bot.errors import NotFound
from bot.queries import alert_groups, pages, people, templates, whole_postmortems
from bot.queries.alert_groups import Meant
from bot.usecases.authors import author_id
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.templates.choose import wrong_template
from bot.usecases.unit import Unit
from bot.vocabulary import Right

log = structlog.get_logger(__name__)
PATH = "/api/v2/incidents/{incident_id}/attachments/postmortems"


async def _attach(call: Call[Nothing, AttachmentBody]) -> Reply:
    sent = call.body.data.attributes
    incident = await _incident(call)
    content = await _document(sent.texts)
    async with call.desk.units.begin(call.key) as unit:
        wanted = CreatePostmortem(
            incident_id=incident.id,
            another=True,
            title=sent.title or None,
            content=content,
            template=await _template(unit, sent.postmortem_template_id),
        )
        made = await whole_postmortems.by_number(unit.reading, await create(unit, wanted))
        writer = await author_id(unit)
        by = (await people.by_ids(unit.reading, [writer]))[writer]
    assert made is not None  # noqa: S101  it was made in this very transaction
    here = call.desk.settings.model_copy(update={"public_url": str(call.base)})
    opening = pages.postmortem_address(here, made.id, made.number)
    page = opening if Right.READ in call.key.rights else pages.locked_address(here, made.number)
    return Reply(as_attachment(made, by=by, page=page), status=201)


async def _incident(call: Call[Nothing, AttachmentBody]) -> Meant:
    """The incident that the path names. For a key of a team there is none of other teams.

    Raises:
        NotFound: there is none.
    """
    async with call.desk.reader() as reading:
        incident = await alert_groups.incident_of(reading, call.parts["incident_id"])
    if incident is None or not call.key.reaches(incident.team_id):
        raise NotFound("There is no such incident.")
    return incident


async def _document(texts: tuple[str, ...]) -> Adf | None:
    """The document of these pieces, each read by itself, one below the other; None where nothing is said."""
    return await markdown.read(texts, field="data.attributes.content") if texts else None


async def _template(unit: Unit, named: str | None) -> str | None:
    """The key of the template with that id or name; None for another product's, which is told in the log."""
    if not named:
        return None
    found = await templates.by_id(unit.reading, named)
    key = found.key if found else key_of(named)
    if await wrong_template(unit, key) is None:
        return key
    log.info("the template of a postmortem is not known here", template=named[:100])
    return None


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=PATH,
        summary="Attach a postmortem to an incident",
        handle=_attach,
        query=Nothing,
        body=AttachmentBody,
        domain=Domain.INCIDENT,
        is_configuration=False,
        status=201,
        data=AttachmentReply,
    ),
)
