"""One plain sentence to a person: what has happened, or what cannot be done and what to do instead."""

from __future__ import annotations

from bot.escaping import mrkdwn_within
from bot.slack.cards.blocks import TEXT_LIMIT, Card, actions, button, section
from bot.slack.ids import Action


def mistake_card(sentence: str, nearest: tuple[str, ...] = ()) -> Card:
    """One plain sentence, and what may have been meant as buttons; each of `nearest` is a whole command line."""
    text = mrkdwn_within(sentence, TEXT_LIMIT)
    if not nearest:
        return Card(text, (section(text),))
    offers = [button(line, f"{Action.RUN}:{place}", line.removeprefix("/")) for place, line in enumerate(nearest[:5])]
    return Card(text, (section(text), actions(*offers)))


def said_card(sentence: str) -> Card:
    """One plain sentence, escaped already: what has happened."""
    return Card(sentence, (section(sentence),))


def failure_card(reference: str) -> Card:
    """For what we did not foresee: nothing is hidden, and the log can be searched for the reference."""
    text = f"Something went wrong on Watchbill's side. Try again, or show `{reference}` to whoever runs it."
    return Card(text, (section(text),))
