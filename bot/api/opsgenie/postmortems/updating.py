"""Update a postmortem: all of it but its text, or one field of it. PATCH does the same as PUT."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, TypeVar

from bot.api.bodies import LARGEST
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.markdown import turn
from bot.api.opsgenie.postmortems.acting import acting, number_of
from bot.api.opsgenie.postmortems.replies import PostmortemMessage
from bot.api.opsgenie.postmortems.requests import (
    AffectedServicesChange,
    Change,
    ContentChange,
    FactsChange,
    JiraIssuesChange,
    OwnerChange,
    RelatedIncidentsChange,
    ResponderTeamsChange,
    ResponderUsersChange,
    SeverityChange,
    StatusChange,
    SummaryChange,
    TitleChange,
    WholeChange,
)
from bot.engines.documents.document import Adf, empty_document
from bot.engines.documents.reading import read_adf
from bot.errors import BadFields
from bot.usecases.postmortems.edit import edit
from bot.usecases.postmortems.write_content import write_content
from bot.usecases.postmortems.write_summary import write_summary
from bot.vocabulary import Domain

Body = TypeVar("Body", bound=Change)
_PATH = "/v2/postmortem/{id}"
LARGEST_TEXT = 8 * 1024 * 1024
"""Of a body that holds a document, in bytes: above what `read_adf` lets pass, so that it can name the field."""


async def _edit(call: Call[Nothing, FactsChange]) -> Reply:
    number = await number_of(call)
    async with acting(call, call.body.actor_user_id) as unit:
        await edit(unit, number, call.body.wanted)
    return _updated(call)


async def _write_content(call: Call[Nothing, ContentChange]) -> Reply:
    number = await number_of(call)
    content, wrong = await _document(call.body.content, field="content")
    async with acting(call, call.body.actor_user_id, wrong) as unit:
        await write_content(unit, number, content)
    return _updated(call)


async def _write_summary(call: Call[Nothing, SummaryChange]) -> Reply:
    number = await number_of(call)
    summary, wrong = await _document(call.body.executive_summary, field="executiveSummary")
    async with acting(call, call.body.actor_user_id, wrong) as unit:
        await write_summary(unit, number, summary)
    return _updated(call)


async def _document(text: str, *, field: str) -> tuple[Adf, Mapping[str, str]]:
    """A document, and what is wrong with it. Read before a transaction is opened, so that none waits for it."""
    try:
        async with turn():
            return await to_thread(read_adf, text, field=field), {}
    except BadFields as error:
        return empty_document(), error.fields


def _updated(call: Call[Any, Any]) -> Reply:
    return Reply(PostmortemMessage(message=f"Postmortem with id {call.parts['id']} updated"))


def _updates(
    below: str,
    what: str,
    body: type[Body],
    handle: Callable[[Call[Nothing, Body]], Awaitable[Reply]],
    largest: int = LARGEST,
) -> Iterator[Endpoint[Nothing, Body]]:
    for method in ("PUT", "PATCH"):
        yield Endpoint(
            method=method,
            path=f"{_PATH}{below}",
            summary=f"Update {what} of a postmortem",
            handle=handle,
            query=Nothing,
            body=body,
            domain=Domain.INCIDENT,
            is_configuration=False,
            data=PostmortemMessage,
            largest=largest,
        )


_FACTS: tuple[tuple[str, str, type[FactsChange]], ...] = (
    ("", "everything but the text", WholeChange),
    ("/status", "the status", StatusChange),
    ("/owner", "the owner", OwnerChange),
    ("/severity", "the severity", SeverityChange),
    ("/title", "the title", TitleChange),
    ("/jira-issues", "the Jira issues", JiraIssuesChange),
    ("/related-incidents", "the related incidents", RelatedIncidentsChange),
    ("/affected-services", "the affected services", AffectedServicesChange),
    ("/responder-teams", "the responder teams", ResponderTeamsChange),
    ("/responder-users", "the responder users", ResponderUsersChange),
)

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *(endpoint for below, what, body in _FACTS for endpoint in _updates(below, what, body, _edit)),
    *_updates("/content", "the text", ContentChange, _write_content, LARGEST_TEXT),
    *_updates("/executive-summary", "the executive summary", SummaryChange, _write_summary, LARGEST_TEXT),
)
