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
    ACTION_ITEM = "action_item"
    """`action_item:list:mine page 2`, in that list: a row's menu, whose options say `done:<id>:<version>`; in what is
    open for somebody it is `action_item:mine:`.

    Buttons say the same as their value: `action_item:one::done` in a message about one action,
    `action_item:morning::done` in somebody's morning message, `action_item:list:mine page 2:reopen` beside what was
    done from a list.
    """
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
    OVERRIDE = "override"
    """Put on call whom its value names (cards/override_fields.py), if what was shown of it still holds."""
    OVERRIDE_FORM = "override_form"
    """Open the form of an override, filled in with what its value holds; `override_form:<schedule>` beside a gap."""
    OVERRIDE_SCHEDULE = "override_schedule"
    """In that form: its schedule, looked up while typing; the form then shows that schedule's rotations."""
    UNDO = "undo"
    """Take back the change whose event's id is its value."""
    ALERT = "alert"
    """`alert:acknowledge` with an alert's id: what is done about it. Of the menu `alert:snooze` an option says
    `<id> 30m`.
    """
    ALERT_DECLARE_INCIDENT = "alert_declare_incident"
    """Open the form that makes an incident of the alert whose id is its value, or show the one that is there;
    `alert_declare_incident:another` opens the form in any case.
    """
    INCIDENT = "incident"
    """`incident:resolve` with the value `INC-7:open`: a verb on an incident, as of the state that was shown."""
    PAGE_SCHEDULE = "page_schedule"
    """In the form that pages: its schedule, looked up while typing; the form then shows who is on call by it."""
    MORE = "more"
    """Opens the schedules for which an answer had no room; `more:next` and `more:back` turn its pages."""
    OPEN_PAGE = "open_page"
    """Leads to a page in the browser; nothing is to be done about it here."""
    INVITE = "invite"
    """Say how to get the bot into a channel."""
    LINK_CHANNEL = "link_channel"
    """Open the form that links a schedule to the channel in its value; without one, the channel is chosen there."""
    NEW_LINK = "new_link"
    """`<schedule>:<fingerprint>`: a new link to a schedule's calendar; without one, to that of the presser's shifts."""
    ENTRY = "entry"
    """`entry:edit`, `entry:remove`, `entry:restore`: what to do with the entry of a timeline that its value names."""
    MARK = "mark"
    """Choose the postmortem for the kept message whose id is its value."""
    START_FROM = "start_from"
    """Open the form of a new postmortem that begins with that kept message."""
    LOOK_INTO = "look_into"
    """In a form: puts the text of the postmortem in its value on top, to read."""
    LOOK_AT_INCIDENT = "look_at_incident"
    """In a form: puts the incident in its value on top, to read."""
    SHOW_SECTIONS = "show_sections"
    """In the form of a template: shows the sections that its text makes."""
    LOOK_UP_POSTMORTEM = "look_up_postmortem"
    LOOK_UP_INCIDENT = "look_up_incident"
    LOOK_UP_SERVICES = "look_up_services"
    LOOK_UP_ZONE = "look_up_zone"
    LOOK_UP_TEAM = "look_up_team"
    LOOK_UP_ANY_TEAM = "look_up_any_team"
    LOOK_UP_LED_TEAM = "look_up_led_team"
    LOOK_UP_SCHEDULE = "look_up_schedule"
    """Menus looked up while typing. Bolt tells them apart by the action_id alone."""


class Form(StrEnum):
    """Modals, by their callback_id."""

    CREATE = "postmortem_create"
    SECTIONS = "postmortem_sections"
    EDIT = "postmortem_edit"
    SUBMIT = "postmortem_submit"
    CHANGES = "postmortem_changes"
    COMMENT = "postmortem_comment"
    PUBLISH = "postmortem_publish"
    REOPEN = "postmortem_reopen"
    ASSIGN = "postmortem_assign"
    SNOOZE = "postmortem_snooze"
    ACTION = "action"
    ACTION_EDIT = "action_edit"
    ACTION_DAY = "action_day"
    ACTION_OWNER = "action_owner"
    ENTRY = "timeline_entry"
    EDIT_ENTRY = "timeline_edit"
    MARK = "timeline_mark"
    TIMES = "timeline_times"
    TEMPLATE = "template"
    TEMPLATE_DEFAULT = "template_default"
    OVERRIDE = "override"
    OVERRIDE_CONFIRM = "override_confirm"
    DECLARE = "incident_declare"
    INCIDENT_NOTE = "incident_note"
    INCIDENT_ROLES = "incident_roles"
    PAGE = "page"
    ALERT_HAND_OVER = "alert_hand_over"
    ALERT_SNOOZE = "alert_snooze"
    SAID = "said"
    ANSWER = "answer"
    MORE = "more_schedules"
    LINK = "link"
    SCHEDULE = "schedule"
    SCHEDULE_PREVIEW = "schedule_preview"
    SCHEDULE_CHOICE = "schedule_choice"
    SCHEDULE_SAVED = "schedule_saved"


class Shortcut(StrEnum):
    """What hangs on the menu of a message, by its callback_id."""

    ADD_MESSAGE = "pm_add_message"
    START_MESSAGE = "pm_start_message"
    DECLARE_INCIDENT = "incident_declare"
    ADD_THREAD = "pm_add_thread"
    """Only with `HISTORY=on`: its messages are read."""


class MessageType(StrEnum):
    """The event_type of the metadata that each of our messages carries."""

    DELIVERY = "watchbill_delivery"
