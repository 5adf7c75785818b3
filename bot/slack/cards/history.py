"""What happened to a postmortem, as one line of its card's thread."""

from __future__ import annotations

from datetime import date

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.history import Happened, Happening
from bot.slack.cards.blocks import TEXT_LIMIT, Card, section
from bot.slack.cards.facts_history import changed_deed, rewritten_deed
from bot.slack.cards.people import doer, keyed, named
from bot.slack.cards.sentences import listed
from bot.slack.cards.timeline_history import OF_ENTRIES, entry_deed
from bot.slack.cards.typed import quoted
from bot.slack.words.local import day_words
from bot.vocabulary import ActionStatus

NOTES = {
    Happening.CHANGES_REQUESTED: "text",
    Happening.COMMENTED: "text",
    Happening.REOPENED: "reason",
    Happening.ADDED_ACTION: "text",
    Happening.EDITED_ACTION: "text",
    Happening.SETTLED_ACTION: "text",
    Happening.REMOVED_ACTION: "text",
}
"""What somebody wrote along with it, by the verb; it stands in the thread whole, as typed."""
OF_REVIEW = {
    *(Happening.SUBMITTED, Happening.APPROVED, Happening.CHANGES_REQUESTED, Happening.WITHDRAWN),
    *(Happening.PUBLISHED, Happening.REOPENED),
}
"""The verbs that move it, or say what is to become of it."""
SETTLED_WORDS = {
    ActionStatus.DONE: "marked an action as done",
    ActionStatus.NOT_NEEDED: "marked an action as not needed any more",
    ActionStatus.OPEN: "opened an action again",
}


def history_card(event: Happened) -> Card:
    """Who did what; nobody is mentioned, since a thread's followers need no second ring."""
    line = f"{_who(event)} {entry_deed(event) if event.verb in OF_ENTRIES else _deed(event)}"
    note = str(event.after[NOTES[event.verb]]) if event.verb in NOTES else ""
    text = f"{line}\n{mrkdwn_within(note, TEXT_LIMIT - len(line) - 1)}" if note else line
    return Card(text, (section(line), *quoted(note)))


def _who(event: Happened) -> str:
    """A person, a program, or both where one acts for the other; the clock is Watchbill itself."""
    if event.actor and event.key:
        return f"{named(event.actor)} (by the {keyed(event.key)})"
    return doer(event.actor, event.key) if event.actor or event.key else "Watchbill"


def _deed(event: Happened) -> str:
    after = event.after
    match event.verb:
        case Happening.EDITED | Happening.REWRITTEN | Happening.CHANGED:
            deed = _deed_with_text(event)
        case Happening.COMMENTED:
            deed = f"commented on {mrkdwn(after['section'])}:" if after.get("section") else "commented:"
        case _ if event.verb in OF_REVIEW:
            deed = _deed_of_review(event)
        case Happening.CREATED:
            deed = f"started {event.label}."
        case Happening.ENDED:
            deed = f"ended {after['incident']}. That is when {event.label} ends too, unless you enter another time."
        case Happening.GOES_ON:
            deed = f"reopened {after['incident']}: {event.label} has no end any more, unless you enter one."
        case Happening.ASSIGNED:
            deed = f"gave it to {_people(event, [after['owner_id']])}."
        case Happening.SNOOZED:
            whose = _people(event, [after["user_id"]])
            deed = f"snoozed the reminders of {whose} until {day_words(date.fromisoformat(after['until']))}."
        case Happening.DELETED:
            deed = f"deleted {event.label}."
        case Happening.RESTORED:
            deed = f"brought {event.label} back; it is as it was."
        case _:
            deed = f"{_deed_with_action(event)}:"
    return deed


def _deed_of_review(event: Happened) -> str:
    after = event.after
    match event.verb:
        case Happening.SUBMITTED:
            asked = _people(event, after.get("reviewer_ids", []))
            return f"asked {asked} for a review." if asked else "submitted it for review."
        case Happening.APPROVED:
            return f"approved it: {after['approvals']}."
        case Happening.CHANGES_REQUESTED:
            about = f" of {mrkdwn(after['section'])}" if after.get("section") else ""
            return f"asked for changes{about}; it is a draft again."
        case Happening.PUBLISHED:
            version = f" as its version {after['version']}" if after.get("version", 1) > 1 else ""
            return f"published {event.label}{version}. It is locked now."
        case Happening.WITHDRAWN:
            return "took it out of review; it is a draft again."
        case _:
            return "reopened it; it is a draft again."


def _deed_with_text(event: Happened) -> str:
    after = event.after
    if event.verb is Happening.CHANGED:
        return changed_deed(event)
    verb = "wrote" if after.get("was_empty") else "changed"
    deed = f"{verb} {mrkdwn(after['title'])}." if event.verb is Happening.EDITED else rewritten_deed(event)
    return f"{deed}{_voided(event, after.get('reviewer_ids', []))}"


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
    changed = {
        name for name in ("text", "owner_id", "due_on", "kind", "jira_url") if before.get(name) != after.get(name)
    }
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
