"""Regular expressions that others write, run so that none of them can hold up the service.

Nearly all run in linear time, by RE2. What RE2 cannot say (looking around, backreferences, possessive quantifiers, sets
within sets, very large counts) runs by backtracking, against a clock of processor time that all expressions of a
decision share. Many that are linear can take long together: for that there is a second clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from time import thread_time

import re2
import regex

from bot.errors import Unreadable

LONGEST_EXPRESSION = 1_000
SECONDS_OF_BACKTRACKING = 0.025
"""For all expressions of one decision together."""
SECONDS_IN_ALL = 0.25
"""For a whole decision, whatever it asks: nothing else is served meanwhile."""

_LARGEST_PROGRAM = 300
"""In RE2's instructions. Its time is their number times the length of the text: this keeps the longest of texts under
a few tens of milliseconds."""
_SHORT = 1_000
"""A text of that length takes no expression longer than a millisecond: only from there on is the clock looked at."""
_MEMORY = 1 << 20
_PIECE = re.compile(r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.)([*+?]|\{[^}]*\})?", re.DOTALL)
_CLASSES_AND_BORDERS = "dDwWsSbB"
_LITERAL = re.compile(r"\\[^A-Za-z0-9]|[^\\.^$*+?{}()\[\]|]", re.DOTALL)
_PROPERTY = re.compile(r"\\[pP]")


class Patience:
    """The processor time that a decision has `left` for backtracking, and the expressions it did not suffice for.

    It begins when it is made; when a decision has taken `in_all` seconds, backtracking or not, it `is_over`.
    """

    __slots__ = ("_ends", "left", "overran")

    def __init__(self, seconds: float = SECONDS_OF_BACKTRACKING, *, in_all: float = SECONDS_IN_ALL) -> None:
        self.left = seconds
        self.overran: list[str] = []
        self._ends = thread_time() + in_all

    @property
    def is_over(self) -> bool:
        """Whether the decision has to come to its end, and nothing long is begun any more."""
        return thread_time() > self._ends

    def gives_up(self, pattern: str) -> bool:
        """Whether it is too late to begin with something long; the expression is named then."""
        if not self.is_over:
            return False
        self.overran.append(pattern)
        return True


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression much like Java's, compiled.

    `covers` says whether it fits the whole of a text: None where patience runs out before that is known. `first_group`
    is what its first bracketed group holds where it fits first: None where it fits nowhere, or without that group, or
    where patience runs out. Then the expression is named in `patience.overran`.
    """

    groups: int
    covers: Callable[[str, Patience], bool | None]
    first_group: Callable[[str, Patience], str | None]


@lru_cache(maxsize=256)
def expression_of(pattern: str) -> Expression:
    """An expression, compiled once.

    Raises:
        Unreadable: it is none, or too long; the sentence says what is wrong with it.
    """
    if len(pattern) > LONGEST_EXPRESSION:
        raise Unreadable(f"A regular expression has at most {LONGEST_EXPRESSION:,} characters.")
    return _in_linear_time(pattern) or _against_the_clock(pattern)


def wrong_expression(pattern: str) -> str | None:
    """What is wrong with an expression, None where it can be run."""
    try:
        expression_of(pattern)
    except Unreadable as error:
        return error.sentence
    return None


def _in_linear_time(pattern: str) -> Expression | None:
    """By RE2; None where it cannot say the same, or only with a program that long texts would take too long in."""
    if _has_set_in_set(pattern):
        return None
    try:
        compiled = re2.compile(pattern.encode(), _options(captures=True))
        fullmatch = re2.compile(pattern.encode(), _options(captures=False)).fullmatch
    except (re2.error, UnicodeEncodeError):
        return None
    if compiled.programsize > _LARGEST_PROGRAM:
        return None
    search, needed = compiled.search, _needed_text(pattern)

    def covers(text: str, patience: Patience) -> bool | None:
        if needed not in text:
            return False
        if len(text) > _SHORT and patience.gives_up(pattern):
            return None
        return fullmatch(text.encode(errors="replace")) is not None

    def first_group(text: str, patience: Patience) -> str | None:
        if len(text) > _SHORT and patience.gives_up(pattern):
            return None
        found = search(text.encode(errors="replace"))
        group: bytes | None = found.group(1) if found else None
        return None if group is None else group.decode()

    return Expression(compiled.groups, covers, first_group if compiled.groups else _no_group)


def _options(*, captures: bool) -> re2.Options:
    """Groups that nobody asks for cost several times the time."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    options.never_capture = not captures
    return options


def _against_the_clock(pattern: str) -> Expression:
    try:
        compiled = regex.compile(pattern, _as_java(pattern))
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise Unreadable(f"“{_shortened(pattern)}” is no regular expression that can be run: {error}.") from error
    fullmatch, search = compiled.fullmatch, compiled.search

    def run(act: Callable[..., regex.Match[str] | None], text: str, patience: Patience) -> regex.Match[str] | None:
        begun = thread_time()
        try:
            if patience.left > 0:
                return act(text, timeout=patience.left)
        except TimeoutError:
            pass
        finally:
            patience.left -= thread_time() - begun
        patience.overran.append(pattern)
        return None

    def covers(text: str, patience: Patience) -> bool | None:
        overran = len(patience.overran)
        found = run(fullmatch, text, patience)
        return None if len(patience.overran) > overran else found is not None

    def first_group(text: str, patience: Patience) -> str | None:
        found = run(search, text, patience)
        return found.group(1) if found else None

    return Expression(compiled.groups, covers, first_group if compiled.groups else _no_group)


def _as_java(pattern: str) -> int:
    r"""Sets may stand within sets, and digits and letters are those of ASCII, but for properties: `\p{L}`."""
    flags: int = regex.VERSION1 if _PROPERTY.search(pattern) else regex.VERSION1 | regex.ASCII
    return flags


def _no_group(_: str, __: Patience) -> None:
    return None


def _has_set_in_set(pattern: str) -> bool:
    """Whether it says `[a-z&&[^b]]` or `[a-c[x-z]]`, which RE2 takes for something else."""
    inside, place = False, 0
    while place < len(pattern):
        character = pattern[place]
        if character == "\\":
            place += 2
            continue
        if inside and (character == "[" or pattern.startswith("&&", place)):
            return True
        if character == "[":
            inside = True
            place += 1 + pattern.startswith("^", place + 1)
            place += pattern.startswith("]", place)
            continue
        inside = inside and character != "]"
        place += 1
    return False


def _needed_text(pattern: str) -> str:
    """The longest text that stands plainly in an expression that RE2 has taken, and so in all that it fits.

    To look for it first is many times quicker than the expression. What stands in brackets does not count. Empty where
    there is none, or where to say it would take more understanding: with alternatives, flags, or characters written by
    their number.
    """
    if "(?" in pattern.replace("(?:", ""):
        return ""
    runs, run, depth = [""], "", 0
    for piece, quantifier in _PIECE.findall(pattern):
        if piece[0] == "\\" and piece[1].isalnum() and piece[1] not in _CLASSES_AND_BORDERS:
            return ""
        if piece == "|" and not depth:
            return ""
        depth += (piece == "(") - (piece == ")")
        literal = piece[-1] if not depth and _LITERAL.fullmatch(piece) else ""
        if literal and not quantifier:
            run += literal
            continue
        runs.append(run + literal if quantifier == "+" else run)
        run = ""
    return max((*runs, run), key=len)


def _shortened(pattern: str) -> str:
    return pattern if len(pattern) <= 60 else f"{pattern[:59]}…"
