"""User text on its way out. The one place that knows what each reader treats as special."""

from __future__ import annotations

_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def mrkdwn(text: str) -> str:
    """Escape text for Slack's mrkdwn and top-level `text`, so that it pings nobody and links nowhere.

    The three characters in Slack's own order, once (docs: "Formatting message text"). Formatting marks such as `*` are
    not special enough to hurt; where text must be shown exactly as typed, put it in a plain_text object, which needs no
    escaping at all.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def csv_cell(text: str) -> str:
    """Text for a cell of a CSV file that a spreadsheet will open: nothing in it is carried out as a formula.

    What begins like one is led in by an apostrophe, by which spreadsheets know a text (OWASP, "CSV Injection"). Quotes,
    commas and line breaks are escaped by whoever writes the file.
    """
    return f"'{text}" if text.lstrip().startswith(_FORMULAS) or text[:1].isspace() else text


def shortened(text: str, limit: int) -> str:
    """The text in at most `limit` characters, the last an ellipsis where something was cut. Cut first, escape after."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def mrkdwn_within(text: str, limit: int) -> str:
    """Escaped text in at most `limit` characters after escaping (an `&` costs five), never cut inside an entity."""
    room = limit
    while len(escaped := mrkdwn(shortened(text, room))) > limit:
        room -= max(1, (len(escaped) - limit) // 5)
    return escaped
