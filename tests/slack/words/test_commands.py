"""Verbs, references, mentions and the copy they are read from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.slack.words.mentions import ChannelMention, GroupMention, UnresolvedMention, UserMention, extract
from bot.slack.words.normalise import for_parsing, unescape
from bot.slack.words.references import read_reference, split_reference
from bot.slack.words.verbs import ONCALL, POSTMORTEM, Asked, Unknown, Verbs, read_verb


@pytest.mark.parametrize(
    ("text", "verbs", "verb", "rest"),
    [
        ("", ONCALL, "now", ""),
        ("  ", POSTMORTEM, "mine", ""),
        ("now", ONCALL, "now", ""),
        ("NOW Payments", ONCALL, "now", "Payments"),
        ("who", ONCALL, "now", ""),
        ("WhoIsOnCall", ONCALL, "now", ""),
        ("shifts", ONCALL, "me", ""),
        ("\u200bnow\u00a0payments", ONCALL, "now", "payments"),
        ("“now”", ONCALL, "now", ""),
        ("help?", ONCALL, "help", ""),
        ("at fri  18:00", ONCALL, "at", "fri  18:00"),
        ("create “Checkout – down”  again", POSTMORTEM, "create", "“Checkout – down”  again"),
        ("new Checkout\u00a0down", POSTMORTEM, "create", "Checkout\u00a0down"),
        ("PM-12", POSTMORTEM, "show", "PM-12"),
        ("pm‑12", POSTMORTEM, "show", "pm‑12"),
        ("pm 12", POSTMORTEM, "show", "pm 12"),
        ("show PM-12", POSTMORTEM, "show", "PM-12"),
        ("changes PM-12 more about\nthe cause", POSTMORTEM, "changes", "PM-12 more about\nthe cause"),
    ],
)
def test_a_verb_is_found_and_the_rest_stays_as_typed(text: str, verbs: Verbs, verb: str, rest: str) -> None:
    asked = read_verb(text, verbs)
    assert isinstance(asked, Asked)
    assert (asked.verb.name, asked.rest) == (verb, rest)


@pytest.mark.parametrize(
    ("text", "verbs", "unknown"),
    [
        ("nwo", ONCALL, Unknown("nwo", "now", "")),
        ("nxet payments", ONCALL, Unknown("nxet", "next", "payments")),
        ("shift", ONCALL, Unknown("shift", "me", "")),
        ("aprove PM-12", POSTMORTEM, Unknown("aprove", "approve", "PM-12")),
        ("banana", POSTMORTEM, Unknown("banana", None, "")),
        ("payments", ONCALL, Unknown("payments", None, "")),
        ("PM-12", ONCALL, Unknown("PM-12", None, "")),
        ("PM-12 please", POSTMORTEM, Unknown("PM-12", None, "please")),
    ],
)
def test_a_word_that_is_no_verb_comes_with_the_nearest_one(text: str, verbs: Verbs, unknown: Unknown) -> None:
    assert read_verb(text, verbs) == unknown


def test_no_word_means_two_verbs_and_usage_takes_the_commands_name() -> None:
    for verbs in (ONCALL, POSTMORTEM):
        words = [word for verb in verbs for word in (verb.name, *verb.aliases)]
        assert len(words) == len(set(words))
        assert verbs.named(verbs.default) in verbs.verbs
    assert ONCALL.help_lines("/duty")[0] == ("/duty now [schedule]", "who is on call, until when, and who is next")


@settings(max_examples=200, derandomize=True)
@given(st.text(max_size=30))
def test_any_command_text_is_a_verb_or_unknown(text: str) -> None:
    assert isinstance(read_verb(text, POSTMORTEM), Asked | Unknown)


@pytest.mark.parametrize(
    "text",
    ["PM-12", "pm12", "pm 12", "Pm - 12", "#12", "12", "PM‑12", "PM–12", " PM-12 ", "PM-012", "ＰＭ－12", "PM-12."],
)
def test_a_reference_is_read_in_every_form(text: str) -> None:
    assert read_reference(text) == 12


@pytest.mark.parametrize(
    "text", ["", "PM", "PM-", "PM-0", "0", "INC-7", "PM-12a", "12 13", "banana", "9" * 40, "2147483648"]
)
def test_what_is_no_reference_is_refused_with_the_form_to_type(text: str) -> None:
    with pytest.raises(Unreadable, match="PM-12"):
        read_reference(text)


def test_a_reference_is_split_from_what_follows_it() -> None:
    assert split_reference("PM-12 the “why”  part") == (12, "the “why”  part")
    assert split_reference("INC-7: db", prefix="INC") == (7, "db")
    assert split_reference("ＰＭ－１２ 原因") == (12, "原因")


def test_mentions_are_taken_out_in_order() -> None:
    found = extract("PM-12 <@U1|ana> and <@W2> in <#C3|ops> with <!subteam^S4|@dba> @raj me please", me="U9")
    assert found.found == (
        UserMention("U1", "ana"),
        UserMention("W2"),
        ChannelMention("C3", "ops"),
        GroupMention("S4", "dba"),
        UnresolvedMention("raj"),
        UserMention("U9"),
    )
    assert found.rest == "PM-12 and in with please"
    assert (found.users, found.channels, found.groups, found.unresolved) == (
        ("U1", "W2", "U9"),
        ("C3",),
        ("S4",),
        ("raj",),
    )


@pytest.mark.parametrize(
    "text",
    ["ana@example.com wrote", "<mailto:a@b.c|a@b.c>", "<!here> look", "&lt;@U1&gt;", "tell me", "some time", "@ 9"],
)
def test_what_only_looks_like_a_mention_stays_a_word(text: str) -> None:
    found = extract(text)
    assert (found.found, found.rest) == ((), text)


def test_escaping_is_undone_exactly_once() -> None:
    assert unescape("a &lt;b&gt; &amp; &amp;lt; &copy;") == "a <b> & &lt; &copy;"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("“fri” ‘18:00’", "\"fri\" '18:00'"),
        ("fri\u00a0\u202f 18:00", "fri 18:00"),
        ("9—5 9‑5 9–5 9−5", "9-5 9-5 9-5 9-5"),
        ("n\u200bo\ufeffw", "now"),
        ("ＰＭ－１２", "PM-12"),
        ("\tfri\n18:00 ", "fri 18:00"),
    ],
)
def test_phone_keyboards_are_read_like_any_other(typed: str, plain: str) -> None:
    assert for_parsing(typed) == plain


@settings(max_examples=200, derandomize=True)
@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert for_parsing(for_parsing(text)) == for_parsing(text)
