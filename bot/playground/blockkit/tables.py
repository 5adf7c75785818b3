"""The blocks that show figures: table, data_table and data_visualization."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground.blockkit import limits
from bot.playground.blockkit.problems import Problem, broken, too_great, unsupported_type
from bot.playground.blockkit.rich_text import RICH_TEXT_BLOCK
from bot.playground.blockkit.schema import (
    SOUND,
    Check,
    array,
    boolean,
    by_type,
    choice,
    integer,
    number,
    record,
    string,
    typed,
)

_BLOCK_ID = string(most=limits.BLOCK_ID_MAX)
_CELL_TEXT = string(least=limits.DATA_TABLE_CELL_MIN)
_CELL = by_type(
    {
        "raw_text": typed({"text": _CELL_TEXT}, {"emoji": boolean}),
        "raw_number": typed({"value": number, "text": _CELL_TEXT}),
        "rich_text": RICH_TEXT_BLOCK,
    }
)
_COLUMN = record({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})


def _column_settings(value: object) -> Sequence[Problem]:
    """Settings of one column; `null` leaves a column as it is."""
    return SOUND if value is None else _COLUMN(value)


TABLE = typed(
    {
        "rows": array(
            array(_CELL, least=limits.TABLE_COLUMNS_MIN, most=limits.TABLE_COLUMNS_MAX),
            least=limits.TABLE_ROWS_MIN,
            most=limits.TABLE_ROWS_MAX,
        )
    },
    {"block_id": _BLOCK_ID, "column_settings": array(_column_settings, most=limits.TABLE_COLUMN_SETTINGS_MAX)},
)


def _rows_fit_header(table: dict[str, Any]) -> Sequence[Problem]:
    """Every row is as long as the header, and the header holds no rich text."""
    header, *rows = table["rows"]
    found = [
        unsupported_type("rich_text", ("raw_text", "raw_number")).under(column).under(0).under("rows")
        for column, cell in enumerate(header)
        if cell["type"] == "rich_text"
    ]
    for at, row in enumerate(rows, start=1):
        if len(row) != len(header):
            message = f"must have {len(header)} items"
            found.append(
                broken(message, rule="equal_length", expected=len(header), got=len(row), pointer=f"/rows/{at}")
            )
    return found


def _row_header_is_a_column(table: dict[str, Any]) -> Sequence[Problem]:
    last = len(table["rows"][0]) - 1
    index = table.get("row_header_column_index", 0)
    return (too_great(last, index).under("row_header_column_index"),) if index > last else SOUND


DATA_TABLE = typed(
    {
        "caption": string(),
        "rows": array(
            array(_CELL, least=limits.DATA_TABLE_COLUMNS_MIN, most=limits.DATA_TABLE_COLUMNS_MAX),
            least=limits.DATA_TABLE_ROWS_MIN,
            most=limits.DATA_TABLE_ROWS_MAX,
        ),
    },
    {
        "block_id": _BLOCK_ID,
        "page_size": integer(least=limits.DATA_TABLE_PAGE_SIZE_MIN, most=limits.DATA_TABLE_PAGE_SIZE_MAX),
        "row_header_column_index": integer(least=limits.DATA_TABLE_ROW_HEADER_MIN),
    },
    [_rows_fit_header, _row_header_is_a_column],
)


def _positive(value: object) -> Sequence[Problem]:
    if faults := number(value):
        return faults
    if isinstance(value, int | float) and value > 0:
        return SOUND
    return (broken("must be more than 0", rule="exclusive_minimum", expected=0, got=value),)


def _unique(values: Sequence[str], pointers: Sequence[str]) -> list[Problem]:
    return [
        broken(f'"{value}" already exists', rule="unique", got=value, pointer=pointer)
        for at, (value, pointer) in enumerate(zip(values, pointers, strict=True))
        if value in values[:at]
    ]


def _series_fit_axis(chart: dict[str, Any]) -> Sequence[Problem]:
    """Names are unique, and every series has exactly one point for each category."""
    categories = chart["axis_config"]["categories"]
    series = chart["series"]
    found = _unique(categories, [f"/axis_config/categories/{at}" for at in range(len(categories))])
    found += _unique([one["name"] for one in series], [f"/series/{at}/name" for at in range(len(series))])
    for at, one in enumerate(series):
        if sorted(point["label"] for point in one["data"]) != sorted(categories):
            message = "must have exactly one point for each category"
            found.append(broken(message, rule="categories", expected=categories, pointer=f"/series/{at}/data"))
    return found


_LABEL = string(most=limits.CHART_LABEL_MAX)
_AXIS_LABEL = string(most=limits.CHART_AXIS_LABEL_MAX)
_PIE = typed(
    {
        "segments": array(
            record({"label": _LABEL, "value": _positive}),
            least=limits.CHART_SEGMENTS_MIN,
            most=limits.CHART_SEGMENTS_MAX,
        )
    }
)
_SERIES = record(
    {
        "name": string(most=limits.CHART_SERIES_NAME_MAX),
        "data": array(
            record({"label": _LABEL, "value": number}), least=limits.CHART_POINTS_MIN, most=limits.CHART_POINTS_MAX
        ),
    }
)
_ON_AXES: Check = typed(
    {
        "series": array(_SERIES, least=limits.CHART_SERIES_MIN, most=limits.CHART_SERIES_MAX),
        "axis_config": record(
            {"categories": array(_LABEL, least=limits.CHART_CATEGORIES_MIN, most=limits.CHART_CATEGORIES_MAX)},
            {"x_label": _AXIS_LABEL, "y_label": _AXIS_LABEL},
        ),
    },
    rules=[_series_fit_axis],
)

DATA_VISUALIZATION = typed(
    {
        "title": string(most=limits.CHART_TITLE_MAX),
        "chart": by_type({"pie": _PIE, "bar": _ON_AXES, "area": _ON_AXES, "line": _ON_AXES}),
    },
    {"block_id": _BLOCK_ID},
)
