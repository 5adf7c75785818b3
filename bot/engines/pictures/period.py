"""Which week or month a picture is of: as it is written in an address, and the one before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.engines.wallclock import resolve, to_local
from bot.errors import Unreadable

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""What lies outside is a slip of the finger."""
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE | re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """How much a picture shows."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A week from its Monday on (ISO 8601), or a month from its first day on."""

    kind: PeriodKind
    first: date

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> Period:
        """The period of that kind in which a day lies."""
        return cls(kind, day - day.weekday() * _DAY if kind is PeriodKind.WEEK else day.replace(day=1))

    @property
    def text(self) -> str:
        """As it is written: `2026-W47`, `2026-11`."""
        if self.kind is PeriodKind.MONTH:
            return f"{self.first:%Y-%m}"
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def next(self) -> Period:
        """The one after it."""
        return Period.of(self.kind, self.last + _DAY)

    @property
    def previous(self) -> Period:
        """The one before it."""
        return Period.of(self.kind, self.first - _DAY)

    @property
    def is_within_reach(self) -> bool:
        """Whether `read_period` takes it."""
        return self.first.year >= FIRST_YEAR and self.last.year <= LAST_YEAR

    @property
    def last(self) -> date:
        """Its last day."""
        if self.kind is PeriodKind.WEEK:
            return self.first + 6 * _DAY
        return (self.first + 31 * _DAY).replace(day=1) - _DAY

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """Its days, week by week from Monday on; a month's first and last week may have fewer than seven."""
        found: list[list[date]] = []
        day = self.first
        while day <= self.last:
            if not found or day.weekday() == 0:
                found.append([])
            found[-1].append(day)
            day += _DAY
        return tuple(map(tuple, found))

    def window(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first instant on the zone's wall clock, and the first one after it."""
        return midnight(self.first, zone), midnight(self.last + _DAY, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins in a zone; where its midnight is skipped, the first one after the gap."""
    return resolve(datetime.combine(day, time()), zone)


def containing(kind: PeriodKind, instant: datetime, zone: ZoneInfo) -> Period:
    """The period of that kind in which an instant lies, on the zone's wall clock."""
    return Period.of(kind, to_local(instant, zone).date())


def read_period(kind: PeriodKind, text: str) -> Period:
    """The week written as `2026-W47`, or the month written as `2026-11`.

    Raises:
        Unreadable: it is not written so, or there is no such week or month, or its year is far away.
    """
    found = (_WEEK if kind is PeriodKind.WEEK else _MONTH).fullmatch(text.strip())
    if found is None:
        raise _unreadable(kind, text)
    year, number = int(found[1]), int(found[2])
    try:
        first = date.fromisocalendar(year, number, 1) if kind is PeriodKind.WEEK else date(year, number, 1)
    except ValueError:
        raise _unreadable(kind, text) from None
    period = Period(kind, first)
    if not period.is_within_reach:
        raise Unreadable(f"A {kind} is drawn from {FIRST_YEAR} to {LAST_YEAR}.")
    return period


def _unreadable(kind: PeriodKind, text: str) -> Unreadable:
    example = "2026-W47" if kind is PeriodKind.WEEK else "2026-11"
    return Unreadable(f"“{text.strip()}” is no {kind} that I can read. Write one like {example}.")
