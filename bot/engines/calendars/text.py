"""Entries in the text of RFC 5545, as Google, Outlook and Apple take it.

Times are plain instants in UTC. No shift repeats by a rule, so that a zone would add nothing; every reader shows an
instant in its own zone, while descriptions of zones are what they differ about most.

A year may have thousands of entries: the library escapes and folds each text once, and the lines of an entry, which are
plain ASCII but for those, are put together here. The tests hold them equal to the library's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from unicodedata import category

from icalendar import Calendar, vDuration, vText
from icalendar.parser import Contentline, Parameters

from bot.engines.calendars.entries import Entry
from bot.engines.calendars.telling import Told
from bot.vocabulary import ParticipantKind

PRODUCT = "-//Watchbill//On call//EN"
DOMAIN = "watchbill"
REFRESHED = timedelta(hours=1)
"""How often subscribers are asked to look again; they decide themselves."""
TAIL = b"END:VCALENDAR\r\n"
_STAND_INS = {ParticipantKind.TEAM: "The team", ParticipantKind.ESCALATION: "The escalation"}


def head(name: str) -> bytes:
    """What a calendar of that name begins with; entries and TAIL follow."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(printable(name)))  # the library escapes no X- property by itself
    calendar.add("refresh-interval", vDuration(REFRESHED), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESHED))
    whole: bytes = calendar.to_ical()
    return whole.removesuffix(TAIL)


def calendar_name(of: str) -> str:
    """What the calendar of a schedule, or of somebody's own shifts, is called."""
    return f"On call: {of}"


def body(told: Iterable[Told], *, own: bool) -> bytes:
    """The entries. `own`: they are somebody's own, who need not be told who they are."""
    return "".join(_event(each, own=own) for each in told).encode()


def printable(text: str) -> str:
    """Text on one line, without what no calendar may hold: control characters and halves of characters.

    What joins an emoji or turns the direction of writing stays.
    """
    return "".join(each for each in " ".join(text.split()) if category(each) not in {"Cc", "Cs"})


def _event(told: Told, *, own: bool) -> str:
    entry, changed = told.entry, _utc(told.changed_at)
    return (
        f"BEGIN:VEVENT\r\n{_texts(*_words(entry, own=own))}"
        f"DTSTART:{_utc(entry.start)}\r\nDTEND:{_utc(entry.end)}\r\nDTSTAMP:{changed}\r\n"
        f"UID:{entry.uid}@{DOMAIN}\r\nSEQUENCE:{told.sequence}\r\nLAST-MODIFIED:{changed}\r\n"
        f"STATUS:{'CANCELLED' if told.cancelled_at else 'CONFIRMED'}\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
    )


def _words(entry: Entry, *, own: bool) -> tuple[str, str]:
    """The summary and the description of an entry."""
    rotation = f"Rotation: {entry.rotation}"
    stand_in = _STAND_INS.get(entry.participant.kind)
    who = f"{stand_in} {entry.name}" if stand_in else entry.name
    if not own:
        return f"{who} on call: {entry.schedule}", rotation
    return f"On call: {entry.schedule}", f"{who} is on call. {rotation}" if stand_in else rotation


@lru_cache(maxsize=4096)
def _texts(summary: str, description: str) -> str:
    return _line("SUMMARY", summary) + _line("DESCRIPTION", description)


def _line(name: str, text: str) -> str:
    line = Contentline.from_parts(name, Parameters(), vText(printable(text)))
    return f"{line.to_ical().decode()}\r\n"


def _utc(at: datetime) -> str:
    """An instant in UTC to the second; strftime would take ten times as long."""
    iso = at.isoformat()  # 2026-11-18T09:00:00, and whatever follows
    return f"{iso[:4]}{iso[5:7]}{iso[8:13]}{iso[14:16]}{iso[17:19]}Z"
