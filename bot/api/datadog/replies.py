"""What Datadog's clients are answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, PlainSerializer, WithJsonSchema

from bot.queries.people import Person
from bot.queries.whole_postmortems import WholePostmortem

Moment = Annotated[
    datetime,
    PlainSerializer(lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}000Z", return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant in UTC, with nine digits of a second."""


class Related(BaseModel):
    """Something that the attachment has to do with, by its kind and id."""

    id: str
    type: Literal["incidents", "users"]


class Relationship(BaseModel):
    """One thing that the attachment has to do with."""

    data: Related


class Relationships(BaseModel):
    """The incident it is attached to, and who changed it last."""

    incident: Relationship
    last_modified_by_user: Relationship


class Document(BaseModel):
    """The postmortem's page and title."""

    document_url: Annotated[str, Field(serialization_alias="documentUrl")]
    title: str


class AttachmentAttributes(BaseModel):
    """What the attachment is."""

    attachment: Document
    attachment_type: Literal["postmortem"] = "postmortem"
    modified: Moment


class AttachmentData(BaseModel):
    """The attachment, under the postmortem's id."""

    attributes: AttachmentAttributes
    id: str
    relationships: Relationships
    type: Literal["incident_attachments"] = "incident_attachments"


class UserAttributes(BaseModel):
    """Somebody. What is not known of them is an empty text."""

    email: str
    handle: str
    icon: str = ""
    name: str
    uuid: str


class UserData(BaseModel):
    """Somebody, by their id here."""

    attributes: UserAttributes
    id: str
    type: Literal["users"] = "users"


class AttachmentReply(BaseModel):
    """An attachment that was made, and the user in it."""

    data: AttachmentData
    included: tuple[UserData, ...]


def as_attachment(made: WholePostmortem, *, by: Person, page: str) -> AttachmentReply:
    """The attachment that a postmortem is. `by` wrote it, `page` is where people read it."""
    return AttachmentReply(
        data=AttachmentData(
            attributes=AttachmentAttributes(
                attachment=Document(document_url=page, title=made.title), modified=made.text_changed_at
            ),
            id=made.id,
            relationships=Relationships(
                incident=Relationship(data=Related(id=made.incident.id, type="incidents")),
                last_modified_by_user=Relationship(data=Related(id=by.id, type="users")),
            ),
        ),
        included=(_as_user(by),),
    )


def _as_user(person: Person) -> UserData:
    email = person.email or ""
    attributes = UserAttributes(email=email, handle=email or person.name, name=person.name, uuid=person.id)
    return UserData(attributes=attributes, id=person.id)
