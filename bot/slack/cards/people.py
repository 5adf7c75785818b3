"""People in a text: by name, or as a mention where that pings nobody; and programs, teams, escalations, by name."""

from __future__ import annotations

from bot.escaping import mrkdwn_within
from bot.queries.people import Person
from bot.vocabulary import ParticipantKind

NAME_CHARACTERS = 100
"""Of a name once it is escaped: any of 80 characters is whole, unless it is made of those that escaping makes long."""


def named(person: Person, *, mention: bool = False) -> str:
    """Their name, escaped; with `mention` Slack's own form, which rings only in messages others can read."""
    return f"<@{person.slack_id}>" if mention and person.slack_id else mrkdwn_within(person.name, NAME_CHARACTERS)


def doer(person: Person | None, key: str | None) -> str:
    """Who did something, at the beginning of a sentence: a person, a program, or somebody who is not known."""
    if person:
        return named(person)
    return f"The {keyed(key)}" if key else "Somebody"


def keyed(key: str, *, limit: int = NAME_CHARACTERS) -> str:
    """A program by the name of its key: `key “ci”`."""
    return f"key “{mrkdwn_within(key, limit)}”"


def grouped(kind: str, name: str | None, *, limit: int = NAME_CHARACTERS) -> str:
    """Whoever stands in a roster or an override and is no person: `the team Ops`, `a team` that is gone, or nobody."""
    if kind == ParticipantKind.NONE:
        return "nobody"
    return f"the {kind} {mrkdwn_within(name, limit)}" if name else f"a {kind}"
