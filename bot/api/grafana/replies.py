"""What Grafana OnCall's clients are answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, PlainSerializer, WithJsonSchema

from bot.api.grafana.ids import MESSAGE, USER, short_id
from bot.api.markdown import written
from bot.engines.mrkdwn import as_typed
from bot.queries.whole_postmortems import EntryFacts, WholePostmortem
from bot.vocabulary import Origin

Moment = Annotated[
    datetime,
    PlainSerializer(lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z", return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant in UTC, with six digits of a second."""


class MessageReply(BaseModel):
    """An entry of a timeline."""

    id: str
    alert_group_id: str
    author: str
    source: Origin
    created_at: Moment
    text: str


class PostmortemReply(BaseModel):
    """A postmortem that was made or changed."""

    id: str
    alert_group_id: str
    created_at: Moment
    text: str


class WholePostmortemReply(PostmortemReply):
    """A postmortem with its timeline."""

    postmortem_messages: tuple[MessageReply, ...]


class PostmortemPage(BaseModel):
    """A page of a list; `next` and `previous` are the addresses of those around it."""

    count: int
    next: str | None
    previous: str | None
    results: tuple[WholePostmortemReply, ...]


async def as_postmortem(found: WholePostmortem) -> PostmortemReply:
    """The postmortem, without its timeline."""
    return PostmortemReply(
        id=found.short_id,
        alert_group_id=_group(found),
        created_at=found.created_at,
        text=await written(found.content),
    )


async def as_whole_postmortem(found: WholePostmortem) -> WholePostmortemReply:
    """The postmortem, with its timeline."""
    return WholePostmortemReply(
        **dict(await as_postmortem(found)),
        postmortem_messages=tuple(_as_message(each, found) for each in found.entries),
    )


def _group(found: WholePostmortem) -> str:
    """The incident in the words of the program that made the postmortem; of another the incident's id."""
    return found.alert_group_id or found.incident.id


def _as_message(entry: EntryFacts, found: WholePostmortem) -> MessageReply:
    names = {slack_id: person.name for slack_id, person in entry.mentioned.items()}
    return MessageReply(
        id=short_id(MESSAGE, entry.id),
        alert_group_id=_group(found),
        author=short_id(USER, entry.author.id if entry.author else entry.author_name),
        source=entry.origin,
        created_at=entry.at,
        text=as_typed(entry.text, names) or ", ".join(entry.file_names),
    )
