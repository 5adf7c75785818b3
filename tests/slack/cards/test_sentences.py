from __future__ import annotations

import pytest

from bot.slack.cards.sentences import listed


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["Raj"], "Raj"), (["Raj", "Mia"], "Raj and Mia"), (["Raj", "Mia", "Lee"], "Raj, Mia and Lee")],
)
def test_names_in_a_row_are_said_as_one_says_them(words: list[str], said: str) -> None:
    assert listed(words) == said
