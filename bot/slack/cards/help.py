"""Help: one screen, or one verb."""

from __future__ import annotations

from bot.escaping import mrkdwn
from bot.slack.cards.blocks import Card, context, section
from bot.slack.words.verbs import Verbs, read_verb


def help_card(command: str, verbs: Verbs, *, about: str = "") -> Card:
    """What a command can do; with `about`, only that verb, where there is such a one."""
    if about:
        asked = read_verb(about, verbs)
        verb = getattr(asked, "verb", None)
        if verb is not None:
            text = mrkdwn(f"`{verb.usage_line(command)}`\n{verb.help}")
            also = f"Also: {', '.join(verb.aliases)}" if verb.aliases else ""
            return Card(text, (section(text), *([context(also)] if also else [])))
    lines = mrkdwn("\n".join(f"`{usage}`  {words}" for usage, words in verbs.help_lines(command)))
    return Card(lines, (section(lines), context("Times are read in your own zone, and shown in it.")))
