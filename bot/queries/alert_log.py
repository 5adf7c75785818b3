"""What was written to an alert, and what happened to it."""

from __future__ import annotations

from enum import StrEnum


class AlertHappening(StrEnum):
    """The verbs of an alert's events, and what their `before` and `after` hold.

    Whose `after` may hold `user` and `source` besides: for whom and from where a program said that it asks. A responder
    is `{"kind", "id", "name"}`, of AlertResponderKind.

    | verb | before | after |
    | --- | --- | --- |
    | RAISED | | message, alias, priority, source, responders; user |
    | COUNTED | | count, source; user |
    | ACKNOWLEDGED, UNACKNOWLEDGED | | user, source |
    | CLOSED | | user, source; why, where the clock did it: a CloseReason |
    | SNOOZED | | until (ISO 8601); user, source |
    | WOKE | | |
    | ASSIGNED | owner_id, or null | owner_id; user, source |
    | CALLED | | responders: those who came to it |
    | DECLINED | | user_id: who said that it is not theirs |
    | TAGGED, UNTAGGED | tags | tags |
    | DETAILED, UNDETAILED | details | details |
    | EDITED | what of message, description and priority was changed | the same |
    | NOTED | | note_id |
    | ACTED | | action: the name of one of its own actions; user, source |
    | DELETED | number, alias, message, priority, status | user, source |
    | ROUTED | | team (a responder), rule: its name, or null where none fits; to (a responder), or null |
    | NOTIFIED | | user_id, name; through: the responder for whom they stand, or null |
    | NOBODY_ON_CALL | | called: responders who stand for nobody; unreachable, declined: names; missed: sentences |
    | ESCALATED | | escalation (a responder), step: from 1, round: 0, and more where it is repeated |
    | REPEATED | | escalation (a responder), round: from 1 |
    | RESTARTED | | times: how often by now, most: how often at most |
    | SUPPRESSED | | policy: its name |
    | DELAYED | | until (ISO 8601); policy: its name |
    | HELD_BACK | | deduplication: the rule by which people are told when it comes often; policy: its name |
    | POLICY_BROKEN | | policy: its name, why |
    | POLICIES_BROKEN | | more: how many besides those that are named |
    | DECLARED | | incident: its number |
    """

    RAISED = "raise-alert"
    COUNTED = "count-alert"
    ACKNOWLEDGED = "acknowledge-alert"
    UNACKNOWLEDGED = "unacknowledge-alert"
    CLOSED = "close-alert"
    SNOOZED = "snooze-alert"
    WOKE = "wake-alert"
    ASSIGNED = "assign-alert"
    CALLED = "call-to-alert"
    DECLINED = "decline-alert"
    TAGGED = "tag-alert"
    UNTAGGED = "untag-alert"
    DETAILED = "detail-alert"
    UNDETAILED = "undetail-alert"
    EDITED = "edit-alert"
    NOTED = "note-alert"
    ACTED = "act-on-alert"
    DELETED = "delete-alert"
    ROUTED = "route-alert"
    NOTIFIED = "notify-of-alert"
    NOBODY_ON_CALL = "nobody-on-call"
    ESCALATED = "escalate-alert"
    REPEATED = "repeat-escalation"
    RESTARTED = "restart-alert"
    SUPPRESSED = "suppress-alert"
    DELAYED = "delay-alert"
    HELD_BACK = "hold-alert-back"
    POLICY_BROKEN = "policy-broken"
    POLICIES_BROKEN = "policies-broken"
    DECLARED = "declare-incident"


class CloseReason(StrEnum):
    """Why the clock closed an alert: a policy had it closed after a while, or nobody was left to tell."""

    POLICY = "auto-close"
    ESCALATION = "end-of-escalation"
