"""The tables. Importing this package declares all of them on one metadata."""

from storage.models.follow_ups import ActionItem, TimelineEntry
from storage.models.incidents import Incident, Service
from storage.models.journal import Counter, Draft, Event, Receipt
from storage.models.people import HomeTab, Membership, Team, User, Workspace
from storage.models.postmortems import AffectedService, Postmortem, Responder, Reviewer, SearchWord, Section, Snooze
from storage.models.schedules import ChannelLink, Override, Rotation, RotationVersion, Schedule
from storage.models.timers import Delivery, DeliveryState, Reminder

__all__ = [
    "ActionItem",
    "AffectedService",
    "ChannelLink",
    "Counter",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Event",
    "HomeTab",
    "Incident",
    "Membership",
    "Override",
    "Postmortem",
    "Receipt",
    "Reminder",
    "Responder",
    "Reviewer",
    "Rotation",
    "RotationVersion",
    "Schedule",
    "SearchWord",
    "Section",
    "Service",
    "Snooze",
    "Team",
    "TimelineEntry",
    "User",
    "Workspace",
]
