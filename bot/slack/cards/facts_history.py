"""What was changed of a postmortem as a whole: its facts, or all of its text at once; as one line of its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.escaping import mrkdwn_within
from bot.queries.history import Happened
from bot.slack.cards.parties import counted
from bot.slack.cards.people import NAME_CHARACTERS
from bot.slack.cards.sentences import listed

LISTS: Mapping[str, str] = {
    "jira_issues": "the Jira issues",
    "related_incidents": "the related incidents",
    "services": "the affected services",
    "responder_teams": "the responder teams",
    "responders": "the responders",
}
MOST_NAMED = 3
TITLE_CHARACTERS = 500


def changed_deed(event: Happened) -> str:
    """Which facts are others now, and what they are: `changed the severity from P2 to P1 and the responders (Ana).`"""
    before, after = event.before, event.after
    words = []
    if "title" in after:
        words.append(f"the title to “{mrkdwn_within(after['title'], TITLE_CHARACTERS)}”")
    if "severity" in after:
        words.append(f"the severity from {before['severity']} to {after['severity']}")
    words += [f"{called} ({_few(_names(after[name])) or 'none'})" for name, called in LISTS.items() if name in after]
    return f"changed {listed(words)}."


def rewritten_deed(event: Happened) -> str:
    """Which sections have another text now, and which are gone."""
    written, removed = _few(event.after["titles"]), _few(event.after["removed"])
    deed = f"wrote the text anew: {written}." if written else "wrote the text anew."
    return f"{deed} Gone is {removed}." if removed else deed


def _names(items: Iterable[str | Mapping[str, Any]]) -> list[str]:
    """Issues are addresses, everything else has a name."""
    return [item if isinstance(item, str) else item["name"] for item in items]


def _few(names: Iterable[str]) -> str:
    told = [mrkdwn_within(name, NAME_CHARACTERS) or "the beginning" for name in names]
    return listed(counted(told, MOST_NAMED)) if told else ""
