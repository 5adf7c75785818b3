"""What happened to an incident, as one line of its card's thread."""

from __future__ import annotations

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.incident_history import IncidentHappened
from bot.queries.incident_log import IncidentHappening
from bot.slack.cards.blocks import TEXT_LIMIT, Card, section
from bot.slack.cards.incident import ROLE_WORDS
from bot.slack.cards.links import place_name
from bot.slack.cards.parties import counted
from bot.slack.cards.people import NAME_CHARACTERS, doer, keyed, named
from bot.slack.cards.sentences import listed
from bot.slack.cards.typed import quoted
from bot.vocabulary import IncidentRole, ResponderKind

MOST_NAMED = 10
OF_STATE = {
    IncidentHappening.RESOLVED: "resolved",
    IncidentHappening.CLOSED: "closed",
    IncidentHappening.REOPENED: "reopened",
}


def incident_history_card(event: IncidentHappened) -> Card:
    """Who did what; nobody is mentioned, since a thread's followers need no second ring."""
    line = _line(event)
    text = f"{line}\n{mrkdwn_within(event.note, TEXT_LIMIT - len(line) - 1)}" if event.note else line
    return Card(text, (section(line), *quoted(event.note)))


def _line(event: IncidentHappened) -> str:
    match event.verb:
        case IncidentHappening.MOVED_IN:
            return _moved(event)
        case IncidentHappening.STAYED_OUT:
            return mrkdwn_within(f"{event.label} got no channel of its own: {event.after['why']}", TEXT_LIMIT)
        case _:
            return f"{_who(event)} {_deed(event)}"


def _who(event: IncidentHappened) -> str:
    if event.actor and event.key:
        return f"{named(event.actor)} (by the {keyed(event.key)})"
    return doer(event.actor, event.key) if event.actor or event.key else "Watchbill"


def _deed(event: IncidentHappened) -> str:
    match event.verb:
        case IncidentHappening.NOTED:
            return "wrote:"
        case IncidentHappening.EDITED:
            return f"{_edited(event)}."
        case IncidentHappening.CALLED:
            return f"called {_called(event)}."
        case IncidentHappening.ROLES:
            return f"{_roles(event)}."
        case _:
            return f"{OF_STATE.get(event.verb, 'changed')} {event.label}."


def _edited(event: IncidentHappened) -> str:
    told = []
    if "message" in event.after:
        told.append(f"gave it another title: {mrkdwn_within(event.after['message'], 300)}")
    if "priority" in event.after:
        told.append(f"changed the severity from {event.before['priority']} to {event.after['priority']}")
    if "description" in event.after:
        told.append("changed the description")
    return listed(told)


def _called(event: IncidentHappened) -> str:
    names = []
    for each in event.after["responders"]:
        if each["kind"] == ResponderKind.TEAM:
            names.append(f"the team {mrkdwn(event.teams.get(each['id'], 'that is gone'))}")
        elif each["id"] in event.people:
            names.append(named(event.people[each["id"]]))
    return listed(counted(names, MOST_NAMED)) or "somebody"


def _roles(event: IncidentHappened) -> str:
    told = []
    for role in IncidentRole:
        if role not in event.after:
            continue
        word = ROLE_WORDS[role].lower()
        person = event.people.get(event.after[role] or "")
        if person is None:
            told.append(f"left it without {word}")
        elif event.actor and person.id == event.actor.id:
            told.append(f"took the role of {word}")
        else:
            told.append(f"gave the role of {word} to {named(person)}")
    return listed(told)


def _moved(event: IncidentHappened) -> str:
    line = f"{event.label} has a channel of its own and goes on in {place_name(event.after['channel'])}."
    missed = [mrkdwn_within(each, NAME_CHARACTERS) for each in event.after.get("not_invited", ())]
    if not missed:
        return line
    count = "is" if len(missed) == 1 else "are"
    return f"{line} {listed(counted(missed, MOST_NAMED))} could not be invited and {count} not in it yet."
