"""For every number in limits.py a payload of any size, so that the limit and one beyond it can be tried."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.blockkit import FAILED_CONSTRAINT
from tests.playground.blockkit.corpus.pieces import (
    Json,
    actions,
    asking,
    bars,
    button,
    card,
    cell,
    chars,
    confirm,
    container,
    context_actions,
    data_table,
    feedback,
    home,
    icon_button,
    image,
    message,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    plan,
    rich,
    rich_list,
    section,
    select,
    table,
    task,
    video,
    workflow_button,
)


@dataclass(frozen=True, slots=True)
class LimitCase:
    """A payload of size `n`, and where and how it is refused one beyond the limit.

    `says` is the expected sentence with `{more}` and `{less}` for the limit plus and minus one, `{limit}` for itself.
    """

    build: Callable[[int], Json]
    pointer: str
    says: str
    judge: str = "message"
    code: str = FAILED_CONSTRAINT


LONG = "must be less than {more} characters"
SHORT = "must be more than {less} characters"
MANY = "no more than {limit} items allowed"
FEW = "no less than {limit} items allowed"
GREAT = "must be less than {more}"
LITTLE = "must be more than {less}"


def in_section(accessory: Callable[[int], Json], pointer: str, says: str) -> LimitCase:
    return LimitCase(lambda n: message(section(accessory=accessory(n))), f"/blocks/0/accessory{pointer}", says)


def in_input(element: Callable[[int], Json], pointer: str, says: str) -> LimitCase:
    return LimitCase(lambda n: modal(asking(element(n))), f"/view/blocks/0/element{pointer}", says, "view")


def in_context(element: Callable[[int], Json], pointer: str, says: str) -> LimitCase:
    return LimitCase(lambda n: message(context_actions(element(n))), f"/blocks/0/elements/0{pointer}", says)


def in_message(block: Callable[[int], Json], pointer: str, says: str) -> LimitCase:
    return LimitCase(lambda n: message(block(n)), f"/blocks/0{pointer}", says)


def in_modal(view: Callable[[int], Json], pointer: str, says: str, code: str = FAILED_CONSTRAINT) -> LimitCase:
    return LimitCase(view, pointer, says, "view", code)


def sections_of(count: int) -> list[Json]:
    """Sections whose texts come to `count` characters."""
    whole, rest = divmod(count, 3_000)
    return [section(text=plain(chars(3_000)))] * whole + ([section(text=plain(chars(rest)))] if rest else [])


def view_of_bytes(count: int) -> Json:
    """A modal whose JSON has `count` bytes."""
    blocks = [section(text=plain(chars(2_500))) for _ in range(97)]
    view = modal(*blocks)
    missing = count - len(json.dumps(view))
    for block in blocks:
        step = min(500, missing)
        block["text"]["text"] += chars(step)
        missing -= step
    return view


def feedback_with(**change: object) -> Json:
    return feedback(positive_button={"text": plain("Good"), "value": "good", **change})


def first_slice(label: str) -> Json:
    return pie() | {"chart": {"type": "pie", "segments": [{"label": label, "value": 1}]}}


def named_series(name: str) -> Json:
    block = bars()
    block["chart"]["series"][0]["name"] = name
    return block


def points(count: int) -> Json:
    """One series of `count` points, beside categories that stay within their own limit."""
    block = bars(categories=max(1, min(count, 20)))
    block["chart"]["series"][0]["data"] = [{"label": f"Day {at}", "value": 1} for at in range(count)]
    return block


def categories(count: int) -> Json:
    block = bars(categories=max(1, min(count, 20)))
    block["chart"]["axis_config"]["categories"] = [f"Day {at}" for at in range(count)]
    return block


def option_texts(count: int) -> Json:
    return {"text": plain(chars(count)), "value": "1"}


CASES: dict[str, LimitCase] = {
    "MESSAGE_BLOCKS_MAX": LimitCase(lambda n: message(*[section()] * n), "/blocks", MANY),
    "MESSAGE_BLOCKS_TEXT_MAX": LimitCase(
        lambda n: message(*sections_of(n)), "/blocks", "msg_blocks_too_long", code="msg_blocks_too_long"
    ),
    "MESSAGE_ATTACHMENTS_MAX": LimitCase(
        lambda n: {"attachments": [{"text": "x"}] * n}, "/attachments", MANY, code="too_many_attachments"
    ),
    "MESSAGE_TABLES_MAX": LimitCase(
        lambda n: message(*[table()] * n), "/blocks/1", "only_one_table_allowed", code="invalid_attachments"
    ),
    "MESSAGE_DATA_VISUALIZATIONS_MAX": LimitCase(
        lambda n: message(*[pie()] * n), "/blocks/2", "no more than {limit} data_visualization blocks allowed"
    ),
    "MESSAGE_MARKDOWN_MAX": LimitCase(
        lambda n: message({"type": "markdown", "text": "x"}, {"type": "markdown", "text": chars(n - 1)}),
        "/blocks/1/text",
        LONG,
    ),
    "MESSAGE_DATA_TABLES_TEXT_MAX": LimitCase(
        lambda n: message(data_table(columns=1), data_table(columns=1) | {"rows": [[cell("x")], [cell(chars(n - 9))]]}),
        "/blocks/1/rows",
        LONG,
    ),
    "UPDATED_TEXT_MAX": LimitCase(lambda n: {"text": chars(n)}, "", "msg_too_long", "update", "msg_too_long"),
    "MARKDOWN_TEXT_MAX": LimitCase(lambda n: {"markdown_text": chars(n)}, "/markdown_text", LONG, code="msg_too_long"),
    "ATTACHMENT_ACTIONS_MAX": LimitCase(
        lambda n: {"attachments": [{"text": "x", "actions": [{}] * n}]}, "/attachments/0/actions", MANY
    ),
    "ATTACHMENT_FOOTER_MAX": LimitCase(
        lambda n: {"attachments": [{"text": "x", "footer": chars(n)}]}, "/attachments/0/footer", LONG
    ),
    "VIEW_BLOCKS_MAX": in_modal(lambda n: home(*[section()] * n), "/view/blocks", MANY),
    "VIEW_TITLE_MAX": in_modal(lambda n: modal(title=plain(chars(n))), "/view/title/text", LONG),
    "VIEW_SUBMIT_MAX": in_modal(lambda n: modal(submit=plain(chars(n))), "/view/submit/text", LONG),
    "VIEW_CLOSE_MAX": in_modal(lambda n: modal(close=plain(chars(n))), "/view/close/text", LONG),
    "VIEW_PRIVATE_METADATA_MAX": in_modal(lambda n: modal(private_metadata=chars(n)), "/view/private_metadata", LONG),
    "VIEW_CALLBACK_ID_MAX": in_modal(lambda n: modal(callback_id=chars(n)), "/view/callback_id", LONG),
    "VIEW_EXTERNAL_ID_MAX": in_modal(lambda n: home(external_id=chars(n)), "/view/external_id", LONG),
    "VIEW_BYTES_MAX": in_modal(view_of_bytes, "", "view_too_large", "view_too_large"),
    "VIEW_FOCUS_ON_LOAD_MAX": in_modal(
        lambda n: modal(*(asking(select(focus_on_load=True), block_id=f"b{at}") for at in range(n))),
        "/view/blocks/1/element/focus_on_load",
        "only one element may set `focus_on_load`",
    ),
    "BLOCK_ID_MAX": in_message(lambda n: section(block_id=chars(n)), "/block_id", LONG),
    "ACTION_ID_MAX": in_section(lambda n: button(action_id=chars(n)), "/action_id", LONG),
    "TEXT_MIN": in_message(lambda n: section(text=mrkdwn(chars(n))), "/text/text", SHORT),
    "TEXT_MAX": LimitCase(
        lambda n: message({"type": "context", "elements": [mrkdwn(chars(n))]}), "/blocks/0/elements/0/text", LONG
    ),
    "OPTION_TEXT_MAX": in_section(lambda n: select(options=[option_texts(n)]), "/options/0/text/text", LONG),
    "OPTION_VALUE_MAX": in_section(
        lambda n: select(options=[{"text": plain(), "value": chars(n)}]), "/options/0/value", LONG
    ),
    "OPTION_DESCRIPTION_MAX": in_section(
        lambda n: select(options=[option(description=plain(chars(n)))]), "/options/0/description/text", LONG
    ),
    "OPTION_URL_MAX": in_section(
        lambda n: {"type": "overflow", "options": [option(url=chars(n))]}, "/options/0/url", LONG
    ),
    "OPTION_GROUP_LABEL_MAX": in_section(
        lambda n: {"type": "static_select", "option_groups": [{"label": plain(chars(n)), "options": options(1)}]},
        "/option_groups/0/label/text",
        LONG,
    ),
    "OPTION_GROUP_OPTIONS_MIN": in_section(
        lambda n: {"type": "static_select", "option_groups": [{"label": plain(), "options": options(n)}]},
        "/option_groups/0/options",
        FEW,
    ),
    "OPTION_GROUP_OPTIONS_MAX": in_section(
        lambda n: {"type": "static_select", "option_groups": [{"label": plain(), "options": options(n)}]},
        "/option_groups/0/options",
        MANY,
    ),
    "CONFIRM_TITLE_MAX": in_section(
        lambda n: button(confirm=confirm(title=plain(chars(n)))), "/confirm/title/text", LONG
    ),
    "CONFIRM_TEXT_MAX": in_section(lambda n: button(confirm=confirm(text=plain(chars(n)))), "/confirm/text/text", LONG),
    "CONFIRM_CONFIRM_MAX": in_section(
        lambda n: button(confirm=confirm(confirm=plain(chars(n)))), "/confirm/confirm/text", LONG
    ),
    "CONFIRM_DENY_MAX": in_section(lambda n: button(confirm=confirm(deny=plain(chars(n)))), "/confirm/deny/text", LONG),
    "FILTER_INCLUDE_MIN": in_section(
        lambda n: {"type": "conversations_select", "filter": {"include": ["im"] * n}}, "/filter/include", FEW
    ),
    "TRIGGER_ACTIONS_ON_MIN": in_input(
        lambda n: {
            "type": "plain_text_input",
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"] * n},
        },
        "/dispatch_action_config/trigger_actions_on",
        FEW,
    ),
    "TRIGGER_ACTIONS_ON_MAX": in_input(
        lambda n: {
            "type": "plain_text_input",
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"] * n},
        },
        "/dispatch_action_config/trigger_actions_on",
        MANY,
    ),
    "PLACEHOLDER_MAX": in_section(lambda n: select(placeholder=plain(chars(n))), "/placeholder/text", LONG),
    "BUTTON_TEXT_MAX": in_section(lambda n: button(text=plain(chars(n))), "/text/text", LONG),
    "BUTTON_VALUE_MAX": in_section(lambda n: button(value=chars(n)), "/value", LONG),
    "BUTTON_URL_MAX": in_section(lambda n: button(url=chars(n)), "/url", LONG),
    "BUTTON_ACCESSIBILITY_LABEL_MAX": in_section(
        lambda n: button(accessibility_label=chars(n)), "/accessibility_label", LONG
    ),
    "BUTTON_AGENT_PROMPT_MAX": in_section(lambda n: button(agent_prompt=chars(n)), "/agent_prompt", LONG),
    "WORKFLOW_BUTTON_TEXT_MAX": in_section(lambda n: workflow_button(text=plain(chars(n))), "/text/text", LONG),
    "WORKFLOW_BUTTON_ACCESSIBILITY_LABEL_MAX": in_section(
        lambda n: workflow_button(accessibility_label=chars(n)), "/accessibility_label", LONG
    ),
    "FEEDBACK_BUTTON_TEXT_MAX": in_context(
        lambda n: feedback_with(text=plain(chars(n))), "/positive_button/text/text", LONG
    ),
    "FEEDBACK_BUTTON_VALUE_MAX": in_context(lambda n: feedback_with(value=chars(n)), "/positive_button/value", LONG),
    "FEEDBACK_BUTTON_ACCESSIBILITY_LABEL_MAX": in_context(
        lambda n: feedback_with(accessibility_label=chars(n)), "/positive_button/accessibility_label", LONG
    ),
    "ICON_BUTTON_TEXT_MAX": in_context(lambda n: icon_button(text=plain(chars(n))), "/text/text", LONG),
    "ICON_BUTTON_VALUE_MAX": in_context(lambda n: icon_button(value=chars(n)), "/value", LONG),
    "ICON_BUTTON_ACCESSIBILITY_LABEL_MAX": in_context(
        lambda n: icon_button(accessibility_label=chars(n)), "/accessibility_label", LONG
    ),
    "ICON_BUTTON_VISIBLE_TO_MAX": in_context(
        lambda n: icon_button(visible_to_user_ids=["U1"] * n), "/visible_to_user_ids", MANY
    ),
    "SELECT_OPTIONS_MIN": in_section(lambda n: select(options=options(n)), "/options", FEW),
    "SELECT_OPTIONS_MAX": in_section(lambda n: select(options=options(n)), "/options", MANY),
    "SELECT_OPTION_GROUPS_MIN": in_section(
        lambda n: {"type": "static_select", "option_groups": [{"label": plain(), "options": options(1)}] * n},
        "/option_groups",
        FEW,
    ),
    "SELECT_OPTION_GROUPS_MAX": in_section(
        lambda n: {"type": "static_select", "option_groups": [{"label": plain(), "options": options(1)}] * n},
        "/option_groups",
        MANY,
    ),
    "SELECT_MIN_QUERY_LENGTH_MIN": in_section(
        lambda n: {"type": "external_select", "min_query_length": n}, "/min_query_length", LITTLE
    ),
    "MULTI_SELECT_MAX_SELECTED_MIN": in_section(
        lambda n: {"type": "multi_users_select", "max_selected_items": n}, "/max_selected_items", LITTLE
    ),
    "OVERFLOW_OPTIONS_MIN": in_section(lambda n: {"type": "overflow", "options": options(n)}, "/options", FEW),
    "OVERFLOW_OPTIONS_MAX": in_section(lambda n: {"type": "overflow", "options": options(n)}, "/options", MANY),
    "CHECKBOXES_OPTIONS_MIN": in_section(lambda n: {"type": "checkboxes", "options": options(n)}, "/options", FEW),
    "CHECKBOXES_OPTIONS_MAX": in_section(lambda n: {"type": "checkboxes", "options": options(n)}, "/options", MANY),
    "RADIO_BUTTONS_OPTIONS_MIN": in_section(
        lambda n: {"type": "radio_buttons", "options": options(n)}, "/options", FEW
    ),
    "RADIO_BUTTONS_OPTIONS_MAX": in_section(
        lambda n: {"type": "radio_buttons", "options": options(n)}, "/options", MANY
    ),
    "IMAGE_URL_MAX": in_section(lambda n: image(image_url=chars(n)), "/image_url", LONG),
    "IMAGE_ALT_TEXT_MAX": in_message(lambda n: image(alt_text=chars(n)), "/alt_text", LONG),
    "PLAIN_TEXT_INPUT_MIN_LENGTH_MIN": in_input(
        lambda n: {"type": "plain_text_input", "min_length": n}, "/min_length", LITTLE
    ),
    "PLAIN_TEXT_INPUT_MIN_LENGTH_MAX": in_input(
        lambda n: {"type": "plain_text_input", "min_length": n}, "/min_length", GREAT
    ),
    "PLAIN_TEXT_INPUT_MAX_LENGTH_MIN": in_input(
        lambda n: {"type": "plain_text_input", "max_length": n}, "/max_length", LITTLE
    ),
    "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX": in_input(
        lambda n: {"type": "plain_text_input", "max_length": n}, "/max_length", GREAT
    ),
    "RICH_TEXT_INPUT_LINES_MIN": in_input(
        lambda n: {"type": "rich_text_input", "action_id": "a", "min_lines": n}, "/min_lines", LITTLE
    ),
    "RICH_TEXT_INPUT_LINES_MAX": in_input(
        lambda n: {"type": "rich_text_input", "action_id": "a", "max_lines": n}, "/max_lines", GREAT
    ),
    "FILE_INPUT_FILES_MIN": in_input(lambda n: {"type": "file_input", "max_files": n}, "/max_files", LITTLE),
    "FILE_INPUT_FILES_MAX": in_input(lambda n: {"type": "file_input", "max_files": n}, "/max_files", GREAT),
    "SECTION_TEXT_MAX": in_message(lambda n: section(text=mrkdwn(chars(n))), "/text/text", LONG),
    "SECTION_FIELDS_MIN": in_message(lambda n: section(fields=[plain()] * n), "/fields", FEW),
    "SECTION_FIELDS_MAX": in_message(lambda n: section(fields=[plain()] * n), "/fields", MANY),
    "SECTION_FIELD_MAX": in_message(lambda n: section(fields=[mrkdwn(chars(n))]), "/fields/0/text", LONG),
    "HEADER_TEXT_MAX": in_message(lambda n: {"type": "header", "text": plain(chars(n))}, "/text/text", LONG),
    "CONTEXT_ELEMENTS_MIN": in_message(lambda n: {"type": "context", "elements": [plain()] * n}, "/elements", FEW),
    "CONTEXT_ELEMENTS_MAX": in_message(lambda n: {"type": "context", "elements": [plain()] * n}, "/elements", MANY),
    "ACTIONS_ELEMENTS_MIN": in_message(lambda n: actions(*[button()] * n), "/elements", FEW),
    "ACTIONS_ELEMENTS_MAX": in_message(lambda n: actions(*[button()] * n), "/elements", MANY),
    "IMAGE_TITLE_MAX": in_message(lambda n: image(title=plain(chars(n))), "/title/text", LONG),
    "INPUT_LABEL_MAX": in_message(lambda n: asking(select(), label=plain(chars(n))), "/label/text", LONG),
    "INPUT_HINT_MAX": in_message(lambda n: asking(select(), hint=plain(chars(n))), "/hint/text", LONG),
    "MARKDOWN_BLOCK_MAX": in_message(lambda n: {"type": "markdown", "text": chars(n)}, "/text", LONG),
    "CONTEXT_ACTIONS_ELEMENTS_MIN": in_message(lambda n: context_actions(*[feedback()] * n), "/elements", FEW),
    "CONTEXT_ACTIONS_ELEMENTS_MAX": in_message(lambda n: context_actions(*[feedback()] * n), "/elements", MANY),
    "VIDEO_TITLE_MAX": in_message(lambda n: video(title=plain(chars(n))), "/title/text", LONG),
    "VIDEO_AUTHOR_NAME_MAX": in_message(lambda n: video(author_name=chars(n)), "/author_name", LONG),
    "VIDEO_ALT_TEXT_MAX": in_message(lambda n: video(alt_text=chars(n)), "/alt_text", LONG),
    "VIDEO_DESCRIPTION_MAX": in_message(lambda n: video(description=plain(chars(n))), "/description/text", LONG),
    "VIDEO_PROVIDER_NAME_MAX": in_message(lambda n: video(provider_name=chars(n)), "/provider_name", LONG),
    "VIDEO_URL_MAX": in_message(lambda n: video(video_url=chars(n)), "/video_url", LONG),
    "VIDEO_THUMBNAIL_URL_MAX": in_message(lambda n: video(thumbnail_url=chars(n)), "/thumbnail_url", LONG),
    "VIDEO_TITLE_URL_MAX": in_message(lambda n: video(title_url=chars(n)), "/title_url", LONG),
    "VIDEO_PROVIDER_ICON_URL_MAX": in_message(lambda n: video(provider_icon_url=chars(n)), "/provider_icon_url", LONG),
    "RICH_TEXT_ELEMENTS_MIN": in_message(
        lambda n: {"type": "rich_text", "elements": [rich_list()] * n}, "/elements", FEW
    ),
    "RICH_TEXT_LIST_INDENT_MIN": in_message(lambda n: rich(rich_list(indent=n)), "/elements/0/indent", LITTLE),
    "RICH_TEXT_LIST_INDENT_MAX": in_message(lambda n: rich(rich_list(indent=n)), "/elements/0/indent", GREAT),
    "RICH_TEXT_LIST_OFFSET_MIN": in_message(lambda n: rich(rich_list(offset=n)), "/elements/0/offset", LITTLE),
    "RICH_TEXT_BORDER_MIN": in_message(lambda n: rich(rich_list(border=n)), "/elements/0/border", LITTLE),
    "RICH_TEXT_BORDER_MAX": in_message(lambda n: rich(rich_list(border=n)), "/elements/0/border", GREAT),
    "TABLE_ROWS_MIN": in_message(lambda n: table(rows=n), "/rows", FEW),
    "TABLE_ROWS_MAX": in_message(lambda n: table(rows=n), "/rows", MANY),
    "TABLE_COLUMNS_MIN": in_message(lambda n: table(rows=1, columns=n), "/rows/0", FEW),
    "TABLE_COLUMNS_MAX": in_message(lambda n: table(rows=1, columns=n), "/rows/0", MANY),
    "TABLE_COLUMN_SETTINGS_MAX": in_message(lambda n: table(column_settings=[None] * n), "/column_settings", MANY),
    "DATA_TABLE_ROWS_MIN": in_message(lambda n: data_table(rows=n), "/rows", FEW),
    "DATA_TABLE_ROWS_MAX": in_message(lambda n: data_table(rows=n), "/rows", MANY),
    "DATA_TABLE_COLUMNS_MIN": in_message(lambda n: data_table(columns=n), "/rows/0", FEW),
    "DATA_TABLE_COLUMNS_MAX": in_message(lambda n: data_table(columns=n), "/rows/0", MANY),
    "DATA_TABLE_PAGE_SIZE_MIN": in_message(lambda n: data_table(page_size=n), "/page_size", LITTLE),
    "DATA_TABLE_PAGE_SIZE_MAX": in_message(lambda n: data_table(page_size=n), "/page_size", GREAT),
    "DATA_TABLE_ROW_HEADER_MIN": in_message(
        lambda n: data_table(row_header_column_index=n), "/row_header_column_index", LITTLE
    ),
    "DATA_TABLE_CELL_MIN": in_message(
        lambda n: data_table(columns=1) | {"rows": [[cell()], [cell(chars(n))]]}, "/rows/1/0/text", SHORT
    ),
    "CARD_TITLE_MAX": in_message(lambda n: card(title=plain(chars(n))), "/title/text", LONG),
    "CARD_SUBTITLE_MAX": in_message(lambda n: card(subtitle=mrkdwn(chars(n))), "/subtitle/text", LONG),
    "CARD_BODY_MAX": in_message(lambda n: card(body=mrkdwn(chars(n))), "/body/text", LONG),
    "CARD_SUBTEXT_MAX": in_message(lambda n: card(subtext=mrkdwn(chars(n))), "/subtext/text", LONG),
    "CARD_ACTIONS_MAX": in_message(lambda n: card(actions=[button()] * n), "/actions", MANY),
    "CAROUSEL_CARDS_MIN": in_message(lambda n: {"type": "carousel", "elements": [card()] * n}, "/elements", FEW),
    "CAROUSEL_CARDS_MAX": in_message(lambda n: {"type": "carousel", "elements": [card()] * n}, "/elements", MANY),
    "CONTAINER_TITLE_MAX": in_message(lambda n: container(title=plain(chars(n))), "/title/text", LONG),
    "CONTAINER_SUBTITLE_MAX": in_message(lambda n: container(subtitle=plain(chars(n))), "/subtitle/text", LONG),
    "CONTAINER_BLOCKS_MIN": in_message(lambda n: container() | {"child_blocks": [section()] * n}, "/child_blocks", FEW),
    "CONTAINER_BLOCKS_MAX": in_message(
        lambda n: container() | {"child_blocks": [section()] * n}, "/child_blocks", MANY
    ),
    "ALERT_TEXT_MAX": in_modal(
        lambda n: modal({"type": "alert", "text": plain(chars(n))}), "/view/blocks/0/text/text", LONG
    ),
    "PLAN_TASKS_MAX": in_message(lambda n: plan(*(task(f"t{at}") for at in range(n))), "/tasks", MANY),
    "CHART_TITLE_MAX": in_message(lambda n: pie(title=chars(n)), "/title", LONG),
    "CHART_SEGMENTS_MIN": in_message(lambda n: pie(segments=n), "/chart/segments", FEW),
    "CHART_SEGMENTS_MAX": in_message(lambda n: pie(segments=n), "/chart/segments", MANY),
    "CHART_SERIES_MIN": in_message(lambda n: bars(series=n), "/chart/series", FEW),
    "CHART_SERIES_MAX": in_message(lambda n: bars(series=n), "/chart/series", MANY),
    "CHART_SERIES_NAME_MAX": in_message(lambda n: named_series(chars(n)), "/chart/series/0/name", LONG),
    "CHART_POINTS_MIN": in_message(points, "/chart/series/0/data", FEW),
    "CHART_POINTS_MAX": in_message(points, "/chart/series/0/data", MANY),
    "CHART_LABEL_MAX": in_message(lambda n: first_slice(chars(n)), "/chart/segments/0/label", LONG),
    "CHART_CATEGORIES_MIN": in_message(categories, "/chart/axis_config/categories", FEW),
    "CHART_CATEGORIES_MAX": in_message(categories, "/chart/axis_config/categories", MANY),
    "CHART_AXIS_LABEL_MAX": in_message(lambda n: bars(x_label=chars(n)), "/chart/axis_config/x_label", LONG),
}

JUDGED_ELSEWHERE = {
    "POSTED_TEXT_MAX": "no refusal but a cut with a warning: test_messages",
    "VALIDATE_BYTES_MAX": "a limit of the method, not of the payload: test_refusals",
}
