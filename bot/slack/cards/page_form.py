"""The form that reaches whoever is on call: which schedule, what is wrong, and whether it can wait."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.escaping import mrkdwn_within, shortened
from bot.queries.on_call import ScheduleStanding
from bot.queries.people import Person
from bot.slack.cards.blocks import Block, context, option, section
from bot.slack.cards.dates import weekday_and_time
from bot.slack.cards.inputs import external_select, field, modal, radio_buttons, text_input
from bot.slack.cards.on_call import sleep_hint
from bot.slack.cards.parties import MOST_HOLDERS, called, counted
from bot.slack.cards.sentences import listed
from bot.slack.ids import Action, Form
from bot.usecases.alerts.page import MOST_TEXT, Urgency

URGENCIES = {
    Urgency.URGENT: ("Urgent", "They are needed now (P1)"),
    Urgency.CAN_WAIT: ("It can wait", "They look when they can (P3)"),
}
NAME_IN_BUTTON = 18


@dataclass(frozen=True, slots=True)
class PageFields:
    """What is known of a page when its form is opened. `url` is the response URL by which who pages is answered.

    `replaces`: that answer takes the place of the message from which the form was opened.
    """

    schedule_id: str | None = None
    text: str = ""
    urgency: Urgency = Urgency.URGENT
    url: str = ""
    replaces: bool = False

    @property
    def metadata(self) -> str:
        """What the modal carries of it: how to answer; the rest stands in its fields."""
        return json.dumps({"url": self.url, "replaces": self.replaces}, separators=(",", ":"))

    @classmethod
    def read(cls, metadata: str) -> Self:
        """How to answer, from what a modal carries."""
        about = json.loads(metadata or "{}")
        return cls(url=about.get("url", ""), replaces=about.get("replaces", False))


def page_form(fields: PageFields, *, stand: ScheduleStanding | None, now: datetime, note: str = "") -> Block:
    """The form, filled in as far as the fields are known; `stand` is how the schedule of the fields stands.

    `note` says what of typed words was not understood.
    """
    chosen = option(stand.name, stand.id) if stand else None
    menu = external_select(Action.PAGE_SCHEDULE, initial=chosen, placeholder="Type a part of its name")
    wrong = text_input(
        initial=fields.text[:MOST_TEXT],
        multiline=True,
        max_length=MOST_TEXT,
        placeholder="What is broken, since when, what you have tried",
    )
    choices = {each: option(label, each, words) for each, (label, words) in URGENCIES.items()}
    blocks = [
        *([section(f":warning: {mrkdwn_within(note, 1000)}")] if note else []),
        field("schedule", "Whoever is on call for", menu, tells=True),
        *(_on_call(stand, now) if stand else []),
        field("text", "What is wrong", wrong),
        field("urgency", "How soon", radio_buttons(list(choices.values()), initial=choices[fields.urgency])),
        context("They get a direct message with buttons, the channel an alert. You are told here when it is seen."),
    ]
    return modal(Form.PAGE, "Page who is on call", blocks, submit=_submit(stand), metadata=fields.metadata)


def who_is_called(stand: ScheduleStanding) -> str:
    """Those on call by a schedule, in a sentence; empty for nobody."""
    names = [called(holder.who, brief=True) for holder in stand.holders]
    return listed(counted(names, MOST_HOLDERS))


def _on_call(stand: ScheduleStanding, now: datetime) -> list[Block]:
    if not stand.enabled:
        return [section(":warning: This schedule is switched off: nobody is on call by it.")]
    if not stand.holders:
        until = f" until {weekday_and_time(stand.next.at)}" if stand.next else ""
        return [section(f":warning: Nobody is on call{until}. Only the channel is told.")]
    ends = [holder.until for holder in stand.holders if holder.until]
    until = f" until {weekday_and_time(min(ends))}" if ends else ""
    asleep = [hint for holder in stand.holders[:MOST_HOLDERS] if (hint := sleep_hint(holder.who, now))]
    night = [section(f":zzz: It is {listed(asleep)}. This wakes them up.")] if asleep else []
    return [context(f"On call: {who_is_called(stand)}{until}"), *night]


def _submit(stand: ScheduleStanding | None) -> str:
    """The button that says the result."""
    if stand is None or len(stand.holders) != 1 or not isinstance(stand.holders[0].who, Person):
        return "Page them"
    return f"Page {shortened(stand.holders[0].who.name, NAME_IN_BUTTON)}"
