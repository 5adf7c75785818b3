"""The beginning of a text as a quotation, in messages that are edited.

Not as rich text: Slack lets no edit take that away again (`block_mismatch`), neither of a text that was emptied nor of
what was deleted, whose buttons would stay.
"""

from __future__ import annotations

from bot.escaping import mrkdwn_within

MOST_LINES = 20
"""What is below the text, the buttons first of all, is still near on a phone."""
MARK = "> "
CUT = f"{MARK}…"


def quotation(text: str, limit: int, *, lines: int = MOST_LINES) -> str:
    """The beginning of the text, escaped, each line with the mark of a quotation, in at most `limit` characters."""
    kept: list[str] = []
    left = limit - len(CUT)
    for line in mrkdwn_within(text.strip(), limit).splitlines():
        left -= len(MARK) + len(line) + 1
        if left < 0 or len(kept) == lines:
            return "\n".join([*kept, CUT])
        kept.append(f"{MARK}{line}")
    return "\n".join(kept)


def is_whole(text: str, limit: int) -> bool:
    """Whether a quotation of the text in so many characters is all of it."""
    return not quotation(text, limit).endswith("…") or text.rstrip().endswith("…")
