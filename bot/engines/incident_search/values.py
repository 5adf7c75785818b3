"""What a field can be compared with: closed sets, numbers, instants, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.engines.incident_search.tree import Condition, Every, Search, Value
from bot.errors import BadFields
from bot.vocabulary import Comparison, IncidentField, IncidentStatus, PostmortemStatus, Severity

NO_POSTMORTEM = "no-postmortem"
CHOICES: Mapping[IncidentField, type[StrEnum]] = {
    IncidentField.STATUS: IncidentStatus,
    IncidentField.PRIORITY: Severity,
    IncidentField.POSTMORTEM: PostmortemStatus,
}
TIMES = frozenset({IncidentField.CREATED, IncidentField.UPDATED, IncidentField.BEGAN, IncidentField.ENDED})
TEXTS = frozenset({IncidentField.MESSAGE, IncidentField.DESCRIPTION})
"""Those that hold what is looked for; of all others, what is looked for has to be the whole."""
DAY, MILLISECOND = timedelta(days=1), timedelta(milliseconds=1)
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d-\d\d-\d{4}")
_DAY_FIRST = re.compile(r"(\d\d)-(\d\d)-(\d{4})(.*)")
_DIGITS = re.compile(r"\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def no_query(sentence: str) -> BadFields:
    """The refusal of a query that cannot be read."""
    return BadFields({"query": sentence})


def condition(field: IncidentField, comparison: Comparison, text: str) -> Search:
    """What a field has to be, its value read.

    Instants are told in milliseconds and compared by them: one is meant with all that falls into its millisecond, and a
    day alone, `createdAt: 2026-11-18`, with all that falls into it (UTC).

    Raises:
        BadFields: `query`: the field has no such value, or no order.
    """
    if field in TIMES:
        return _at(field, comparison, text)
    if field is IncidentField.NUMBER:
        return Condition(field, Comparison.IS if comparison is Comparison.HAS else comparison, _number(text))
    if comparison not in {Comparison.HAS, Comparison.IS}:
        raise no_query(f"{field} has no order: it cannot be compared by {comparison}.")
    if field in CHOICES:
        return Condition(field, Comparison.IS, _choice(field, text))
    return Condition(field, comparison if field in TEXTS else Comparison.IS, text)


def _choice(field: IncidentField, text: str) -> Value:
    if field is IncidentField.POSTMORTEM and text.lower() == NO_POSTMORTEM:
        return None
    for value in CHOICES[field]:
        if value.lower() == text.lower():
            return CHOICES[field](value)
    known = [NO_POSTMORTEM] if field is IncidentField.POSTMORTEM else []
    raise no_query(f"“{text}” is no {field}. Write one of {', '.join([*known, *CHOICES[field]])}.")


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise no_query(f"“{text}” is no {IncidentField.NUMBER}: write a number such as 7.")
    return int(text)


def _at(field: IncidentField, comparison: Comparison, text: str) -> Search:
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


def _instant(field: IncidentField, text: str) -> datetime:
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
