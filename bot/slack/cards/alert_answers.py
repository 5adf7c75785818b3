"""What somebody is told who pressed a button of an alert and was not the first, or whose press did nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.escaping import mrkdwn_within
from bot.queries.alerts import AlertView
from bot.queries.people import Person
from bot.slack.cards.alert_words import MOST_CALLED, NAME, said
from bot.slack.cards.blocks import TEXT_LIMIT, Card, actions, button, context, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.parties import counted
from bot.slack.cards.people import named
from bot.slack.cards.sentences import listed, said_card
from bot.slack.ids import Action


def second_card(view: AlertView, me: Person) -> Card:
    """Who was first and when: `Ana was quicker: acknowledged today at 02:43.`"""
    name, at = (view.acknowledged_by, view.acknowledged_at) if view.is_open else (view.closed_by, view.closed_at)
    did = "acknowledged" if view.is_open else "closed"
    when = f" {day_and_time(at)}" if at else ""
    if name == me.name:
        return said_card(f"You {did} {said(view)} already,{when}.")
    who = mrkdwn_within(name or "Somebody", NAME)
    rest = "Thank you, they are on it." if view.is_open else "Nothing is left to do."
    return said_card(f"{who} was quicker and {did} {said(view)}{when}. {rest}")


def stuck_card(view: AlertView, sentence: str) -> Card:
    """Why it cannot be passed on, and the way to choose somebody."""
    text = mrkdwn_within(sentence, TEXT_LIMIT)
    return Card(text, (section(text), actions(button("Hand over", f"{Action.ALERT}:assign", view.id, style="primary"))))


def handed_card(view: AlertView, to: Sequence[Person]) -> Card:
    """To who handed it over: who is called now."""
    gets = "gets" if len(to) == 1 else "get"
    return said_card(f"{said(view)} is handed over: {_names(to)} {gets} a direct message.")


def unheard_card(view: AlertView, on_call: Sequence[Person]) -> Card:
    """To who gave it to a schedule by which nobody was called, though these are on call; and the way to go on."""
    why = f"{_names(on_call)} cannot be called to it, or passed it on" if on_call else "nobody is on call there now"
    text = f":warning: *Nobody was called* to {said(view)}: {why}."
    again = button("Hand over", f"{Action.ALERT}:assign", view.id, style="primary")
    return Card(text, (section(text), context("Hand it to somebody else, or call them."), actions(again)))


def _names(people: Sequence[Person]) -> str:
    return listed(counted([named(each) for each in people], MOST_CALLED))
