"""The direct message to somebody who is called to an alert; and what who paged them is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.escaping import mrkdwn_within
from bot.queries.alert_outlook import AlertOutlook, HandOver
from bot.queries.alerts import AlertView, RecipientView
from bot.queries.people import Person
from bot.slack.cards.alert import described
from bot.slack.cards.alert_buttons import close_button
from bot.slack.cards.alert_words import (
    MOST_CALLED,
    NAME,
    TAKEN,
    count_words,
    gap_end_words,
    headline,
    next_words,
    origin_words,
    said,
    state_words,
    why_me,
)
from bot.slack.cards.blocks import TEXT_LIMIT, Block, Card, actions, button, context, header, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.parties import counted
from bot.slack.cards.people import named
from bot.slack.cards.quotations import quotation
from bot.slack.cards.sentences import listed
from bot.slack.ids import Action
from bot.vocabulary import RecipientState

NOTE_LINES = 100
"""Of what was written along with it: that stands nowhere else in Slack."""


def paged_card(
    outlook: AlertOutlook,
    me: Person,
    *,
    now: datetime,
    link: str,
    through: str = "",
    handed: HandOver | None = None,
) -> Card:
    """What is wrong, who calls, since when and why `me`; once it is in somebody's hands, in whose.

    `link` leads to its message in the channel; empty where there is none. `through` is for whom `me` stands, `handed`
    how they came to own it.
    """
    view = outlook.view
    call = _call(outlook, me, through, handed)
    waits = _waits_for(view, me)
    is_quiet = view.is_snoozed(now)
    state = [section(_what_became(view, me, now))] if is_quiet or not waits else []
    small = " · ".join(filter(None, (f"{view.label}", count_words(view), next_words(outlook.next) if waits else "")))
    buttons = _buttons(view, me, link, waits=waits)
    blocks = [
        header(headline(view)),
        *state,
        section(call),
        *([section(quotation(handed.note, TEXT_LIMIT, lines=NOTE_LINES))] if handed and handed.note.strip() else []),
        *described(view, has_why=False),
        context(small),
        *([actions(*buttons)] if buttons else []),
    ]
    text = mrkdwn_within(headline(view), TEXT_LIMIT // 2)
    return Card(f"{text}. {_what_became(view, me, now) if state else call}", tuple(blocks))


def asked_card(outlook: AlertOutlook) -> Card:
    """To who paged somebody: who is called, and once it is seen, by whom and when."""
    view = outlook.view
    if not view.is_open:
        by = f" by {mrkdwn_within(view.closed_by, NAME)}" if view.closed_by else ""
        text = f":large_green_circle: {said(view)} is *closed*{by}{_when(view.closed_at)}."
    elif view.acknowledged:
        by = mrkdwn_within(view.acknowledged_by or "somebody", NAME)
        text = f":white_check_mark: *Seen* by {by}{_when(view.acknowledged_at)}: {said(view)}"
    elif view.recipients:
        return _with_note(f":outbox_tray: *Sent* to {_sent_to(view)}: {said(view)}", *_not_seen(outlook))
    elif outlook.begins:
        text = f":hourglass: *Not sent yet*: a policy delays it until {day_and_time(outlook.begins)}. {said(view)}"
        return _with_note(
            text,
            "You are told here when it is seen. Somebody you choose is told at once.",
            button("Page someone", f"{Action.ALERT}:assign", view.id),
        )
    elif outlook.quiet_by:
        policy = mrkdwn_within(outlook.quiet_by, NAME)
        text = f":warning: *Nobody was reached*: the policy “{policy}” keeps it quiet. {said(view)}"
        return _with_note(text, "Somebody you choose is told at once.", _page_someone(view))
    else:
        gaps = listed([gap_end_words(each) for each in outlook.stands if not each.holders])
        why = f": nobody is on call for {gaps}" if gaps else ""
        where = f"stands in <#{view.channel}>." if view.channel else "stands in no channel: none is linked."
        text = f":warning: *Nobody was reached*{why}. {said(view)} {where}"
        return _with_note(text, "Hand it to somebody else, or call them.", _page_someone(view))
    return Card(text, (section(text),))


def _sent_to(view: AlertView) -> str:
    """Who was told first and when, and to whom it went on without an answer: when last."""
    order = sorted(view.recipients, key=lambda each: each.created_at)
    first = [each for each in order if each.created_at == order[0].created_at]
    then = order[len(first) :]
    words = f"{_recipients(first)}{_when(view.created_at)}"
    return f"{words}, then to {_recipients(then)}{_when(then[-1].created_at)}" if then else words


def _recipients(recipients: Sequence[RecipientView]) -> str:
    return listed(counted([named(each.person) for each in recipients], MOST_CALLED))


def _not_seen(outlook: AlertOutlook) -> tuple[str, *tuple[Block, ...]]:
    """What follows, and the way to somebody else where nobody comes after those who were told."""
    if outlook.next:
        return (" ".join(filter(None, ("Not seen yet.", next_words(outlook.next), "You are told here when it is."))),)
    return (
        "Not seen yet, and nobody else comes next. You are told here when it is seen.",
        button("Page someone", f"{Action.ALERT}:assign", outlook.view.id),
    )


def _page_someone(view: AlertView) -> Block:
    return button("Page someone", f"{Action.ALERT}:assign", view.id, style="primary")


def _with_note(text: str, note: str, *buttons: Block) -> Card:
    return Card(text, (section(text), context(note), *([actions(*buttons)] if buttons else [])))


def _call(outlook: AlertOutlook, me: Person, through: str, handed: HandOver | None) -> str:
    """Who calls, since when, and why this person."""
    view = outlook.view
    if handed and (handed.by is None or handed.by.id != me.id):
        by = named(handed.by) if handed.by else "A program"
        return f":rotating_light: *{by} hands it to you.* It came from {origin_words(view)}{_when(view.created_at)}."
    why = why_me(view, outlook.stands, me, through=through)
    is_mine = view.created_by is not None and view.created_by.id == me.id
    calls = "calls" if _waits_for(view, me) else "called"
    by = "You paged yourself" if is_mine else f"{_capital(origin_words(view))} {calls} you"
    return f":rotating_light: *{by}*{_when(view.created_at)}{f': {why}' if why else ''}."


def _waits_for(view: AlertView, me: Person) -> bool:
    """Whether it waits for this person's answer."""
    return view.is_open and not view.acknowledged and _state_of(view, me) is RecipientState.NOTIFIED


def _what_became(view: AlertView, me: Person, now: datetime) -> str:
    state = _state_of(view, me)
    if _has_it(view, me):
        return f"{TAKEN} *You have it*, {_taken(view, me)}{_when(view.acknowledged_at)}."
    words = state_words(view, now)
    if view.is_open and not view.acknowledged and state is RecipientState.DECLINED:
        return f"You passed it on. {words}."
    return f"{words}. You need to do nothing." if view.acknowledged or not view.is_open else words


def _buttons(view: AlertView, me: Person, link: str, *, waits: bool) -> list[Block]:
    offered: list[Block] = []
    if waits:
        offered = [
            button("Acknowledge", f"{Action.ALERT}:acknowledge", view.id, style="primary"),
            button("Hand to next", f"{Action.ALERT}:next", view.id),
            button("Not mine", f"{Action.ALERT}:decline", view.id),
        ]
    elif _has_it(view, me):
        offered = [
            close_button(view.id, view.number),
            button("Hand over", f"{Action.ALERT}:assign", view.id),
        ]
    return [*offered, *([{**button("Open", Action.OPEN_PAGE), "url": link}] if link else [])]


def _taken(view: AlertView, me: Person) -> str:
    by_me = view.acknowledged_by == me.name
    return "acknowledged" if by_me else f"acknowledged by {mrkdwn_within(view.acknowledged_by or 'somebody', NAME)}"


def _has_it(view: AlertView, me: Person) -> bool:
    """Whether it is in this person's hands."""
    is_owner = view.owner is not None and view.owner.id == me.id
    return view.is_open and view.acknowledged and is_owner


def _state_of(view: AlertView, me: Person) -> RecipientState | None:
    return next((each.state for each in view.recipients if each.person.id == me.id), None)


def _when(at: datetime | None) -> str:
    return f" {day_and_time(at)}" if at else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
