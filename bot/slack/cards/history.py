"""What happened to a postmortem, as one line of its card's thread."""

from __future__ import annotations

from datetime import date

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.history import Happened, Happening
from bot.slack.cards.blocks import TEXT_LIMIT, Card, section
from bot.slack.cards.people import named
from bot.slack.cards.typed import quoted

NOTES = {Happening.CHANGES_REQUESTED: "text", Happening.REOPENED: "reason"}
"""What somebody wrote along with it, by the verb; it stands in the thread whole, as typed."""


def history_card(event: Happened) -> Card:
    """Who did what; nobody is mentioned, since a thread's followers need no second ring."""
    who = named(event.actor) if event.actor else "Watchbill"
    line = f"{who} {_deed(event)}"
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
            deed = f"snoozed the reminders of {whose} until {date.fromisoformat(after['until']):%a %d %b}."
    return deed


def _voided(event: Happened, ids: list[str]) -> str:
    if not ids:
        return ""
    approvals = "approval of {} is" if len(ids) == 1 else "approvals of {} are"
    return f" The {approvals.format(_people(event, ids))} void; they are asked again."


def _people(event: Happened, ids: list[str]) -> str:
    return ", ".join(named(event.people[each]) for each in ids if each in event.people)
