"""What happened to an entry of a timeline, as a line of its card's thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.escaping import mrkdwn_within, shortened
from bot.queries.history import Happened, Happening
from bot.slack.cards.dates import day_and_time
from bot.slack.words.normalise import as_typed

OF_ENTRIES = frozenset(
    {
        *(Happening.ADDED_ENTRY, Happening.EDITED_ENTRY, Happening.MOVED_ENTRY, Happening.REMOVED_ENTRY),
        *(Happening.ADDED_THREAD, Happening.FOLLOWED_ENTRY, Happening.CORRECTED_TIMES),
    }
)
MOMENTS = {"detected_at": "detected", "responded_at": "responded to", "ended_at": "resolved"}
EXCERPT_CHARACTERS = 500


def entry_deed(event: Happened) -> str:
    """What somebody did with an entry, escaped: `added to the timeline: *14:05* rolled back`; long ones cut short."""
    before, after = event.before, event.after
    match event.verb:
        case Happening.EDITED_ENTRY if before["text"] == after["text"]:
            moved = day_and_time(datetime.fromisoformat(after["at"]))
            return f"moved in the timeline to {moved}: {_told(before, event)}"
        case Happening.EDITED_ENTRY:
            return f"changed in the timeline: {_told(after, event)}"
        case Happening.MOVED_ENTRY:
            return f"moved from this timeline to that of PM-{after['to']}: {_told(after, event)}"
        case Happening.REMOVED_ENTRY:
            return f"removed from the timeline: {_told(before, event)}"
        case Happening.ADDED_ENTRY:
            verb = "put back into" if after.get("restored") else "added to"
            return f"{verb} the timeline: {_told(after, event)}"
        case _:
            return _deed_of_many(event)


def _deed_of_many(event: Happened) -> str:
    """What was done with a whole thread, or with the moments of the incident, or what followed from a message."""
    before, after = event.before, event.after
    match event.verb:
        case Happening.ADDED_THREAD:
            count = after["count"]
            return f"added {count} message{'s' * (count != 1)} of a thread to the timeline."
        case Happening.FOLLOWED_ENTRY if after["is_deleted"]:
            return f"struck out in the timeline, since its message was deleted: {_told(before, event)}"
        case Happening.FOLLOWED_ENTRY:
            return f"changed in the timeline, since its message was edited: {_told(after, event)}"
        case _:
            return f"put right when it was {_moments(before, after)}."


def _moments(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What is another moment now: `detected, Nov 18 at 09:05`; one that is not said any more is what is known."""
    return ", ".join(
        f"{words} ({day_and_time(datetime.fromisoformat(after[name])) if after[name] else 'as the timeline says'})"
        for name, words in MOMENTS.items()
        if before[name] != after[name]
    )


def _told(entry: Mapping[str, Any], event: Happened) -> str:
    words = as_typed(entry["text"], {slack_id: person.name for slack_id, person in event.mentioned.items()})
    said = shortened(words.strip() or ", ".join(entry["file_names"]), EXCERPT_CHARACTERS)
    when = day_and_time(datetime.fromisoformat(entry["at"]))
    return f"*{when}* {mrkdwn_within(said, EXCERPT_CHARACTERS)}".strip()
