"""How an alert stands, in plain words that its card, the messages to its people and answers about it share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.escaping import mrkdwn_within
from bot.queries.alert_outlook import AlertOutlook, NextStep
from bot.queries.alerts import AlertView, RecipientView
from bot.queries.incident_cards import AlertLine
from bot.queries.on_call import ScheduleStanding
from bot.queries.people import Person
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.override import schedule_name
from bot.slack.cards.parties import MOST_HOLDERS, called, counted
from bot.slack.cards.people import grouped, keyed, named
from bot.slack.cards.sentences import listed
from bot.slack.words.local import duration_words
from bot.vocabulary import AlertResponderKind, EscalationCondition, ParticipantKind, RecipientState

MOST_CALLED = 6
"""Of those who were called, by name; of more there is the number."""
NAME, LABELS, MESSAGE = 100, 300, 600
"""Characters of a name, of a list of tags, and of an alert's own words, once they are escaped."""
OPEN, TAKEN, QUIET, CLOSED = ":red_circle:", ":large_yellow_circle:", ":large_blue_circle:", ":large_green_circle:"
"""The colours of the states. Each stands beside the word that says the same."""


def headline(view: AlertView) -> str:
    """Its priority and what it says, as typed: `P1 db is down`."""
    return f"{view.priority} {view.message}"


def said(view: AlertView) -> str:
    """What it says within a sentence, escaped and bold."""
    return f"*{mrkdwn_within(view.message, MESSAGE)}*"


def state_words(view: AlertView, now: datetime) -> str:
    """Its state by colour and by word, who brought it there and when."""
    if not view.is_open:
        by = f" by {_by(view.closed_by)}" if view.closed_by else ""
        lasted = duration_words((view.closed_at or now) - view.created_at)
        return f"{CLOSED} *Closed*{by} {day_and_time(view.closed_at or now)}, after {lasted}"
    if view.is_snoozed(now) and view.snoozed_until:
        taken = f", acknowledged by {_by(view.acknowledged_by)}" if view.acknowledged else ""
        return f"{QUIET} *Snoozed* until {day_and_time(view.snoozed_until)}{taken}"
    if view.acknowledged:
        since = f" {day_and_time(view.acknowledged_at)}" if view.acknowledged_at else ""
        with_ = f", now with {named(view.owner)}" if view.owner and view.owner.name != view.acknowledged_by else ""
        return f"{TAKEN} *Acknowledged* by {_by(view.acknowledged_by)}{since}{with_}"
    given = f", given to {named(view.owner)}" if view.owner else ""
    return f"{OPEN} *Open*{given}, nobody has acknowledged it yet"


def state_in_brief(alert: AlertLine) -> tuple[str, str]:
    """The same of an alert within another card: its colour, its word and who brought it there."""
    if not alert.is_open:
        return CLOSED, f"closed by {_by(alert.closed_by)}"
    if alert.is_snoozed:
        return QUIET, "snoozed"
    return (TAKEN, f"acknowledged by {_by(alert.acknowledged_by)}") if alert.acknowledged_by else (OPEN, "open")


def count_words(view: AlertView) -> str:
    """How often it came, and when last; empty for once."""
    return f"{view.count:,} times, last {day_and_time(view.last_occurred_at)}" if view.count > 1 else ""


def called_words(view: AlertView, *, mention: bool) -> str:
    """Who was told and what they did. With `mention` those ring who have not answered yet."""
    told = [_recipient(view, each, mention=mention) for each in view.recipients]
    if not told:
        return "Nobody was called yet." if view.is_open else "Nobody was called."
    return f"Called: {listed(counted(told, MOST_CALLED))}."


def on_call_words(stand: ScheduleStanding) -> str:
    """Who is on call by a schedule and until when, for the small print."""
    name = schedule_name(stand.name)
    if not stand.holders:
        return f"{name}: {gap_words(stand)}"
    who = listed(counted([called(each.who, brief=True) for each in stand.holders], MOST_HOLDERS))
    ends = [each.until for each in stand.holders if each.until]
    until = f" until {day_and_time(min(ends))}" if ends else ""
    then = listed([called(each, brief=True) for each in stand.next.people[:MOST_HOLDERS]]) if stand.next else ""
    return f"{name}: {who}{until}{f', then {then}' if then else ''}"


def gap_words(stand: ScheduleStanding) -> str:
    """That nobody is on call, and until when."""
    if not stand.enabled:
        return "it is switched off, nobody is on call by it"
    return f"nobody until {day_and_time(stand.next.at)}" if stand.next else "nobody is on call, and nobody will be"


def gap_end_words(stand: ScheduleStanding) -> str:
    """Until when nobody is on call by a schedule, behind its name."""
    if not stand.enabled:
        return f"{schedule_name(stand.name)}, which is switched off"
    until = f" until {day_and_time(stand.next.at)}" if stand.next else ", and nobody will be"
    return f"{schedule_name(stand.name)}{until}"


def next_words(step: NextStep | None) -> str:
    """What comes next by its escalations, and on what condition; empty where nothing does."""
    if step is None:
        return ""
    unless = "closed" if step.condition is EscalationCondition.NOT_CLOSED else "acknowledged"
    by = f" ({mrkdwn_within(step.escalation, NAME)})" if step.escalation else ""
    whom = listed(counted([named(each) for each in step.people], MOST_HOLDERS)) or "nobody"
    return f"Next: {whom} {day_and_time(step.at)}, unless it is {unless} by then{by}."


def origin_words(view: AlertView) -> str:
    """Where it came from: the person who paged, or the program."""
    if view.created_by:
        return named(view.created_by)
    return f"the {keyed(view.key)}" if view.key else "a program"


def small_print(outlook: AlertOutlook) -> list[str]:
    """Its number and origin, what it is about, and its tags; then who is on call."""
    view = outlook.view
    facts = [f"{view.label} from {origin_words(view)}, since {day_and_time(view.created_at)}"]
    facts.extend(mrkdwn_within(each, NAME) for each in (view.source, view.entity) if each)
    if outlook.incident:
        facts.append(f"incident {outlook.incident}: {outlook.incident_status or 'open'}")
    if view.team:
        facts.append(grouped(ParticipantKind.TEAM, view.team))
    if view.tags:
        facts.append(mrkdwn_within(f"tags: {', '.join(view.tags)}", LABELS))
    stands = [f"On call {on_call_words(each)}" for each in outlook.stands]
    return [" · ".join(facts), *stands]


def why_me(view: AlertView, stands: Sequence[ScheduleStanding], me: Person, *, through: str) -> str:
    """For which schedule somebody is called, and until when they are on call by it; `through` is for whom they stand.

    Empty where that is not known.
    """
    for stand in stands:
        for holder in stand.holders:
            people = (holder.who,) if isinstance(holder.who, Person) else holder.who.people
            if any(each.id == me.id for each in people):
                until = f" until {day_and_time(holder.until)}" if holder.until else ""
                return f"you are on call for {schedule_name(stand.name)}{until}"
    is_named = any(each.kind is AlertResponderKind.USER and each.id == me.id for each in view.responders)
    if is_named or through in {me.email, me.slack_id, me.name}:
        return "you were named"
    return f"for {schedule_name(through)}" if through else ""


def _recipient(view: AlertView, each: RecipientView, *, mention: bool) -> str:
    rings = mention and view.is_open and not view.acknowledged and each.state is RecipientState.NOTIFIED
    who = named(each.person, mention=rings)
    match each.state:
        case RecipientState.ACKNOWLEDGED:
            return f"{who} (acknowledged)"
        case RecipientState.DECLINED:
            return f"{who} (passed it on)"
        case _:
            return who


def _by(name: str | None) -> str:
    return mrkdwn_within(name or "somebody", NAME)
