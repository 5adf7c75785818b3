"""People, channels and groups that somebody named in a command, taken out of its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.slack.words.normalise import for_parsing


@dataclass(frozen=True, slots=True)
class UserMention:
    """A person, by Slack id. `name` is the handle Slack sent along, if any: for guessing, never for display."""

    slack_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ChannelMention:
    """A channel, by Slack id."""

    slack_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A user group, by Slack id; `name` without its `@`."""

    slack_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class UnresolvedMention:
    """A bare `@name`: Slack did not say who that is, and handles cannot be resolved safely. Ask the person to pick."""

    name: str


Mention = UserMention | ChannelMention | GroupMention | UnresolvedMention


@dataclass(frozen=True, slots=True)
class Mentions:
    """What was mentioned, in the order typed, and the words that remain."""

    found: tuple[Mention, ...]
    rest: str

    @property
    def users(self) -> tuple[str, ...]:
        """Slack ids of the people, in order, each once."""
        return tuple(dict.fromkeys(mention.slack_id for mention in self.found if isinstance(mention, UserMention)))

    @property
    def channels(self) -> tuple[str, ...]:
        """Slack ids of the channels, in order, each once."""
        return tuple(dict.fromkeys(mention.slack_id for mention in self.found if isinstance(mention, ChannelMention)))

    @property
    def groups(self) -> tuple[str, ...]:
        """Slack ids of the user groups, in order, each once."""
        return tuple(dict.fromkeys(mention.slack_id for mention in self.found if isinstance(mention, GroupMention)))

    @property
    def unresolved(self) -> tuple[str, ...]:
        """Bare names, without their `@`, in order, each once."""
        return tuple(dict.fromkeys(mention.name for mention in self.found if isinstance(mention, UnresolvedMention)))


_MENTION = re.compile(
    r"<@(?P<user>[UW][A-Z0-9]+)(?:\|(?P<user_name>[^>]*))?>"
    r"|<#(?P<channel>[CGD][A-Z0-9]+)(?:\|(?P<channel_name>[^>]*))?>"
    r"|<!subteam\^(?P<group>S[A-Z0-9]+)(?:\|@?(?P<group_name>[^>]*))?>"
    r"|(?<![\w.@/<|;])@(?P<bare>\w[\w.-]*)"
    r"|(?<!\S)(?P<me>me)(?!\S)",
    re.IGNORECASE,
)


def extract(text: str, *, me: str = "") -> Mentions:
    """Take the mentions out of a command's text as Slack sent it, before `unescape`.

    `me` is the Slack id of who typed: the word `me` standing alone is that person; without it `me` stays a word.
    The rest is joined by single blanks and otherwise as typed. `<!here>` and its like mention nobody we know: they
    stay in the rest, where escaping disarms them. An e-mail address is not a mention.
    """
    found: list[Mention] = []
    kept: list[str] = []
    position = 0
    for match in _MENTION.finditer(text):
        mention = _mention(match, me)
        if mention is None:
            continue
        found.append(mention)
        kept.append(text[position : match.start()])
        position = match.end()
    kept.append(text[position:])
    return Mentions(tuple(found), " ".join(stripped for part in kept if (stripped := part.strip())))


def labelled(text: str, names: Mapping[str, str]) -> str:
    """The text with a name in each mention of a person that has none, where it is known by their id in Slack."""

    def named(match: re.Match[str]) -> str:
        name = names.get((match["user"] or "").upper()) if not match["user_name"] else None
        return f"<@{match['user']}|{name}>" if name else match[0]

    return _MENTION.sub(named, text)


def _mention(match: re.Match[str], me: str) -> Mention | None:
    """The mention that was matched, or None for the word `me` where nobody said who that is."""
    if match["user"]:
        return UserMention(match["user"].upper(), match["user_name"] or "")
    if match["channel"]:
        return ChannelMention(match["channel"].upper(), match["channel_name"] or "")
    if match["group"]:
        return GroupMention(match["group"].upper(), match["group_name"] or "")
    if match["bare"]:
        return UnresolvedMention(for_parsing(match["bare"]).rstrip(".-"))
    return UserMention(me) if me else None
