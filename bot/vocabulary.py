"""The words that all rooms share: closed sets of names, spelt once.

Every enum is a `StrEnum` whose values are the words written to the database, typed in Slack and sent by the APIs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RotationType(StrEnum):
    """What a rotation's length counts."""

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


class TurnCounting(StrEnum):
    """Which periods count as turns: all of them, or only those that touch a restriction window."""

    ALL = "all"
    ACTIVE = "active"


class ParticipantKind(StrEnum):
    """Who can stand in a roster. `none` is a gap made on purpose."""

    USER = "user"
    TEAM = "team"
    ESCALATION = "escalation"
    NONE = "none"


class RestrictionKind(StrEnum):
    """The two forms of a rotation's restriction, named as Opsgenie's API names them."""

    TIME_OF_DAY = "time-of-day"
    WEEKDAY_AND_TIME_OF_DAY = "weekday-and-time-of-day"


class Weekday(StrEnum):
    """The days of the week in ISO order, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Severity(StrEnum):
    """How bad an incident was, P1 worst."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"
    P5 = "P5"


class PostmortemStatus(StrEnum):
    """The three states of a postmortem, the same on every surface."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"


class Verdict(StrEnum):
    """What a reviewer has said."""

    PENDING = "pending"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes-requested"


class ActionStatus(StrEnum):
    """What became of a follow-up action of a postmortem."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not-needed"


class ActionKind(StrEnum):
    """What a follow-up action is for."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"


class Origin(StrEnum):
    """Where an entry of a timeline came from, in Grafana OnCall's words."""

    SLACK = "slack"
    WEB = "web"
    API = "api"


class AlertStatus(StrEnum):
    """Whether an alert still asks for anybody."""

    OPEN = "open"
    CLOSED = "closed"


class AlertResponderKind(StrEnum):
    """Whom an alert can be brought to."""

    USER = "user"
    TEAM = "team"
    ESCALATION = "escalation"
    SCHEDULE = "schedule"


class RecipientState(StrEnum):
    """What somebody who was told of an alert has done."""

    NOTIFIED = "notified"
    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"


class AlertStep(StrEnum):
    """What is done about an alert when its time comes.

    `BEGIN` tells its people after a delay; `ESCALATE` takes one step of an escalation, `REPEAT` begins that escalation
    once more, `CALL_NEXT` brings a page that nobody has answered to whoever is next on call, `RESTART` tells everybody
    again, `WAKE` ends a snooze and `CLOSE` ends the alert.
    """

    BEGIN = "begin"
    ESCALATE = "escalate"
    REPEAT = "repeat"
    CALL_NEXT = "call-next"
    RESTART = "restart"
    WAKE = "wake"
    CLOSE = "close"


class PolicyGroup(StrEnum):
    """The policies that are looked through together: the first of them that fits counts. In the order of a list."""

    NOTIFICATION = "notification"
    AUTO_RESTART = "auto-restart"
    AUTO_CLOSE = "auto-close"
    MODIFY = "modify"


class PolicyType(StrEnum):
    """What a policy is, in the words of the first version of Opsgenie's API."""

    MODIFY = "modify"
    AUTO_CLOSE = "auto-close"
    AUTO_RESTART = "auto-restart-notifications"
    SUPPRESS = "notification-suppress"
    DEDUPLICATION = "notification-deduplication"
    DELAY = "notification-delay"


class DeduplicationKind(StrEnum):
    """What must come together before the people of an alert are told: so many of it, or so many within a time."""

    VALUE_BASED = "value-based"
    FREQUENCY_BASED = "frequency-based"


class DelayOption(StrEnum):
    """Until when the people of an alert are left alone."""

    FOR_DURATION = "for-duration"
    NEXT_TIME = "next-time"
    NEXT_WEEKDAY = "next-weekday"
    NEXT_MONDAY = "next-monday"
    NEXT_TUESDAY = "next-tuesday"
    NEXT_WEDNESDAY = "next-wednesday"
    NEXT_THURSDAY = "next-thursday"
    NEXT_FRIDAY = "next-friday"
    NEXT_SATURDAY = "next-saturday"
    NEXT_SUNDAY = "next-sunday"


class IncidentRole(StrEnum):
    """What somebody does in an incident."""

    COMMANDER = "commander"
    COMMUNICATIONS = "communications"
    SCRIBE = "scribe"


class ResponderKind(StrEnum):
    """Who can be called to an incident."""

    USER = "user"
    TEAM = "team"


EXECUTIVE_SUMMARY = "executive-summary"
"""The key of the section that stands before a postmortem's text and is no part of it; made when it is first written."""


class IncidentStatus(StrEnum):
    """Where an incident stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    CLOSED = "closed"


class IncidentField(StrEnum):
    """What incidents are searched by, in the words of a query."""

    ID = "id"
    NUMBER = "tinyId"
    MESSAGE = "message"
    DESCRIPTION = "description"
    STATUS = "status"
    PRIORITY = "priority"
    TAG = "tag"
    SERVICE = "impactedServices"
    RESPONDER = "responders"
    TEAM = "ownerTeam"
    DETAIL_KEY = "details.key"
    DETAIL_VALUE = "details.value"
    POSTMORTEM = "postmortemStatus"
    CREATED = "createdAt"
    UPDATED = "updatedAt"
    BEGAN = "impactStartDate"
    ENDED = "impactEndDate"


class AlertField(StrEnum):
    """What alerts are searched by, in the words of a query."""

    ID = "alertId"
    NUMBER = "tinyId"
    ALIAS = "alias"
    MESSAGE = "message"
    DESCRIPTION = "description"
    ENTITY = "entity"
    SOURCE = "source"
    STATUS = "status"
    PRIORITY = "priority"
    ACKNOWLEDGED = "acknowledged"
    SEEN = "isSeen"
    SNOOZED = "snoozed"
    COUNT = "count"
    TAG = "tag"
    ACTION = "actions"
    DETAIL_KEY = "details.key"
    DETAIL_VALUE = "details.value"
    OWNER = "owner"
    ACKNOWLEDGED_BY = "acknowledgedBy"
    CLOSED_BY = "closedBy"
    RECIPIENT = "recipients"
    RESPONDER = "responders"
    TEAM = "teams"
    INTEGRATION = "integration.name"
    CREATED = "createdAt"
    UPDATED = "updatedAt"
    OCCURRED = "lastOccurredAt"
    SNOOZED_UNTIL = "snoozedUntil"


class Comparison(StrEnum):
    """How a query compares what it looks for: `HAS` is a text that holds it somewhere."""

    HAS = ":"
    IS = "="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class IncidentOrder(StrEnum):
    """What a list of incidents is in order of; where that is the same for two, the one made last counts as more."""

    CREATED = "createdAt"
    UPDATED = "updatedAt"
    NUMBER = "tinyId"
    MESSAGE = "message"
    STATUS = "status"
    PRIORITY = "priority"
    TEAM = "owner"
    SEEN = "isSeen"


class AlertOrder(StrEnum):
    """What a list of alerts is in order of; where that is the same for two, the one made last counts as more."""

    CREATED = "createdAt"
    UPDATED = "updatedAt"
    OCCURRED = "lastOccurredAt"
    NUMBER = "tinyId"
    ALIAS = "alias"
    MESSAGE = "message"
    STATUS = "status"
    PRIORITY = "priority"
    ACKNOWLEDGED = "acknowledged"
    SEEN = "isSeen"
    SNOOZED = "snoozed"
    SNOOZED_UNTIL = "snoozedUntil"
    COUNT = "count"
    SOURCE = "source"
    OWNER = "owner"
    INTEGRATION_NAME = "integration.name"
    INTEGRATION_TYPE = "integration.type"
    ACKNOWLEDGED_AFTER = "report.ackTime"
    CLOSED_AFTER = "report.closeTime"
    ACKNOWLEDGED_BY = "report.acknowledgedBy"
    CLOSED_BY = "report.closedBy"


class Role(StrEnum):
    """What somebody is to a noun; judged anew for every verb, never stored."""

    OUTSIDER = "outsider"
    MEMBER = "member"
    TEAMMATE = "teammate"
    LEAD = "lead"
    OWNER = "owner"
    REVIEWER = "reviewer"
    ADMIN = "admin"


class TeamRole(StrEnum):
    """What a membership says; `admin` is the one who leads."""

    ADMIN = "admin"
    USER = "user"


class Right(StrEnum):
    """What an API key may do; `configure` opens the domains that say how the account is set up, besides the others."""

    READ = "read"
    WRITE = "write"
    DELETE = "delete"
    CONFIGURE = "configure"


class Domain(StrEnum):
    """The kinds of programs' requests whose rate is limited apart from each other."""

    CONFIGURATION = "configuration"
    ON_CALL = "schedule-on-call"
    SEARCH = "search"
    INCIDENT = "incident"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How often a key may ask for things of a kind: that many requests at once, and as many again in each period."""

    domain: Domain
    requests: int
    seconds: int


class EscalationCondition(StrEnum):
    """When a step of an escalation is taken."""

    NOT_ACKNOWLEDGED = "if-not-acked"
    NOT_CLOSED = "if-not-closed"


class StepNotifies(StrEnum):
    """Whom of its recipient a step of an escalation notifies."""

    DEFAULT = "default"
    NEXT = "next"
    PREVIOUS = "previous"
    USERS = "users"
    ADMINS = "admins"
    RANDOM = "random"
    ALL = "all"


class RecipientKind(StrEnum):
    """What a step of an escalation can notify."""

    USER = "user"
    TEAM = "team"
    SCHEDULE = "schedule"


class RouteKind(StrEnum):
    """Where a routing rule of a team sends an alert."""

    NONE = "none"
    ESCALATION = "escalation"
    SCHEDULE = "schedule"


class CriteriaKind(StrEnum):
    """How the conditions of a filter are joined."""

    MATCH_ALL = "match-all"
    ANY_CONDITION = "match-any-condition"
    ALL_CONDITIONS = "match-all-conditions"


class Visibility(StrEnum):
    """Who sees a service, as programs send it."""

    TEAM_MEMBERS = "TEAM_MEMBERS"
    EVERYBODY = "OPSGENIE_USERS"


class UserOrder(StrEnum):
    """What a list of people is in order of."""

    USERNAME = "username"
    FULL_NAME = "fullName"
    MADE = "insertedAt"


class Verb(StrEnum):
    """Everything somebody may ask to do; the keys of the permission table in engines/lifecycle/permissions.py."""

    ASK_ON_CALL = "ask-on-call"
    ASK_POSTMORTEM = "ask-postmortem"
    CREATE_POSTMORTEM = "create-postmortem"
    EDIT_SECTION = "edit-section"
    KEEP_TIMELINE = "keep-timeline"
    KEEP_ACTIONS = "keep-actions"
    COMMENT = "comment"
    SUBMIT = "submit"
    ASSIGN = "assign"
    SNOOZE_SELF = "snooze-self"
    SNOOZE_OTHERS = "snooze-others"
    GIVE_VERDICT = "give-verdict"
    PUBLISH = "publish"
    REOPEN = "reopen"
    DELETE_POSTMORTEM = "delete-postmortem"
    CREATE_SCHEDULE = "create-schedule"
    EDIT_SCHEDULE = "edit-schedule"
    DELETE_SCHEDULE = "delete-schedule"
    OVERRIDE_SELF = "override-self"
    OVERRIDE_OTHERS = "override-others"
    UNDO_OWN = "undo-own"
    UNDO_OTHERS = "undo-others"
    KEEP_TEMPLATES = "keep-templates"
    KEEP_REVIEWERS = "keep-reviewers"
    PAGE = "page"
    ANSWER_ALERT = "answer-alert"
    DECLARE_INCIDENT = "declare-incident"
    LINK_CHANNEL = "link-channel"
    SUBSCRIBE = "subscribe"
