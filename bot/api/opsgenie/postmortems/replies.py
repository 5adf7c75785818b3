"""A postmortem as replies tell it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from bot.api.opsgenie.wire import Instant, Wire
from bot.engines.documents.document import Adf
from bot.queries.whole_postmortems import IncidentFacts, WholePostmortem
from bot.vocabulary import IncidentStatus, PostmortemStatus, Severity


class Mention(Wire):
    """Something that a postmortem names. `metadataId` is that of the naming: other in every postmortem, and stable."""

    metadata_id: str
    id: str


class NamedMention(Mention):
    """A person, a team or a service."""

    name: str


class ResponderMention(NamedMention):
    """A person who worked on the incident."""

    role: str


class IncidentMention(Mention):
    """An incident, the one it stands on or another."""

    priority: Severity
    tiny_id: str
    message: str
    status: IncidentStatus
    creation_time: Instant
    tags: tuple[str, ...]


class PostmortemReply(Wire):
    """A postmortem. What is not known yet is null, and a text that nobody has written an empty document."""

    executive_summary: Adf
    content: Adf
    postmortem_id: str
    title: str
    severity: Severity
    status: PostmortemStatus
    start_time: Instant
    end_time: Instant | None
    respond_time: Instant | None
    resolve_time: Instant | None
    created_at_time: Instant
    root_incident: IncidentMention
    owner: NamedMention
    timeline: Mention
    jira_issues: tuple[str, ...]
    related_incidents: tuple[IncidentMention, ...]
    affected_services: tuple[NamedMention, ...]
    icc_sessions: tuple[str, ...] = ()
    responder_teams: tuple[NamedMention, ...]
    responders: tuple[ResponderMention, ...]


class PostmortemMade(Wire):
    """What is answered of a new postmortem."""

    postmortem_id: str


class PostmortemMessage(Wire):
    """What became of a postmortem, in words."""

    message: str


def as_reply(whole: WholePostmortem) -> dict[str, Any]:
    """The postmortem on the wire, its nulls included: clients read every field."""
    naming = _Naming(whole.id)
    reply = PostmortemReply(
        executive_summary=whole.summary,
        content=whole.content,
        postmortem_id=whole.id,
        title=whole.title,
        severity=whole.severity,
        status=whole.status,
        start_time=whole.started_at,
        end_time=whole.ended_at,
        respond_time=whole.course.responded_at,
        resolve_time=whole.course.resolved_at,
        created_at_time=whole.created_at,
        root_incident=naming.incident("root", whole.incident),
        owner=naming.thing("owner", whole.owner.id, whole.owner.name),
        timeline=Mention(metadata_id=naming.of("timeline", whole.id), id=f"p_{whole.id}"),
        jira_issues=whole.jira_issues,
        related_incidents=tuple(naming.incident("related", each) for each in whole.related),
        affected_services=tuple(naming.thing("service", each.id, each.name) for each in whole.services),
        responder_teams=tuple(naming.thing("team", each.id, each.name) for each in whole.teams),
        responders=tuple(
            ResponderMention(
                metadata_id=naming.of("responder", each.person.id),
                id=each.person.id,
                name=each.person.name,
                role=each.role,
            )
            for each in whole.responders
        ),
    )
    return reply.model_dump(mode="json", by_alias=True)


class _Naming:
    """The metadata ids of one postmortem: made of what is named and what for, so that they need not be stored."""

    def __init__(self, postmortem_id: str) -> None:
        self._space = UUID(postmortem_id)

    def of(self, what_for: str, id_: str) -> str:
        """That of one naming."""
        return str(uuid5(self._space, f"{what_for}:{id_}"))

    def thing(self, what_for: str, id_: str, name: str) -> NamedMention:
        """Something with a name."""
        return NamedMention(metadata_id=self.of(what_for, id_), id=id_, name=name)

    def incident(self, what_for: str, incident: IncidentFacts) -> IncidentMention:
        """An incident."""
        return IncidentMention(
            metadata_id=self.of(what_for, incident.id),
            id=incident.id,
            priority=incident.priority,
            tiny_id=str(incident.number),
            message=incident.message,
            status=incident.status,
            creation_time=incident.created_at,
            tags=incident.tags,
        )
