"""Who is on call, until when, who is next and why: values in, values out.

One resolver answers every question about time. `on_call` and `timeline` are its two forms; everything else (shifts,
standing, people) reads the segments they return.
"""

from bot.engines.rotation.checks import (
    LONGEST_LENGTH,
    MOST_PARTICIPANTS,
    MOST_ROTATIONS,
    MOST_WINDOWS,
    checked_rule,
    rounded_instant,
    rounded_window,
)
from bot.engines.rotation.flattening import (
    Directory,
    Duty,
    Recipient,
    duties,
    duties_of,
    people_among,
    people_of,
    people_on_call,
    turning_points,
    turning_points_one_by_one,
)
from bot.engines.rotation.history import closed, edited, moved_to_zone
from bot.engines.rotation.preview import HandOff, next_beginnings, next_hand_offs
from bot.engines.rotation.resolver import Explanation, explain, on_call, timeline
from bot.engines.rotation.restrictions import Restriction, TimeWindow
from bot.engines.rotation.schedules import (
    NOBODY,
    Forwarding,
    Override,
    Participant,
    Rotation,
    RotationRule,
    RotationVersion,
    Schedule,
)
from bot.engines.rotation.segments import Reason, RotationTimeline, Segment, Shift, Timeline
from bot.engines.rotation.shifts import (
    HORIZON,
    Change,
    RotationStanding,
    Standing,
    next_change,
    shifts_between,
    standing,
)

__all__ = [
    "HORIZON",
    "LONGEST_LENGTH",
    "MOST_PARTICIPANTS",
    "MOST_ROTATIONS",
    "MOST_WINDOWS",
    "NOBODY",
    "Change",
    "Directory",
    "Duty",
    "Explanation",
    "Forwarding",
    "HandOff",
    "Override",
    "Participant",
    "Reason",
    "Recipient",
    "Restriction",
    "Rotation",
    "RotationRule",
    "RotationStanding",
    "RotationTimeline",
    "RotationVersion",
    "Schedule",
    "Segment",
    "Shift",
    "Standing",
    "TimeWindow",
    "Timeline",
    "checked_rule",
    "closed",
    "duties",
    "duties_of",
    "edited",
    "explain",
    "moved_to_zone",
    "next_beginnings",
    "next_change",
    "next_hand_offs",
    "on_call",
    "people_among",
    "people_of",
    "people_on_call",
    "rounded_instant",
    "rounded_window",
    "shifts_between",
    "standing",
    "timeline",
    "turning_points",
    "turning_points_one_by_one",
]
