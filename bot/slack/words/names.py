"""Which schedule, section or service somebody means by a part of its name or a slip of the finger."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.slack.words.normalise import for_parsing

# Tuned on schedule names: one slip in a word of six letters scores about 83, two unrelated names stay below 60.
_SURE = 80.0
_CLEAR_LEAD = 8.0
_NEAR = 55.0
_SHORTEST_SLIP = 3
_SHOWN = 3
_MOST_BEGINNINGS = 40


@dataclass(frozen=True, slots=True)
class Match:
    """One name is meant. `guessed` says that it was a slip: echo the name before changing anything by it."""

    name: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several names fit equally well, in the order they were given: offer them."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No name fits; `nearest` holds at most three that look alike, best first."""

    nearest: tuple[str, ...] = ()


def find(text: str, names: Sequence[str]) -> Match | Ambiguous | NoMatch:
    """The one of `names` that the text means: exact first, then a part, then a slip.

    Case, accents, quotes and dashes do not count. The first of these ways that fits any name decides, and more than one
    name fitting it is ambiguous: the whole name, its beginning, beginnings of its words in order, any part, a slip.
    Empty text and an empty list match nothing.
    """
    wanted = _folded(text.strip().strip("\"'“”‘’`"))
    if not wanted:
        return NoMatch()
    if text.strip() in names:
        return Match(text.strip())
    folded = [(name, _folded(name)) for name in dict.fromkeys(names)]
    for fits in _ways(wanted):
        hits = tuple(name for name, plain in folded if fits(plain))
        if hits:
            return Match(hits[0]) if len(hits) == 1 else Ambiguous(hits)
    return _slip(wanted, dict(folded))


def _ways(wanted: str) -> Iterator[Callable[[str], bool]]:
    """The ways a name can fit, strictest first."""
    yield lambda plain: plain == wanted
    yield lambda plain: plain.startswith(wanted)
    words = wanted.split()
    if len(words) <= _MOST_BEGINNINGS:
        beginnings = [re.compile(r"\b" + re.escape(word)) for word in words]
        yield lambda plain: _has_in_order(plain, beginnings)
    yield lambda plain: wanted in plain


def _has_in_order(plain: str, beginnings: Sequence[re.Pattern[str]]) -> bool:
    """Whether each is found behind the one before. The first place that fits is the best: none is tried twice."""
    place = 0
    for beginning in beginnings:
        found = beginning.search(plain, place)
        if found is None:
            return False
        place = found.end()
    return True


def _slip(wanted: str, folded: dict[str, str]) -> Match | Ambiguous | NoMatch:
    """The name that differs by a slip, if it stands out clearly from the others."""
    scores = _scores(wanted, folded)
    ranked = sorted(scores, key=lambda name: -scores[name])
    if not ranked or scores[ranked[0]] < _SURE:
        return NoMatch(tuple(ranked[:_SHOWN]))
    close = tuple(name for name in scores if scores[name] > scores[ranked[0]] - _CLEAR_LEAD)
    return Match(close[0], guessed=True) if len(close) == 1 else Ambiguous(close)


def _scores(wanted: str, folded: dict[str, str]) -> dict[str, float]:
    """How alike each name is that is at all alike, 0 to 100: the whole of it, or one of its words if one was typed."""
    if len(wanted) < _SHORTEST_SLIP:
        return {}
    scores: dict[str, float] = {}
    single = " " not in wanted
    forms = [
        (name, form) for name, plain in folded.items() for form in ({plain, *plain.split()} if single else {plain})
    ]
    for _, score, index in process.extract(
        wanted, [form for _, form in forms], scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None
    ):
        name = forms[index][0]
        scores[name] = max(score, scores.get(name, 0.0))
    return {name: scores[name] for name in folded if name in scores}


@lru_cache(maxsize=16_384)
def _folded(text: str) -> str:
    """The text without case, accents and odd punctuation, for comparing only."""
    decomposed = unicodedata.normalize("NFKD", for_parsing(text).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
