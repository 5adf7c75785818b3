"""What is said to the bot without a slash, and which command it means."""

from __future__ import annotations

import pytest

from bot.slack.words.spoken import NotUnderstood, Spoken, addressed, read_spoken


@pytest.mark.parametrize(
    ("words", "command", "text"),
    [
        ("", "/oncall", ""),
        ("now payments", "/oncall", "now payments"),
        ("Now, payments", "/oncall", "Now, payments"),
        ("/oncall next", "/oncall", "next"),
        ("oncall", "/oncall", ""),
        ("postmortem list draft", "/postmortem", "list draft"),
        ("PM-12", "/postmortem", "PM-12"),
        ("add PM-12 14:05 rolled back", "/postmortem", "add PM-12 14:05 rolled back"),
        ("mine", "/postmortem", "mine"),
        ("who is on call?", "/oncall", "now"),
        ("Who’s on-call for Payments?", "/oncall", "now Payments"),
        ("who is on call now in payments", "/oncall", "now payments"),
        ("who", "/oncall", "who"),
        ("undo", "/oncall", "undo"),
        ("undo PM-12", "/postmortem", "undo PM-12"),
        ("help", "/oncall", "help"),
        ("help publish", "/postmortem", "help publish"),
        ("help now", "/oncall", "help now"),
    ],
)
def test_words_mean_the_command_whose_verb_they_begin_with(words: str, command: str, text: str) -> None:
    assert read_spoken(words) == Spoken(command, text)


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("nwo payments", "/oncall now payments"),
        ("aprove PM-12", "/postmortem approve PM-12"),
        ("thank you so much", None),
        ("🎉", None),
    ],
)
def test_unknown_words_name_the_line_that_may_have_been_meant(words: str, nearest: str | None) -> None:
    assert read_spoken(words) == NotUnderstood(words, nearest)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@UBOT> now payments", "now payments"),
        ("<@UBOT|watchbill>  now", "now"),
        ("hey <@UBOT> who is on call?", "who is on call?"),
        ("now payments <@UBOT>", "now payments"),
        ("<@UBOT>", ""),
        ("<@UBOT>: now payments", "now payments"),
        ("<@UBOT>, who’s on call?", "who’s on call?"),
        ("thanks <@UBOT>!", "thanks"),
        ("now <@URAJ>", "now <@URAJ>"),
        ("<@UBOT> why <@UBOT>", "why <@UBOT>"),
    ],
)
def test_what_follows_the_mention_is_said_to_the_bot(text: str, said: str) -> None:
    assert addressed(text, "UBOT") == said
