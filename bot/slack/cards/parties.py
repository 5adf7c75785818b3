"""Whoever is on call, in a text: a person, or a team or an escalation with those it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.queries.on_call import Party, Who
from bot.slack.cards.people import grouped, named
from bot.slack.cards.sentences import listed

MOST_HOLDERS, MOST_AT_LENGTH = 6, 3
"""So many on call at once are named in one paragraph, and so many with those whom their teams stand for: Slack shows no
longer ones.
"""
MOST_INSIDE = 2
"""Of those a team stands for; its name says the rest."""


def called(who: Who, *, mention: bool = False, brief: bool = False) -> str:
    """A person as `named` calls them; else `the team Ops (Ana, Raj and 2 more)`, or when `brief` no more than its name.

    Escaped.
    """
    if not isinstance(who, Party):
        return named(who, mention=mention)
    name = grouped(who.kind, who.name)
    return name if brief else f"{name} ({_inside(who, mention=mention)})"


def counted(words: Sequence[str], most: int) -> list[str]:
    """The first of them, and how many more there are."""
    return [*words[:most], *([f"{len(words) - most} more"] if len(words) > most else [])]


def _inside(party: Party, *, mention: bool) -> str:
    if not party.people:
        return "nobody in it"
    return listed(counted([named(person, mention=mention) for person in party.people], MOST_INSIDE))
