"""What bodies of both versions of the Policy API are made of.

Words of closed sets are taken as they come: they are judged with everything else that is wrong (usecases/policies).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import (
    AliasChoices,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from bot.api.bounds import AtMost
from bot.api.opsgenie.schedules.requests import GivenRestriction
from bot.api.opsgenie.translation import WIRE_NAMES
from bot.api.opsgenie.wire import Flag, Given, Sent
from bot.api.translation import unreadable_body
from bot.engines.conditions import ConditionField, Operation
from bot.engines.policies.amounts import DEFAULT_UNIT, UNITS
from bot.engines.policies.change_checks import MOST_RESPONDERS
from bot.engines.policies.filters import MOST_CONDITIONS
from bot.usecases.policies.responders import RESERVED
from bot.vocabulary import AlertResponderKind, CriteriaKind, DeduplicationKind, DelayOption, Severity

MOST_LISTED = 1_000
"""Tags, actions, details. An alert takes far fewer, which is said where they are judged."""
LAST_PLACE = 10_000
AS_SENT: Mapping[str, str] = MappingProxyType({name: name for name in WIRE_NAMES})
"""What is wrong with a policy is told by the names that the program used: nothing is left to be renamed."""


def one_of(words: Iterable[str]) -> WithJsonSchema:
    """How a text is described that should be one of these words."""
    return WithJsonSchema({"type": "string", "enum": [str(word) for word in words]})


def _absent_when_empty(value: Any) -> Any:
    """Clients send objects they have nothing for as empty ones."""
    return None if value == {} else value


class ConditionBody(Sent):
    """One condition of a filter. An expected value left out is the empty text."""

    MAY_BE_EMPTY = frozenset({"expectedValue"})

    field: Annotated[str | None, one_of(ConditionField)] = None
    key: Given = None
    not_: Annotated[Flag, Field(alias="not")] = False
    operation: Annotated[str | None, one_of(Operation)] = None
    expected_value: str | None = None
    order: int = Field(default=0, ge=0, le=LAST_PLACE)


class FilterBody(Sent):
    """Which alerts a policy is for."""

    type: Annotated[str | None, one_of(CriteriaKind)] = None
    conditions: Annotated[list[ConditionBody], AtMost(MOST_CONDITIONS)] | None = None


class DurationBody(Sent):
    """How long."""

    time_amount: int | None = None
    time_unit: Annotated[str, BeforeValidator(lambda value: value or DEFAULT_UNIT), one_of(UNITS)] = DEFAULT_UNIT


GivenDuration = Annotated[DurationBody | None, BeforeValidator(_absent_when_empty)]


class DeduplicationBody(Sent):
    """How much of an alert must come together before its people are told; frequency-based within a duration.

    Older versions of Go's client know its kind as `deduplicationType`.
    """

    deduplication_action_type: Annotated[str | None, one_of(DeduplicationKind)] = Field(
        default=None, validation_alias=AliasChoices("deduplicationActionType", "deduplicationType")
    )
    count: int | None = None
    duration: GivenDuration = None


class DelayBody(Sent):
    """Until when its people are left alone: for a duration, or until an hour and a minute of a day."""

    delay_option: Annotated[str | None, one_of(DelayOption)] = None
    until_hour: int | None = None
    until_minute: int | None = None
    duration: GivenDuration = None


class AutoRestartBody(Sent):
    """After how long they are told again, and how often."""

    duration: GivenDuration = None
    max_repeat_count: int | None = None


class AutoCloseBody(Sent):
    """After how long it is closed."""

    duration: GivenDuration = None


class ResponderBody(Sent):
    """Whom a policy adds: a user by id or user name, else something by id or name; or everybody, or nobody."""

    type: Annotated[str | None, one_of((*AlertResponderKind, *sorted(RESERVED)))] = None
    id: Given = None
    name: Given = None
    username: Given = None


Labels = Annotated[list[str], AtMost(MOST_LISTED)] | None
_NAMED_OR_LISTED = {"anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "string"}}]}
Details = Annotated[Any, AtMost(MOST_LISTED), WithJsonSchema(_NAMED_OR_LISTED)]
"""Names and texts, or, as Go's client sends them with a new policy, texts such as `name: text`."""
Responders = Annotated[list[ResponderBody], AtMost(MOST_RESPONDERS)] | None


class PolicyBody(Sent):
    """A whole policy. What cannot be read of it is noted, and the rest is read: all that is wrong is told at once."""

    model_config = ConfigDict(json_schema_extra={"required": ["type", "name", "enabled"]})

    name: str | None = None
    enabled: Flag | None = None
    policy_description: str | None = None
    filter: Annotated[FilterBody | None, BeforeValidator(_absent_when_empty)] = None
    time_restrictions: GivenRestriction = None
    time_restriction: GivenRestriction = None

    message: str | None = None
    continue_: Annotated[Flag | None, Field(alias="continue")] = None
    alias: str | None = None
    description: str | None = None
    entity: str | None = None
    source: str | None = None
    details: Details = None
    tags: Labels = None
    ignore_original_details: Flag | None = None
    ignore_original_tags: Flag | None = None
    ignore_original_teams: Flag | None = None
    priority: Annotated[str | None, one_of(Severity)] = None

    _faults: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _as_far_as_can_be(cls, sent: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return read(sent)
        except ValidationError as error:
            unread = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
            if not isinstance(sent, dict) or not unread:
                raise
            body = read({name: value for name, value in sent.items() if name not in unread})
            body._faults = unreadable_body(error).fields
            return body

    @property
    def faults(self) -> Mapping[str, str]:
        """What cannot be read, by its path."""
        return self._faults

    @property
    def restriction(self) -> Mapping[str, Any] | None:
        """The hours, by either name."""
        restriction = self.time_restrictions or self.time_restriction
        return kept(restriction) if restriction else None

    def changes(
        self, *, actions: Labels, ignores_actions: bool | None, responders: Responders, ignores_responders: bool | None
    ) -> dict[str, Any]:
        """What becomes of the alert's own fields, as it is kept; the versions have other names for these four."""
        priority = {"priority": self.priority} if self.priority else {}
        return {
            "message": self.message or "",
            "alias": self.alias or "{{alias}}",
            "description": self.description or "{{description}}",
            "entity": self.entity or "{{entity}}",
            "source": self.source or "{{source}}",
            **priority,
            "actions": actions or [],
            "details": self.details or {},
            "responders": [kept(each) for each in responders or ()],
            "tags": self.tags or [],
            "ignoreOriginalActions": bool(ignores_actions),
            "ignoreOriginalDetails": bool(self.ignore_original_details),
            "ignoreOriginalResponders": bool(ignores_responders),
            "ignoreOriginalTags": bool(self.ignore_original_tags),
            "ignoreOriginalTeams": bool(self.ignore_original_teams),
        }


class MoveBody(Sent):
    """The place that a policy is to have, counted from 0. Go leaves out a zero."""

    target_index: int = Field(default=0, ge=0)


def kept(part: Sent) -> dict[str, Any]:
    """In the form of the API, which is how it is kept."""
    return part.model_dump(mode="json", by_alias=True, exclude_none=True)
