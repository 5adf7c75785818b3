"""What breaks a rule inside a block: elements, rich text and figures. See `broken` for the rest."""

from __future__ import annotations

from tests.playground.blockkit.corpus.pieces import (
    Json,
    actions,
    asking,
    bars,
    button,
    cell,
    confirm,
    context_actions,
    data_table,
    message,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    rich,
    rich_list,
    rich_section,
    select,
)

Broken = tuple[str, str, Json, str, str]
"""A name, the judge, the payload, the pointer of its one fault, and a part of the sentence."""

NO_SCHEMA = "failed to match all allowed schemas"
OPTION_B = option("b")


def field(**more: object) -> Json:
    return {"type": "plain_text_input", **more}


def without(payload: Json, name: str) -> Json:
    return {key: value for key, value in payload.items() if key != name}


ELEMENTS: list[Broken] = [
    (
        "options and groups",
        "message",
        message(actions(select(option_groups=[{"label": plain(), "options": options(1)}]))),
        "/blocks/0/elements/0",
        NO_SCHEMA,
    ),
    (
        "neither options nor groups",
        "message",
        message(actions({"type": "static_select"})),
        "/blocks/0/elements/0",
        NO_SCHEMA,
    ),
    (
        "a first choice not offered",
        "message",
        message(actions(select(initial_option=OPTION_B))),
        "/blocks/0/elements/0/initial_option",
        "one of the options",
    ),
    (
        "a first choice with another text",
        "message",
        message(actions(select(initial_option={"text": plain("x"), "value": "1"}))),
        "/blocks/0/elements/0/initial_option",
        "one of the options",
    ),
    (
        "one of two not offered",
        "message",
        message(actions({"type": "checkboxes", "options": options(2), "initial_options": [option("1"), OPTION_B]})),
        "/blocks/0/elements/0/initial_options/1",
        "one of the options",
    ),
    (
        "an empty first choice",
        "message",
        message(actions({"type": "checkboxes", "options": options(2), "initial_options": []})),
        "/blocks/0/elements/0/initial_options",
        "no less than 1",
    ),
    (
        "an option without value",
        "message",
        message(actions(select(options=[{"text": plain()}]))),
        "/blocks/0/elements/0/options/0",
        "field: value",
    ),
    (
        "a link in a select",
        "message",
        message(actions(select(options=[option(url="https://example.org/")]))),
        "/blocks/0/elements/0/options/0",
        "property: url",
    ),
    (
        "a dialog without deny",
        "message",
        message(actions(button(confirm=without(confirm(), "deny")))),
        "/blocks/0/elements/0/confirm",
        "field: deny",
    ),
    (
        "an empty filter",
        "message",
        message(actions({"type": "conversations_select", "filter": {}})),
        "/blocks/0/elements/0/filter",
        NO_SCHEMA,
    ),
    (
        "an unknown conversation",
        "message",
        message(actions({"type": "conversations_select", "filter": {"include": ["dm"]}})),
        "/blocks/0/elements/0/filter/include/0",
        "one of",
    ),
    (
        "a prompt's words alone",
        "message",
        message(actions(button(agent_prompt_display="x"))),
        "/blocks/0/elements/0",
        "field: agent_prompt",
    ),
    (
        "more typed than fits",
        "view",
        modal(asking(field(max_length=3, initial_value="1234"))),
        "/view/blocks/0/element/initial_value",
        "less than 4",
    ),
    (
        "min above max",
        "view",
        modal(asking(field(min_length=3, max_length=2))),
        "/view/blocks/0/element/min_length",
        "not be greater",
    ),
    (
        "lines upside down",
        "view",
        modal(asking({"type": "rich_text_input", "action_id": "a", "min_lines": 3, "max_lines": 2})),
        "/view/blocks/0/element/min_lines",
        "not be greater",
    ),
    (
        "a number without decimals said",
        "view",
        modal(asking({"type": "number_input"})),
        "/view/blocks/0/element",
        "is_decimal_allowed",
    ),
    (
        "a number as number",
        "view",
        modal(asking({"type": "number_input", "is_decimal_allowed": False, "min_value": 1})),
        "/view/blocks/0/element/min_value",
        "a string",
    ),
    (
        "a number of letters",
        "view",
        modal(asking({"type": "number_input", "is_decimal_allowed": False, "max_value": "ten"})),
        "/view/blocks/0/element/max_value",
        "format",
    ),
    (
        "numbers upside down",
        "view",
        modal(asking({"type": "number_input", "is_decimal_allowed": False, "min_value": "10", "max_value": "9"})),
        "/view/blocks/0/element/min_value",
        "not be greater",
    ),
    (
        "a number out of bounds",
        "view",
        modal(asking({"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "initial_value": "0"})),
        "/view/blocks/0/element/initial_value",
        "within",
    ),
    (
        "a day that is none",
        "message",
        message(actions({"type": "datepicker", "initial_date": "2023-02-29"})),
        "/blocks/0/elements/0/initial_date",
        "YYYY-MM-DD",
    ),
    (
        "a date without dashes",
        "message",
        message(actions({"type": "datepicker", "initial_date": "20230228"})),
        "/blocks/0/elements/0/initial_date",
        "YYYY-MM-DD",
    ),
    (
        "an hour that is none",
        "message",
        message(actions({"type": "timepicker", "initial_time": "24:00"})),
        "/blocks/0/elements/0/initial_time",
        "HH:mm",
    ),
    (
        "a week instead of a date",
        "message",
        message(actions({"type": "datepicker", "initial_date": "2024-W01-1"})),
        "/blocks/0/elements/0/initial_date",
        "YYYY-MM-DD",
    ),
    (
        "minutes of three digits",
        "message",
        message(actions({"type": "timepicker", "initial_time": "9:000"})),
        "/blocks/0/elements/0/initial_time",
        "HH:mm",
    ),
    (
        "an hour of one digit",
        "message",
        message(actions({"type": "timepicker", "initial_time": "9:00"})),
        "/blocks/0/elements/0/initial_time",
        "HH:mm",
    ),
    (
        "milliseconds",
        "message",
        message(actions({"type": "datetimepicker", "initial_date_time": 1_700_000_000_000})),
        "/blocks/0/elements/0/initial_date_time",
        "less than",
    ),
    (
        "another icon",
        "message",
        message(context_actions({"type": "icon_button", "icon": "pen", "text": plain()})),
        "/blocks/0/elements/0/icon",
        "one of: trash",
    ),
]

RICH_TEXT: list[Broken] = [
    (
        "an empty text",
        "message",
        message(rich(rich_section({"type": "text", "text": ""}))),
        "/blocks/0/elements/0/elements/0/text",
        "more than 0",
    ),
    (
        "text beside sections",
        "message",
        message(rich({"type": "text", "text": "x"})),
        "/blocks/0/elements/0/type",
        "unsupported type: text",
    ),
    (
        "a list in a list",
        "message",
        message(rich(rich_list(elements=[rich_list()]))),
        "/blocks/0/elements/0/elements/0/type",
        "rich_text_list",
    ),
    (
        "a list's style",
        "message",
        message(rich(rich_list(style="dash"))),
        "/blocks/0/elements/0/style",
        "bullet, ordered",
    ),
    (
        "an unknown font",
        "message",
        message(rich(rich_section({"type": "text", "text": "x", "style": {"big": True}}))),
        "/blocks/0/elements/0/elements/0/style",
        "property: big",
    ),
    (
        "code as a mention's font",
        "message",
        message(rich(rich_section({"type": "user", "user_id": "U1", "style": {"code": True}}))),
        "/blocks/0/elements/0/elements/0/style",
        "property: code",
    ),
    (
        "a user in code",
        "message",
        message(rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]})),
        "/blocks/0/elements/0/elements/0/type",
        "user",
    ),
    (
        "a shout to nobody",
        "message",
        message(rich(rich_section({"type": "broadcast", "range": "all"}))),
        "/blocks/0/elements/0/elements/0/range",
        "one of",
    ),
    (
        "a date in words",
        "message",
        message(rich(rich_section({"type": "date", "timestamp": "now", "format": "{date}"}))),
        "/blocks/0/elements/0/elements/0/timestamp",
        "an integer",
    ),
]

FIGURES: list[Broken] = [
    (
        "a cell of mrkdwn",
        "message",
        message({"type": "table", "rows": [[mrkdwn()]]}),
        "/blocks/0/rows/0/0/type",
        "mrkdwn",
    ),
    (
        "rows of two lengths",
        "message",
        message(data_table() | {"rows": [[cell(), cell()], [cell()]]}),
        "/blocks/0/rows/1",
        "must have 2 items",
    ),
    (
        "a rich header",
        "message",
        message(data_table() | {"rows": [[rich()], [cell()]]}),
        "/blocks/0/rows/0/0/type",
        "rich_text",
    ),
    (
        "a header column too far",
        "message",
        message(data_table(row_header_column_index=2)),
        "/blocks/0/row_header_column_index",
        "less than 2",
    ),
    ("a table without caption", "message", message(without(data_table(), "caption")), "/blocks/0", "field: caption"),
    (
        "a slice of nothing",
        "message",
        message(pie() | {"chart": {"type": "pie", "segments": [{"label": "x", "value": 0}]}}),
        "/blocks/0/chart/segments/0/value",
        "more than 0",
    ),
    (
        "a cake",
        "message",
        message(pie() | {"chart": {"type": "cake"}}),
        "/blocks/0/chart/type",
        "unsupported type: cake",
    ),
    (
        "a series twice",
        "message",
        message(bars() | {"chart": bars(series=2)["chart"] | {"series": [bars()["chart"]["series"][0]] * 2}}),
        "/blocks/0/chart/series/1/name",
        "already exists",
    ),
    (
        "a day missing",
        "message",
        message(bars() | {"chart": bars(categories=1)["chart"] | {"axis_config": {"categories": ["Day 0", "Day 1"]}}}),
        "/blocks/0/chart/series/0/data",
        "each category",
    ),
]
