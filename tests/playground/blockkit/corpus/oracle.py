"""Payloads as slackblocks builds them, and builders that it refuses one beyond a limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import slackblocks as sb
from slackblocks._core import resolve
from slackblocks.rich_text.elements import (
    RichText,
    RichTextChannel,
    RichTextEmoji,
    RichTextLink,
    RichTextUser,
    RichTextUserGroup,
)
from slackblocks.rich_text.objects import ListType, RichTextCodeBlock, RichTextList, RichTextQuote, RichTextSection

from tests.playground.blockkit.corpus.pieces import Json, chars

URL = "https://example.org/week.png"


def options(count: int) -> list[Any]:
    return [sb.Option(sb.PlainText(f"Option {at}"), str(at)) for at in range(count)]


def confirm() -> Any:
    return sb.ConfirmationDialogue("Sure?", "It *cannot* be undone.", "Yes", "No", style="danger")


def rich(*inline: Any) -> Any:
    return sb.RichTextBlock([RichTextSection(list(inline) or [RichText("Text")])])


def message(*blocks: Any) -> Json:
    resolved: Json = resolve({"text": "Fallback", "blocks": list(blocks)})
    return resolved


def modal(*blocks: Any, **more: Any) -> Json:
    more = {"title": "Title", "submit": "Save"} | more
    resolved: Json = resolve(sb.ModalView(blocks=list(blocks), **more))
    return resolved


def home(*blocks: Any, **more: Any) -> Json:
    resolved: Json = resolve(sb.HomeTabView(blocks=list(blocks), **more))
    return resolved


def asking(element: Any, **more: Any) -> Any:
    return sb.InputBlock(label="Label", element=element, **more)


def pie(count: int = 2) -> Any:
    return sb.DataVisualizationBlock("Pages", sb.PieChart([sb.ChartSegment(f"S{at}", at + 1) for at in range(count)]))


def chart(kind: Any, series: int = 1) -> Any:
    lines = [sb.DataSeries(f"T{at}", [sb.DataPoint("Mon", 1), sb.DataPoint("Tue", 2.5)]) for at in range(series)]
    return sb.DataVisualizationBlock("Pages", kind(lines, sb.AxisConfig(["Mon", "Tue"], "Day", "Pages")))


INLINE = [
    RichText("bold", bold=True, italic=True),
    RichTextLink(URL, "here", unsafe=False, strike=True),
    RichTextEmoji("wave", skin_tone=3),
    RichTextUser("U1", highlight=True),
    RichTextChannel("C1", bold=True),
    RichTextUserGroup("S1", unlink=True),
]
FILTER = sb.ConversationFilter(["im", "public"], exclude_bot_users=True)
DISPATCH = sb.DispatchActionConfiguration(["on_enter_pressed"])

ACCEPTED: dict[str, Callable[[], tuple[str, Json]]] = {
    "section": lambda: ("message", message(sb.SectionBlock("Hello *there*"))),
    "section of fields": lambda: ("message", message(sb.SectionBlock(fields=["one", sb.PlainText("two", emoji=True)]))),
    "section with button": lambda: (
        "message",
        message(sb.SectionBlock("x", accessory=sb.Button("Go", "go", url=URL, style="primary", confirm=confirm()))),
    ),
    "header": lambda: ("message", message(sb.HeaderBlock("PM-12"))),
    "divider": lambda: ("message", message(sb.DividerBlock())),
    "context": lambda: ("message", message(sb.ContextBlock([sb.Text("x"), sb.Image(image_url=URL, alt_text="w")]))),
    "image": lambda: ("message", message(sb.ImageBlock(URL, "The week", "Title"))),
    "video": lambda: (
        "message",
        message(sb.VideoBlock("A talk", URL, "Talk", URL, author_name="Ann", description="How", title_url=URL)),
    ),
    "markdown": lambda: ("message", message(sb.MarkdownBlock("# Title"))),
    "rich text": lambda: (
        "message",
        message(
            sb.RichTextBlock(
                [
                    RichTextSection(INLINE),
                    RichTextList(ListType.BULLET, [RichTextSection([RichText("one")])], indent=8),
                    RichTextList("ordered", [RichTextSection([RichText("two")])], offset=2, border=1),
                    RichTextQuote(INLINE, border=1),
                    RichTextCodeBlock([RichText("x = 1")]),
                ]
            )
        ),
    ),
    "table": lambda: (
        "message",
        message(
            sb.TableBlock(
                [[sb.RawText("a"), RichTextSection([RichText("b")])]] * 3, [sb.ColumnSettings("right", is_wrapped=True)]
            )
        ),
    ),
    "data table": lambda: (
        "message",
        message(sb.DataTableBlock([[sb.RawText("Day")], [sb.RawNumber(1.5, "1.5")], [rich()]], "Figures", 10)),
    ),
    "pie": lambda: ("message", message(pie(12))),
    "bars": lambda: ("message", message(chart(sb.BarChart, 12))),
    "lines": lambda: ("message", message(chart(sb.LineChart))),
    "areas on home": lambda: ("view", home(chart(sb.AreaChart))),
    "card": lambda: (
        "message",
        message(
            sb.CardBlock(title="A card", body="x", actions=[sb.Button("Go", "go")], slack_icon=sb.SlackIcon("bug"))
        ),
    ),
    "carousel": lambda: ("message", message(sb.CarouselBlock([sb.CardBlock(title="A"), sb.CardBlock(body="B")]))),
    "container": lambda: (
        "message",
        message(
            sb.ContainerBlock(
                [sb.SectionBlock("x"), sb.DividerBlock()], "Box", subtitle="sub", width="wide", is_collapsible=True
            )
        ),
    ),
    "alert": lambda: ("view", modal(sb.AlertBlock("Careful", "warning"))),
    "plan": lambda: (
        "message",
        message(
            sb.PlanBlock(
                "Plan",
                [sb.TaskCardBlock("1", "One", rich(), status="pending"), sb.TaskCardBlock("2", "Two", status="error")],
            )
        ),
    ),
    "task card": lambda: (
        "message",
        message(sb.TaskCardBlock("1", "One", output=rich(), sources=[sb.URLSource(URL, "x")], status="complete")),
    ),
    "context actions": lambda: (
        "message",
        message(
            sb.ContextActionsBlock(
                [
                    sb.FeedbackButtons(sb.FeedbackButton("Good", "g"), sb.FeedbackButton("Bad", "b", "Not good"), "f"),
                    sb.IconButton("Delete", action_id="d", visible_to_user_ids=["U1"]),
                ]
            )
        ),
    ),
    "menus in actions": lambda: (
        "message",
        message(
            sb.ActionsBlock(
                [
                    sb.StaticSelectMenu("a", options(3), initial_option=options(3)[1], placeholder="Choose"),
                    sb.StaticSelectMenu("b", option_groups=[sb.OptionGroup("Team", options(2))]),
                    sb.ExternalSelectMenu("c", min_query_length=0),
                    sb.UserSelectMenu("d", "U1"),
                    sb.ConversationSelectMenu("e", filter=FILTER, default_to_current_conversation=True),
                    sb.ChannelSelectMenu("f", "C1"),
                    sb.OverflowMenu("g", options(5)),
                    sb.DatePicker("h", "2024-02-29"),
                    sb.TimePicker("i", "09:00", timezone="Europe/Zurich"),
                    sb.DateTimePicker("j", 1_700_000_000),
                    sb.CheckboxGroup("k", [sb.Option("*one*", "1")]),
                    sb.RadioButtonGroup("l", options(2), options(2)[0]),
                ]
            )
        ),
    ),
    "multi menus in sections": lambda: (
        "message",
        message(
            sb.SectionBlock("x", accessory=sb.StaticMultiSelectMenu("a", options(3), max_selected_items=2)),
            sb.SectionBlock("x", accessory=sb.ExternalMultiSelectMenu("b", 1)),
            sb.SectionBlock("x", accessory=sb.UserMultiSelectMenu("c", ["U1"])),
            sb.SectionBlock("x", accessory=sb.ConversationMultiSelectMenu("d", ["C1"], filter=FILTER)),
            sb.SectionBlock("x", accessory=sb.ChannelMultiSelectMenu("e", ["C1"])),
        ),
    ),
    "workflow button": lambda: (
        "message",
        message(sb.ActionsBlock([sb.WorkflowButton("Run", sb.Workflow.from_url(URL, who="U1"), action_id="run")])),
    ),
    "plain text input": lambda: (
        "view",
        modal(
            asking(
                sb.PlainTextInput(
                    "a", "12", multiline=True, min_length=1, max_length=2, dispatch_action_config=DISPATCH
                )
            )
        ),
    ),
    "rich text input": lambda: ("view", modal(asking(sb.RichTextInput("a", rich(), min_lines=1, max_lines=100)))),
    "e-mail and link inputs": lambda: (
        "view",
        modal(asking(sb.EmailInput("a", "ann@example.org")), asking(sb.URLInput("b", URL))),
    ),
    "number input": lambda: ("view", modal(asking(sb.NumberInput(True, "a", "1.5", 1, 2)))),
    "file input": lambda: ("view", modal(asking(sb.FileInput("a", ["png"], 10)))),
    "optional input with hint": lambda: (
        "view",
        modal(asking(sb.UserSelectMenu("a"), hint="How", optional=True, dispatch_action=True)),
    ),
    "modal with everything": lambda: (
        "view",
        modal(
            sb.SectionBlock("x"),
            close="Cancel",
            private_metadata="x" * 3_000,
            callback_id="pm",
            external_id="one",
            clear_on_close=True,
            notify_on_close=True,
        ),
    ),
    "home": lambda: ("view", home(sb.HeaderBlock("Home"), sb.ActionsBlock([sb.Button("Go", "go")]), callback_id="h")),
    "home with table": lambda: ("view", home(sb.TableBlock([[sb.RawText("a")]]))),
    "fifty blocks": lambda: ("message", message(*(sb.SectionBlock("x") for _ in range(50)))),
    "message": lambda: (
        "message",
        resolve(sb.Message("C1", "x", [sb.DividerBlock()], metadata={"event_type": "a", "event_payload": {"id": "7"}})),
    ),
    "attachment": lambda: (
        "message",
        resolve(
            sb.Message(
                "C1", "x", attachments=[sb.Attachment(sb.SectionBlock("x"), "#36a64f", sb.Field("State", "draft"))]
            )
        ),
    ),
    "response": lambda: ("response", resolve(sb.MessageResponse("x", sb.DividerBlock(), ephemeral=True))),
    "webhook": lambda: ("response", resolve(sb.WebhookMessage("x", replace_original=True, response_type="ephemeral"))),
}

REFUSED: dict[str, Callable[[int], Any]] = {
    "SECTION_TEXT_MAX": lambda n: sb.SectionBlock(chars(n)),
    "SECTION_FIELD_MAX": lambda n: sb.SectionBlock(fields=[chars(n)]),
    "SECTION_FIELDS_MAX": lambda n: sb.SectionBlock(fields=["x"] * n),
    "HEADER_TEXT_MAX": lambda n: sb.HeaderBlock(chars(n)),
    "CONTEXT_ELEMENTS_MAX": lambda n: sb.ContextBlock([sb.Text("x")] * n),
    "ACTIONS_ELEMENTS_MAX": lambda n: sb.ActionsBlock([sb.Button("x")] * n),
    "BLOCK_ID_MAX": lambda n: sb.DividerBlock(chars(n)),
    "BUTTON_TEXT_MAX": lambda n: sb.ActionsBlock([sb.Button(chars(n))]),
    "BUTTON_VALUE_MAX": lambda n: sb.ActionsBlock([sb.Button("x", value=chars(n))]),
    "ACTION_ID_MAX": lambda n: sb.ActionsBlock([sb.Button("x", chars(n))]),
    "OPTION_TEXT_MAX": lambda n: sb.ActionsBlock([sb.OverflowMenu("a", [sb.Option(sb.PlainText(chars(n)), "1")])]),
    "OPTION_VALUE_MAX": lambda n: sb.ActionsBlock([sb.OverflowMenu("a", [sb.Option(sb.PlainText("x"), chars(n))])]),
    "SELECT_OPTIONS_MAX": lambda n: sb.ActionsBlock([sb.StaticSelectMenu("a", options(n))]),
    "OVERFLOW_OPTIONS_MAX": lambda n: sb.ActionsBlock([sb.OverflowMenu("a", options(n))]),
    "CHECKBOXES_OPTIONS_MAX": lambda n: sb.ActionsBlock([sb.CheckboxGroup("a", options(n))]),
    "INPUT_LABEL_MAX": lambda n: sb.InputBlock(chars(n), sb.UserSelectMenu("a")),
    "IMAGE_ALT_TEXT_MAX": lambda n: sb.ImageBlock(URL, chars(n)),
    "MARKDOWN_BLOCK_MAX": lambda n: sb.MarkdownBlock(chars(n)),
    "TABLE_ROWS_MAX": lambda n: sb.TableBlock([[sb.RawText("x")]] * n),
    "CARD_BODY_MAX": lambda n: sb.CardBlock(body=chars(n)),
    "CHART_SEGMENTS_MAX": pie,
    "PLAN_TASKS_MAX": lambda n: sb.PlanBlock(
        "x", [sb.TaskCardBlock(str(at), "x", status="complete") for at in range(n)]
    ),
}
"""The name of a limit and a builder; at the limit slackblocks builds a block, and one beyond it raises."""
