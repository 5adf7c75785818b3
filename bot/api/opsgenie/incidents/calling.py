"""Call people and teams to an incident."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Reply
from bot.api.opsgenie.incidents.accepting import Action, accepted
from bot.api.opsgenie.incidents.identifying import ONE, ByIncident, incident_ref
from bot.api.opsgenie.wire import Sent
from bot.usecases.incidents.responders import add_responders
from bot.usecases.incidents.wanted import MOST_RESPONDERS, WantedResponder
from bot.usecases.references import Ref
from bot.vocabulary import Domain, ResponderKind


class ResponderBody(Sent):
    """Somebody to call: a user by id or user name, a team by id or name."""

    type: ResponderKind
    id: str | None = None
    name: str | None = None
    username: str | None = None

    @property
    def wanted(self) -> WantedResponder:
        """Who is meant."""
        return WantedResponder(self.type, Ref(id=self.id, name=self.username or self.name))


class RespondersBody(Sent):
    """Who is called besides. Clients call it `responder`, whether it is one or a list."""

    responders: Annotated[
        list[ResponderBody],
        AtMost(MOST_RESPONDERS),
        BeforeValidator(lambda value: [value] if isinstance(value, dict) else value),
    ] = Field(validation_alias=AliasChoices("responder", "responders"))
    note: str | None = None


async def _call(call: Call[ByIncident, RespondersBody]) -> Reply:
    wanted = [each.wanted for each in call.body.responders]
    note = call.body.note or ""
    return await accepted(
        call, Action.ADD_RESPONDER, lambda unit: add_responders(unit, incident_ref(call), wanted, note)
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=f"{ONE}/responders",
        summary="Add responders to an incident",
        handle=_call,
        query=ByIncident,
        body=RespondersBody,
        domain=Domain.INCIDENT,
        is_configuration=False,
        status=202,
    ),
)
