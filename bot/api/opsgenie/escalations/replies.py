"""Escalations as they are answered."""

from __future__ import annotations

from bot.api.opsgenie.wire import Reference, Wire
from bot.queries.steps import EscalationView, Step
from bot.vocabulary import EscalationCondition, RecipientKind, StepNotifies

MINUTES = "minutes"


class Delay(Wire):
    """How long after the alert."""

    time_amount: int
    time_unit: str = MINUTES


class RuleRecipient(Wire):
    """Whom a rule notifies: a user by user name, a team or schedule by name; without a name where it is gone."""

    type: RecipientKind
    id: str
    name: str | None = None
    username: str | None = None


class RuleReply(Wire):
    """One step of an escalation."""

    condition: EscalationCondition
    notify_type: StepNotifies
    delay: Delay
    recipient: RuleRecipient


class RepeatReply(Wire):
    """How often all of it is gone through again."""

    wait_interval: int | None = None
    count: int | None = None
    reset_recipient_states: bool | None = None
    close_alert_after_all: bool | None = None


class EscalationReply(Wire):
    """An escalation. Without `repeat` it is not repeated: Terraform would plan to remove an empty one for ever."""

    id: str
    name: str
    description: str
    owner_team: Reference | None = None
    rules: tuple[RuleReply, ...]
    repeat: RepeatReply | None = None


def as_escalation(escalation: EscalationView) -> EscalationReply:
    """An escalation."""
    return EscalationReply(
        id=escalation.id,
        name=escalation.name,
        description=escalation.description,
        owner_team=Reference(id=escalation.team_id, name=escalation.team) if escalation.team_id else None,
        rules=tuple(_as_rule(step) for step in escalation.steps),
        repeat=RepeatReply(**escalation.repeat) if escalation.repeat else None,
    )


def _as_rule(step: Step) -> RuleReply:
    is_user = step.kind is RecipientKind.USER
    return RuleReply(
        condition=step.condition,
        notify_type=step.notifies,
        delay=Delay(time_amount=step.delay),
        recipient=RuleRecipient(
            type=step.kind,
            id=step.recipient_id,
            name=None if is_user else step.recipient_name,
            username=step.recipient_name if is_user else None,
        ),
    )
