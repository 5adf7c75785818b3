"""Policies as they are sent in the second version of the API: alert policies, and notification policies of several
actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AliasChoices, Field

from bot.api.opsgenie.policies.parts import (
    AutoCloseBody,
    AutoRestartBody,
    DeduplicationBody,
    DelayBody,
    Labels,
    PolicyBody,
    Responders,
    kept,
    one_of,
)
from bot.api.opsgenie.wire import Flag
from bot.usecases.policies.wanted import WantedPolicy
from bot.vocabulary import PolicyGroup

LONGEST_DESCRIPTION = 512
NO_ACTION = (
    "A notification policy needs at least one of autoRestartAction, autoCloseAction, deduplicationAction, delayAction "
    "and suppress."
)
CALLED: Mapping[str, str] = MappingProxyType(
    {
        "deduplication": "deduplicationAction",
        "delay": "delayAction",
        "autoRestart": "autoRestartAction",
        "autoClose": "autoCloseAction",
    }
)
_ALONE: Mapping[str, PolicyGroup] = MappingProxyType(
    {"autoRestart": PolicyGroup.AUTO_RESTART, "autoClose": PolicyGroup.AUTO_CLOSE}
)
"""A policy of the first version with such an effect stands in a group of its own, and stays there as long as it has no
other."""


class SecondPolicyType(StrEnum):
    """What a policy is in the words of the second version."""

    ALERT = "alert"
    NOTIFICATION = "notification"


LISTED_WITH: Mapping[SecondPolicyType, tuple[PolicyGroup, ...]] = MappingProxyType(
    {
        SecondPolicyType.ALERT: (PolicyGroup.MODIFY,),
        SecondPolicyType.NOTIFICATION: tuple(each for each in PolicyGroup if each is not PolicyGroup.MODIFY),
    }
)
"""The groups that make up a list, one after the other."""


class SecondPolicyBody(PolicyBody):
    """A whole policy. Fields of the other type are not looked at.

    Go's client, and so Terraform, knows the description of the alert as `alertDescription`: it counts where both names
    are sent. Older versions of it know `deduplicationAction` as `deduplicationActionAction`.
    """

    type: Annotated[str | None, one_of(SecondPolicyType)] = None

    alert_description: str | None = None
    actions: Labels = None
    responders: Responders = None
    ignore_original_actions: Flag | None = None
    ignore_original_responders: Flag | None = None

    auto_restart_action: AutoRestartBody | None = None
    auto_close_action: AutoCloseBody | None = None
    deduplication_action: DeduplicationBody | None = Field(
        default=None, validation_alias=AliasChoices("deduplicationAction", "deduplicationActionAction")
    )
    delay_action: DelayBody | None = None
    suppress: Flag | None = None

    @property
    def kind(self) -> SecondPolicyType | None:
        """What it is; None where that is no type there is."""
        return SecondPolicyType(self.type) if self.type in set(SecondPolicyType) else None

    @property
    def is_notification(self) -> bool:
        """Whether it leaves alerts as they are."""
        return self.kind is SecondPolicyType.NOTIFICATION

    @property
    def wanted(self) -> WantedPolicy:
        """The policy."""
        kind = self.kind
        effects = self._effects if self.is_notification else {}
        return WantedPolicy(
            groups=_groups(kind, effects),
            name=self.name,
            enabled=self.enabled,
            description=self.policy_description or "",
            longest_description=LONGEST_DESCRIPTION,
            filter=kept(self.filter) if self.filter else {},
            plain_lists=False,
            restriction=self.restriction,
            continues=bool(self.continue_) and kind is SecondPolicyType.ALERT,
            changes=self._changes if kind is SecondPolicyType.ALERT else None,
            effects=effects,
            faults={**self.faults, **self._wrong_kind(effects)},
            called={**CALLED, "description": "alertDescription"} if self.alert_description else CALLED,
        )

    @property
    def _changes(self) -> dict[str, Any]:
        changes = self.changes(
            actions=self.actions,
            ignores_actions=self.ignore_original_actions,
            responders=self.responders,
            ignores_responders=self.ignore_original_responders,
        )
        return changes | ({"description": self.alert_description} if self.alert_description else {})

    @property
    def _effects(self) -> dict[str, Any]:
        actions = {
            "deduplication": self.deduplication_action,
            "delay": self.delay_action,
            "autoRestart": self.auto_restart_action,
            "autoClose": self.auto_close_action,
        }
        suppress = {"suppress": True} if self.suppress else {}
        return suppress | {name: kept(action) for name, action in actions.items() if action is not None}

    def _wrong_kind(self, effects: Mapping[str, Any]) -> Mapping[str, str]:
        if self.kind is None:
            return {"type": f"The type of a policy is one of {', '.join(SecondPolicyType)}."}
        unread = {path.partition(".")[0] for path in self.faults}
        if self.is_notification and not effects and not unread & {*CALLED.values(), "suppress"}:
            return {"suppress": NO_ACTION}
        return {}


def _groups(kind: SecondPolicyType | None, effects: Mapping[str, Any]) -> tuple[PolicyGroup, ...]:
    if kind is None:
        return ()
    if kind is SecondPolicyType.ALERT:
        return (PolicyGroup.MODIFY,)
    alone = [_ALONE[name] for name in effects if name in _ALONE] if len(effects) == 1 else []
    return (PolicyGroup.NOTIFICATION, *alone)
