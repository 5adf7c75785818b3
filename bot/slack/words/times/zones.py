"""A zone named at the end of a phrase: `fri 18:00 Europe/Berlin`, `9am UTC`."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import Unreadable

# People say "PST" in July and mean Pacific time, so an abbreviation means the place and not its winter offset.
_ABBREVIATIONS = {
    "utc": "UTC",
    "gmt": "UTC",
    **dict.fromkeys(("cet", "cest"), "Europe/Berlin"),
    **dict.fromkeys(("eet", "eest"), "Europe/Helsinki"),
    **dict.fromkeys(("et", "est", "edt"), "America/New_York"),
    **dict.fromkeys(("ct", "cdt"), "America/Chicago"),
    **dict.fromkeys(("mt", "mdt"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt"), "America/Los_Angeles"),
    "jst": "Asia/Tokyo",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
}
_AMBIGUOUS = {
    "ist": "Asia/Kolkata, Europe/Dublin or Asia/Jerusalem",
    "cst": "America/Chicago or Asia/Shanghai",
    "bst": "Europe/London or Asia/Dhaka",
    "ast": "America/Halifax or Asia/Riyadh",
    "mst": "America/Denver or America/Phoenix",
    "sst": "Asia/Singapore or Pacific/Pago_Pago",
}
_OWN = (" my time", " local time")


def split_zone(phrase: str, own: ZoneInfo) -> tuple[str, ZoneInfo]:
    """The spelt phrase without its zone, and that zone; `own` where it names none.

    Raises:
        Unreadable: an abbreviation that several parts of the world use.
    """
    for words in _OWN:
        if phrase.endswith(words):
            return phrase.removesuffix(words), own
    before, _, last = phrase.rpartition(" ")
    last = last.strip("()")
    if not before:
        return phrase, own
    if last in _AMBIGUOUS:
        raise Unreadable(f"{last.upper()} is the name of several time zones: type {_AMBIGUOUS[last]} instead.")
    key = _ABBREVIATIONS.get(last) or (_regions().get(last) if "/" in last else None)
    return (before, ZoneInfo(key)) if key else (phrase, own)


@cache
def _regions() -> dict[str, str]:
    """Every region of the zone database by its lower-case name."""
    return {key.lower(): key for key in available_timezones() if "/" in key}
