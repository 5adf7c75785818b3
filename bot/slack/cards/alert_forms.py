"""The small forms of an alert: whom to hand it to, and until when to leave its people alone."""

from __future__ import annotations

from datetime import datetime

from bot.queries.alerts import AlertView
from bot.slack.cards.alert_words import called_words, said
from bot.slack.cards.blocks import Block, context, section
from bot.slack.cards.inputs import external_select, field, metadata, modal, moment_input, text_input, user_select
from bot.slack.ids import Action, Form

LONGEST_NOTE = 3000


def hand_over_form(view: AlertView, *, url: str, replaces: bool) -> Block:
    """To whom: a person, or whoever is on call by a schedule. `url` is the response URL by which the sender is
    told, with `replaces` in the place of the message that was pressed.
    """
    blocks = [
        section(said(view)),
        context(called_words(view, mention=False)),
        field("person", "To a person", user_select(), optional=True),
        field(
            "schedule",
            "Or whoever is on call for",
            external_select(Action.LOOK_UP_SCHEDULE, placeholder="Type a part of its name"),
            optional=True,
        ),
        field("note", "What they should know", text_input(multiline=True, max_length=LONGEST_NOTE), optional=True),
        context("They get a direct message at once, with buttons to acknowledge it."),
    ]
    about = metadata(alert=view.id, url=url, replaces=replaces)
    return modal(Form.ALERT_HAND_OVER, f"Hand over {view.label}"[:24], blocks, submit="Hand over", metadata=about)


def snooze_form(view: AlertView, *, start: datetime) -> Block:
    """Until when; `start` is what it begins with."""
    blocks = [
        section(said(view)),
        field("until", "Until", moment_input(initial=start), hint="Nobody is told of it before. Then it comes back."),
    ]
    about = metadata(alert=view.id)
    return modal(Form.ALERT_SNOOZE, f"Snooze {view.label}"[:24], blocks, submit="Snooze", metadata=about)
