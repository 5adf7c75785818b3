"""The words behind `/postmortem list`, in any order and in the zone of who types them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import Unreadable
from bot.slack.commands.postmortem.listing import Filters, read_filters
from bot.vocabulary import PostmortemStatus

NOW = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
"""A Wednesday in UTC, Thursday already in Berlin."""
DRAFT, REVIEW, PUBLISHED = PostmortemStatus


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("", Filters()),
        ("drafts", Filters(status=DRAFT)),
        ("In Review", Filters(status=REVIEW)),
        ("in-review", Filters(status=REVIEW)),
        ("published payments", Filters(status=PUBLISHED, names=("payments",))),
        ("payments published", Filters(status=PUBLISHED, names=("payments",))),
        ("overdue, draft, mine", Filters(status=DRAFT, overdue=True, mine=True)),
        ("team core infra since 2026-10-01 draft", Filters(DRAFT, since=date(2026, 10, 1), names=("core", "infra"))),
        ("since monday", Filters(since=date(2026, 11, 16))),
        ("since yesterday", Filters(since=date(2026, 11, 18))),
        ("SINCE oct 1 payments", Filters(since=date(2026, 10, 1), names=("payments",))),
        ("30d", Filters(since=date(2026, 10, 20))),
        ("last 2 weeks review", Filters(REVIEW, since=date(2026, 11, 5))),
        ("999999d", Filters(since=date(1971, 1, 1))),
        ("“Draft Team” draft", Filters(DRAFT, names=("Draft Team",))),
        ("draft page 3", Filters(DRAFT, page=3)),
        ("page 0", Filters(page=1)),
        ("🍌 <!channel>", Filters(names=("🍌", "<!channel>"))),
    ],
)
def test_filters_are_read_in_any_order(typed: str, filters: Filters) -> None:
    assert read_filters(typed, NOW, ZoneInfo("Europe/Berlin")) == filters


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("draft published", "of one state"),
        ("since", "Since when"),
        ("since banana", "“banana” is no day I can read"),
        ("since <x> draft", "“<x>” is no day I can read"),
    ],
)
def test_what_cannot_be_read_is_said(typed: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read_filters(typed, NOW, ZoneInfo("Europe/Berlin"))
