"""When somebody means: moments, ranges and days, read in the zone of who typed them."""

from __future__ import annotations

from bot.slack.words.times.dates import read_date
from bot.slack.words.times.moments import read_moment, split_moment
from bot.slack.words.times.ranges import read_end, read_range
from bot.slack.words.times.stamps import split_stamp
from bot.slack.words.times.values import Direction, Moment, Range

__all__ = [
    "Direction",
    "Moment",
    "Range",
    "read_date",
    "read_end",
    "read_moment",
    "read_range",
    "split_moment",
    "split_stamp",
]
