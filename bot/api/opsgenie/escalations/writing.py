"""Create, update and delete escalations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.references import Identified, named_by
from bot.api.opsgenie.wire import Created, Flag, Given, Reference, Sent
from bot.usecases.escalations.create import create
from bot.usecases.escalations.delete import delete
from bot.usecases.escalations.edit import edit
from bot.usecases.escalations.wanted import LONGEST_DELAY, MOST_RULES, WantedEscalation, WantedStep
from bot.usecases.references import Ref
from bot.vocabulary import EscalationCondition, RecipientKind, StepNotifies

Amount = Annotated[int, Field(ge=0, le=LONGEST_DELAY)]


class DelayBody(Sent):
    """How long after the alert, in minutes. Go leaves out a zero, and the unit."""

    time_amount: Amount = 0
    time_unit: Annotated[Literal["minutes"], BeforeValidator(lambda value: value or "minutes")] = "minutes"


class RecipientBody(Sent):
    """Whom a rule notifies: a user by id or user name, a team or schedule by id or name."""

    type: RecipientKind
    id: Given = None
    name: Given = None
    username: Given = None

    @property
    def ref(self) -> Ref:
        """Whom it names."""
        return Ref(id=self.id, name=self.username if self.type is RecipientKind.USER else self.name)


class RuleBody(Sent):
    """One step of an escalation."""

    condition: EscalationCondition
    notify_type: StepNotifies = StepNotifies.DEFAULT
    delay: DelayBody = DelayBody()
    recipient: RecipientBody

    @property
    def wanted(self) -> WantedStep:
        """The step."""
        return WantedStep(
            condition=self.condition,
            notifies=self.notify_type,
            delay=self.delay.time_amount,
            kind=self.recipient.type,
            recipient=self.recipient.ref,
        )


class RepeatBody(Sent):
    """How often all of it is gone through again; an empty one means not at all."""

    wait_interval: Amount | None = None
    count: Amount | None = None
    reset_recipient_states: Flag | None = None
    close_alert_after_all: Flag | None = None


class EscalationBody(Sent):
    """An escalation, or what is to change of one. `rules` are all of them; an empty description empties it."""

    MAY_BE_EMPTY = frozenset({"description"})

    name: Given = None
    description: str | None = None
    rules: Annotated[list[RuleBody], Field(min_length=1), AtMost(MOST_RULES)] | None = None
    owner_team: Reference | None = None
    repeat: RepeatBody | None = None

    @property
    def wanted(self) -> WantedEscalation:
        """What is said of the escalation."""
        return WantedEscalation(
            name=self.name,
            description=self.description,
            team=named_by(self.owner_team),
            rules=None if self.rules is None else [rule.wanted for rule in self.rules],
            repeat=self._repeat,
        )

    @property
    def _repeat(self) -> Mapping[str, Any] | None:
        if "repeat" not in self.model_fields_set:
            return None
        return self.repeat.model_dump(exclude_none=True) if self.repeat else {}


async def _create(call: Call[Nothing, EscalationBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        row = await create(unit, call.body.wanted)
    return Reply(Created(id=row.id, name=row.name), status=201, result="Created")


async def _edit(call: Call[Identified, EscalationBody]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        row = await edit(unit, call.query.ref(call.parts["identifier"]), call.body.wanted)
    return Reply(Created(id=row.id, name=row.name), result="Updated")


async def _delete(call: Call[Identified, Nothing]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        await delete(unit, call.query.ref(call.parts["identifier"]))
    return Reply(result="Deleted")


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path="/v2/escalations",
        summary="Create an escalation",
        handle=_create,
        query=Nothing,
        body=EscalationBody,
        status=201,
        data=Created,
    ),
    Endpoint(
        method="PATCH",
        path="/v2/escalations/{identifier}",
        summary="Update an escalation",
        handle=_edit,
        query=Identified,
        body=EscalationBody,
        data=Created,
    ),
    Endpoint(
        method="DELETE",
        path="/v2/escalations/{identifier}",
        summary="Delete an escalation",
        handle=_delete,
        query=Identified,
        body=Nothing,
    ),
)
