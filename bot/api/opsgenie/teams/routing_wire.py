"""Routing rules as they are sent and answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.api.bounds import AtMost
from bot.api.opsgenie.conditions import CriteriaReply
from bot.api.opsgenie.schedules.replies import RestrictionReply
from bot.api.opsgenie.schedules.requests import GivenRestriction, RestrictionBody
from bot.api.opsgenie.wire import Flag, Given, Sent, Wire
from bot.engines.conditions import ConditionField, Operation
from bot.engines.policies.filters import MOST_CONDITIONS
from bot.queries.routing import RoutingRule
from bot.usecases.references import Ref
from bot.usecases.teams.routing import FURTHEST_PLACE, WantedRoute, WantedRule
from bot.vocabulary import CriteriaKind, RouteKind


def _absent_when_empty(value: Any) -> Any:
    """Go's client sends an object it has nothing for as an empty one."""
    return None if value == {} else value


class ConditionBody(Sent):
    """One condition of a rule; an expected value left out is the empty text."""

    MAY_BE_EMPTY = frozenset({"expectedValue"})

    field: ConditionField
    key: Given = None
    not_: Annotated[Flag, Field(alias="not")] = False
    operation: Operation
    expected_value: str | None = None
    order: int = Field(default=0, ge=0, le=FURTHEST_PLACE)


class CriteriaBody(Sent):
    """Which alerts a rule is for."""

    type: CriteriaKind
    conditions: Annotated[list[ConditionBody], AtMost(MOST_CONDITIONS)] | None = None


class NotifyBody(Sent):
    """Where a rule leads."""

    type: RouteKind
    id: Given = None
    name: Given = None


Place = Annotated[int, Field(ge=0, le=FURTHEST_PLACE)]


class RoutingRuleBody(Sent):
    """A rule, or what is to change of one; `timeRestriction: null` takes it away."""

    name: Given = None
    order: Place | None = None
    timezone: Given = None
    criteria: Annotated[CriteriaBody | None, BeforeValidator(_absent_when_empty)] = None
    time_restriction: GivenRestriction = None
    notify: Annotated[NotifyBody | None, BeforeValidator(_absent_when_empty)] = None

    @property
    def wanted(self) -> WantedRule:
        """What is said of the rule."""
        notify = self.notify
        return WantedRule(
            name=self.name,
            order=self.order,
            timezone=self.timezone,
            criteria=_kept(self.criteria) if self.criteria else None,
            restriction=self._restriction,
            notify=WantedRoute(notify.type, Ref(id=notify.id, name=notify.name)) if notify else None,
        )

    @property
    def _restriction(self) -> Mapping[str, Any] | None:
        if self.time_restriction is not None:
            return _kept(self.time_restriction)
        return {} if "time_restriction" in self.model_fields_set else None


class OrderBody(Sent):
    """The place that a rule is to have. Go leaves out a zero."""

    order: Place = 0


class NotifyReply(Wire):
    """Where a rule leads."""

    type: RouteKind
    id: str | None = None
    name: str | None = None


class RoutingRuleReply(Wire):
    """A routing rule."""

    id: str
    name: str
    is_default: bool
    order: int
    criteria: CriteriaReply
    timezone: str | None = None
    time_restriction: RestrictionReply | None = None
    notify: NotifyReply


def as_rule(rule: RoutingRule) -> RoutingRuleReply:
    """A routing rule."""
    return RoutingRuleReply(
        id=rule.id,
        name=rule.name,
        is_default=rule.is_default,
        order=rule.order,
        criteria=CriteriaReply.model_validate(rule.criteria),
        timezone=rule.timezone,
        time_restriction=RestrictionReply.model_validate(rule.restriction) if rule.restriction else None,
        notify=NotifyReply(type=rule.notify_kind, id=rule.notify_id, name=rule.notify_name),
    )


def _kept(part: CriteriaBody | RestrictionBody) -> Mapping[str, Any]:
    """In the form of the API, which is how it is kept."""
    return part.model_dump(mode="json", by_alias=True, exclude_none=True)
