"""Reads a query word by word.

    query     either
    either    every { OR every }
    every     negated { [AND] negated }
    negated   { NOT } one
    one       ( either )  |  field sign value  |  field sign ( value { OR value } )  |  value
    value     a word, or "some words"

A value without a field is looked for in the default one. The words AND, OR and NOT may be written in any case.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.engines.query_language.language import Language
from bot.engines.query_language.tree import Either, Every, Opposite, Search
from bot.engines.query_language.values import condition, no_query
from bot.vocabulary import Comparison

LONGEST = 2_000
MOST_CONDITIONS = 50
DEEPEST = 20
"""Of a query: its characters, its conditions, and how many brackets and NOTs stand within each other."""
ANYTHING = "*"
SIGNS = r"!=|>=|<=|[:=<>]"
_BLANKS = re.compile(r"\s*")
_KEYWORD = re.compile(r'(AND|OR|NOT)(?=[\s()"]|$)', re.IGNORECASE)
_FIELD = re.compile(rf"([A-Za-z][\w.]*)\s*({SIGNS})\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SPLIT_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+ \d\d:?\d\d(?=[\s()]|$)")
"""The `+` of an offset that was not escaped in an address has become a blank."""
_WORD = re.compile(r'[^\s()"]+')


def read_query(text: str, language: Language) -> Search:
    """What a query in the words of that noun asks for; nothing, or `*`, is everything.

    Raises:
        BadFields: `query`, with what of it cannot be read.
    """
    if len(text) > LONGEST:
        raise no_query(f"At most {LONGEST:,} characters are read, this has {len(text):,}.")
    if not text.strip():
        return Every()
    return _Reader(text, language).whole()


class _Reader:
    """Goes through a query from left to right."""

    def __init__(self, text: str, language: Language) -> None:
        self._text = text
        self._language = language
        self._at = 0
        self._conditions = 0
        self._depth = 0

    def whole(self) -> Search:
        """All of it."""
        search = self._either()
        if not self._is_at_end():
            raise no_query(f"“{self._rest()}” stands behind the end: a bracket is closed that was not opened.")
        return search

    def _either(self) -> Search:
        parts = [self._every()]
        while self._take_keyword("OR"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Search:
        parts = [self._negated()]
        while self._take_keyword("AND") or self._goes_on():
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _negated(self) -> Search:
        if not self._take_keyword("NOT"):
            return self._one()
        self._deeper()
        negated = Opposite(self._negated())
        self._depth -= 1
        return negated

    def _one(self) -> Search:
        if self._take("("):
            self._deeper()
            search = self._either()
            self._depth -= 1
            self._close()
            return search
        found = self._match(_FIELD)
        if found is None:
            word = self._value("a condition")
            return Every() if word == ANYTHING else self._counted(self._language.default, Comparison.HAS, word)
        field = self._language.field_called(found[1])
        if field is None:
            known = ", ".join(self._language.fields)
            raise no_query(f"{self._language.noun} are not found by “{found[1]}”, but by {known}.")
        return self._compared(field, found[2])

    def _compared(self, field: StrEnum, sign: str) -> Search:
        comparison = Comparison.IS if sign == "!=" else Comparison(sign)
        if self._take("("):
            parts = [self._counted(field, comparison, self._value(f"a value of {field}"))]
            while self._take_keyword("OR"):
                parts.append(self._counted(field, comparison, self._value(f"a value of {field}")))
            self._close()
            search: Search = Either(tuple(parts))
        else:
            search = self._counted(field, comparison, self._value(f"a value of {field}"))
        return Opposite(search) if sign == "!=" else search

    def _counted(self, field: StrEnum, comparison: Comparison, value: str) -> Search:
        self._conditions += 1
        if self._conditions > MOST_CONDITIONS:
            raise no_query(f"At most {MOST_CONDITIONS} conditions are looked at.")
        return condition(self._language, field, comparison, value)

    def _value(self, wanted: str) -> str:
        quoted = self._match(_QUOTED)
        if quoted is not None:
            return re.sub(r"\\(.)", r"\1", quoted[1])
        found = None if self._sees(_KEYWORD) else self._match(_SPLIT_TIME) or self._match(_WORD)
        if found is not None:
            return found[0].replace(" ", "+")
        if self._is_at_end():
            raise no_query(f"It ends where {wanted} should stand.")
        raise no_query(f"Before “{self._rest()}” {wanted} should stand.")

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise no_query(f"At most {DEEPEST} brackets and NOTs may stand within each other.")

    def _close(self) -> None:
        if not self._take(")"):
            where = f"before “{self._rest()}”" if not self._is_at_end() else "at the end"
            raise no_query(f"A bracket is not closed {where}.")

    def _goes_on(self) -> bool:
        """Whether another condition follows at once, which means AND."""
        keyword = self._sees(_KEYWORD)
        if keyword is not None:
            return keyword[1].upper() == "NOT"
        return not self._is_at_end() and self._text[self._at] != ")"

    def _take_keyword(self, word: str) -> bool:
        found = self._sees(_KEYWORD)
        if found is None or found[1].upper() != word:
            return False
        self._at = found.end()
        return True

    def _take(self, sign: str) -> bool:
        self._skip_blanks()
        if not self._text.startswith(sign, self._at):
            return False
        self._at += len(sign)
        return True

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = self._sees(pattern)
        if found is not None:
            self._at = found.end()
        return found

    def _sees(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        self._skip_blanks()
        return pattern.match(self._text, self._at)

    def _skip_blanks(self) -> None:
        blanks = _BLANKS.match(self._text, self._at)
        self._at = blanks.end() if blanks else self._at

    def _is_at_end(self) -> bool:
        self._skip_blanks()
        return self._at >= len(self._text)

    def _rest(self) -> str:
        return self._text[self._at : self._at + 40].strip()
