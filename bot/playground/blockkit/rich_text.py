"""The rich_text block and everything in it."""

from __future__ import annotations

from bot.playground.blockkit import limits
from bot.playground.blockkit.schema import (
    Check,
    array,
    boolean,
    by_type,
    choice,
    integer,
    record,
    string,
    typed,
)

_FONT: dict[str, Check] = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean)
_MENTION: dict[str, Check] = dict.fromkeys(
    ("bold", "italic", "strike", "underline", "highlight", "client_highlight", "unlink"), boolean
)
_FONT_STYLE = record({}, _FONT)
_MENTION_STYLE = record({}, _MENTION)

_TEXT = typed({"text": string()}, {"style": _FONT_STYLE})
_LINK = typed({"url": string()}, {"text": string(), "unsafe": boolean, "style": _FONT_STYLE})

_INLINE: dict[str, Check] = {
    "text": _TEXT,
    "link": _LINK,
    "emoji": typed(
        {"name": string()},
        {"unicode": string(), "skin_tone": integer(least=1, most=6), "style": _FONT_STYLE},
    ),
    "user": typed({"user_id": string()}, {"style": _MENTION_STYLE}),
    "channel": typed({"channel_id": string()}, {"style": _MENTION_STYLE}),
    "usergroup": typed({"usergroup_id": string()}, {"style": _MENTION_STYLE}),
    "team": typed({"team_id": string()}, {"style": _MENTION_STYLE}),
    "broadcast": typed({"range": choice("here", "channel", "everyone")}, {"style": _MENTION_STYLE}),
    "date": typed(
        {"timestamp": integer(), "format": string()}, {"url": string(), "fallback": string(), "style": _FONT_STYLE}
    ),
    "color": typed({"value": string()}, {"style": _FONT_STYLE}),
}

_BORDER = integer(least=limits.RICH_TEXT_BORDER_MIN, most=limits.RICH_TEXT_BORDER_MAX)
_INLINES = array(by_type(_INLINE), least=limits.RICH_TEXT_ELEMENTS_MIN)
_SECTION = typed({"elements": _INLINES})

_LIST = typed(
    {
        "style": choice("bullet", "ordered"),
        "elements": array(by_type({"rich_text_section": _SECTION}), least=limits.RICH_TEXT_ELEMENTS_MIN),
    },
    {
        "indent": integer(least=limits.RICH_TEXT_LIST_INDENT_MIN, most=limits.RICH_TEXT_LIST_INDENT_MAX),
        "offset": integer(least=limits.RICH_TEXT_LIST_OFFSET_MIN),
        "border": _BORDER,
    },
)

_PREFORMATTED_INLINES = array(by_type({"text": _TEXT, "link": _LINK}), least=limits.RICH_TEXT_ELEMENTS_MIN)

_PARTS = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": _LIST,
        "rich_text_quote": typed({"elements": _INLINES}, {"border": _BORDER}),
        "rich_text_preformatted": typed({"elements": _PREFORMATTED_INLINES}, {"border": _BORDER}),
    }
)

RICH_TEXT_BLOCK = typed(
    {"elements": array(_PARTS, least=limits.RICH_TEXT_ELEMENTS_MIN)}, {"block_id": string(most=limits.BLOCK_ID_MAX)}
)

RICH_TEXT = by_type({"rich_text": RICH_TEXT_BLOCK})
"""A rich_text block where nothing else may stand: an initial value, a task's details, a container's title."""
