"""People in a text: by name, or as a mention where that pings nobody."""

from __future__ import annotations

from bot.escaping import mrkdwn
from bot.queries.people import Person


def named(person: Person, *, mention: bool = False) -> str:
    """Their name, escaped; with `mention` Slack's own form, which rings only in messages others can read."""
    return f"<@{person.slack_id}>" if mention and person.slack_id else mrkdwn(person.name)
