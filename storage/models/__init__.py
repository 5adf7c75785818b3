"""The tables. Importing this package declares all of them on one metadata."""

from storage.models.escalations import Escalation, RoutingRule, TeamOwnRole
from storage.models.follow_ups import ActionItem, TimelineEntry
from storage.models.incidents import Incident, Service
from storage.models.journal import Counter, Draft, Event, Receipt
from storage.models.keys import Allowance, ApiKey
from storage.models.people import HomeTab, Membership, Profile, Team, User, Workspace
from storage.models.postmortems import AffectedService, Postmortem, Responder, Reviewer, SearchWord, Section, Snooze
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
from storage.models.timers import Delivery, DeliveryState, Reminder

__all__ = [
    "ActionItem",
    "AffectedService",
    "Allowance",
    "ApiKey",
    "ChannelLink",
    "Counter",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Escalation",
    "Event",
    "FeedLink",
    "Forwarding",
    "HomeTab",
    "Incident",
    "Membership",
    "Override",
    "Postmortem",
    "Profile",
    "PublishedShift",
    "Receipt",
    "Reminder",
    "Responder",
    "Reviewer",
    "Rotation",
    "RotationVersion",
    "RoutingRule",
    "Schedule",
    "SearchWord",
    "Section",
    "Service",
    "Snooze",
    "Team",
    "TeamOwnRole",
    "TimelineEntry",
    "User",
    "Workspace",
]
