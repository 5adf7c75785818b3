"""One plain sentence to a person: what has happened, or what cannot be done and what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

from bot.escaping import mrkdwn_within
from bot.slack.cards.blocks import TEXT_LIMIT, Block, Card, actions, button, context, section
from bot.slack.cards.typed import verbatim
from bot.slack.ids import Action
from bot.slack.words.normalise import as_typed

STRAY = "That button is from an older message and does nothing now. Ask again, or try `/postmortem mine`."
VALUE_LIMIT = 2000
"""What a button's value takes."""
MESSAGE_CHARACTERS = 9000
"""Of a typed text in one message; nobody can type more behind a slash."""


def mistake_card(sentence: str, nearest: tuple[str, ...] = ()) -> Card:
    """One plain sentence, and what may have been meant as buttons; each of `nearest` is a whole command line."""
    text = mrkdwn_within(sentence, TEXT_LIMIT)
    lines = [line for line in nearest[:5] if len(line) <= VALUE_LIMIT]
    if not lines:
        return Card(text, (section(text),))
    offers = [_runs(as_typed(line), f"{Action.RUN}:{place}", line) for place, line in enumerate(lines)]
    return Card(text, (section(text), actions(*offers)))


def again_card(sentence: str, line: str) -> Card:
    """One plain sentence, and a button that carries out the same command line once more."""
    text = mrkdwn_within(sentence, TEXT_LIMIT)
    return Card(text, (section(text), actions(_runs("Try again", f"{Action.RUN}:again", line))))


def form_card(line: str) -> Card:
    """For words that were spoken and need a form: Slack opens one only for a press. The words stay in their message."""
    text = "There is a form for this. Press the button to open it."
    if len(line) > VALUE_LIMIT:
        return mistake_card(f"There is a form for this, but your words are too many for a button. Type `{line[:40]}…`.")
    return Card(text, (section(text), actions(_runs("Open the form", f"{Action.RUN}:form", line, style="primary"))))


def with_kept(card: Card, draft_id: str) -> Card:
    """The card, and the way back to what was typed, which is kept."""
    note = context(":floppy_disk: What you typed is kept. `/postmortem mine` offers it too.")
    return Card(card.text, (*card.blocks, note, actions(button("Open my text", Action.KEPT, draft_id))))


def with_text(card: Card, typed: str) -> Card:
    """The card, and what was typed, letter for letter, to be copied."""
    return Card(card.text, (*card.blocks, context("This is what you typed:"), *verbatim(typed[:MESSAGE_CHARACTERS])))


def _runs(label: str, action_id: str, line: str, *, style: str | None = None) -> Block:
    return button(label, action_id, line.removeprefix("/"), style=style)


def said_card(sentence: str) -> Card:
    """One plain sentence, escaped already: what has happened."""
    return Card(sentence, (section(sentence),))


def listed(words: Sequence[str]) -> str:
    """The words as one says them in a row: `Raj`, `Raj and Mia`, `Raj, Mia and Lee`; empty for none."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def failure_card(reference: str) -> Card:
    """For what we did not foresee: nothing is hidden, and the log can be searched for the reference."""
    text = f"Something went wrong on Watchbill's side. Try again, or show `{reference}` to whoever runs it."
    return Card(text, (section(text),))
