"""What may be sent to update a postmortem: all of it but its text, or one field."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Annotated, Literal

from pydantic import Field

from bot.api.bounds import AtMost
from bot.api.opsgenie.wire import Given, Reference, Sent
from bot.usecases.postmortems.wanted import WantedPostmortem, WantedResponder
from bot.usecases.references import Ref
from bot.vocabulary import PostmortemStatus, Severity

MOST_NAMED = 500
"""In one list."""


class ResponderReference(Reference):
    """A person by id, and what they were to the incident: any words."""

    role: str = ""


Urls = Annotated[tuple[str, ...], AtMost(MOST_NAMED)]
IncidentIds = Annotated[tuple[str, ...], AtMost(MOST_NAMED)]
Things = Annotated[tuple[Reference, ...], AtMost(MOST_NAMED)]
Responders = Annotated[tuple[ResponderReference, ...], AtMost(MOST_NAMED)]
AdfString = Annotated[str, Field(description="An ADF document as a JSON string.")]


class Change(Sent):
    """Who makes it; nobody need be named."""

    actor_user_id: Given = None


class FactsChange(Change, ABC):
    """Of anything but the text."""

    @property
    @abstractmethod
    def wanted(self) -> WantedPostmortem:
        """What is to be other from now on."""


class WholeChange(FactsChange):
    """Everything but the text."""

    MAY_BE_EMPTY = frozenset({"title"})

    actor_user_id: str
    title: str
    severity: Severity
    status: PostmortemStatus
    owner_id: str
    jira_issues: Urls
    related_incident_ids: IncidentIds
    affected_services: Things
    responder_teams: Things
    responder_users: Responders

    @property
    def wanted(self) -> WantedPostmortem:
        """All of it."""
        return WantedPostmortem(
            title=self.title,
            severity=self.severity,
            status=self.status,
            owner=Ref(self.owner_id),
            jira_issues=self.jira_issues,
            related_incidents=_ids(self.related_incident_ids),
            services=_refs(self.affected_services),
            teams=_refs(self.responder_teams),
            responders=_responders(self.responder_users),
        )


class StatusChange(FactsChange):
    """Its status, from any to any."""

    actor_user_id: str
    status: PostmortemStatus

    @property
    def wanted(self) -> WantedPostmortem:
        """The status."""
        return WantedPostmortem(status=self.status)


class OwnerChange(FactsChange):
    """Its owner."""

    owner_id: str

    @property
    def wanted(self) -> WantedPostmortem:
        """The owner."""
        return WantedPostmortem(owner=Ref(self.owner_id))


class SeverityChange(FactsChange):
    """Its severity."""

    severity: Severity

    @property
    def wanted(self) -> WantedPostmortem:
        """The severity."""
        return WantedPostmortem(severity=self.severity)


class TitleChange(FactsChange):
    """Its title."""

    MAY_BE_EMPTY = frozenset({"title"})

    title: str

    @property
    def wanted(self) -> WantedPostmortem:
        """The title."""
        return WantedPostmortem(title=self.title)


class JiraIssuesChange(FactsChange):
    """The addresses of its issues."""

    jira_issues: Urls

    @property
    def wanted(self) -> WantedPostmortem:
        """The addresses."""
        return WantedPostmortem(jira_issues=self.jira_issues)


class RelatedIncidentsChange(FactsChange):
    """Other incidents that have to do with it."""

    related_incident_ids: IncidentIds

    @property
    def wanted(self) -> WantedPostmortem:
        """The incidents."""
        return WantedPostmortem(related_incidents=_ids(self.related_incident_ids))


class AffectedServicesChange(FactsChange):
    """The services that its incident struck."""

    affected_services: Things

    @property
    def wanted(self) -> WantedPostmortem:
        """The services."""
        return WantedPostmortem(services=_refs(self.affected_services))


class ResponderTeamsChange(FactsChange):
    """The teams that worked on its incident."""

    responder_teams: Things

    @property
    def wanted(self) -> WantedPostmortem:
        """The teams."""
        return WantedPostmortem(teams=_refs(self.responder_teams))


class ResponderUsersChange(FactsChange):
    """The people who worked on its incident."""

    responder_users: Responders

    @property
    def wanted(self) -> WantedPostmortem:
        """The people."""
        return WantedPostmortem(responders=_responders(self.responder_users))


class ContentChange(Change):
    """Its text, all but the executive summary."""

    MAY_BE_EMPTY = frozenset({"content"})

    type: Literal["adf"]
    content: AdfString


class SummaryChange(Change):
    """Its executive summary."""

    MAY_BE_EMPTY = frozenset({"executiveSummary"})

    type: Literal["adf"]
    executive_summary: AdfString


def _ids(ids: tuple[str, ...]) -> tuple[Ref, ...]:
    return tuple(Ref(id=each) for each in ids)


def _refs(references: tuple[Reference, ...]) -> tuple[Ref, ...]:
    return tuple(Ref(each.id, each.name) for each in references)


def _responders(references: tuple[ResponderReference, ...]) -> tuple[WantedResponder, ...]:
    return tuple(WantedResponder(Ref(each.id, each.name), each.role) for each in references)
