"""The tables. Importing this package declares all of them on one metadata."""

from storage.models.alerts import Alert, AlertNote, AlertRecipient, AlertResponder, AlertTimer, IncidentAlert
from storage.models.escalations import Escalation, RoutingRule, TeamOwnRole
from storage.models.follow_ups import ActionItem, TimelineEntry
from storage.models.incidents import (
    FinishedRequest,
    ImpactedService,
    Incident,
    IncidentNote,
    IncidentPart,
    IncidentResponder,
    Service,
)
from storage.models.journal import Counter, Draft, Event, Receipt
from storage.models.keys import Allowance, ApiKey
from storage.models.people import HomeTab, Membership, Profile, Team, User, Workspace
from storage.models.policies import Policy
from storage.models.postmortems import (
    AffectedService,
    DefaultReviewer,
    Postmortem,
    PostmortemVersion,
    RelatedIncident,
    Remark,
    Responder,
    ResponderTeam,
    Reviewer,
    Section,
    Snooze,
)
from storage.models.saved_searches import SavedSearch
from storage.models.schedules import (
    ChannelLink,
    FeedLink,
    Forwarding,
    Override,
    PublishedShift,
    Rotation,
    RotationVersion,
    Schedule,
)
from storage.models.templates import Template, TemplateVersion
from storage.models.timers import Delivery, DeliveryState, Reminder

__all__ = [
    "ActionItem",
    "AffectedService",
    "Alert",
    "AlertNote",
    "AlertRecipient",
    "AlertResponder",
    "AlertTimer",
    "Allowance",
    "ApiKey",
    "ChannelLink",
    "Counter",
    "DefaultReviewer",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Escalation",
    "Event",
    "FeedLink",
    "FinishedRequest",
    "Forwarding",
    "HomeTab",
    "ImpactedService",
    "Incident",
    "IncidentAlert",
    "IncidentNote",
    "IncidentPart",
    "IncidentResponder",
    "Membership",
    "Override",
    "Policy",
    "Postmortem",
    "PostmortemVersion",
    "Profile",
    "PublishedShift",
    "Receipt",
    "RelatedIncident",
    "Remark",
    "Reminder",
    "Responder",
    "ResponderTeam",
    "Reviewer",
    "Rotation",
    "RotationVersion",
    "RoutingRule",
    "SavedSearch",
    "Schedule",
    "Section",
    "Service",
    "Snooze",
    "Team",
    "TeamOwnRole",
    "Template",
    "TemplateVersion",
    "TimelineEntry",
    "User",
    "Workspace",
]
