"""What a timeline has beside what people put into it: what Watchbill knows itself, and how the incident went on.

Pure: facts in, entries and moments out. Nothing here is stored; it is derived whenever a timeline is read.
"""

from bot.engines.timeline.course import Course, Moments, Signal, course_of
from bot.engines.timeline.hand_overs import HandOver, HandOvers, hand_overs
from bot.engines.timeline.own import Deed, DeedKind, Facts, OwnEntry, own_entries
from bot.engines.timeline.paging import page_of

__all__ = [
    "Course",
    "Deed",
    "DeedKind",
    "Facts",
    "HandOver",
    "HandOvers",
    "Moments",
    "OwnEntry",
    "Signal",
    "course_of",
    "hand_overs",
    "own_entries",
    "page_of",
]
