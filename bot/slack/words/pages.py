"""What follows `/oncall page`: a schedule and what is wrong, `payments the database is down`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.slack.words.names import Ambiguous, Match, find
from bot.slack.words.normalise import for_parsing

MOST_WORDS = 8
"""Of a name; nobody types more of it."""
SHORTEST = 3
"""Letters of a part of a name that is taken for it: `a server is down` names no schedule."""
_WORD = re.compile(r"\S+")
_PARTS = re.compile(r"\W+")
_BETWEEN = ":,;-–— \t\n"


@dataclass(frozen=True, slots=True)
class TypedPage:
    """What was understood. `schedule` is the name of the one that is meant, None where none is.

    `is_sure`: it is meant beyond doubt. `fault` says what was not understood of the words.
    """

    schedule: str | None
    text: str
    is_sure: bool = False
    fault: str = ""


def read_page(typed: str, names: Sequence[str]) -> TypedPage:
    """The schedule that the words begin with, as many of them as can be its name, and all that follows as it was typed.

    Somebody is called by it: only the whole name, its beginning, or beginnings of its words are beyond doubt; of
    `payments data is lost` they are not where both Payments and Payments Database are. What is like a name is guessed;
    words that begin with no name are all text.
    """
    text = typed.strip()
    words = list(_WORD.finditer(text))
    sure = [*_sure(text, words, names)]
    if not sure:
        return _guessed(text, words[0], names) if words else TypedPage(None, "")
    longest, whole = sure[0], next((each for each in sure if each.is_whole), sure[0])
    if whole.name != longest.name:
        fault = f"“{longest.phrase}” could be {whole.name} or {longest.name}. Which one?"
        return TypedPage(None, _after(text, whole.last), fault=fault)
    return TypedPage(longest.name, _after(text, longest.last), is_sure=True)


@dataclass(frozen=True, slots=True)
class _Named:
    """A schedule that the words begin with, up to the `last`; `is_whole`: all of its name was typed."""

    name: str
    phrase: str
    last: re.Match[str]
    is_whole: bool


def _sure(text: str, words: Sequence[re.Match[str]], names: Sequence[str]) -> Iterator[_Named]:
    """By each number of words that names one beyond doubt, the most words first."""
    for size in range(min(len(words), MOST_WORDS), 0, -1):
        phrase = text[: words[size - 1].end()].rstrip(_BETWEEN)
        found = find(phrase, names)
        if isinstance(found, Match) and not found.guessed and _is_beginning(phrase, found.name):
            yield _Named(found.name, phrase, words[size - 1], _plain(phrase) == _plain(found.name))


def _guessed(text: str, first: re.Match[str], names: Sequence[str]) -> TypedPage:
    word = first[0].rstrip(_BETWEEN)
    match find(word, names) if len(word) >= SHORTEST else None:
        case Match(name):
            return TypedPage(name, _after(text, first), fault=f"I read “{word}” as {name}.")
        case Ambiguous():
            return TypedPage(None, _after(text, first), fault=f"“{word}” could be several schedules. Which one?")
        case _:
            return TypedPage(None, text)


def _after(text: str, word: re.Match[str]) -> str:
    return text[word.end() :].strip(_BETWEEN)


def _is_beginning(phrase: str, name: str) -> bool:
    """Whether the phrase is the name, or each of its words the beginning of one of the name's."""
    typed, whole = _plain(phrase), _plain(name)
    if typed == whole:
        return True
    return len("".join(typed)) >= SHORTEST and all(any(word.startswith(each) for word in whole) for each in typed)


def _plain(words: str) -> list[str]:
    return [each for each in _PARTS.split(for_parsing(words).casefold()) if each]
