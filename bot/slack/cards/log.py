"""`/oncall log`: each change of a schedule as a sentence, and what was changed under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.escaping import mrkdwn_within
from bot.queries.changes import DELETED, UNDONE, Changing, Passing
from bot.queries.log import Entry, Page
from bot.queries.schedules import as_restriction
from bot.slack.cards.blocks import Block, Card, actions, button, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.links import place_name
from bot.slack.cards.people import grouped, keyed
from bot.slack.ids import Action
from bot.slack.words.local import turn_words
from bot.slack.words.windows import windows_text
from bot.vocabulary import ParticipantKind, RotationType, TurnCounting

ROWS = 8
_MOST_DETAILS = 5
_MOST_NAMES = 6
_NAME_LIMIT = 60
_TEXT_LIMIT = 4000
_ROW_LIMIT = 1400
"""Slack takes some 13,000 characters in a message, however they are divided."""


def log_card(page: Page, *, about: Sequence[str], line: str, number: int, offers_all: bool, public: bool) -> Card:
    """A page of the log, newest first, of the schedules `about` is the names of, or of all where it is empty.

    `line` asks for it, without the page; `offers_all` leads to the log of all schedules.
    """
    head = _head(about)
    buttons = []
    if number > 1:
        buttons.append(button("Newer", f"{Action.RUN}:newer", f"{line} page {number - 1}"))
    if page.has_older:
        buttons.append(button("Older", f"{Action.RUN}:older", f"{line} page {number + 1}"))
    if offers_all:
        buttons.append(button("All schedules", f"{Action.RUN}:all", "oncall log all"))
    if not public:
        buttons.append(button("Show to channel", Action.SHOW, f"{line} page {number}"))
    nothing = "There is nothing older." if number > 1 else "Nothing has happened yet."
    body: list[Block] = [section(_row(each)) for each in page.entries] or [section(nothing)]
    blocks = (section(f"*{head}*"), *body, *([actions(*buttons)] if buttons else []))
    return Card(_plainly(head, page.entries), blocks)


def _plainly(head: str, entries: Sequence[Entry]) -> str:
    """The same for notifications and screen readers, without the details."""
    text = head
    for entry in entries:
        longer = f"{text}\n{_sentence(entry)}"
        if len(longer) > _TEXT_LIMIT:
            break
        text = longer
    return text


def _row(entry: Entry) -> str:
    row = f"{_sentence(entry)} · {day_and_time(entry.at)}"
    details = list(_details(entry))
    for place, detail in enumerate(details):
        longer = f"{row}\n• {detail}"
        if place == _MOST_DETAILS or len(longer) > _ROW_LIMIT:
            return f"{row}\n• {len(details) - place} more"
        row = longer
    return row


def _sentence(entry: Entry) -> str:
    who = _doer(entry)
    name = f"*{_name(entry.schedule)}*"
    match entry.verb:
        case Changing.CREATED:
            deed = f"made {_then_called(entry, name)}"
        case Changing.EDITED:
            deed = f"edited {name}"
        case _ if entry.verb == DELETED:
            deed = f"deleted {name}"
        case Changing.OVERRIDDEN:
            deed = f"put {_put_on(entry)} on call for {name}{_span(entry.after)}"
        case _ if entry.verb == UNDONE:
            deed = f"took back a change of {name}"
        case Passing.MADE:
            deed = f"forwarded {_passed(entry, entry.after)}"
        case Passing.EDITED:
            deed = f"changed a forwarding: {_passed(entry, entry.after)}"
        case Passing.REMOVED:
            deed = f"removed a forwarding: {_passed(entry, entry.before)}"
        case Changing.LINKED:
            deed = f"linked {name} to {place_name(entry.after['channel'])}"
        case Changing.UNLINKED:
            deed = f"unlinked {name} from {place_name(entry.before['channel'])}"
        case _:
            deed = f"changed {name} ({_name(entry.verb)})"
    return f"{who} {deed}"


def _doer(entry: Entry) -> str:
    if entry.by:
        return _name(entry.by.name)
    return f"The {keyed(entry.by_key, limit=_NAME_LIMIT)}" if entry.by_key else "Watchbill"


def _details(entry: Entry) -> Iterator[str]:
    if entry.verb == Changing.CREATED:
        yield f"{entry.after['timezone']}, {_team(entry.after)}"
        yield from (_rotation(each, entry) for each in entry.after["rotations"])
    if entry.verb == Changing.EDITED:
        yield from _edits(entry)
    if entry.verb == Passing.EDITED:
        yield f"Before: {_passed(entry, entry.before)}"
    if entry.undone:
        yield f"{_sentence(entry.undone)} · {day_and_time(entry.undone.at)}"
    if entry.after.get("ended_at"):
        yield f"It had begun, and ended {day_and_time(_instant(entry.after['ended_at']))}"


def _edits(entry: Entry) -> Iterator[str]:
    before, after = entry.before, entry.after
    for what, key in (("Name", "name"), ("Time zone", "timezone"), ("Team", "team")):
        if before[key] != after[key]:
            yield f"{what}: {_name(before[key] or 'none')} → {_name(after[key] or 'none')}"
    if before.get("description", "") != after.get("description", ""):
        yield "Another description"
    if before.get("enabled", True) != after.get("enabled", True):
        yield "Switched on" if after["enabled"] else "Switched off: nobody is on call by it"
    known = {each["id"]: each for each in before["rotations"]}
    for rotation in after["rotations"]:
        older = known.pop(rotation["id"], None)
        if older is None:
            yield f"New rotation {_rotation(rotation, entry)}"
        elif changes := list(_rotation_edits(older, rotation, entry)):
            yield f"{_name(older['name'])}: {'; '.join(changes)}{_effect(rotation.get('holds_from'), entry.at)}"
    closed = after.get("closed", {})
    for gone in known.values():
        yield f"Without the rotation {_name(gone['name'])}{_effect(closed.get(gone['id']), entry.at)}"


def _rotation_edits(before: Mapping[str, Any], after: Mapping[str, Any], entry: Entry) -> Iterator[str]:
    if before["name"] != after["name"]:
        yield f"now called {_name(after['name'])}"
    if before["participants"] != after["participants"]:
        yield f"{_roster(before, entry)} → {_roster(after, entry)}"
    if _turns(before) != _turns(after):
        yield f"{_turns(before)} → {_turns(after)}"
    if before["start"] != after["start"]:
        yield f"counted from {day_and_time(_instant(after['start']))}"
    if before["restriction"] != after["restriction"]:
        yield f"{_hours(before)} → {_hours(after)}"
    if before["turns"] != after["turns"]:
        is_active = after["turns"] == TurnCounting.ACTIVE
        yield "times without duty take no turn" if is_active else "every turn counts, times without duty too"


def _rotation(rotation: Mapping[str, Any], entry: Entry) -> str:
    hours = f", {_hours(rotation)}" if rotation["restriction"] else ""
    return f"{_name(rotation['name'])}: {_roster(rotation, entry)}, {_turns(rotation)}{hours}"


def _roster(rotation: Mapping[str, Any], entry: Entry) -> str:
    names = [_participant(each, entry) for each in rotation["participants"]]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more if names else "nobody"


def _participant(who: Mapping[str, Any], entry: Entry) -> str:
    if who["type"] == ParticipantKind.USER:
        return _who(entry, who["id"])
    return grouped(who["type"], entry.groups.get(who.get("id") or ""), limit=_NAME_LIMIT)


def _turns(rotation: Mapping[str, Any]) -> str:
    return turn_words(RotationType(rotation["type"]), rotation["length"])


def _hours(rotation: Mapping[str, Any]) -> str:
    stored = rotation["restriction"]
    return f"only {_name(windows_text(as_restriction(stored)))}" if stored else "around the clock"


def _effect(since: str | None, at: datetime) -> str:
    """From when on it counts, where that is later than when it was said."""
    begins = _instant(since) if since else at
    return f", from {day_and_time(begins)}" if begins > at else ""


def _put_on(entry: Entry) -> str:
    instead = [_who(entry, each) for each in entry.after.get("replaced", ())]
    more = f" and {len(instead) - _MOST_NAMES} more" if len(instead) > _MOST_NAMES else ""
    of_whom = f" instead of {', '.join(instead[:_MOST_NAMES])}{more}" if instead else ""
    return _laid(entry) + of_whom


def _laid(entry: Entry) -> str:
    """Whom an override puts on call, or what."""
    if entry.after.get("user_id"):
        return _who(entry, entry.after["user_id"])
    who = entry.after.get("participant", {"type": ParticipantKind.NONE})
    return grouped(who["type"], who.get("name"), limit=_NAME_LIMIT)


def _passed(entry: Entry, what: Mapping[str, Any]) -> str:
    """Whose duty passes to whom, and when: `the duty of Raj to Tomás from … until …`."""
    giver, heir = _who(entry, what["from_user_id"]), _who(entry, what["to_user_id"])
    return f"the duty of {giver} to {heir}{_span(what)}"


def _who(entry: Entry, user_id: str) -> str:
    return _name(entry.people[user_id].name) if user_id in entry.people else "somebody"


def _span(what: Mapping[str, Any]) -> str:
    if not what.get("start") or not what.get("end"):
        return ""
    return f" from {day_and_time(_instant(what['start']))} until {day_and_time(_instant(what['end']))}"


def _then_called(entry: Entry, name: str) -> str:
    """The schedule by the name it has now, and the one it had then where that was another."""
    was = entry.after["name"]
    return name if was == entry.schedule else f"{name}, then called {_name(was)}"


def _team(described: Mapping[str, Any]) -> str:
    return f"team {_name(described['team'])}" if described["team"] else "no team"


def _name(text: str) -> str:
    return mrkdwn_within(text, _NAME_LIMIT)


def _instant(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def _head(names: Sequence[str]) -> str:
    if not names:
        return "Changes of all schedules"
    shown = ", ".join(_name(name) for name in names[:_MOST_NAMES])
    return f"Changes of {shown}" + (f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else "")
