"""Every number that Slack holds a message, a view or a block to.

Lengths are Unicode code points. A `_MAX` is the largest length, count or value that passes, a `_MIN` the smallest; the
tests hold each of them to a payload at the limit and one beyond it.

The letters behind a number say where it is known from:
    D  a page of docs.slack.dev            R  Slack's method pages (errors and arguments)
    T  the type comments of @slack/types   S  the models of slack_sdk 3.47
    B  the limit registry of slackblocks   I  what the real Slack was seen to answer
Where two sources disagree the stricter number stands here, and the comment says so.
"""

from __future__ import annotations

from typing import Final

# A whole message.
MESSAGE_BLOCKS_MAX: Final = 50  # D, B
MESSAGE_BLOCKS_TEXT_MAX: Final = 13_200  # I (bolt-js 2509): msg_blocks_too_long, documented without a number
MESSAGE_ATTACHMENTS_MAX: Final = 100  # R, B
MESSAGE_TABLES_MAX: Final = 1  # D: only_one_table_allowed
MESSAGE_DATA_VISUALIZATIONS_MAX: Final = 2  # B
MESSAGE_MARKDOWN_MAX: Final = 12_000  # D, B: all markdown blocks together
MESSAGE_DATA_TABLES_TEXT_MAX: Final = 20_000  # B: all cells of all data tables together
POSTED_TEXT_MAX: Final = 40_000  # D: cut there, with the warning message_truncated
UPDATED_TEXT_MAX: Final = 4_000  # R: msg_too_long
MARKDOWN_TEXT_MAX: Final = 12_000  # R: the argument markdown_text
ATTACHMENT_ACTIONS_MAX: Final = 5  # S: legacy attachment actions
ATTACHMENT_FOOTER_MAX: Final = 300  # S

# A whole view.
VIEW_BLOCKS_MAX: Final = 100  # D, B
VIEW_TITLE_MAX: Final = 24  # S, B
VIEW_SUBMIT_MAX: Final = 24  # S, B
VIEW_CLOSE_MAX: Final = 24  # S, B
VIEW_PRIVATE_METADATA_MAX: Final = 3_000  # S, R
VIEW_CALLBACK_ID_MAX: Final = 255  # S, R
VIEW_EXTERNAL_ID_MAX: Final = 255  # S, R
VIEW_BYTES_MAX: Final = 250_000  # R: view_too_large
VIEW_FOCUS_ON_LOAD_MAX: Final = 1  # T: one element of a view may take the focus

# Identifiers and text objects.
BLOCK_ID_MAX: Final = 255  # S, B
ACTION_ID_MAX: Final = 255  # S, B
TEXT_MIN: Final = 1  # T, B: an empty string is an error everywhere
TEXT_MAX: Final = 3_000  # T, B

# Composition objects.
OPTION_TEXT_MAX: Final = 75  # S, B
OPTION_VALUE_MAX: Final = 150  # S, B; the comment in T still says 75
OPTION_DESCRIPTION_MAX: Final = 75  # S, B
OPTION_URL_MAX: Final = 3_000  # S, B
OPTION_GROUP_LABEL_MAX: Final = 75  # S, B
OPTION_GROUP_OPTIONS_MIN: Final = 1  # B
OPTION_GROUP_OPTIONS_MAX: Final = 100  # B
CONFIRM_TITLE_MAX: Final = 100  # S, B
CONFIRM_TEXT_MAX: Final = 300  # S, B
CONFIRM_CONFIRM_MAX: Final = 30  # S, B
CONFIRM_DENY_MAX: Final = 30  # S, B
FILTER_INCLUDE_MIN: Final = 1  # T, B
TRIGGER_ACTIONS_ON_MIN: Final = 1  # B
TRIGGER_ACTIONS_ON_MAX: Final = 2  # B

# Elements.
PLACEHOLDER_MAX: Final = 150  # S, B
BUTTON_TEXT_MAX: Final = 75  # S, B
BUTTON_VALUE_MAX: Final = 2_000  # S, B
BUTTON_URL_MAX: Final = 3_000  # S, B
BUTTON_ACCESSIBILITY_LABEL_MAX: Final = 75  # S, B
BUTTON_AGENT_PROMPT_MAX: Final = 4_000  # S, B
WORKFLOW_BUTTON_TEXT_MAX: Final = 75  # B
WORKFLOW_BUTTON_ACCESSIBILITY_LABEL_MAX: Final = 75  # B
FEEDBACK_BUTTON_TEXT_MAX: Final = 75  # B
FEEDBACK_BUTTON_VALUE_MAX: Final = 2_000  # B
FEEDBACK_BUTTON_ACCESSIBILITY_LABEL_MAX: Final = 75  # B
ICON_BUTTON_TEXT_MAX: Final = 75  # T
ICON_BUTTON_VALUE_MAX: Final = 2_000  # B
ICON_BUTTON_ACCESSIBILITY_LABEL_MAX: Final = 75  # B
ICON_BUTTON_VISIBLE_TO_MAX: Final = 10  # B
SELECT_OPTIONS_MIN: Final = 1  # B
SELECT_OPTIONS_MAX: Final = 100  # S, B
SELECT_OPTION_GROUPS_MIN: Final = 1  # B
SELECT_OPTION_GROUPS_MAX: Final = 100  # S, B
SELECT_MIN_QUERY_LENGTH_MIN: Final = 0  # B
MULTI_SELECT_MAX_SELECTED_MIN: Final = 1  # B
OVERFLOW_OPTIONS_MIN: Final = 1  # S, B; older pages say 2
OVERFLOW_OPTIONS_MAX: Final = 5  # S, B
CHECKBOXES_OPTIONS_MIN: Final = 1  # B
CHECKBOXES_OPTIONS_MAX: Final = 10  # B
RADIO_BUTTONS_OPTIONS_MIN: Final = 1  # B
RADIO_BUTTONS_OPTIONS_MAX: Final = 10  # B
IMAGE_URL_MAX: Final = 3_000  # S, B: image block and image element alike
IMAGE_ALT_TEXT_MAX: Final = 2_000  # S, B: image block and image element alike
PLAIN_TEXT_INPUT_MIN_LENGTH_MIN: Final = 0  # B
PLAIN_TEXT_INPUT_MIN_LENGTH_MAX: Final = 3_000  # B
PLAIN_TEXT_INPUT_MAX_LENGTH_MIN: Final = 1  # B
PLAIN_TEXT_INPUT_MAX_LENGTH_MAX: Final = 3_000  # B
RICH_TEXT_INPUT_LINES_MIN: Final = 1  # B
RICH_TEXT_INPUT_LINES_MAX: Final = 100  # B
FILE_INPUT_FILES_MIN: Final = 1  # B
FILE_INPUT_FILES_MAX: Final = 10  # B

# Blocks.
SECTION_TEXT_MAX: Final = 3_000  # D, B
SECTION_FIELDS_MIN: Final = 1  # D
SECTION_FIELDS_MAX: Final = 10  # D, B
SECTION_FIELD_MAX: Final = 2_000  # D, B
HEADER_TEXT_MAX: Final = 150  # S, B
CONTEXT_ELEMENTS_MIN: Final = 1  # D
CONTEXT_ELEMENTS_MAX: Final = 10  # S, B
ACTIONS_ELEMENTS_MIN: Final = 1  # D
ACTIONS_ELEMENTS_MAX: Final = 25  # S, B
IMAGE_TITLE_MAX: Final = 2_000  # S, B
INPUT_LABEL_MAX: Final = 2_000  # S, B
INPUT_HINT_MAX: Final = 2_000  # S, B
MARKDOWN_BLOCK_MAX: Final = 12_000  # D, B
CONTEXT_ACTIONS_ELEMENTS_MIN: Final = 1  # B
CONTEXT_ACTIONS_ELEMENTS_MAX: Final = 5  # B
VIDEO_TITLE_MAX: Final = 199  # D "must be less than 200 characters"; B allows 200
VIDEO_AUTHOR_NAME_MAX: Final = 49  # D "must be less than 50 characters"; B allows 50
VIDEO_ALT_TEXT_MAX: Final = 2_000  # B
VIDEO_DESCRIPTION_MAX: Final = 200  # B
VIDEO_PROVIDER_NAME_MAX: Final = 50  # B
VIDEO_URL_MAX: Final = 3_000  # B: video_url
VIDEO_THUMBNAIL_URL_MAX: Final = 3_000  # B
VIDEO_TITLE_URL_MAX: Final = 2_000  # B
VIDEO_PROVIDER_ICON_URL_MAX: Final = 2_000  # B

# Rich text.
RICH_TEXT_ELEMENTS_MIN: Final = 1  # B
RICH_TEXT_LIST_INDENT_MIN: Final = 0  # B
RICH_TEXT_LIST_INDENT_MAX: Final = 8  # B
RICH_TEXT_LIST_OFFSET_MIN: Final = 0  # B
RICH_TEXT_BORDER_MIN: Final = 0  # B: list, quote and preformatted alike
RICH_TEXT_BORDER_MAX: Final = 1  # B

# Tables.
TABLE_ROWS_MIN: Final = 1  # D
TABLE_ROWS_MAX: Final = 100  # D, B
TABLE_COLUMNS_MIN: Final = 1  # D
TABLE_COLUMNS_MAX: Final = 20  # D, B
TABLE_COLUMN_SETTINGS_MAX: Final = 20  # D, B
DATA_TABLE_ROWS_MIN: Final = 2  # D, B: a header and one row
DATA_TABLE_ROWS_MAX: Final = 101  # D; B allows 201
DATA_TABLE_COLUMNS_MIN: Final = 1  # B
DATA_TABLE_COLUMNS_MAX: Final = 20  # B
DATA_TABLE_PAGE_SIZE_MIN: Final = 1  # B
DATA_TABLE_PAGE_SIZE_MAX: Final = 100  # B
DATA_TABLE_ROW_HEADER_MIN: Final = 0  # B: row_header_column_index
DATA_TABLE_CELL_MIN: Final = 1  # B: characters of a cell's text

# Cards, containers, alerts, plans.
CARD_TITLE_MAX: Final = 150  # B
CARD_SUBTITLE_MAX: Final = 150  # B
CARD_BODY_MAX: Final = 200  # B
CARD_SUBTEXT_MAX: Final = 200  # B
CARD_ACTIONS_MAX: Final = 3  # B
CAROUSEL_CARDS_MIN: Final = 1  # B
CAROUSEL_CARDS_MAX: Final = 10  # B
CONTAINER_TITLE_MAX: Final = 150  # B
CONTAINER_SUBTITLE_MAX: Final = 150  # B
CONTAINER_BLOCKS_MIN: Final = 1  # B
CONTAINER_BLOCKS_MAX: Final = 10  # B
ALERT_TEXT_MAX: Final = 200  # B
PLAN_TASKS_MAX: Final = 50  # B

# Charts.
CHART_TITLE_MAX: Final = 50  # B
CHART_SEGMENTS_MIN: Final = 1  # B
CHART_SEGMENTS_MAX: Final = 12  # B
CHART_SERIES_MIN: Final = 1  # B
CHART_SERIES_MAX: Final = 12  # B
CHART_SERIES_NAME_MAX: Final = 20  # B
CHART_POINTS_MIN: Final = 1  # B
CHART_POINTS_MAX: Final = 20  # B
CHART_LABEL_MAX: Final = 20  # B: of a segment, a point and a category alike
CHART_CATEGORIES_MIN: Final = 1  # B
CHART_CATEGORIES_MAX: Final = 20  # B
CHART_AXIS_LABEL_MAX: Final = 50  # B

# The method blocks.validate.
VALIDATE_BYTES_MAX: Final = 100_000  # R, T
