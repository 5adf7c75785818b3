"""The open alerts that somebody was called to, as rows of their Home tab."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.escaping import mrkdwn_within
from bot.queries.own_alerts import OwnAlert
from bot.slack.cards.alert_buttons import close_button
from bot.slack.cards.alert_words import MESSAGE, NAME, OPEN, QUIET, TAKEN
from bot.slack.cards.blocks import Block, button, context, header, section
from bot.slack.cards.dates import day_and_time
from bot.slack.ids import Action


def own_alert_rows(alerts: Sequence[OwnAlert], *, most: int, now: datetime) -> list[Block]:
    """A heading and `most` rows at most; nothing at all where there is no such alert."""
    if not alerts:
        return []
    more = [context("There are more: your direct messages have them all.")] if len(alerts) > most else []
    return [header("Alerts you were called to"), *(_row(each, now) for each in alerts[:most]), *more]


def _row(alert: OwnAlert, now: datetime) -> Block:
    words = f"*{alert.priority} {mrkdwn_within(alert.message, MESSAGE)}*\n{_state(alert, now)}"
    if alert.acknowledged_by:
        return section(words, accessory=close_button(alert.id, alert.number))
    return section(words, accessory=button("Acknowledge", f"{Action.ALERT}:acknowledge", alert.id))


def _state(alert: OwnAlert, now: datetime) -> str:
    since = f"#{alert.number}, since {day_and_time(alert.created_at)}"
    if alert.snoozed_until and now < alert.snoozed_until:
        return f"{QUIET} Snoozed until {day_and_time(alert.snoozed_until)} · {since}"
    if alert.acknowledged_by:
        return f"{TAKEN} Acknowledged by {mrkdwn_within(alert.acknowledged_by, NAME)} · {since}"
    return f"{OPEN} Open · {since}"
