"""A follow-up as one types it: whose it is and by when are found at its ends, all else stays in its text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.words.action_items import TypedAction, named_within, read_action
from bot.slack.words.normalise import as_typed
from bot.vocabulary import ActionKind

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MIA, RAJ = "<@U03MIA|mia>", "<@U02RAJ|raj>"
FRIDAY = date(2026, 11, 20)


def read(words: str) -> TypedAction:
    return read_action(words, me="U01ANA", now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    "words",
    [
        f"Add an alarm {MIA} fri",
        f"Add an alarm fri {MIA}",
        f"{MIA} Add an alarm by friday",
        f"{MIA}: Add an alarm, due fri.",
        f"Add an alarm, {MIA}, due: 2026-11-20",
        f"Add an alarm owner: {MIA} on Friday",
        "Add an alarm   in 2 days   <@u03mia>",
        "Add an alarm <@U03MIA> 20 nov",
    ],
)
def test_owner_and_day_stand_in_any_order_around_the_text(words: str) -> None:
    assert read(words) == TypedAction("Add an alarm", "U03MIA", FRIDAY)
    assert read(words).is_whole


@pytest.mark.parametrize("words", ["Add an alarm me fri", "me Add an alarm fri", "Add an alarm fri Me"])
def test_me_is_who_types(words: str) -> None:
    assert read(words) == TypedAction("Add an alarm", "U01ANA", FRIDAY)


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("", TypedAction("", None, None)),
        (
            f"Add an alarm {MIA} fri #detect <https://a.atlassian.net/browse/OPS-12|OPS-12>",
            TypedAction("Add an alarm", "U03MIA", FRIDAY, ActionKind.DETECT, "https://a.atlassian.net/browse/OPS-12"),
        ),
        (
            f"Add it https://jira.example.com/browse/OPS-1?a=1&amp;b=2 <#C02X|prevent>, fri {MIA}",
            TypedAction(
                "Add it", "U03MIA", FRIDAY, ActionKind.PREVENT, "https://jira.example.com/browse/OPS-1?a=1&b=2"
            ),
        ),
        ("Ask #detectives", TypedAction("Ask #detectives", None, None)),
        (
            "Read <https://example.com/guide>",
            TypedAction("Read https://example.com/guide", None, None),
        ),
        (
            "Close <http://jira.example.com/browse/OPS-1>",
            TypedAction("Close http://jira.example.com/browse/OPS-1", None, None),
        ),
        (f"fri {MIA}", TypedAction("", "U03MIA", FRIDAY)),
        ("raise the limit to 3 days", TypedAction("raise the limit to 3 days", None, None)),
        (f"raise the limit to 2w {MIA}", TypedAction("raise the limit to 2w", "U03MIA", None)),
        ("keep logs for a week", TypedAction("keep logs for a week", None, None)),
        ("extend the window by 2 days", TypedAction("extend the window by 2 days", None, None)),
        ("keep logs for 1w2d", TypedAction("keep logs for 1w2d", None, None)),
        ("keep logs for two weeks", TypedAction("keep logs for two weeks", None, None)),
        ("write down what happened last friday", TypedAction("write down what happened last friday", None, None)),
        ("move to the schema of 2025-01-01", TypedAction("move to the schema of 2025-01-01", None, None)),
        (f"Ask {RAJ} about the disks fri", TypedAction("Ask @raj about the disks", None, FRIDAY)),
        (f"Ask {RAJ} about the disks {MIA} fri", TypedAction("Ask @raj about the disks", "U03MIA", FRIDAY)),
        ("Let the bot tell me why", TypedAction("Let the bot tell me why", None, None)),
        ("rename it", TypedAction("rename it", None, None)),
        ("wait for 31 february", TypedAction("wait for 31 february", None, None)),
        ("Friday deploys must stop", TypedAction("Friday deploys must stop", None, None)),
        ("one\n- two  three\n fri", TypedAction("one\n- two  three", None, FRIDAY)),
        ("&lt;b&gt; &amp; <!channel> fri", TypedAction("<b> & @channel", None, FRIDAY)),
        ("ship it in 2 weeks", TypedAction("ship it", None, date(2026, 12, 2))),
        ("ship it next week", TypedAction("ship it", None, date(2026, 11, 23))),
        ("ship it today", TypedAction("ship it", None, date(2026, 11, 18))),
    ],
)
def test_nothing_of_the_text_is_taken_for_more_than_it_is(words: str, understood: TypedAction) -> None:
    assert read(words) == understood


@pytest.mark.parametrize(
    ("words", "who"), [(f"Ask {RAJ} why", "U02RAJ"), (f"Ask {RAJ} and {MIA}", None), ("Ask me", None)]
)
def test_one_who_stands_within_the_text_is_proposed(words: str, who: str | None) -> None:
    assert named_within(words) == who


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="<>&"), max_size=60)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(words=WORDS)
def test_what_was_understood_and_the_text_are_all_that_was_typed(words: str) -> None:
    """The text is a part of what was typed, letter for letter, and only its ends are missing."""
    found = read(words)
    assert found.text in as_typed(words)
    if found.owner is None and found.due is None:
        assert found.text == words.strip()
