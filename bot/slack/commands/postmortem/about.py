"""Which postmortem a line is about, and what else it says."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import Unreadable
from bot.slack.desk import Request
from bot.slack.words.mentions import extract
from bot.slack.words.normalise import as_typed, unescape
from bot.slack.words.references import split_reference


@dataclass(frozen=True, slots=True)
class About:
    """`PM-12 @ana #general the rest`: the number, who and what was mentioned (ids in Slack), and the words left.

    `unresolved`: bare names of which Slack did not say who that is.
    """

    number: int
    users: tuple[str, ...]
    channels: tuple[str, ...]
    rest: str
    unresolved: tuple[str, ...] = ()


def about(request: Request) -> About:
    """Read the words of a request.

    Raises:
        Unreadable: they do not begin with a postmortem's number.
    """
    mentions = extract(request.words, me=request.person.slack_id or "")
    number, rest = split_reference(unescape(mentions.rest))
    return About(number, mentions.users, mentions.channels, rest, mentions.unresolved)


def about_people(request: Request) -> About:
    """The same for a verb that takes people.

    Raises:
        Unreadable: the words do not begin with a postmortem's number, or Slack did not say who somebody is.
    """
    read = about(request)
    if read.unresolved:
        who = f"Slack does not say who “@{read.unresolved[0]}” is"
        raise Unreadable(f"{who}: choose the name from the list that Slack shows while you type it.")
    return read


def spoken(words: str) -> tuple[int, str]:
    """The number and everything after it as it was typed, for texts in which a mention is part of what is said.

    Raises:
        Unreadable: the words do not begin with a postmortem's number.
    """
    return split_reference(as_typed(words))
