"""Bring alerts to others: to a responder more, to an owner, to whom an escalation tells next."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Reply
from bot.api.opsgenie.alerts.accepting import Action, accepted
from bot.api.opsgenie.alerts.bodies import ResponderBody, SaidBody
from bot.api.opsgenie.alerts.endpoint import changing
from bot.api.opsgenie.alerts.identifying import ByAlert, alert_ref
from bot.api.opsgenie.references import UserReference
from bot.api.opsgenie.wire import Reference
from bot.usecases.alerts.add_responder import add_responder
from bot.usecases.alerts.assign import assign
from bot.usecases.alerts.escalate import escalate
from bot.usecases.alerts.wanted import WantedResponder
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind


class CallBody(SaidBody):
    """Whom it is brought to besides."""

    responder: ResponderBody


class TeamBody(SaidBody):
    """The team it is brought to besides."""

    team: Reference


class OwnerBody(SaidBody):
    """Whose it is from now on."""

    owner: UserReference


class EscalationBody(SaidBody):
    """The escalation that takes its next step."""

    escalation: Reference


async def _call(call: Call[ByAlert, CallBody]) -> Reply:
    wanted = call.body.responder.wanted
    return await accepted(
        call, Action.ADD_RESPONDER, lambda unit: add_responder(unit, alert_ref(call), wanted, **call.body.said)
    )


async def _call_team(call: Call[ByAlert, TeamBody]) -> Reply:
    wanted = WantedResponder(AlertResponderKind.TEAM, _ref(call.body.team))
    return await accepted(
        call,
        Action.ADD_TEAM,
        lambda unit: add_responder(unit, alert_ref(call), wanted, field="team", **call.body.said),
    )


async def _assign(call: Call[ByAlert, OwnerBody]) -> Reply:
    owner = call.body.owner.ref
    return await accepted(call, Action.ASSIGN, lambda unit: assign(unit, alert_ref(call), owner, **call.body.said))


async def _escalate(call: Call[ByAlert, EscalationBody]) -> Reply:
    escalation = _ref(call.body.escalation)
    return await accepted(
        call, Action.ESCALATE, lambda unit: escalate(unit, alert_ref(call), escalation, **call.body.said)
    )


def _ref(reference: Reference) -> Ref:
    return Ref(id=reference.id, name=reference.name)


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    changing("POST", "responders", "Add a responder to an alert", _call, body=CallBody),
    changing("POST", "teams", "Add a team to an alert", _call_team, body=TeamBody, names={"team": "team"}),
    changing("POST", "assign", "Give an alert to somebody", _assign, body=OwnerBody),
    changing("POST", "escalate", "Have an escalation of an alert take its next step", _escalate, body=EscalationBody),
)
