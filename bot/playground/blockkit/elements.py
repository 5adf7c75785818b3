"""The elements that can be pressed or chosen from, and which block may hold which of them."""

from __future__ import annotations

import datetime

from bot.playground.blockkit import limits
from bot.playground.blockkit.inputs import DATETIME_SECONDS, TYPED_INPUTS
from bot.playground.blockkit.schema import (
    Check,
    array,
    boolean,
    by_type,
    choice,
    exactly_one,
    formatted,
    integer,
    needs,
    record,
    string,
    typed,
)
from bot.playground.blockkit.texts import (
    CONFIRM,
    CONVERSATION_FILTER,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    PLAIN_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    STYLE,
    TEXT_KINDS,
    WORKFLOW,
    offered,
    plain_text,
)

ACTION_ID = string(most=limits.ACTION_ID_MAX)


def _is_date(text: str) -> bool:
    year, month, day = text[:4], text[5:7], text[8:]
    if text != f"{year}-{month}-{day}" or not (year + month + day).isdecimal():
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    hours, minutes = text[:2], text[3:]
    if text != f"{hours}:{minutes}" or len(minutes) != 2 or not (hours + minutes).isdecimal():
        return False
    return int(hours) < 24 and int(minutes) < 60


_PRESSED: dict[str, Check] = {"action_id": ACTION_ID, "confirm": CONFIRM}
_CHOSEN: dict[str, Check] = {**_PRESSED, "focus_on_load": boolean}
_MENU: dict[str, Check] = {**_CHOSEN, "placeholder": PLACEHOLDER}
_MULTI: dict[str, Check] = {
    **_MENU,
    "max_selected_items": integer(least=limits.MULTI_SELECT_MAX_SELECTED_MIN),
}
_LISTED: dict[str, Check] = {
    "options": array(PLAIN_OPTION, least=limits.SELECT_OPTIONS_MIN, most=limits.SELECT_OPTIONS_MAX),
    "option_groups": array(OPTION_GROUP, least=limits.SELECT_OPTION_GROUPS_MIN, most=limits.SELECT_OPTION_GROUPS_MAX),
}
_QUERIED: dict[str, Check] = {"min_query_length": integer(least=limits.SELECT_MIN_QUERY_LENGTH_MIN)}
_CONVERSATIONS: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
_IDS = array(string(), least=1)
_VISIBLE_TO = array(string(), most=limits.ICON_BUTTON_VISIBLE_TO_MAX)

BUTTON = typed(
    {"text": plain_text(limits.BUTTON_TEXT_MAX)},
    {
        **_PRESSED,
        "url": string(most=limits.BUTTON_URL_MAX),
        "value": string(most=limits.BUTTON_VALUE_MAX),
        "style": STYLE,
        "accessibility_label": string(most=limits.BUTTON_ACCESSIBILITY_LABEL_MAX),
        "agent_prompt": string(most=limits.BUTTON_AGENT_PROMPT_MAX),
        "agent_prompt_display": string(),
        "visible_to_user_ids": _VISIBLE_TO,
    },
    [needs("agent_prompt_display", "agent_prompt")],
)

WORKFLOW_BUTTON = typed(
    {"text": plain_text(limits.WORKFLOW_BUTTON_TEXT_MAX), "workflow": WORKFLOW, "action_id": ACTION_ID},
    {
        "confirm": CONFIRM,
        "style": STYLE,
        "accessibility_label": string(most=limits.WORKFLOW_BUTTON_ACCESSIBILITY_LABEL_MAX),
    },
)

IMAGE_ELEMENT = typed(
    {"alt_text": string(most=limits.IMAGE_ALT_TEXT_MAX)},
    {"image_url": string(most=limits.IMAGE_URL_MAX), "slack_file": SLACK_FILE},
    [exactly_one("image_url", "slack_file")],
)

OVERFLOW = typed(
    {"options": array(OVERFLOW_OPTION, least=limits.OVERFLOW_OPTIONS_MIN, most=limits.OVERFLOW_OPTIONS_MAX)}, _PRESSED
)

_FEEDBACK_BUTTON = record(
    {"text": plain_text(limits.FEEDBACK_BUTTON_TEXT_MAX), "value": string(most=limits.FEEDBACK_BUTTON_VALUE_MAX)},
    {"accessibility_label": string(most=limits.FEEDBACK_BUTTON_ACCESSIBILITY_LABEL_MAX)},
)
FEEDBACK_BUTTONS = typed(
    {"positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON}, {"action_id": ACTION_ID}
)
ICON_BUTTON = typed(
    {"icon": choice("trash"), "text": plain_text(limits.ICON_BUTTON_TEXT_MAX)},
    {
        **_PRESSED,
        "value": string(most=limits.ICON_BUTTON_VALUE_MAX),
        "accessibility_label": string(most=limits.ICON_BUTTON_ACCESSIBILITY_LABEL_MAX),
        "visible_to_user_ids": _VISIBLE_TO,
    },
)

_SELECTS: dict[str, Check] = {
    "static_select": typed(
        {}, {**_MENU, **_LISTED, "initial_option": PLAIN_OPTION}, [exactly_one("options", "option_groups"), offered]
    ),
    "external_select": typed({}, {**_MENU, **_QUERIED, "initial_option": PLAIN_OPTION}),
    "users_select": typed({}, {**_MENU, "initial_user": string()}),
    "conversations_select": typed(
        {}, {**_MENU, **_CONVERSATIONS, "initial_conversation": string(), "response_url_enabled": boolean}
    ),
    "channels_select": typed({}, {**_MENU, "initial_channel": string(), "response_url_enabled": boolean}),
}

_INITIAL_OPTIONS = array(PLAIN_OPTION, least=1)
_MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": typed(
        {},
        {**_MULTI, **_LISTED, "initial_options": _INITIAL_OPTIONS},
        [exactly_one("options", "option_groups"), offered],
    ),
    "multi_external_select": typed({}, {**_MULTI, **_QUERIED, "initial_options": _INITIAL_OPTIONS}),
    "multi_users_select": typed({}, {**_MULTI, "initial_users": _IDS}),
    "multi_conversations_select": typed({}, {**_MULTI, **_CONVERSATIONS, "initial_conversations": _IDS}),
    "multi_channels_select": typed({}, {**_MULTI, "initial_channels": _IDS}),
}

_TICKED: dict[str, Check] = {
    "checkboxes": typed(
        {"options": array(RICH_OPTION, least=limits.CHECKBOXES_OPTIONS_MIN, most=limits.CHECKBOXES_OPTIONS_MAX)},
        {**_CHOSEN, "initial_options": array(RICH_OPTION, least=1)},
        [offered],
    ),
    "radio_buttons": typed(
        {"options": array(RICH_OPTION, least=limits.RADIO_BUTTONS_OPTIONS_MIN, most=limits.RADIO_BUTTONS_OPTIONS_MAX)},
        {**_CHOSEN, "initial_option": RICH_OPTION},
        [offered],
    ),
}

_PICKERS: dict[str, Check] = {
    "datepicker": typed({}, {**_MENU, "initial_date": formatted(_is_date, "YYYY-MM-DD")}),
    "timepicker": typed({}, {**_MENU, "initial_time": formatted(_is_time, "HH:mm"), "timezone": string()}),
}
_DATETIMEPICKER: dict[str, Check] = {
    "datetimepicker": typed({}, {**_CHOSEN, "initial_date_time": DATETIME_SECONDS}),
}

_EVERYWHERE: dict[str, Check] = {**_SELECTS, **_MULTI_SELECTS, **_TICKED, **_PICKERS}
_BUTTONS: dict[str, Check] = {"button": BUTTON, "workflow_button": WORKFLOW_BUTTON, "overflow": OVERFLOW}

SECTION_ACCESSORY = by_type({**_EVERYWHERE, **_BUTTONS, "image": IMAGE_ELEMENT})
"""What may stand beside a section's text: anything but a datetimepicker and what is typed into."""

ACTIONS_ELEMENT = by_type({**_EVERYWHERE, **_BUTTONS, **_DATETIMEPICKER})

CONTEXT_ELEMENT = by_type({**TEXT_KINDS, "image": IMAGE_ELEMENT})

CONTEXT_ACTIONS_ELEMENT = by_type({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON})

_INPUTS: dict[str, Check] = {**_EVERYWHERE, **_DATETIMEPICKER, **TYPED_INPUTS}

MODAL_INPUT = by_type(_INPUTS)
"""What an input block of a modal may ask with."""

OTHER_INPUT = by_type({kind: check for kind, check in _INPUTS.items() if kind != "file_input"})
"""What an input block of a message or a home tab may ask with: files can be given in modals only."""

CARD_ACTION = by_type({"button": BUTTON})
ICON_IMAGE = by_type({"image": IMAGE_ELEMENT})
