"""How long something took, in words."""

from __future__ import annotations

from datetime import timedelta


def exact_words(duration: timedelta) -> str:
    """The same of one that was chosen, also where that is less than a minute: `30 s`, `0.5 s`."""
    return duration_words(duration) if duration >= timedelta(minutes=1) else f"{duration.total_seconds():g} s"


def duration_words(duration: timedelta) -> str:
    """How long, in at most two units: `3 days`, `1 day 4 h`, `2 h 15 min`, `40 min`, `less than a minute`.

    Cut, never rounded up; from a day on, minutes are left out. A negative duration is said by its size.
    """
    minutes = abs(duration) // timedelta(minutes=1)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        minutes = 0
    parts = [f"{days} day" + "s" * (days > 1)] * bool(days) + [f"{hours} h"] * bool(hours)
    return " ".join(parts + [f"{minutes} min"] * bool(minutes)) or "less than a minute"
