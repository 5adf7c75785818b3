"""Payloads in the shapes that Slack documents; every one must pass."""

from __future__ import annotations

from typing import Any

from tests.playground.blockkit.corpus.pieces import (
    Json,
    actions,
    asking,
    bars,
    button,
    card,
    cell,
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
    rich_section,
    section,
    select,
    table,
    task,
    video,
    workflow_button,
)

GROUPS = [
    {"label": plain("Team"), "options": [option("a"), option("b")]},
    {"label": plain("All"), "options": options(2)},
]
FILTER = {"include": ["im", "public"], "exclude_bot_users": True}
FILE = {"type": "image", "alt_text": "The week", "slack_file": {"id": "F0123456789"}}
CHOSEN: dict[str, Any] = {"action_id": "chosen", "confirm": confirm(style="danger")}
MENU: dict[str, Any] = {**CHOSEN, "placeholder": plain("Choose"), "focus_on_load": True}
MULTI: dict[str, Any] = {**MENU, "max_selected_items": 2}

MENUS: list[Json] = [
    select(**MENU, initial_option=option("1")),
    {"type": "static_select", "option_groups": GROUPS, "initial_option": option("b")},
    {"type": "external_select", **MENU, "min_query_length": 0, "initial_option": option()},
    {"type": "users_select", **MENU, "initial_user": "U1"},
    {"type": "conversations_select", **MENU, "filter": FILTER, "default_to_current_conversation": True},
    {"type": "channels_select", **MENU, "initial_channel": "C1"},
    {"type": "multi_static_select", **MULTI, "options": options(3), "initial_options": [option("0"), option("2")]},
    {"type": "multi_static_select", "option_groups": GROUPS, "initial_options": [option("a")]},
    {"type": "multi_external_select", **MULTI, "min_query_length": 1, "initial_options": [option()]},
    {"type": "multi_users_select", **MULTI, "initial_users": ["U1", "U2"]},
    {"type": "multi_conversations_select", **MULTI, "initial_conversations": ["C1"], "filter": FILTER},
    {"type": "multi_channels_select", **MULTI, "initial_channels": ["C1"]},
    {
        "type": "checkboxes",
        **CHOSEN,
        "options": [option("1", description=mrkdwn("_why_")), {"text": mrkdwn("*Two*"), "value": "2"}],
        "initial_options": [{"text": mrkdwn("*Two*"), "value": "2"}],
    },
    {"type": "radio_buttons", **CHOSEN, "options": options(2), "initial_option": option("0")},
    {"type": "datepicker", **MENU, "initial_date": "2024-02-29"},
    {"type": "timepicker", **MENU, "initial_time": "23:59", "timezone": "Europe/Zurich"},
]

BUTTONS: list[Json] = [
    button(action_id="go", value="PM-12", style="primary", confirm=confirm(), accessibility_label="Open PM-12"),
    button(action_id="ask", agent_prompt="What happened?", agent_prompt_display="Ask"),
    button(url="https://example.org/", action_id="link", visible_to_user_ids=["U1"]),
    {
        "type": "overflow",
        "action_id": "more",
        "confirm": confirm(),
        "options": [option("1", url="https://example.org/", description=plain("where"))],
    },
    workflow_button(style="danger", accessibility_label="Run it"),
]

DATETIME = {"type": "datetimepicker", **CHOSEN, "initial_date_time": 1_700_000_000}
ON_CHARACTER = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}}

FIELDS: list[Json] = [
    {
        "type": "plain_text_input",
        "action_id": "typed",
        "multiline": True,
        "min_length": 0,
        "max_length": 5,
        "initial_value": "12345",
        "placeholder": plain("What happened"),
        **ON_CHARACTER,
    },
    {"type": "plain_text_input", "initial_value": ""},
    {"type": "rich_text_input", "action_id": "typed", "initial_value": rich(), "min_lines": 1, "max_lines": 100},
    {"type": "email_text_input", "initial_value": "ann@example.org"},
    {"type": "url_text_input", "initial_value": "https://example.org/", **ON_CHARACTER},
    {
        "type": "number_input",
        "is_decimal_allowed": True,
        "min_value": "-1.5",
        "max_value": "9",
        "initial_value": "-1.5",
    },
    DATETIME,
]

INLINE: list[Json] = [
    {"type": "text", "text": "bold", "style": {"bold": True, "italic": True, "strike": True, "underline": True}},
    {"type": "text", "text": "x = 1", "style": {"code": True}},
    {"type": "link", "url": "https://example.org/", "text": "here", "unsafe": False, "style": {"bold": True}},
    {"type": "emoji", "name": "wave", "skin_tone": 2, "unicode": "1f44b"},
    {"type": "user", "user_id": "U1", "style": {"highlight": True, "client_highlight": False, "unlink": True}},
    {"type": "channel", "channel_id": "C1"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1_700_000_000, "format": "{date} at {time}", "fallback": "Tue 22:13 UTC"},
    {"type": "color", "value": "#1d3557"},
]

RICH_TEXT = rich(
    rich_section(*INLINE),
    rich_list(indent=8, offset=0, border=1),
    rich_list(style="ordered", offset=2),
    {"type": "rich_text_quote", "elements": INLINE, "border": 0},
    {"type": "rich_text_preformatted", "elements": [INLINE[0], INLINE[2]], "border": 1},
)

MESSAGE_BLOCKS: list[Json] = [
    section(),
    section(block_id="s", expand=True, accessory=image()),
    {"type": "section", "fields": [plain(), mrkdwn()]},
    {"type": "section", "text": {"type": "mrkdwn", "text": "x", "verbatim": True}, "fields": [mrkdwn()]},
    {"type": "header", "text": {"type": "plain_text", "text": ":tada: PM-12", "emoji": True}, "block_id": "h"},
    {"type": "divider"},
    {"type": "context", "elements": [plain(), mrkdwn(), image(), FILE]},
    image(title=plain("The week"), block_id="picture"),
    FILE,
    {"type": "image", "alt_text": "x", "slack_file": {"url": "https://files.slack.com/files-pri/T1-F1/x.png"}},
    video(author_name="Ann", description=plain("How"), provider_name="Tube", title_url="https://example.org/t"),
    video(alt_text="", provider_icon_url="https://example.org/i.png"),
    RICH_TEXT,
    {"type": "markdown", "text": "# Title\n\n- one"},
    table(column_settings=[{"align": "right", "is_wrapped": True}, None]),
    {"type": "table", "rows": [[cell(), rich(), {"type": "raw_number", "value": 1.5, "text": "1.5"}]]},
    data_table(page_size=10, row_header_column_index=1),
    data_table(rows=3),
    pie(),
    bars(series=2, categories=3, x_label="Day", y_label="Pages"),
    card(subtitle=plain(), body=mrkdwn(), subtext=plain(), hero_image=image(), icon=image(), actions=[button()]),
    card(slack_icon={"type": "icon", "name": "rocket"}),
    {"type": "card", "body": mrkdwn()},
    {"type": "carousel", "elements": [card(block_id="a"), card(block_id="b")]},
    container(section(), {"type": "divider"}, table(), subtitle=mrkdwn(), icon=image(), width="wide"),
    container(is_collapsible=True, default_collapsed=True),
    {"type": "container", "rich_text_title": rich(), "child_blocks": [section()], "has_header_divider": True},
    context_actions(feedback(action_id="f"), icon_button(action_id="i", value="1", confirm=confirm())),
    plan(task(status="pending"), task("t2", details=rich(), output=rich(), type="task_card")),
    {"type": "task_card", **task(sources=[{"type": "url", "url": "https://example.org/", "text": "Page"}])},
    *(actions(element) for element in [*MENUS, *BUTTONS, DATETIME]),
    *(section(accessory=element) for element in [*MENUS, *BUTTONS]),
    *(asking(element, hint=plain("How"), optional=True, dispatch_action=True) for element in [*MENUS, *FIELDS]),
]

ATTACHMENT = {
    "color": "#36a64f",
    "fallback": "PM-12",
    "title": "PM-12",
    "fields": [{"title": "State", "value": "draft", "short": True}],
    "footer": "Watchbill",
    "ts": 1_700_000_000,
}

GOOD: list[tuple[str, Json]] = [
    *(("message", message(block)) for block in MESSAGE_BLOCKS),
    ("message", {"text": "Only text"}),
    ("message", {"text": "x" * 40_001}),
    ("message", {"text": "x", "blocks": []}),
    ("message", {"text": "x", "blocks": None, "team_id": "T1", "channel": "C1", "unfurl_links": False}),
    ("message", {"blocks": [section()]}),
    ("message", {"markdown_text": "# Title"}),
    ("message", {"attachments": [ATTACHMENT, {"blocks": [section()], "color": "good"}]}),
    ("message", {"text": "x", "metadata": {"event_type": "delivery", "event_payload": {"id": "7", "deep": [1]}}}),
    ("message", message(section(block_id="a", accessory=button(action_id="x")), actions(button(action_id="x")))),
    ("update", {"text": "x" * 4_000, "blocks": [section()], "ts": "1.2"}),
    ("ephemeral", {"text": "x", "attachments": [ATTACHMENT]}),
    ("response", {"delete_original": True}),
    ("response", {"text": "x", "response_type": "in_channel", "replace_original": False}),
    ("view", modal(section(), asking(FIELDS[0]))),
    ("view", modal(asking({"type": "file_input", "filetypes": ["png"], "max_files": 1}))),
    ("view", modal({"type": "alert", "text": plain("Careful"), "level": "warning"}, card())),
    (
        "view",
        modal(
            section(),
            close=plain("Cancel"),
            callback_id="pm_create",
            private_metadata="",
            external_id="one",
            clear_on_close=True,
            notify_on_close=False,
        ),
    ),
    ("view", {"type": "modal", "title": plain("Loading"), "blocks": [section(), actions(*BUTTONS[:2])]}),
    ("view", modal(asking({"type": "channels_select", "response_url_enabled": True}))),
    ("view", home(section(), asking(FIELDS[0]), table(), container())),
    ("view", home(callback_id="home", private_metadata="x", external_id="home-U1")),
]
