"""Create and delete alerts."""

from __future__ import annotations

from typing import Annotated, Any

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.alerts.accepting import Action, accepted
from bot.api.opsgenie.alerts.bodies import Details, ResponderBody, SaidQuery, Words, cut_source
from bot.api.opsgenie.alerts.endpoint import changing
from bot.api.opsgenie.alerts.identifying import ALL, alert_ref
from bot.api.opsgenie.wire import Sent
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.delete import delete
from bot.usecases.alerts.wanted import MOST_RESPONDERS, WantedAlert
from bot.usecases.unit import Unit
from bot.vocabulary import Domain, ResponderKind, Severity

COUNTED = "Increased the count of the open alert"


class WatcherBody(Sent):
    """A user or a team that may see it."""

    type: ResponderKind
    id: str | None = None
    name: str | None = None
    username: str | None = None


class AlertBody(Sent):
    """A new alert, or one more occurrence of the open one of its alias. Where it came from is its sender's address."""

    MAY_BE_EMPTY = frozenset({"message"})

    message: str
    alias: str | None = None
    description: str | None = None
    responders: Annotated[list[ResponderBody], AtMost(MOST_RESPONDERS)] | None = None
    visible_to: Annotated[list[WatcherBody], AtMost(MOST_RESPONDERS)] | None = None
    actions: Words | None = None
    tags: Words | None = None
    details: Details | None = None
    entity: str | None = None
    source: str | None = None
    priority: Severity | None = None
    user: str | None = None
    note: str | None = None

    def wanted(self, address: str) -> WantedAlert:
        """What is said of the alert, by a program at that address."""
        watchers = (each.model_dump(mode="json", exclude_none=True) for each in self.visible_to or ())
        return WantedAlert(
            message=self.message,
            alias=self.alias or "",
            description=self.description or "",
            responders=[each.wanted for each in self.responders or ()],
            visible_to=list(watchers),
            actions=self.actions or (),
            tags=self.tags or (),
            details=self.details or {},
            entity=self.entity or "",
            source=cut_source(self.source or address),
            priority=self.priority or Severity.P3,
            user=self.user or "",
            note=self.note or "",
        )


async def _create(call: Call[Nothing, AlertBody]) -> Reply:
    async def do(unit: Unit) -> Any:
        rulebook = await call.desk.rulebooks.current(unit.reading)
        raised = await raise_alert(unit, call.body.wanted(call.remote), rulebook)
        unit.outcome = "" if raised.is_new else COUNTED
        return raised.alert

    return await accepted(call, Action.CREATE, do)


async def _delete(call: Call[SaidQuery, Nothing]) -> Reply:
    return await accepted(call, Action.DELETE, lambda unit: delete(unit, alert_ref(call), **call.query.said))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=ALL,
        summary="Create an alert, or count one more of the open one of its alias",
        handle=_create,
        query=Nothing,
        body=AlertBody,
        domain=Domain.ALERT,
        is_configuration=False,
        status=202,
    ),
    changing("DELETE", "", "Delete an alert", _delete, query=SaidQuery),
)
