"""People in a text: by name, or as a mention where that pings nobody."""

from __future__ import annotations

from bot.escaping import mrkdwn_within
from bot.queries.people import Person

NAME_CHARACTERS = 100
"""Of a name once it is escaped: any of 80 characters is whole, unless it is made of those that escaping makes long."""


def named(person: Person, *, mention: bool = False) -> str:
    """Their name, escaped; with `mention` Slack's own form, which rings only in messages others can read."""
    return f"<@{person.slack_id}>" if mention and person.slack_id else mrkdwn_within(person.name, NAME_CHARACTERS)
