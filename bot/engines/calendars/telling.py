"""What calendars are told now, after what they were told before: new, changed, cancelled, or the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.engines.calendars.entries import Entry, is_telling

CANCELLED_KEPT = timedelta(days=14)
"""How long calendars are told that a shift is off before it is left out."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as calendars were told of it. `sequence` goes up with every change; `cancelled_at` None: it holds."""

    entry: Entry
    sequence: int
    changed_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """By what it is judged: the present, and since when shifts are told."""

    now: datetime
    since: datetime

    @property
    def forgotten_before(self) -> datetime:
        """What was cancelled before then is left out; the same all day (of UTC)."""
        return self.now.replace(hour=0, minute=0, second=0, microsecond=0) - CANCELLED_KEPT


def told_now(entries: Iterable[Entry], before: Mapping[str, Told], terms: Terms) -> list[Told]:
    """What calendars are told, in the order of uids; what is the same as `before` is the same object.

    `before` is what they were told, by uid, over the same time as the entries. An entry that is not among them any more
    is cancelled.
    """
    wanted = {entry.uid: entry for entry in entries if is_telling(entry.start, entry.end)}
    return [
        told
        for uid in sorted({*wanted, *before})
        if (told := _told(wanted.get(uid), before.get(uid), terms)) is not None
    ]


def changes(told: Iterable[Told], before: Mapping[str, Told]) -> Iterator[Told]:
    """Those of `told_now` that were not told before, or not so."""
    return (each for each in told if before.get(each.entry.uid) is not each)


def _told(entry: Entry | None, before: Told | None, terms: Terms) -> Told | None:
    if entry is None:
        return _gone(before, terms) if before is not None else None
    if before is None:
        return Told(entry, 0, terms.now)
    if before.entry == entry and before.cancelled_at is None:
        return before
    return Told(entry, before.sequence + 1, terms.now)


def _gone(before: Told, terms: Terms) -> Told | None:
    entry = before.entry
    if before.cancelled_at is not None:
        return before if before.cancelled_at >= terms.forgotten_before else None
    if entry.end <= terms.since:
        return None
    return replace(before, sequence=before.sequence + 1, changed_at=terms.now, cancelled_at=terms.now)
