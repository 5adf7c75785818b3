"""Who is on call, as a card: one paragraph a schedule, and under it why."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.engines.wallclock import to_local
from bot.escaping import mrkdwn
from bot.queries.on_call import Because, Holder, MyShift, ScheduleStanding
from bot.queries.people import Person
from bot.slack.cards.blocks import Block, Card, actions, button, context, section
from bot.slack.cards.dates import clock_time, day_and_time
from bot.slack.cards.people import named
from bot.slack.ids import Action
from bot.slack.words.local import duration_words

ASLEEP_FROM, AWAKE_FROM = 22, 7
"""Hours of somebody's own day in which they are taken to be asleep."""


def now_card(stands: list[ScheduleStanding], *, at: datetime, line: str, more: int, public: bool) -> Card:
    """`/oncall now`: who, until when, who is next, and why.

    `line` is the question, for [Show to channel]; `more` how many schedules are not shown; in a `public` answer nobody
    is mentioned, since everybody would be pinged.
    """
    blocks: list[Block] = []
    for stand in stands:
        blocks.append(section(_who(stand, public=public)))
        small = _small_print(stand, at)
        if small:
            blocks.append(context(small))
    if more:
        blocks.append(context(f"{more} more: name the one you want, as in `/oncall now {mrkdwn(stands[-1].name)}`"))
    if not public:
        blocks.append(actions(button("Show to channel", Action.SHOW, line)))
    return Card("\n".join(_plainly(stand) for stand in stands), tuple(blocks))


def next_card(stands: list[ScheduleStanding], *, line: str, public: bool) -> Card:
    """`/oncall next`: the next hand-off of each schedule."""
    lines = [_next_line(stand, public=public) for stand in stands]
    blocks: list[Block] = [section(line_) for line_ in lines]
    if not public:
        blocks.append(actions(button("Show to channel", Action.SHOW, line)))
    return Card("\n".join(lines), tuple(blocks))


def why_card(stands: list[ScheduleStanding], *, about: Person | None) -> Card:
    """`/oncall why`: a sentence for everybody on call, or for one person."""
    lines = [
        f"*{mrkdwn(stand.name)}*: {_sentence(holder)}"
        for stand in stands
        for holder in stand.holders
        if about is None or holder.person.id == about.id
    ]
    if about and not lines:
        lines = [f"{named(about)} is not on call at the moment."]
    if not lines:
        lines = ["Nobody is on call at the moment."]
    return Card("\n".join(lines), tuple(section(line) for line in lines[:40]))


def me_card(shifts: list[MyShift], *, now: datetime, until: datetime, zone: ZoneInfo, is_cut: bool) -> Card:
    """`/oncall me`: a person's shifts in order of time. `is_cut`: they asked for more than a year, and this is one."""
    cut = f"Shown until {day_and_time(until)}: a year at most." if is_cut else ""
    if not shifts:
        text = f"You are not on call before {day_and_time(until)}."
        return Card(text, (section(text), *([context(cut)] if cut else [])))
    lines = []
    for shift in shifts[:40]:
        running = " _now_" if shift.start <= now else ""
        until_when = "with no end in sight"
        if shift.end:
            until_when = f"to {day_and_time(shift.end)} ({duration_words(shift.end - shift.start)})"
        lines.append(f"*{mrkdwn(shift.schedule)}*{running}  {day_and_time(shift.start)} {until_when}")
    head = f"Your shifts until {day_and_time(until)}"
    small = f"Times are yours ({zone.key}). {cut}".rstrip()
    if len(shifts) > len(lines):
        small = f"{len(shifts) - len(lines)} more after these. {small}"
    return Card(head, (section(f"*{head}*"), *(section(line) for line in lines), context(small)))


def _who(stand: ScheduleStanding, *, public: bool) -> str:
    name = f"*{mrkdwn(stand.name)}*"
    if not stand.enabled:
        return f"{name} is switched off; nobody is on call by it."
    if not stand.holders:
        return f"{name}  :warning: {_gap(stand, public=public)}"
    holders = " and ".join(_holder(holder, public=public) for holder in stand.holders)
    return f"{name}  {holders}{_then(stand, public=public)}"


def _holder(holder: Holder, *, public: bool) -> str:
    until = f"until *{day_and_time(holder.until)}*" if holder.until else "with no end in sight"
    return f"{named(holder.person, mention=not public)} {until}"


def _then(stand: ScheduleStanding, *, public: bool) -> str:
    if stand.next is None:
        return ""
    if not stand.next.people:
        return ", then nobody"
    ends = [holder.until for holder in stand.holders]
    when = "" if ends == [stand.next.at] else f" from {day_and_time(stand.next.at)}"
    return f", then {_people(stand.next.people, public=public)}{when}"


def _gap(stand: ScheduleStanding, *, public: bool) -> str:
    if stand.next is None:
        return "nobody is on call, and nobody will be"
    return f"nobody until *{day_and_time(stand.next.at)}*, then {_people(stand.next.people, public=public)}"


def _next_line(stand: ScheduleStanding, *, public: bool) -> str:
    name = f"*{mrkdwn(stand.name)}*"
    if not stand.enabled:
        return f"{name} is switched off; nobody is on call by it."
    if stand.next is None:
        return f"{name}  no hand-off in sight"
    if not stand.next.people:
        return f"{name}  {day_and_time(stand.next.at)}: nobody from then on"
    long = f" for {duration_words(stand.next.until - stand.next.at)}" if stand.next.until else ""
    return f"{name}  {day_and_time(stand.next.at)}: {_people(stand.next.people, public=public)}{long}"


def _small_print(stand: ScheduleStanding, at: datetime) -> str:
    parts = []
    for holder in stand.holders:
        hint = _sleep_hint(holder.person, at)
        if hint:
            parts.append(hint)
        parts.append(_reason(holder.because))
    return " · ".join(parts)


def _sleep_hint(person: Person, at: datetime) -> str:
    """Their own time when they are likely to be asleep; nothing in their daytime or where their zone is unknown."""
    if person.timezone is None:
        return ""
    local = to_local(at, person.zone)
    if AWAKE_FROM <= local.hour < ASLEEP_FROM:
        return ""
    return f"{local:%H:%M} for {named(person)} (asleep hours)"


def _reason(because: Because) -> str:
    if because.forwarded_from:
        return f"forwarded from {named(because.forwarded_from)}"
    if because.is_override:
        by = f" by {named(because.override_by)}" if because.override_by else ""
        until = f" until {day_and_time(because.override_until)}" if because.override_until else ""
        return f"override{by}{until}"
    return f"turn of {mrkdwn(because.rotation)}"


def _sentence(holder: Holder) -> str:
    because, who = holder.because, named(holder.person)
    if because.forwarded_from:
        return f"{who}, because {named(because.forwarded_from)} forwards to them."
    if because.is_override:
        by = f" {named(because.override_by)} made" if because.override_by else ""
        instead = f", instead of {named(because.instead_of)}" if because.instead_of else ""
        until = f" until {day_and_time(because.override_until)}" if because.override_until else ""
        return f"{who}, by an override{by}{until}{instead}."
    since = day_and_time(holder.since)
    return f"{who}, because it is their turn in the rotation {mrkdwn(because.rotation)} since {since}."


def _people(people: tuple[Person, ...], *, public: bool) -> str:
    return " and ".join(named(person, mention=not public) for person in people)


def _plainly(stand: ScheduleStanding) -> str:
    """A line for notifications and screen readers."""
    if not stand.enabled:
        return f"{mrkdwn(stand.name)}: switched off"
    if not stand.holders:
        return f"{mrkdwn(stand.name)}: nobody" + (f" until {clock_time(stand.next.at)}" if stand.next else "")
    who = " and ".join(named(holder.person) for holder in stand.holders)
    until = stand.holders[0].until
    return f"{mrkdwn(stand.name)}: {who}" + (f" until {day_and_time(until)}" if until else "")
