"""Help: one screen, or one verb."""

from __future__ import annotations

from bot.escaping import mrkdwn
from bot.slack.cards.blocks import Card, actions, button, context, section
from bot.slack.ids import Action
from bot.slack.words.verbs import Verbs, read_verb

SAYINGS = (
    ("now", "who is on call, until when, and who is next"),
    ("me", "your shifts"),
    ("page payments the db is down", "reach the person on call, now"),
    ("mine", "your open postmortems, and what waits for you"),
    ("create checkout down", "start a postmortem"),
    ("add PM-12 14:05 rolled back", "an entry of its timeline"),
)


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


def spoken_help_card() -> Card:
    """For who writes to us in a direct message and means no command: what can be said here, in one screen."""
    sentence = "I answer questions about who is on call, and keep postmortems. Say one of these here, or after a slash:"
    lines = "\n".join(f"`{line}`  {words}" for line, words in SAYINGS)
    offers = actions(
        button("Who is on call?", f"{Action.RUN}:now", "oncall now"),
        button("My postmortems", f"{Action.RUN}:mine", "postmortem mine"),
    )
    also = context("`help oncall` and `help postmortem` list all there is. You get this once a day at most.")
    return Card(f"{sentence}\n{lines}", (section(f"{sentence}\n{lines}"), offers, also))
