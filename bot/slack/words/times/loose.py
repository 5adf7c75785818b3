"""Distances that our own grammar does not count, months and years, read by dateparser.

dateparser by itself reads "tomorrow at 9" as tomorrow at this hour and "a" as a date. So it is asked only where the
form of the phrase shows that every word and number will be used, and the clock time is read by our own grammar.
"""

from __future__ import annotations

import re
from datetime import datetime

_PAIR = r"\d{1,4} ?(?:days?|weeks?|fortnights?|months?|years?)"
_AWAY = re.compile(rf"(in )?({_PAIR}(?:(?: and|,)? {_PAIR})*)( ago| from now)?(?: |$)")
_NEIGHBOUR = re.compile(r"(?:next|last) (?:month|year)(?: |$)|last week(?: |$)")


def read_distance(phrase: str, local_now: datetime, *, back: bool) -> tuple[datetime, str] | None:
    """The local time that far away, and the words left over; None if the phrase does not begin with a distance.

    `back` is the way a distance goes that does not say it ("2 months").
    """
    away, neighbour = _AWAY.match(phrase), _NEIGHBOUR.match(phrase)
    if away is not None and not (away[1] and away[3]):
        past = away[3] == " ago" or (back and not away[1] and not away[3])
        distance, rest = f"{away[2]} ago" if past else f"in {away[2]}", phrase[away.end() :]
    elif neighbour is not None:
        distance, rest = neighbour[0].strip(), phrase[neighbour.end() :]
    else:
        return None
    found = _parsed(distance, local_now)
    return None if found is None else (found, rest)


def _parsed(distance: str, local_now: datetime) -> datetime | None:
    import dateparser  # a third of a second, and most people type what needs no dateparser

    found: datetime | None = dateparser.parse(
        distance,
        languages=["en"],
        settings={"RELATIVE_BASE": local_now, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"},
    )
    return None if found is None else found.replace(tzinfo=None)
