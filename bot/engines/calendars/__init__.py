"""Shifts as calendars take them (RFC 5545): values in, text out.

`shifts_within` draws the shifts, `told_now` compares them with what calendars were told before, `head`, `body` and TAIL
are the text of it.
"""

from bot.engines.calendars.entries import Entry, feed_key, shifts_within, uid_at, uid_of
from bot.engines.calendars.standing_in import Span, may_mean, participants_in, spans_of
from bot.engines.calendars.telling import CANCELLED_KEPT, Terms, Told, changes, told_now
from bot.engines.calendars.text import TAIL, body, calendar_name, head
from bot.engines.calendars.windows import DRAWN_BACK, Window, window

__all__ = [
    "CANCELLED_KEPT",
    "DRAWN_BACK",
    "TAIL",
    "Entry",
    "Span",
    "Terms",
    "Told",
    "Window",
    "body",
    "calendar_name",
    "changes",
    "feed_key",
    "head",
    "may_mean",
    "participants_in",
    "shifts_within",
    "spans_of",
    "told_now",
    "uid_at",
    "uid_of",
    "window",
]
