"""The same facts in words: for screen readers, for those without the picture, and to be searched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.engines.pictures.clock import days, moment
from bot.engines.pictures.period import PeriodKind
from bot.engines.pictures.values import Bar, Lane, Mark, Picture, Piece

ALT_LIMIT = 2000
"""Of the words that stand in for a picture in Slack."""
_NAME_LIMIT = 60


def heading(picture: Picture) -> str:
    """Which schedule, when, and by which clock: `Payments, 16 – 22 November 2026, times in Europe/Berlin`."""
    return f"{_short(picture.schedule)}, {days(picture.period)}, times in {picture.zone.key}"


def now_lines(picture: Picture) -> tuple[str, ...]:
    """Who is on call at the moment of the picture; empty where that moment lies outside of it.

    Of a schedule that is switched off in the picture, that it is.
    """
    if picture.off_from:
        when = "" if picture.is_all_off else f" since {moment(picture.off_from, picture.zone, now=picture.now)}"
        return (f"This schedule is switched off{when}: nobody is on call by it.",)
    stand = picture.standing
    if stand is None:
        return ()
    if not stand.holders:
        until = (
            f" until {moment(stand.until, picture.zone, now=picture.now)}" if stand.until else ", and nobody will be"
        )
        return (f"Now: nobody{until}",)
    return tuple(f"Now: {_short(who.name)} {_until(until, picture)}" for who, until in stand.holders)


def shift_lines(picture: Picture, lane: Lane) -> tuple[str, ...]:
    """Every bar of a lane as one line: `Mon 16 Nov 09:00 – Tue 17 Nov 09:00: Ana (override)`."""
    return tuple(f"{time_span(picture, bar)}: {people(bar)}" for bar in lane.bars)


def time_span(picture: Picture, bar: Bar) -> str:
    """When a bar begins and ends, as far as that lies in the picture."""
    begin, end = moment(bar.start, picture.zone), moment(bar.end, picture.zone)
    match bar.begins_earlier, bar.ends_later:
        case True, True:
            return "The whole week" if picture.period.kind is PeriodKind.WEEK else "The whole month"
        case True, False:
            return f"Until {end}"
        case False, True:
            return f"From {begin}"
    return f"{begin} – {end}"


def people(bar: Bar) -> str:
    """Who is on call in a bar, and how they came to it."""
    if bar.is_off:
        return "nobody (switched off)"
    if bar.is_gap:
        return "nobody (override)" if bar.is_by_override else "nobody"
    return " and ".join(map(_piece, bar.pieces))


def alt_text(picture: Picture, *, limit: int = ALT_LIMIT) -> str:
    """All of it within so many characters; what finds no room is counted."""
    lines = list(_lines(picture))
    text = ". ".join(lines) + "."
    if len(text) <= limit:
        return text
    shown, used = 0, 0
    while used + len(lines[shown]) + len(_more(len(lines))) <= limit:
        used += len(lines[shown]) + len(". ")
        shown += 1
    return ". ".join(lines[:shown]) + _more(len(lines) - shown)


def _more(count: int) -> str:
    return f". And {count} more."


def _lines(picture: Picture) -> Iterator[str]:
    yield heading(picture)
    yield from now_lines(picture)
    for lane in picture.lanes:
        name = f"{_short(lane.name)}: " if len(picture.lanes) > 1 else ""
        yield from (f"{name}{line}" for line in shift_lines(picture, lane))
        if not lane.bars:
            yield f"{name}off duty all the time"


def _until(end: datetime | None, picture: Picture) -> str:
    return f"until {moment(end, picture.zone, now=picture.now)}" if end else "with no end in sight"


def _piece(piece: Piece) -> str:
    notes = ["override"] if Mark.OVERRIDE in piece.marks else []
    if piece.forwarded_from:
        notes.append(f"forwarded from {_short(piece.forwarded_from.name)}")
    return _short(piece.who.name) + (f" ({', '.join(notes)})" if notes else "")


def _short(name: str) -> str:
    return name if len(name) <= _NAME_LIMIT else f"{name[: _NAME_LIMIT - 1]}…"
