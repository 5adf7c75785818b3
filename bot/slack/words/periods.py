"""Which week or month somebody means: `2026-W47`, `2026-11`, a day in it, `next`, `last`; else the present one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.engines.pictures import Period, PeriodKind, containing, read_period
from bot.slack.words.normalise import for_parsing

_STEPS = {"this": 0, "next": 1, "last": -1, "previous": -1}
_WRITTEN = re.compile(r"\d{4}-?w?\d[\d-]*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class WantedPeriod:
    """A period that is written, or one so many away from the present one. `words` are all others: a schedule's name."""

    kind: PeriodKind
    words: str
    written: str = ""
    steps: int = 0

    def at(self, now: datetime, zone: ZoneInfo) -> Period:
        """The period on the wall clock of a zone.

        Raises:
            Unreadable: what is written is none of this kind.
        """
        if not self.written:
            return _moved(containing(self.kind, now, zone), self.steps)
        try:
            day = date.fromisoformat(self.written) if self.written.count("-") == 2 else None
        except ValueError:
            day = None
        if day:
            return read_period(self.kind, Period.of(self.kind, day).text)
        return read_period(self.kind, self.written)


def split_period(kind: PeriodKind, text: str, names: Sequence[str]) -> WantedPeriod:
    """Which period a text means, by its first or last word; a whole name among `names` means none."""
    words = text.strip()
    if words.casefold() in {name.casefold() for name in names}:
        return WantedPeriod(kind, words)
    parts = words.split()
    for place, others in ((-1, parts[:-1]), (0, parts[1:])):
        word = for_parsing(parts[place]).casefold() if parts else ""
        if word in _STEPS:
            return WantedPeriod(kind, " ".join(others), steps=_STEPS[word])
        if _WRITTEN.fullmatch(word):
            return WantedPeriod(kind, " ".join(others), written=word.upper())
    return WantedPeriod(kind, words)


def _moved(period: Period, steps: int) -> Period:
    for _ in range(abs(steps)):
        period = period.next if steps > 0 else period.previous
    return period
