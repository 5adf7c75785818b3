"""Restriction windows as people type them, `mon-fri 08:00-18:00, sat 10:00-14:00`, and back.

    windows  = window {("," | ";" | line break) window}
    window   = [days] time ("-" | "to") time  |  day time ("-" | "to") day time
    days     = day | day "-" day | "every day" | "weekdays" | "weekend", several with commas before one pair of times

Without days a window is every day's. An end at or before the start is past midnight, on the day after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.engines.rotation import Restriction, TimeWindow
from bot.errors import Unreadable
from bot.slack.words.normalise import for_parsing
from bot.slack.words.times.clocks import read_clock
from bot.vocabulary import RestrictionKind, Weekday

EXAMPLE = "mon-fri 08:00-18:00, sat 10:00-14:00"

_DAYS = tuple(Weekday)
_NAMED = {
    "every day": _DAYS,
    "everyday": _DAYS,
    "daily": _DAYS,
    "weekdays": _DAYS[:5],
    "weekday": _DAYS[:5],
    "weekends": _DAYS[5:],
    "weekend": _DAYS[5:],
}
_DAY = r"[a-z]+"
_TIME = r"\d{1,2}(?:[:.]\d{2})?(?:\s?[ap]m)?|noon|midday|midnight"
_WINDOW = re.compile(
    rf"(?P<days>[a-z ,-]*?)\s*(?P<start>{_TIME})\s*(?:-|to|until)\s*(?:(?P<end_day>{_DAY})\s+)?(?P<end>{_TIME})$"
)


@dataclass(frozen=True, slots=True)
class _Span:
    """Start and end in minutes since midnight of the day it starts on; `end_day` only where it was named."""

    start: int
    end: int
    end_day: Weekday | None


def read_windows(text: str) -> Restriction | None:
    """The restriction that was typed; None for an empty text: always in force.

    Raises:
        Unreadable: the sentence quotes what was not understood and says what to type instead.
    """
    items = [item for part in re.split(r"[;\n]", text) for item in _items(for_parsing(part).lower())]
    if not items:
        return None
    read = [_read(item) for item in items]
    if len(read) == 1 and read[0][0] is None:
        span = read[0][1]
        return Restriction(RestrictionKind.TIME_OF_DAY, (_window(None, span),))
    windows = [_window(day, span) for days, span in read for day in days or _DAYS]
    return Restriction(RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, tuple(windows))


def windows_text(restriction: Restriction | None) -> str:
    """What somebody would type for it; `read_windows` reads it back as the same minutes of the week."""
    if restriction is None:
        return ""
    if restriction.kind is RestrictionKind.TIME_OF_DAY:
        return ", ".join(_times(window) for window in restriction.windows)
    grouped: dict[str, list[int]] = {}
    lines: dict[str, str] = {}
    for window in restriction.windows:
        start, end = _DAYS.index(window.start_day or _DAYS[0]), _DAYS.index(window.end_day or _DAYS[0])
        is_usual = (end - start) % 7 == (1 if window.end_of_day <= window.start_of_day else 0)
        if is_usual:
            grouped.setdefault(_times(window), []).append(start)
            lines.setdefault(_times(window), "")
        else:
            from_to = f"{_clock(window.start_of_day)} - {_short(end)} {_clock(window.end_of_day)}"
            lines[f"{_short(start)} {from_to}"] = ""
    return ", ".join(f"{_runs(grouped[line])} {line}".strip() if line in grouped else line for line in lines)


def _items(text: str) -> Iterator[str]:
    """The windows of a line. Days standing alone before a comma belong to the window after it: `mon, wed 9-17`."""
    waiting = ""
    for part in text.split(","):
        item = f"{waiting}{part.strip()}".strip()
        if item and not any(char.isdigit() for char in item) and not item.endswith(("noon", "midnight", "midday")):
            waiting = f"{item}, "
            continue
        waiting = ""
        if item:
            yield item
    if waiting:
        yield waiting.rstrip(", ")


def _read(item: str) -> tuple[tuple[Weekday, ...] | None, _Span]:
    found = _WINDOW.fullmatch(item)
    start, end = (_minutes(found["start"]), _minutes(found["end"])) if found else (None, None)
    if found is None or start is None or end is None:
        raise _unreadable(item)
    days = _days(found["days"], item)
    end_day = _day(found["end_day"], item) if found["end_day"] else None
    if end_day is not None and (days is None or len(days) != 1):
        raise _unreadable(item)
    return days, _Span(start, end, end_day)


def _days(text: str, item: str) -> tuple[Weekday, ...] | None:
    """The days before a pair of times, each once; None for every day."""
    found: list[Weekday] = []
    for part in (each.strip() for each in text.split(",")):
        if part in _NAMED:
            found += _NAMED[part]
        elif "-" in part:
            first, last = (_DAYS.index(_day(each.strip(), item)) for each in part.split("-", 1))
            found += [_DAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
        elif part:
            found.append(_day(part, item))
    days = tuple(dict.fromkeys(found))
    return days if 0 < len(days) < len(_DAYS) else None


def _day(word: str, item: str) -> Weekday:
    """The day by at least two letters of its name: `tu`, `tues`, `tuesday`."""
    fitting = [day for day in _DAYS if len(word) >= 2 and day.value.startswith(word)]
    if len(fitting) != 1:
        raise _unreadable(item)
    return fitting[0]


def _minutes(word: str) -> int | None:
    clock = read_clock((word.replace(" ", ""),), after_day=True)
    return None if clock is None else clock // timedelta(minutes=1)


def _window(day: Weekday | None, span: _Span) -> TimeWindow:
    end_day = span.end_day or day
    if day is not None and span.end_day is None and span.end <= span.start:
        end_day = _DAYS[(_DAYS.index(day) + 1) % 7]
    return TimeWindow(span.start // 60, span.start % 60, span.end // 60, span.end % 60, day, end_day)


def _times(window: TimeWindow) -> str:
    return f"{_clock(window.start_of_day)}-{_clock(window.end_of_day)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _runs(days: list[int]) -> str:
    """Days in the order of the week: `mon-fri`, `mon, wed`; three or more in a row are a range, all seven nothing."""
    if len(set(days)) == len(_DAYS):
        return ""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = [f"{_short(run[0])}-{_short(run[-1])}" if len(run) > 2 else ", ".join(map(_short, run)) for run in runs]
    return ", ".join(parts)


def _short(day: int) -> str:
    return _DAYS[day].value[:3]


def _unreadable(item: str) -> Unreadable:
    return Unreadable(f"I cannot read “{item[:60]}”. Write days and times such as: {EXAMPLE}.")
