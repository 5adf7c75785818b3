"""slackblocks as a second opinion: its numbers, its surfaces, what it builds and what it refuses."""

from __future__ import annotations

import pytest
from slackblocks import _limits as theirs
from slackblocks._surfaces import _BLOCK_TYPES_BY_SURFACE
from slackblocks.errors import InvalidUsageError

from bot.playground.blockkit import Surface, limits, validate_message
from bot.playground.blockkit.blocks import BLOCKS_BY_SURFACE
from tests.playground.blockkit.corpus.at_the_limit import CASES
from tests.playground.blockkit.corpus.oracle import ACCEPTED, REFUSED, message
from tests.playground.blockkit.corpus.pieces import JUDGES

NAMED_ALIKE = {
    name: name.replace("_MAX_LENGTH", "_MAX").replace("_MAX_ITEMS", "_MAX").replace("_MIN_ITEMS", "_MIN")
    for name in vars(theirs)
    if name.isupper()
}

NAMED_OTHERWISE = {
    "TEXT_MIN_LENGTH": "TEXT_MIN",
    **{f"CONFIRMATION_{part}_MAX_LENGTH": f"CONFIRM_{part}_MAX" for part in ("TITLE", "TEXT", "CONFIRM", "DENY")},
    **{
        f"{element}_PLACEHOLDER_MAX_LENGTH": "PLACEHOLDER_MAX"
        for element in (
            "SELECT",
            "PLAIN_TEXT_INPUT",
            "EMAIL_INPUT",
            "URL_INPUT",
            "NUMBER_INPUT",
            "DATE_PICKER",
            "TIME_PICKER",
            "RICH_TEXT_INPUT",
        )
    },
    "SELECT_MIN_QUERY_LENGTH_MIN": "SELECT_MIN_QUERY_LENGTH_MIN",
    "FILE_INPUT_MAX_FILES_MIN": "FILE_INPUT_FILES_MIN",
    "FILE_INPUT_MAX_FILES_MAX": "FILE_INPUT_FILES_MAX",
    "PLAIN_TEXT_INPUT_MAX_LENGTH_MIN": "PLAIN_TEXT_INPUT_MAX_LENGTH_MIN",
    "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX": "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX",
    **{
        f"RICH_TEXT_INPUT_{which}_LINES_{end}": f"RICH_TEXT_INPUT_LINES_{end}"
        for which in ("MIN", "MAX")
        for end in ("MIN", "MAX")
    },
    "MULTI_SELECT_MAX_SELECTED_ITEMS_MIN": "MULTI_SELECT_MAX_SELECTED_MIN",
    "CONVERSATION_FILTER_INCLUDE_MIN_ITEMS": "FILTER_INCLUDE_MIN",
    "DISPATCH_ACTION_CONFIGURATION_TRIGGER_ACTIONS_ON_MIN_ITEMS": "TRIGGER_ACTIONS_ON_MIN",
    "DISPATCH_ACTION_CONFIGURATION_TRIGGER_ACTIONS_ON_MAX_ITEMS": "TRIGGER_ACTIONS_ON_MAX",
    "CAROUSEL_ELEMENTS_MIN_ITEMS": "CAROUSEL_CARDS_MIN",
    "CAROUSEL_ELEMENTS_MAX_ITEMS": "CAROUSEL_CARDS_MAX",
    "CONTAINER_CHILD_BLOCKS_MIN_ITEMS": "CONTAINER_BLOCKS_MIN",
    "CONTAINER_CHILD_BLOCKS_MAX_ITEMS": "CONTAINER_BLOCKS_MAX",
    "ICON_BUTTON_VISIBLE_TO_USER_IDS_MAX_ITEMS": "ICON_BUTTON_VISIBLE_TO_MAX",
    "DATA_TABLE_CELL_TEXT_MIN_LENGTH": "DATA_TABLE_CELL_MIN",
    "DATA_TABLE_CONTENT_MAX_LENGTH": "MESSAGE_DATA_TABLES_TEXT_MAX",
    "DATA_TABLE_TOTAL_CONTENT_MAX_LENGTH": "MESSAGE_DATA_TABLES_TEXT_MAX",
    "DATA_TABLE_ROW_HEADER_COLUMN_INDEX_MIN": "DATA_TABLE_ROW_HEADER_MIN",
    "DATA_VISUALIZATION_TITLE_MAX_LENGTH": "CHART_TITLE_MAX",
    "DATA_VISUALIZATION_SEGMENTS_MIN_ITEMS": "CHART_SEGMENTS_MIN",
    "DATA_VISUALIZATION_SEGMENTS_MAX_ITEMS": "CHART_SEGMENTS_MAX",
    "DATA_VISUALIZATION_SERIES_MIN_ITEMS": "CHART_SERIES_MIN",
    "DATA_VISUALIZATION_SERIES_MAX_ITEMS": "CHART_SERIES_MAX",
    "DATA_VISUALIZATION_SERIES_NAME_MAX_LENGTH": "CHART_SERIES_NAME_MAX",
    "DATA_VISUALIZATION_DATA_MIN_ITEMS": "CHART_POINTS_MIN",
    "DATA_VISUALIZATION_DATA_MAX_ITEMS": "CHART_POINTS_MAX",
    "DATA_VISUALIZATION_SEGMENT_LABEL_MAX_LENGTH": "CHART_LABEL_MAX",
    "DATA_VISUALIZATION_POINT_LABEL_MAX_LENGTH": "CHART_LABEL_MAX",
    "DATA_VISUALIZATION_CATEGORY_LABEL_MAX_LENGTH": "CHART_LABEL_MAX",
    "DATA_VISUALIZATION_CATEGORIES_MIN_ITEMS": "CHART_CATEGORIES_MIN",
    "DATA_VISUALIZATION_CATEGORIES_MAX_ITEMS": "CHART_CATEGORIES_MAX",
    "DATA_VISUALIZATION_AXIS_LABEL_MAX_LENGTH": "CHART_AXIS_LABEL_MAX",
    "IMAGE_IMAGE_URL_MAX_LENGTH": "IMAGE_URL_MAX",
    "IMAGE_ELEMENT_IMAGE_URL_MAX_LENGTH": "IMAGE_URL_MAX",
    "IMAGE_ELEMENT_ALT_TEXT_MAX_LENGTH": "IMAGE_ALT_TEXT_MAX",
    "MARKDOWN_TEXT_MAX_LENGTH": "MARKDOWN_BLOCK_MAX",
    "MARKDOWN_TOTAL_TEXT_MAX_LENGTH": "MESSAGE_MARKDOWN_MAX",
    **{
        f"RICH_TEXT_{part}_BORDER_{end}": f"RICH_TEXT_BORDER_{end}"
        for part in ("LIST", "QUOTE", "PREFORMATTED")
        for end in ("MIN", "MAX")
    },
    "SECTION_FIELDS_ITEM_MAX_LENGTH": "SECTION_FIELD_MAX",
    "VIDEO_VIDEO_URL_MAX_LENGTH": "VIDEO_URL_MAX",
}

STRICTER_HERE = {"VIDEO_TITLE_MAX_LENGTH": 199, "VIDEO_AUTHOR_NAME_MAX_LENGTH": 49, "DATA_TABLE_ROWS_MAX_ITEMS": 101}
"""Slack's pages name a smaller number; see limits.py."""

SAID_IN_WORDS = {
    "DATA_VISUALIZATION_SEGMENT_VALUE_EXCLUSIVE_MIN": "a slice is more than 0",
    "MESSAGE_CHANNEL_MIN_LENGTH": "the channel is for the method to judge",
}


def ours(name: str) -> int:
    value: int = getattr(limits, NAMED_OTHERWISE.get(name, NAMED_ALIKE[name]))
    return value


@pytest.mark.parametrize("name", [name for name in NAMED_ALIKE if name not in SAID_IN_WORDS])
def test_our_number_is_theirs_or_known_to_be_stricter(name: str) -> None:
    assert ours(name) == STRICTER_HERE.get(name, getattr(theirs, name))


@pytest.mark.parametrize("surface", Surface)
def test_a_surface_takes_the_blocks_that_they_let_stand_there_but_for_read_only_files(surface: Surface) -> None:
    assert set(BLOCKS_BY_SURFACE[surface]) == set(_BLOCK_TYPES_BY_SURFACE[surface.value]) - {"file"}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_they_build_passes(name: str) -> None:
    judge, payload = ACCEPTED[name]()
    assert JUDGES[judge](payload) == []


@pytest.mark.parametrize("name", REFUSED)
def test_both_take_a_block_at_the_limit_and_refuse_one_beyond_it(name: str) -> None:
    limit, build, case = getattr(limits, name), REFUSED[name], CASES[name]
    assert validate_message(message(build(limit))) == []
    with pytest.raises(InvalidUsageError):
        build(limit + 1)
    assert JUDGES[case.judge](case.build(limit + 1)) != []
