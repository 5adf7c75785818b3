"""The ids that tie what Slack sends back to the code that handles it. Each is written here once."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Buttons, menus and inputs that act."""

    RUN = "run"
    """Carry out the words in its value, `oncall now payments`, as if they had been typed."""
    SHOW = "show_to_channel"
    """Answer the question in its value once more, for the whole channel."""
    DO = "do"
    """`do:approve` with the value `PM-12:5`: a verb on a postmortem, as of that version of its row."""
    NUDGE = "nudge"
    """`nudge:approve`: the same, pressed in somebody's morning message."""
    READ = "read"
    """Opens the text of the postmortem in its value, to read."""
    SECTION = "section"
    """`section:detection`, in the list of sections: opens that one."""
    KEPT = "kept"
    """Opens the form that the kept text whose id is its value was typed into."""
    FORGET = "forget"
    """Lets go of that kept text."""
    NEW_SCHEDULE = "new_schedule"
    """Open the form of a new schedule."""
    EDIT_SCHEDULE = "edit_schedule"
    """Open the form of the schedule whose id is its value."""
    ADD_ROTATION = "add_rotation"
    """In that form: one more rotation."""
    REMOVE_ROTATION = "remove_rotation"
    """`remove_rotation:2`, in that form: without the rotation of that key."""
    START_AFRESH = "start_afresh"
    """In a form filled in with what was kept: forget that."""
    LOOK_UP_INCIDENT = "look_up_incident"
    LOOK_UP_SERVICES = "look_up_services"
    LOOK_UP_ZONE = "look_up_zone"
    LOOK_UP_TEAM = "look_up_team"
    """Menus looked up while typing. Bolt tells them apart by the action_id alone."""


class Form(StrEnum):
    """Modals, by their callback_id."""

    CREATE = "postmortem_create"
    SECTIONS = "postmortem_sections"
    EDIT = "postmortem_edit"
    SUBMIT = "postmortem_submit"
    CHANGES = "postmortem_changes"
    REOPEN = "postmortem_reopen"
    ASSIGN = "postmortem_assign"
    SNOOZE = "postmortem_snooze"
    SAID = "said"
    SCHEDULE = "schedule"
    SCHEDULE_PREVIEW = "schedule_preview"
    SCHEDULE_SAVED = "schedule_saved"


class MessageType(StrEnum):
    """The event_type of the metadata that each of our messages carries."""

    DELIVERY = "watchbill_delivery"
