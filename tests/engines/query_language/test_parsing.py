"""What a query for incidents or alerts asks, and what of one cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.query_language import (
    ALERTS,
    INCIDENTS,
    Condition,
    Either,
    Every,
    Language,
    Opposite,
    Search,
    read_query,
)
from bot.engines.query_language.parsing import DEEPEST, LONGEST, MOST_CONDITIONS
from bot.errors import BadFields
from bot.vocabulary import (
    AlertField,
    AlertStatus,
    Comparison,
    IncidentField,
    IncidentStatus,
    PostmortemStatus,
    Severity,
)

OPEN = Condition(IncidentField.STATUS, Comparison.IS, IncidentStatus.OPEN)
WORST = Condition(IncidentField.PRIORITY, Comparison.IS, Severity.P1)
DB = Condition(IncidentField.TAG, Comparison.IS, "db")
AT = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
MILLISECOND, DAY = timedelta(milliseconds=1), timedelta(days=1)


def says(text: str) -> Condition:
    return Condition(IncidentField.MESSAGE, Comparison.HAS, text)


def since(at: datetime, field: StrEnum = IncidentField.CREATED) -> Condition:
    return Condition(field, Comparison.AT_LEAST, at)


def before(at: datetime) -> Condition:
    return Condition(IncidentField.CREATED, Comparison.LESS, at)


READ: tuple[tuple[str, Search], ...] = (
    ("", Every()),
    ("  ", Every()),
    ("*", Every()),
    ("checkout", says("checkout")),
    ("checkout down", Every((says("checkout"), says("down")))),
    ('"checkout is down"', says("checkout is down")),
    (r'"a \"quoted\" one"', says('a "quoted" one')),
    ("android", says("android")),
    ("status:open", OPEN),
    ("status : OPEN", OPEN),
    ("Status=open", OPEN),
    ("status != open", Opposite(OPEN)),
    ("status: (open OR resolved)", Either((OPEN, Condition(IncidentField.STATUS, Comparison.IS, "resolved")))),
    ("status != (open)", Opposite(Either((OPEN,)))),
    ("priority: p1", WORST),
    ("tag: db", DB),
    ("tags: db", DB),
    ('tag: "two words"', Condition(IncidentField.TAG, Comparison.IS, "two words")),
    ("tag: d*", Condition(IncidentField.TAG, Comparison.IS, "d*")),
    ("impactedServices: 1f-2", Condition(IncidentField.SERVICE, Comparison.IS, "1f-2")),
    ("responders: payments", Condition(IncidentField.RESPONDER, Comparison.IS, "payments")),
    ("details.key: region", Condition(IncidentField.DETAIL_KEY, Comparison.IS, "region")),
    ("message = down", Condition(IncidentField.MESSAGE, Comparison.IS, "down")),
    ("description: pool", Condition(IncidentField.DESCRIPTION, Comparison.HAS, "pool")),
    ("tinyId: 7", Condition(IncidentField.NUMBER, Comparison.IS, 7)),
    ("tinyId>=7", Condition(IncidentField.NUMBER, Comparison.AT_LEAST, 7)),
    ("postmortemStatus: no-postmortem", Condition(IncidentField.POSTMORTEM, Comparison.IS, None)),
    ("postmortemStatus:in-review", Condition(IncidentField.POSTMORTEM, Comparison.IS, PostmortemStatus.IN_REVIEW)),
    ("status: open AND priority: P1", Every((OPEN, WORST))),
    ("status: open priority: P1", Every((OPEN, WORST))),
    ("status: open and not tag: db", Every((OPEN, Opposite(DB)))),
    ("status: open NOT tag: db", Every((OPEN, Opposite(DB)))),
    ("NOT status: open AND priority: P1", Every((Opposite(OPEN), WORST))),
    ("NOT (status: open AND priority: P1)", Opposite(Every((OPEN, WORST)))),
    ("status: open OR priority: P1 AND tag: db", Either((OPEN, Every((WORST, DB))))),
    ("(status: open OR priority: P1)tag: db", Every((Either((OPEN, WORST)), DB))),
    ("((status: open))", OPEN),
    ("NOT NOT status: open", Opposite(Opposite(OPEN))),
    ("createdAt >= 2026-11-18T08:00:00Z", since(AT)),
    ("createdAt>=1795075200000", since(datetime.fromtimestamp(1795075200, UTC))),
    ("createdAt >= 2026-11-18T09:00:00+01:00", since(AT)),
    ("createdAt >= 2026-11-18T09:00:00 01:00", since(AT)),
    ('createdAt >= "2026-11-18T08:00"', since(AT)),
    ("createdAt > 2026-11-18T08:00:00Z", since(AT + MILLISECOND)),
    ("createdAt < 2026-11-18T08:00:00Z", before(AT)),
    ("createdAt <= 2026-11-18T08:00:00Z", before(AT + MILLISECOND)),
    ("createdAt: 2026-11-18T08:00:00Z", Every((since(AT), before(AT + MILLISECOND)))),
    ("createdAt: 2026-11-18", Every((since(AT.replace(hour=0)), before(AT.replace(hour=0) + DAY)))),
    ("createdAt >= 18-11-2026T08:00", since(AT)),
    ("impactStartDate >= 2026-11-18T08:00:00Z", since(AT, IncidentField.BEGAN)),
)

READ_OF_ALERTS: tuple[tuple[str, Search], ...] = (
    ("disk", Condition(AlertField.MESSAGE, Comparison.HAS, "disk")),
    ("status=open", Condition(AlertField.STATUS, Comparison.IS, AlertStatus.OPEN)),
    ("NOT status: closed", Opposite(Condition(AlertField.STATUS, Comparison.IS, AlertStatus.CLOSED))),
    ("acknowledged: False", Condition(AlertField.ACKNOWLEDGED, Comparison.IS, False)),
    ("snoozed=true", Condition(AlertField.SNOOZED, Comparison.IS, True)),
    ("alias: a/b:c", Condition(AlertField.ALIAS, Comparison.IS, "a/b:c")),
    ("responders:team", Condition(AlertField.RESPONDER, Comparison.IS, "team")),
    ("team: core OR ownerTeam: core", Either((Condition(AlertField.TEAM, Comparison.IS, "core"),) * 2)),
    ("count > 3", Condition(AlertField.COUNT, Comparison.MORE, 3)),
    ("entity: db", Condition(AlertField.ENTITY, Comparison.HAS, "db")),
    ("lastOccuredAt >= 2026-11-18T08:00:00Z", since(AT, AlertField.OCCURRED)),
)

UNREADABLE: tuple[tuple[str, str], ...] = (
    ("status: done", "no status"),
    ("priority: P9", "no priority"),
    ("priority > P3", "no order"),
    ("message < a", "no order"),
    ("colour: red", "“colour”"),
    ("https://example.com", "“https”"),
    ("tinyId: seven", "no tinyId"),
    ("tinyId: 99999999999999999999", "no tinyId"),
    ("createdAt > yesterday", "no createdAt"),
    ("createdAt > 2026-13-40", "no createdAt"),
    ("createdAt > 9999999999999", "too far away"),
    ("createdAt > 999999999999999", "no createdAt"),
    ("createdAt > 0001-01-01T00:00:00+14:00", "no createdAt"),
    ("createdAt > 1066-10-14", "too far away"),
    ("postmortemStatus: done", "no-postmortem, draft"),
    ("status:", "ends where"),
    ("status: open AND", "ends where"),
    ("NOT", "ends where"),
    ("OR status: open", "Before “OR"),
    ("status: AND", "Before “AND"),
    ("(status: open", "not closed"),
    ("status: (open", "not closed"),
    ("status: (open resolved)", "not closed"),
    ("status: open)", "not opened"),
    ("()", "Before “)”"),
    ('"open', "Before “"),
    ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "within each other"),
    ("NOT " * (DEEPEST + 1) + "a", "within each other"),
    ("a " * (MOST_CONDITIONS + 1), "conditions"),
    ("tag: (" + " OR ".join("a" * (MOST_CONDITIONS + 1)) + ")", "conditions"),
    ("a" * (LONGEST + 1), "characters"),
)


UNREADABLE_OF_ALERTS: tuple[tuple[str, str], ...] = (
    ("impactedServices: x", "Alerts are not found by “impactedServices”"),
    ("acknowledged: perhaps", "write true or false"),
    ("acknowledged > true", "no order"),
    ("status: resolved", "Write one of open, closed"),
    ("count: many", "no count"),
)

BY_NOUN = (*((text, read, INCIDENTS) for text, read in READ), *((text, read, ALERTS) for text, read in READ_OF_ALERTS))
REFUSED_BY_NOUN = (
    *((text, why, INCIDENTS) for text, why in UNREADABLE),
    *((text, why, ALERTS) for text, why in UNREADABLE_OF_ALERTS),
)


@pytest.mark.parametrize(("text", "search", "language"), BY_NOUN)
def test_a_query_is_read(text: str, search: Search, language: Language) -> None:
    assert read_query(text, language) == search


@pytest.mark.parametrize(("text", "why", "language"), REFUSED_BY_NOUN)
def test_a_query_that_cannot_be_read_is_refused_with_what_is_wrong(text: str, why: str, language: Language) -> None:
    with pytest.raises(BadFields) as refused:
        read_query(text, language)
    assert why in refused.value.fields["query"]


WORDS = (
    "status:",
    "open",
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    '"',
    "*",
    "tag",
    "=",
    "<",
    "createdAt",
    "2026-11-18",
    "\\",
    "é",
)


@settings(derandomize=True, max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(("", " ")))
def test_whatever_is_written_is_read_or_refused(words: list[str], between: str) -> None:
    try:
        read_query(between.join(words), INCIDENTS)
    except BadFields as refused:
        assert list(refused.fields) == ["query"]
