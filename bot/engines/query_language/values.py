"""What a field can be compared with: closed sets, yes and no, numbers, instants, texts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.engines.query_language.language import Language
from bot.engines.query_language.tree import Condition, Every, Search, Value
from bot.errors import BadFields
from bot.vocabulary import Comparison

YES_AND_NO = {"true": True, "false": False}
DAY, MILLISECOND = timedelta(days=1), timedelta(milliseconds=1)
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d-\d\d-\d{4}")
_DAY_FIRST = re.compile(r"(\d\d)-(\d\d)-(\d{4})(.*)")
_DIGITS = re.compile(r"\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def no_query(sentence: str) -> BadFields:
    """The refusal of a query that cannot be read."""
    return BadFields({"query": sentence})


def condition(language: Language, field: StrEnum, comparison: Comparison, text: str) -> Search:
    """What a field has to be, its value read.

    Instants are told in milliseconds and compared by them: one is meant with all that falls into its millisecond, and a
    day alone, `createdAt: 2026-11-18`, with all that falls into it (UTC).

    Raises:
        BadFields: `query`: the field has no such value, or no order.
    """
    if field in language.times:
        return _at(field, comparison, text)
    if field in language.numbers:
        order = Comparison.IS if comparison is Comparison.HAS else comparison
        return Condition(field, order, _number(field, text))
    if comparison not in {Comparison.HAS, Comparison.IS}:
        raise no_query(f"{field} has no order: it cannot be compared by {comparison}.")
    if field in language.choices:
        return Condition(field, Comparison.IS, _choice(language, field, text))
    if field in language.flags:
        return Condition(field, Comparison.IS, _flag(field, text))
    return Condition(field, comparison if field in language.texts else Comparison.IS, text)


def _choice(language: Language, field: StrEnum, text: str) -> Value:
    nothing = language.nothing.get(field)
    if nothing and text.lower() == nothing:
        return None
    for value in language.choices[field]:
        if value.lower() == text.lower():
            return value
    known = [nothing] if nothing else []
    raise no_query(f"“{text}” is no {field}. Write one of {', '.join([*known, *language.choices[field]])}.")


def _flag(field: StrEnum, text: str) -> bool:
    flag = YES_AND_NO.get(text.lower())
    if flag is None:
        raise no_query(f"“{text}” says nothing of {field}: write {' or '.join(YES_AND_NO)}.")
    return flag


def _number(field: StrEnum, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise no_query(f"“{text}” is no {field}: write a number such as 7.")
    return int(text)


def _at(field: StrEnum, comparison: Comparison, text: str) -> Search:
    at = _instant(field, text)
    since = Condition(field, Comparison.AT_LEAST, at)
    before = Condition(field, Comparison.LESS, at + MILLISECOND)
    match comparison:
        case Comparison.AT_LEAST:
            return since
        case Comparison.LESS:
            return Condition(field, Comparison.LESS, at)
        case Comparison.AT_MOST:
            return before
        case Comparison.MORE:
            return Condition(field, Comparison.AT_LEAST, at + MILLISECOND)
        case _:
            end = Condition(field, Comparison.LESS, at + DAY) if _DAY.fullmatch(text) else before
            return Every((since, end))


def _instant(field: StrEnum, text: str) -> datetime:
    """Milliseconds since 1970, or a day or time in ISO form, or a day as 18-11-2026; UTC where no offset is given."""
    try:
        if _DIGITS.fullmatch(text):
            at = datetime.fromtimestamp(int(text) / 1000, UTC)
        else:
            at = datetime.fromisoformat(_DAY_FIRST.sub(r"\3-\2-\1\4", text))
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise no_query(f"“{text}” is no {field}: write 2026-11-18, 2026-11-18T08:00:00Z or milliseconds.") from error
    if not EARLIEST <= at < LATEST:
        raise no_query(f"“{text}” is too far away for {field}.")
    return at
