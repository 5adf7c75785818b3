"""Policies as they are sent in the first version of the API: one type, and its fields beside all others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from bot.api.opsgenie.policies.parts import (
    AutoCloseBody,
    AutoRestartBody,
    DeduplicationBody,
    DelayBody,
    GivenDuration,
    Labels,
    PolicyBody,
    Responders,
    kept,
    one_of,
)
from bot.api.opsgenie.wire import Flag
from bot.usecases.policies.wanted import WantedPolicy
from bot.vocabulary import DeduplicationKind, DelayOption, PolicyGroup, PolicyType

LONGEST_DESCRIPTION = 200
GROUPS: Mapping[PolicyType, PolicyGroup] = MappingProxyType(
    {
        PolicyType.MODIFY: PolicyGroup.MODIFY,
        PolicyType.AUTO_CLOSE: PolicyGroup.AUTO_CLOSE,
        PolicyType.AUTO_RESTART: PolicyGroup.AUTO_RESTART,
        PolicyType.SUPPRESS: PolicyGroup.NOTIFICATION,
        PolicyType.DEDUPLICATION: PolicyGroup.NOTIFICATION,
        PolicyType.DELAY: PolicyGroup.NOTIFICATION,
    }
)
CALLED: Mapping[str, str] = MappingProxyType(
    {
        "actions": "alertActions",
        "responders": "recipients",
        "ignoreOriginalActions": "ignoreOriginalAlertActions",
        "ignoreOriginalResponders": "ignoreOriginalRecipients",
        "deduplication": "",
        "delay": "",
        "autoRestart": "",
        "autoClose": "",
    }
)


class FirstPolicyBody(PolicyBody):
    """A whole policy. Fields that its type has not are not looked at."""

    type: Annotated[str | None, one_of(PolicyType)] = None

    duration: GivenDuration = None
    max_repeat_count: int | None = None
    deduplication_action_type: Annotated[str | None, one_of(DeduplicationKind)] = None
    count: int | None = None
    delay_option: Annotated[str | None, one_of(DelayOption)] = None
    until_hour: int | None = None
    until_minute: int | None = None

    alert_actions: Labels = None
    recipients: Responders = None
    ignore_original_alert_actions: Flag | None = None
    ignore_original_recipients: Flag | None = None

    @property
    def wanted(self) -> WantedPolicy:
        """The policy."""
        kind = PolicyType(self.type) if self.type in set(PolicyType) else None
        unknown = {} if kind else {"type": f"The type of a policy is one of {', '.join(PolicyType)}."}
        return WantedPolicy(
            groups=(GROUPS[kind],) if kind else (),
            name=self.name,
            enabled=self.enabled,
            description=self.policy_description or "",
            longest_description=LONGEST_DESCRIPTION,
            filter=kept(self.filter) if self.filter else {},
            plain_lists=True,
            restriction=self.restriction,
            continues=bool(self.continue_) and kind is PolicyType.MODIFY,
            changes=self._changes if kind is PolicyType.MODIFY else None,
            effects=self._effects(kind) if kind else {},
            faults={**self.faults, **unknown},
            called=CALLED,
        )

    @property
    def _changes(self) -> dict[str, Any]:
        return self.changes(
            actions=self.alert_actions,
            ignores_actions=self.ignore_original_alert_actions,
            responders=self.recipients,
            ignores_responders=self.ignore_original_recipients,
        )

    def _effects(self, kind: PolicyType) -> dict[str, Any]:
        duration = self.duration
        match kind:
            case PolicyType.SUPPRESS:
                return {"suppress": True}
            case PolicyType.DEDUPLICATION:
                how = DeduplicationBody(
                    deduplication_action_type=self.deduplication_action_type, count=self.count, duration=duration
                )
                return {"deduplication": kept(how)}
            case PolicyType.DELAY:
                delay = DelayBody(
                    delay_option=self.delay_option,
                    until_hour=self.until_hour,
                    until_minute=self.until_minute,
                    duration=duration,
                )
                return {"delay": kept(delay)}
            case PolicyType.AUTO_RESTART:
                restart = AutoRestartBody(duration=duration, max_repeat_count=self.max_repeat_count)
                return {"autoRestart": kept(restart)}
            case PolicyType.AUTO_CLOSE:
                return {"autoClose": kept(AutoCloseBody(duration=duration))}
            case PolicyType.MODIFY:
                return {}
