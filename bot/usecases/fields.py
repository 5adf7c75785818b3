"""What a field of a form may hold: each check answers with the sentence to show under the field, or None."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from unicodedata import category

from bot.errors import BadFields
from bot.queries.people import Person

TITLE_CHARACTERS = 200
TEXT_CHARACTERS = 3000
INVISIBLE = frozenset({"Cc", "Cf"})
"""Unicode's control and format characters: a zero-width space alone says nothing."""
BREAKS = frozenset({"Cc", "Zl", "Zp"})
"""Unicode's control characters and line breaks: a name is one line."""


class Faults:
    """The faults of a form, collected, so that all of them are told at once."""

    def __init__(self) -> None:
        self._sentences: dict[str, str] = {}

    def add(self, field: str, sentence: str | None) -> None:
        """Note a fault, if it is one. The first of a field is the one that is told."""
        if sentence and field not in self._sentences:
            self._sentences[field] = sentence

    def add_all(self, faults: Mapping[str, str]) -> None:
        """Note the faults of a part of the form."""
        for field, sentence in faults.items():
            self.add(field, sentence)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._sentences)

    def refuse(self) -> None:
        """Go on only without faults.

        Raises:
            BadFields: every fault noted so far.
        """
        if self._sentences:
            raise BadFields(self._sentences)


def wrong_line(text: str, *, called: str, limit: int) -> str | None:
    """What is wrong with a line that must say something; blanks around it and invisible characters do not count."""
    trimmed = text.strip()
    if all(character.isspace() or category(character) in INVISIBLE for character in trimmed):
        return f"{called}: write at least one word."
    return wrong_text(trimmed, called=called, limit=limit)


def wrong_name(name: str, *, called: str, limit: int) -> str | None:
    """What is wrong with what something is called: a line that holds nothing but what can be printed."""
    wrong = wrong_line(name, called=called, limit=limit)
    if wrong is None and any(category(character) in BREAKS for character in name):
        return f"{called}: it holds a character that cannot be printed. Write it on one line."
    return wrong


def on_one_line(name: str) -> str:
    """A name that others have chosen, with blanks for what cannot be printed."""
    return "".join(" " if category(character) in BREAKS else character for character in name)


def wrong_text(text: str, *, called: str, limit: int = TEXT_CHARACTERS) -> str | None:
    """What is wrong with a text that may be empty."""
    if len(text) > limit:
        return f"{called}: at most {limit:,} characters, this has {len(text):,}."
    if not is_storable(text):
        return f"{called}: it holds an invisible character that cannot be kept. Type it anew instead of pasting it."
    return None


def is_storable(text: str) -> bool:
    """Whether every database keeps it: PostgreSQL takes no NUL, and nobody takes half a character (a surrogate)."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def wrong_times(started_at: datetime, ended_at: datetime | None, *, now: datetime) -> dict[str, str]:
    """What is wrong with an incident's times, by field; an incident may have begun and ended at the same minute."""
    wrong = {}
    if started_at > now:
        wrong["started_at"] = "From: this is in the future. Enter when the incident began."
    if ended_at is not None and ended_at < started_at:
        wrong["ended_at"] = "Until: this is before From. Enter a later time, or none while it goes on."
    elif ended_at is not None and ended_at > now:
        wrong["ended_at"] = "Until: this is in the future. Leave it empty while the incident goes on."
    return wrong


def unfit(person: Person | None, *, task: str) -> str | None:
    """Why somebody cannot be given a task (`own a postmortem`, `review`); None where they can."""
    if person is None:
        return f"This person is not known here, so they cannot {task}. Choose somebody else."
    if person.has_left:
        return f"{person.name} has left the workspace and cannot {task}. Choose somebody else."
    if person.is_bot:
        return f"{person.name} is a bot and cannot {task}. Choose a person."
    if person.is_outsider:
        return f"{person.name} is a guest and cannot {task}. Choose a member of this workspace."
    return None
