"""Create and delete incidents."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.incidents.accepting import Action, accepted
from bot.api.opsgenie.incidents.calling import ResponderBody
from bot.api.opsgenie.incidents.identifying import ALL, ONE, ByIncident, incident_ref
from bot.api.opsgenie.wire import Flag, Given, Sent
from bot.usecases.incidents.create import create
from bot.usecases.incidents.delete import delete
from bot.usecases.incidents.wanted import (
    MOST_RESPONDERS,
    MOST_SERVICES,
    MOST_TAGS,
    WantedIncident,
    WantedStatus,
)
from bot.vocabulary import Domain, Severity

MOST_DETAILS = 1_000


class StatusPageBody(Sent):
    """What a status page is to say. Clients have three names for the text below the title."""

    title: str
    detail: str | None = None
    details: str | None = None
    description: str | None = None

    @property
    def wanted(self) -> WantedStatus:
        """What is said."""
        return WantedStatus(self.title, self.detail or self.details or self.description or "")


class IncidentBody(Sent):
    """A new incident. `serviceId` and `impactedServices` are ids of services that it strikes.

    There is nobody whom `notifyStakeholders` could notify.
    """

    MAY_BE_EMPTY = frozenset({"message"})

    message: str
    description: str | None = None
    responders: Annotated[list[ResponderBody], AtMost(MOST_RESPONDERS)] | None = None
    tags: Annotated[list[str], AtMost(MOST_TAGS)] | None = None
    details: Annotated[dict[str, str], AtMost(MOST_DETAILS)] | None = None
    priority: Severity | None = None
    note: str | None = None
    service_id: Given = None
    impacted_services: Annotated[list[str], AtMost(MOST_SERVICES)] | None = None
    status_page_entry: Annotated[StatusPageBody | None, BeforeValidator(lambda value: value or None)] = None
    notify_stakeholders: Flag | None = None

    @property
    def wanted(self) -> WantedIncident:
        """What is said of the incident."""
        return WantedIncident(
            message=self.message,
            description=self.description or "",
            priority=self.priority or Severity.P3,
            service_id=self.service_id,
            impacted_services=self.impacted_services or (),
            responders=[each.wanted for each in self.responders or ()],
            tags=self.tags or (),
            details=self.details or {},
            note=self.note or "",
            status_page=self.status_page_entry.wanted if self.status_page_entry else None,
        )


async def _create(call: Call[Nothing, IncidentBody]) -> Reply:
    return await accepted(call, Action.CREATE, lambda unit: create(unit, call.body.wanted))


async def _delete(call: Call[ByIncident, Nothing]) -> Reply:
    return await accepted(call, Action.DELETE, lambda unit: delete(unit, incident_ref(call)))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    *(
        Endpoint(
            method="POST",
            path=path,
            summary="Create an incident",
            handle=_create,
            query=Nothing,
            body=IncidentBody,
            domain=Domain.INCIDENT,
            is_configuration=False,
            status=202,
        )
        for path in (f"{ALL}/create", ALL)
    ),
    Endpoint(
        method="DELETE",
        path=ONE,
        summary="Delete an incident of which no postmortem tells",
        handle=_delete,
        query=ByIncident,
        body=Nothing,
        domain=Domain.INCIDENT,
        is_configuration=False,
        status=202,
    ),
)
