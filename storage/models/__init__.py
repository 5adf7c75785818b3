"""The tables. Importing this package declares all of them on one metadata."""

from storage.models.incidents import Incident, Service
from storage.models.journal import Counter, Draft, Event, Receipt
from storage.models.people import Membership, Team, User, Workspace
from storage.models.postmortems import AffectedService, Postmortem, Responder, Reviewer, Section, Snooze
from storage.models.schedules import Override, Rotation, RotationVersion, Schedule
from storage.models.timers import Delivery, DeliveryState, Reminder

__all__ = [
    "AffectedService",
    "Counter",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Event",
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
    "Section",
    "Service",
    "Snooze",
    "Team",
    "User",
    "Workspace",
]
