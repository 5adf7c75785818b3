"""Acknowledge, unacknowledge, close and snooze alerts, and execute their own actions."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Reply
from bot.api.opsgenie.alerts.accepting import Action, accepted
from bot.api.opsgenie.alerts.bodies import SaidBody
from bot.api.opsgenie.alerts.endpoint import changing
from bot.api.opsgenie.alerts.identifying import ByAlert, alert_ref
from bot.api.opsgenie.wire import Instant
from bot.usecases.alerts.acknowledge import acknowledge
from bot.usecases.alerts.act import act
from bot.usecases.alerts.close import close
from bot.usecases.alerts.snooze import snooze
from bot.usecases.alerts.unacknowledge import unacknowledge


class SnoozeBody(SaidBody):
    """Until when."""

    end_time: Instant


async def _acknowledge(call: Call[ByAlert, SaidBody]) -> Reply:
    return await accepted(call, Action.ACKNOWLEDGE, lambda unit: acknowledge(unit, alert_ref(call), **call.body.said))


async def _unacknowledge(call: Call[ByAlert, SaidBody]) -> Reply:
    return await accepted(
        call, Action.UNACKNOWLEDGE, lambda unit: unacknowledge(unit, alert_ref(call), **call.body.said)
    )


async def _close(call: Call[ByAlert, SaidBody]) -> Reply:
    return await accepted(call, Action.CLOSE, lambda unit: close(unit, alert_ref(call), **call.body.said))


async def _snooze(call: Call[ByAlert, SnoozeBody]) -> Reply:
    until = call.body.end_time
    return await accepted(call, Action.SNOOZE, lambda unit: snooze(unit, alert_ref(call), until, **call.body.said))


async def _act(call: Call[ByAlert, SaidBody]) -> Reply:
    action = call.parts["action"]
    return await accepted(call, Action.CUSTOM, lambda unit: act(unit, alert_ref(call), action, **call.body.said))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    changing("POST", "acknowledge", "Acknowledge an alert", _acknowledge, body=SaidBody),
    changing("POST", "unacknowledge", "Take the acknowledgement of an alert back", _unacknowledge, body=SaidBody),
    changing("POST", "close", "Close an alert", _close, body=SaidBody),
    changing("POST", "snooze", "Snooze an alert", _snooze, body=SnoozeBody),
    changing("POST", "actions/{action}", "Execute one of an alert's own actions", _act, body=SaidBody),
)
