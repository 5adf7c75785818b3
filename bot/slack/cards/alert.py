"""The message of an alert in its channel, edited in place; and the loud one where nobody is on call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.escaping import mrkdwn_within
from bot.queries.alert_outlook import AlertOutlook, NobodyCalled
from bot.queries.alerts import AlertView
from bot.queries.on_call import ScheduleStanding
from bot.slack.cards.alert_buttons import close_button
from bot.slack.cards.alert_words import (
    MOST_CALLED,
    NAME,
    called_words,
    count_words,
    gap_end_words,
    headline,
    next_words,
    said,
    small_print,
    state_words,
)
from bot.slack.cards.blocks import TEXT_LIMIT, Block, Card, actions, button, context, header, option, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import menu
from bot.slack.cards.on_call import fill_the_gap
from bot.slack.cards.override import schedule_name
from bot.slack.cards.parties import counted
from bot.slack.cards.quotations import is_whole, quotation
from bot.slack.cards.sentences import listed
from bot.slack.ids import Action
from bot.slack.words.snoozes import CHOICES

DESCRIPTION = 600
"""Of a description in its message; the whole of it stands behind [Read all] and [Why?]."""


def alert_card(outlook: AlertOutlook, *, now: datetime, is_new: bool) -> Card:
    """How it stands, who was called, what comes next, and what can be done. Only a new message rings, and only with
    those who were called and have not answered.
    """
    view = outlook.view
    why = button("Why?", f"{Action.ALERT}:why", view.id)
    blocks = [
        header(headline(view)),
        section(" · ".join(filter(None, (state_words(view, now), count_words(view))))),
        section(_people(outlook, mention=is_new), accessory=why),
        *described(view, has_why=True),
        context(*small_print(outlook)),
        *([actions(*_buttons(outlook))] if view.is_open else []),
    ]
    return Card(plain_words(outlook, now), tuple(blocks))


def plain_words(outlook: AlertOutlook, now: datetime) -> str:
    """What it is and how it stands, for notifications and screen readers; nobody is mentioned."""
    state = state_words(outlook.view, now).partition(" ")[2]
    called = called_words(outlook.view, mention=False)
    return f"{mrkdwn_within(headline(outlook.view), TEXT_LIMIT // 2)}. {state}. {called}"


def described(view: AlertView, *, has_why: bool) -> list[Block]:
    """The beginning of its description, and the way to all of it where there is more.

    `has_why`: the message has a button [Why?] already; else there is one beside it.
    """
    if not view.description.strip():
        return []
    beginning = quotation(view.description, DESCRIPTION)
    if is_whole(view.description, DESCRIPTION):
        return [section(beginning)]
    if has_why:
        return [section(beginning), context("[Why?] shows all of it.")]
    return [section(beginning, accessory=button("Read all", f"{Action.ALERT}:why", view.id))]


def nobody_card(outlook: AlertOutlook, said_so: NobodyCalled, *, now: datetime, is_new: bool) -> Card:
    """Nobody could be called to an alert: why, until when, and the ways out. A new one rings with everybody there."""
    view, gaps = outlook.view, {each.name: each for each in outlook.stands if not each.holders}
    is_seen_to = view.acknowledged or not view.is_open
    whom = [gap_end_words(gaps[each]) if each in gaps else schedule_name(each) for each in said_so.called]
    was = "was" if is_seen_to else "is"
    lines = [f"Nobody {was} on call for {listed(counted(whom, MOST_CALLED))}."] if whom else []
    if said_so.unreachable:
        lines.append(f"Not in Slack: {_names(said_so.unreachable)}.")
    if said_so.declined:
        lines.append(f"Passed on by {_names(said_so.declined)}.")
    lines.extend(mrkdwn_within(each, NAME) for each in said_so.missed[:MOST_CALLED])
    if not lines:
        lines.append("It names nobody to call.")
    text = f":warning: *Nobody was called* to {said(view)} ({view.priority}). {' '.join(lines)}"
    if is_seen_to:
        return Card(text, (section(text), context(state_words(view, now).replace("*", ""))))
    rings = "<!here> " if is_new else ""
    return Card(text, (section(f"{rings}{text}"), actions(*_ways_out(view, gaps.values(), now))))


def gone_card() -> Card:
    """In the place of an alert that was deleted."""
    text = "This alert was deleted."
    return Card(text, (section(text),))


def _ways_out(view: AlertView, gaps: Iterable[ScheduleStanding], now: datetime) -> list[Block]:
    fillers = [filler for each in gaps if (filler := fill_the_gap(each, now))]
    return [
        button("I have it", f"{Action.ALERT}:acknowledge", view.id, style="primary"),
        button("Page someone", f"{Action.ALERT}:assign", view.id),
        *fillers[:2],
    ]


def _people(outlook: AlertOutlook, *, mention: bool) -> str:
    view = outlook.view
    gaps = listed([gap_end_words(each) for each in outlook.stands if not each.holders])
    if outlook.begins:
        return f"Nobody is called before {day_and_time(outlook.begins)}: a policy delays it."
    is_unheard = view.is_open and not view.recipients and not view.acknowledged and gaps
    if is_unheard:
        return f":warning: *Nobody was called*: nobody is on call for {gaps}."
    parts = [called_words(view, mention=mention)]
    if view.is_open:
        parts.append(next_words(outlook.next))
    return " ".join(filter(None, parts))


def _buttons(outlook: AlertOutlook) -> list[Block]:
    view = outlook.view
    snoozes = [option(label, f"{view.id} {words}") for label, words in CHOICES]
    return [
        *(
            []
            if view.acknowledged
            else [button("Acknowledge", f"{Action.ALERT}:acknowledge", view.id, style="primary")]
        ),
        close_button(view.id, view.number),
        button("Hand over", f"{Action.ALERT}:assign", view.id),
        button(
            f"See {outlook.incident}" if outlook.incident else "Declare incident",
            Action.ALERT_DECLARE_INCIDENT,
            view.id,
        ),
        menu(snoozes, f"{Action.ALERT}:snooze", "Snooze"),
    ]


def _names(names: Sequence[str]) -> str:
    return listed(counted([mrkdwn_within(each, NAME) for each in names], MOST_CALLED))
