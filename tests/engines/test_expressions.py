"""Regular expressions of others: what they fit, and that none of them takes long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.expressions import LONGEST_EXPRESSION, Patience, expression_of, wrong_expression
from bot.errors import Unreadable

LONG = "ab" * 7_500
brief = settings(max_examples=300, derandomize=True, deadline=None)


def _covers(pattern: str, text: str) -> bool | None:
    return expression_of(pattern).covers(text, Patience())


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("", "", True),
        ("disk", "disk full", False),
        ("disk.*", "disk full", True),
        (".*full", "disk full", True),
        (".*", "one\ntwo", False),
        ("(?s).*", "one\ntwo", True),
        ("(?i)DISK", "disk", True),
        ("Straße\\d+", "Straße12", True),
        ("\\d+", "٣", False),
        ("a|ab", "ab", True),
        ("\\Qa.b\\E", "a.b", True),
        # beyond RE2
        ("(?!test).*", "prod", True),
        ("(?!test).*", "testing", False),
        ("(a+)-\\1", "aa-aa", True),
        ("(a+)-\\1", "aa-a", False),
        ("a++b", "aab", True),
        ("[a-z&&[^b]]+", "acd", True),
        ("[a-z&&[^b]]+", "abc", False),
        ("[a-c[x-z]]+", "axz", True),
        ("[a-c[x-z]]+", "am", False),
        ("\\p{Alpha}+", "disk", True),
        ("\\p{L}+", "äb", True),
        ("(?!x)\\p{L}+", "äb", True),
        ("(?!x)\\d+", "٣", False),
        ("x{1500}", "x" * 1500, True),
        # a text that cannot be written as UTF-8
        (".*", "half \ud800", True),
    ],
)
def test_an_expression_fits_the_whole_text_as_in_java(pattern: str, text: str, fits: bool) -> None:
    assert _covers(pattern, text) is fits


@pytest.mark.parametrize(
    "pattern", ["(", "a(b", "[", "*a", "a{2,1}", "(?<n>a)(?<n", "\\", "(?P<", "a" * (LONGEST_EXPRESSION + 1), "\ud800["]
)
def test_what_is_no_expression_is_said_to_be_none(pattern: str) -> None:
    assert wrong_expression(pattern)
    with pytest.raises(Unreadable):
        expression_of(pattern)


@pytest.mark.parametrize(
    "pattern", ["(a*)*c", "(a|b|ab)*c", "(x+x+)+y", "(.*)(.*)(.*)(.*)(.*)c", "(a|b|ab)*(ab)*(ba)*d", "(?:(?:a?b?)*)*c"]
)
def test_what_runs_away_by_backtracking_runs_in_linear_time(pattern: str) -> None:
    patience = Patience()
    before = patience.left
    assert not expression_of(pattern).covers(LONG, patience)
    assert (patience.left, patience.overran) == (before, [])


@pytest.mark.parametrize("pattern", ["(a|b|ab)*(?=c)", "(a|b|ab)*\\1(?=c)", "(?:(?:ab?|b)*)*(?<!b)(?=c)"])
def test_what_has_to_backtrack_is_given_up_in_time_and_named(pattern: str) -> None:
    patience = Patience(0.005)
    assert not expression_of(pattern).covers(LONG, patience)
    assert patience.overran == [pattern]
    assert patience.left < 0.005


def test_without_patience_only_what_is_linear_runs() -> None:
    patience = Patience(0)
    assert not expression_of("(?=a).*").covers("a", patience)
    assert expression_of("a.*").covers("a", patience)
    assert patience.overran == ["(?=a).*"]


@pytest.mark.parametrize(
    ("pattern", "text", "group"),
    [
        ("node (\\w+)", "at node b7 now", "b7"),
        ("(a)|(b)", "b", None),
        ("node (\\w+)", "nothing", None),
        ("(?<=node )(\\w+)", "at node b7 now", "b7"),
        ("(Straße)", "die Straße", "Straße"),
    ],
)
def test_the_first_group_is_that_of_the_first_place_it_fits(pattern: str, text: str, group: str | None) -> None:
    assert expression_of(pattern).first_group(text, Patience()) == group


pieces = st.sampled_from(
    [
        "a",
        "b",
        "ab",
        ".",
        "\\.",
        "\\d",
        "[ab]",
        "[^a]",
        "[]b]",
        "a*",
        "b+",
        "c?",
        "a{2}",
        "b{0,1}",
        "\\x61",
        "^",
        "$",
        "-",
        "(a|b)",
        "(?:ab)?",
        "((a)b)*",
        "(a[)]){0,2}",
        "(\\))*",
        "|",
    ]
)


@brief
@given(st.lists(pieces, max_size=5), st.text("abc1.]-", max_size=6))
def test_looking_for_its_plain_text_first_changes_no_answer(pattern: list[str], text: str) -> None:
    assert _covers("".join(pattern), text) is bool(re.fullmatch("".join(pattern), text))


@brief
@given(st.text("ab(){}[]|?*+^$\\.:<>=!&P0-9,-", max_size=12), st.text("ab09", max_size=6))
def test_an_expression_of_any_text_runs_or_is_refused(pattern: str, text: str) -> None:
    if wrong_expression(pattern) is None:
        assert _covers(pattern, text) in (True, False)
        assert expression_of(pattern).first_group(text, Patience()) is None or expression_of(pattern).groups


def test_when_a_decision_is_over_nothing_long_is_begun_any_more() -> None:
    patience = Patience(in_all=0)
    assert patience.is_over
    assert not expression_of("(a|b)*").covers(LONG, patience)
    assert expression_of("(a)b.*").first_group(LONG, patience) is None
    assert expression_of("(a|b)*").covers("ab", patience)
    assert patience.overran == ["(a|b)*", "(a)b.*"]
