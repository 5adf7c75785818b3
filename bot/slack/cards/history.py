"""What happened to a postmortem, as one line of its card's thread."""

from __future__ import annotations

from datetime import date

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.history import Happened, Happening
from bot.slack.cards.blocks import TEXT_LIMIT, Card, section
from bot.slack.cards.people import named
from bot.slack.cards.sentences import listed
from bot.slack.cards.timeline_history import OF_ENTRIES, entry_deed
from bot.slack.cards.typed import quoted
from bot.slack.words.local import day_words
from bot.vocabulary import ActionStatus

NOTES = {
    Happening.CHANGES_REQUESTED: "text",
    Happening.REOPENED: "reason",
    Happening.ADDED_ACTION: "text",
    Happening.EDITED_ACTION: "text",
    Happening.SETTLED_ACTION: "text",
    Happening.REMOVED_ACTION: "text",
}
"""What somebody wrote along with it, by the verb; it stands in the thread whole, as typed."""
SETTLED_WORDS = {
    ActionStatus.DONE: "marked an action as done",
    ActionStatus.NOT_NEEDED: "marked an action as not needed any more",
    ActionStatus.OPEN: "opened an action again",
}


def history_card(event: Happened) -> Card:
    """Who did what; nobody is mentioned, since a thread's followers need no second ring."""
    who = named(event.actor) if event.actor else "Watchbill"
    line = f"{who} {entry_deed(event) if event.verb in OF_ENTRIES else _deed(event)}"
    note = str(event.after[NOTES[event.verb]]) if event.verb in NOTES else ""
    text = f"{line}\n{mrkdwn_within(note, TEXT_LIMIT - len(line) - 1)}" if note else line
    return Card(text, (section(line), *quoted(note)))


def _deed(event: Happened) -> str:
    after = event.after
    match event.verb:
        case Happening.CREATED:
            deed = f"started {event.label}."
        case Happening.EDITED:
            verb = "wrote" if after["was_empty"] else "changed"
            deed = f"{verb} {mrkdwn(after['title'])}.{_voided(event, after.get('reviewer_ids', []))}"
        case Happening.SUBMITTED:
            asked = _people(event, after.get("reviewer_ids", []))
            deed = f"asked {asked} for a review." if asked else "submitted it for review."
        case Happening.APPROVED:
            deed = f"approved it: {after['approvals']}."
        case Happening.CHANGES_REQUESTED:
            about = f" of {mrkdwn(after['section'])}" if after.get("section") else ""
            deed = f"asked for changes{about}; it is a draft again."
        case Happening.PUBLISHED:
            deed = f"published {event.label}. It is locked now."
        case Happening.REOPENED:
            deed = "reopened it; it is a draft again."
        case Happening.ASSIGNED:
            deed = f"gave it to {_people(event, [after['owner_id']])}."
        case Happening.SNOOZED:
            whose = _people(event, [after["user_id"]])
            deed = f"snoozed the reminders of {whose} until {day_words(date.fromisoformat(after['until']))}."
        case Happening.ADDED_ACTION | Happening.EDITED_ACTION | Happening.SETTLED_ACTION | Happening.REMOVED_ACTION:
            deed = f"{_deed_with_action(event)}:"
        case Happening.DELETED:
            deed = f"deleted {event.label}."
        case Happening.RESTORED:
            deed = f"brought {event.label} back; it is as it was."
    return deed


def _deed_with_action(event: Happened) -> str:
    match event.verb:
        case Happening.ADDED_ACTION:
            return f"{'brought back' if event.after.get('restored') else 'added'} an action{_terms(event)}"
        case Happening.EDITED_ACTION:
            return _edited_action(event)
        case Happening.REMOVED_ACTION:
            return "removed an action"
        case _:
            return SETTLED_WORDS[ActionStatus(event.after["status"])]


def _terms(event: Happened) -> str:
    """Whose an action is and by when: ` for Mia, due Fri 27 Nov`."""
    owner, due = str(event.after.get("owner_id")), event.after.get("due_on")
    whose = f" for {_people(event, [owner])}" if owner in event.people else ""
    if event.actor and owner == event.actor.id:
        whose = " for themselves"
    return whose + (f", due {day_words(date.fromisoformat(due))}" if due else "")


def _edited_action(event: Happened) -> str:
    """What of an action was changed, as one says it where it was one thing only."""
    before, after = event.before, event.after
    changed = {name for name in ("text", "owner_id", "due_on") if before.get(name) != after.get(name)}
    if changed == {"due_on"} and after["due_on"]:
        return f"moved an action to {day_words(date.fromisoformat(after['due_on']))}"
    if changed == {"owner_id"} and after["owner_id"] in event.people:
        return f"gave an action to {_people(event, [after['owner_id']])}"
    return f"changed an action{_terms(event)}"


def _voided(event: Happened, ids: list[str]) -> str:
    if not ids:
        return ""
    approvals = "approval of {} is" if len(ids) == 1 else "approvals of {} are"
    return f" The {approvals.format(_people(event, ids))} void; they are asked again."


def _people(event: Happened, ids: list[str]) -> str:
    return listed([named(event.people[each]) for each in ids if each in event.people])
