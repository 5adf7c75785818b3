"""Policies as they are answered: in brief, and whole in the words of each version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from bot.api.opsgenie.conditions import CriteriaReply
from bot.api.opsgenie.policies.first_bodies import CALLED as FIRST_NAMES
from bot.api.opsgenie.policies.second_bodies import CALLED as SECOND_NAMES
from bot.api.opsgenie.policies.second_bodies import SecondPolicyType
from bot.api.opsgenie.schedules.replies import RestrictionReply
from bot.api.opsgenie.wire import Wire
from bot.queries.policies import TYPE_OF_EFFECT, PolicyView
from bot.vocabulary import CriteriaKind, DeduplicationKind, DelayOption, PolicyType, Severity

_EVERYTHING = CriteriaReply(type=CriteriaKind.MATCH_ALL)


class MadePolicy(Wire):
    """A policy that was made; the type in the words of the version."""

    id: str
    name: str
    type: PolicyType | SecondPolicyType
    enabled: bool


class ListedPolicy(Wire):
    """A policy of a list. `order` and `enabled` are always there: Go takes what is left out for 0 and false."""

    id: str
    name: str
    type: PolicyType | SecondPolicyType
    order: int
    enabled: bool


class DurationReply(Wire):
    """How long."""

    time_amount: int
    time_unit: str


class ResponderReply(Wire):
    """Whom a policy adds, by id: with a name beside it Terraform would see a change."""

    type: str
    id: str | None = None


class FirstPolicy(Wire):
    """A policy in the words of the first version, with the fields of its type alone."""

    type: PolicyType
    policy_description: str
    id: str
    name: str
    enabled: bool
    filter: CriteriaReply
    time_restrictions: RestrictionReply | None = None

    duration: DurationReply | None = None
    max_repeat_count: int | None = None
    deduplication_action_type: DeduplicationKind | None = None
    count: int | None = None
    delay_option: DelayOption | None = None
    until_hour: int | None = None
    until_minute: int | None = None

    message: str | None = None
    continue_: Annotated[bool | None, Field(alias="continue")] = None
    alias: str | None = None
    description: str | None = None
    entity: str | None = None
    source: str | None = None
    ignore_original_alert_actions: bool | None = None
    alert_actions: tuple[str, ...] | None = None
    ignore_original_details: bool | None = None
    details: Mapping[str, str] | None = None
    ignore_original_recipients: bool | None = None
    recipients: tuple[ResponderReply, ...] | None = None
    ignore_original_tags: bool | None = None
    tags: tuple[str, ...] | None = None
    ignore_original_teams: bool | None = None
    priority: Severity | None = None


class DeduplicationReply(Wire):
    """How much of an alert must come together before its people are told."""

    deduplication_action_type: DeduplicationKind
    count: int
    duration: DurationReply | None = None


class DelayReply(Wire):
    """Until when its people are left alone."""

    delay_option: DelayOption
    until_hour: int | None = None
    until_minute: int | None = None
    duration: DurationReply | None = None


class AutoRestartReply(Wire):
    """After how long they are told again, and how often."""

    duration: DurationReply
    max_repeat_count: int


class AutoCloseReply(Wire):
    """After how long it is closed."""

    duration: DurationReply


class SecondPolicy(Wire):
    """A policy in the words of the second version. Without a filter it was made without one: Terraform would plan to
    take away one that it did not give. What becomes of the alert's description is told by both of its names.
    """

    id: str
    type: SecondPolicyType
    name: str
    enabled: bool
    policy_description: str
    team_id: str | None = None
    filter: CriteriaReply | None = None
    time_restrictions: RestrictionReply | None = None

    message: str | None = None
    continue_: Annotated[bool | None, Field(alias="continue")] = None
    alias: str | None = None
    description: str | None = None
    alert_description: str | None = None
    entity: str | None = None
    source: str | None = None
    ignore_original_actions: bool | None = None
    actions: tuple[str, ...] | None = None
    ignore_original_details: bool | None = None
    details: Mapping[str, str] | None = None
    ignore_original_responders: bool | None = None
    responders: tuple[ResponderReply, ...] | None = None
    ignore_original_tags: bool | None = None
    tags: tuple[str, ...] | None = None
    ignore_original_teams: bool | None = None
    priority: Severity | None = None

    auto_restart_action: AutoRestartReply | None = None
    auto_close_action: AutoCloseReply | None = None
    deduplication_action: DeduplicationReply | None = None
    delay_action: DelayReply | None = None
    suppress: bool | None = None


def second_type(policy: PolicyView) -> SecondPolicyType:
    """What it is in the words of the second version."""
    return SecondPolicyType.NOTIFICATION if policy.changes is None else SecondPolicyType.ALERT


def as_first(policy: PolicyView) -> FirstPolicy:
    """In the words of the first version; of several effects the one that gives the type."""
    return FirstPolicy.model_validate(
        {
            "type": policy.type,
            **_head(policy),
            "filter": policy.filter or _EVERYTHING,
            **(_first_changes(policy, policy.changes) if policy.changes is not None else _first_effect(policy)),
        }
    )


def as_second(policy: PolicyView) -> SecondPolicy:
    """In the words of the second version."""
    body = _second_effects(policy.effects) if policy.changes is None else _second_changes(policy, policy.changes)
    return SecondPolicy.model_validate(
        {
            "type": second_type(policy),
            **_head(policy),
            "teamId": policy.team_id,
            "filter": policy.filter or None,
            **body,
        }
    )


def _head(policy: PolicyView) -> dict[str, Any]:
    return {
        "id": policy.id,
        "name": policy.name,
        "enabled": policy.enabled,
        "policyDescription": policy.description,
        "timeRestrictions": policy.restriction,
    }


def _changes(policy: PolicyView, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {**changes, "continue": policy.continues}


def _first_changes(policy: PolicyView, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The same, by the names of the first version."""
    return {FIRST_NAMES.get(name, name): value for name, value in _changes(policy, changes).items()}


def _second_changes(policy: PolicyView, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {**_changes(policy, changes), "alertDescription": changes.get("description")}


def _first_effect(policy: PolicyView) -> dict[str, Any]:
    """What there is to say of the effect that gives the type; of a suppression nothing."""
    effect = next(policy.effects[name] for name, kind in TYPE_OF_EFFECT.items() if kind is policy.type)
    return dict(effect) if isinstance(effect, Mapping) else {}


def _second_effects(effects: Mapping[str, Any]) -> dict[str, Any]:
    actions = {SECOND_NAMES[name]: effect for name, effect in effects.items() if name in SECOND_NAMES}
    return {**actions, "suppress": bool(effects.get("suppress"))}
