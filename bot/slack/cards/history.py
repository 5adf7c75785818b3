"""What happened to a postmortem, as one line of its card's thread."""

from __future__ import annotations

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.history import Happened, Happening
from bot.slack.cards.blocks import Card, section
from bot.slack.cards.people import named

NOTE_CHARACTERS = 2500


def history_card(event: Happened) -> Card:
    """Who did what; nobody is mentioned, since a thread's followers need no second ring."""
    who = named(event.actor) if event.actor else "Watchbill"
    line = f"{who} {_deed(event)}"
    return Card(line, (section(line),))


def _deed(event: Happened) -> str:
    after = event.after
    match event.verb:
        case Happening.CREATED:
            deed = f"started {event.label}."
        case Happening.EDITED:
            verb = "wrote" if after["was_empty"] else "changed"
            again = _people(event, after.get("reviewer_ids", []))
            void = f" The approval of {again} is void; they were asked again." if again else ""
            deed = f"{verb} {mrkdwn(after['title'])}.{void}"
        case Happening.SUBMITTED:
            asked = _people(event, after.get("reviewer_ids", []))
            deed = f"asked {asked} for a review." if asked else "submitted it for review."
        case Happening.APPROVED:
            deed = f"approved it: {after['approvals']}."
        case Happening.CHANGES_REQUESTED:
            about = f" of {mrkdwn(after['section'])}" if after.get("section") else ""
            deed = f"asked for changes{about}; it is a draft again.\n> {_quoted(after['text'])}"
        case Happening.PUBLISHED:
            deed = f"published {event.label}. It is locked now."
        case Happening.REOPENED:
            deed = f"reopened it.\n> {_quoted(after['reason'])}"
        case Happening.ASSIGNED:
            deed = f"gave it to {_people(event, [after['owner_id']])}."
        case Happening.SNOOZED:
            whose = _people(event, [after["user_id"]])
            deed = f"snoozed the reminders of {whose} until {after['until']}."
    return deed


def _people(event: Happened, ids: list[str]) -> str:
    return ", ".join(named(event.people[each]) for each in ids if each in event.people)


def _quoted(text: str) -> str:
    """Each line marked as a quotation: `>` of Slack's own, before text in which it is escaped."""
    return mrkdwn_within(text, NOTE_CHARACTERS).replace("\n", "\n> ")
