"""A calendar as another library reads it: what somebody who subscribed to it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

ON_CALL = " on call: "


@dataclass(frozen=True)
class Shown:
    """One entry of a calendar."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str
    sequence: int
    is_cancelled: bool
    stamped: datetime

    @property
    def who(self) -> str:
        """Whose shift it is, in the calendar of a schedule."""
        return self.summary.partition(ON_CALL)[0]


def subscribed(text: str | bytes) -> list[Shown]:
    """The entries of a calendar, cancelled ones too."""
    whole = text if isinstance(text, str) else text.decode()
    return [_shown(event) for event in IcsCalendarStream.calendar_from_ics(whole).events]


def standing(shown: Iterable[Shown]) -> list[Shown]:
    """Those that are not cancelled."""
    return [each for each in shown if not each.is_cancelled]


def lines_of(text: bytes) -> list[bytes]:
    """The lines of the file as they are on the wire."""
    assert text.endswith(b"\r\n") and text.count(b"\n") == text.count(b"\r") == text.count(b"\r\n")
    return text.removesuffix(b"\r\n").split(b"\r\n")


def _shown(event: Event) -> Shown:
    assert isinstance(event.dtstart, datetime) and isinstance(event.dtend, datetime)
    assert isinstance(event.dtstamp, datetime) and event.uid and event.summary
    return Shown(
        uid=event.uid,
        start=event.dtstart.astimezone(UTC),
        end=event.dtend.astimezone(UTC),
        summary=event.summary,
        description=event.description or "",
        sequence=event.sequence or 0,
        is_cancelled=event.status == "CANCELLED",
        stamped=event.dtstamp.astimezone(UTC),
    )
