"""What happened to an entry of a timeline, as a line of its card's thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.escaping import mrkdwn_within, shortened
from bot.queries.history import Happened, Happening
from bot.slack.cards.dates import day_and_time
from bot.slack.words.normalise import as_typed

OF_ENTRIES = frozenset({Happening.ADDED_ENTRY, Happening.EDITED_ENTRY, Happening.MOVED_ENTRY, Happening.REMOVED_ENTRY})
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
        case _:
            verb = "put back into" if after.get("restored") else "added to"
            return f"{verb} the timeline: {_told(after, event)}"


def _told(entry: Mapping[str, Any], event: Happened) -> str:
    words = as_typed(entry["text"], {slack_id: person.name for slack_id, person in event.mentioned.items()})
    said = shortened(words.strip() or ", ".join(entry["file_names"]), EXCERPT_CHARACTERS)
    when = day_and_time(datetime.fromisoformat(entry["at"]))
    return f"*{when}* {mrkdwn_within(said, EXCERPT_CHARACTERS)}".strip()
