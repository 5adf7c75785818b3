"""Who is on call, as a card: one paragraph a schedule, and under it why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.engines.wallclock import to_local
from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.on_call import Because, HandOff, Holder, MyShift, Party, ScheduleStanding, Who
from bot.queries.people import Person
from bot.slack.cards.blocks import (
    OPTION_VALUE_LIMIT,
    Block,
    Card,
    actions,
    button,
    context,
    divider,
    option,
    overflow,
    section,
)
from bot.slack.cards.dates import day_and_time, weekday_and_time
from bot.slack.cards.override_fields import OverrideFields
from bot.slack.cards.parties import MOST_AT_LENGTH, MOST_HOLDERS, called, counted
from bot.slack.cards.people import grouped, keyed, named
from bot.slack.cards.sentences import VALUE_LIMIT, listed
from bot.slack.ids import Action
from bot.slack.words.local import duration_words

ASLEEP_FROM, AWAKE_FROM = 22, 7
"""Hours of somebody's own day in which they are taken to be asleep."""
MOST_REASONS, REASONS_CHARACTERS = 40, 11_000
"""What one message takes of sentences that say why."""
_NAME_LIMIT = 150


@dataclass(frozen=True, slots=True)
class Serves:
    """What an answer offers its reader: an outsider may only ask (`may_act`), and nobody reaches who was on call
    once (`is_now`).
    """

    may_act: bool
    is_now: bool = True


def now_card(
    stands: Sequence[ScheduleStanding],
    *,
    at: datetime,
    line: str,
    linked: int,
    more: Sequence[Block],
    public: bool,
    serves: Serves | None = None,
) -> Card:
    """`/oncall now`: who, until when, who is next, and why.

    `line` is the question, for [Show to channel]; the first `linked` are this channel's own; `more` the button to those
    not shown. In a `public` answer nobody is mentioned, since everybody would be pinged, and nothing is offered; else
    what `serves` its reader is.
    """
    offered = None if public else serves
    own = now_rows(stands[:linked], at=at, public=public, serves=offered)
    others = now_rows(stands[linked:], at=at, public=public, serves=offered)
    page = [_page_button(stands)] if offered and offered.may_act and offered.is_now else []
    text = "\n".join(_plainly(stand) for stand in stands)
    return Card(text, _answer(own, others, line, [*page, *more], public=public))


def now_rows(
    stands: Sequence[ScheduleStanding], *, at: datetime, public: bool, serves: Serves | None = None
) -> list[Block]:
    """Who is on call by each schedule, and the reason under it: two blocks each at most.

    Beside it is what `serves` the reader: the way to fill a gap, or a menu that reaches them and shows more of it.
    """
    blocks: list[Block] = []
    for stand in stands:
        blocks.append(section(_who(stand, public=public), accessory=_beside(stand, at, serves)))
        small = _small_print(stand, at)
        if small:
            blocks.append(context(small))
    return blocks


def _beside(stand: ScheduleStanding, at: datetime, serves: Serves | None) -> Block | None:
    if serves is None:
        return None
    gap = fill_the_gap(stand, at) if serves.may_act else None
    return gap or (_row_menu(stand, may_page=serves.may_act) if serves.is_now else None)


def fill_the_gap(stand: ScheduleStanding, at: datetime) -> Block | None:
    """The button beside a gap that leads to its form, which holds the gap's times; None where there is no gap."""
    if not stand.enabled or stand.holders:
        return None
    gap = OverrideFields(schedule_id=stand.id, start=stand.gap_since or at, end=stand.next.at if stand.next else None)
    return button("Fill the gap", f"{Action.OVERRIDE_FORM}:{stand.id}", gap.value)


def _page_button(stands: Sequence[ScheduleStanding]) -> Block:
    """Reaches them; of several schedules, its form asks which."""
    only = f" {stands[0].id}" if len(stands) == 1 else ""
    return button("Page", f"{Action.RUN}:page", f"oncall page{only}")


def _row_menu(stand: ScheduleStanding, *, may_page: bool) -> Block | None:
    if not stand.enabled:
        return None
    name = mrkdwn(stand.name)
    lines = (
        *([("Page", f"oncall page {stand.id}")] if may_page else []),
        ("This week", f"oncall week {name}"),
        ("Why", f"oncall why {name}"),
    )
    choices = [option(label, line) for label, line in lines if len(line) <= OPTION_VALUE_LIMIT]
    return overflow(f"{Action.RUN}:about:{stand.id}", choices) if choices else None


def next_card(
    stands: Sequence[ScheduleStanding], *, line: str, linked: int, more: Sequence[Block], public: bool
) -> Card:
    """`/oncall next`: the next hand-off of each schedule; the rest as in `now_card`."""
    own, others = next_rows(stands[:linked], public=public), next_rows(stands[linked:], public=public)
    text = "\n".join(_next_line(stand, public=public) for stand in stands)
    return Card(text, _answer(own, others, line, more, public=public))


def next_rows(stands: Sequence[ScheduleStanding], *, public: bool) -> list[Block]:
    """The next hand-off of each schedule."""
    return [section(_next_line(stand, public=public)) for stand in stands]


def _answer(
    own: Sequence[Block], others: Sequence[Block], line: str, more: Sequence[Block], *, public: bool
) -> tuple[Block, ...]:
    apart = [divider()] if own and others else []
    can_be_shown = not public and len(line) <= VALUE_LIMIT  # a name padded with what nobody sees
    buttons = [*([button("Show to channel", Action.SHOW, line)] if can_be_shown else []), *more]
    return (*own, *apart, *others, *([actions(*buttons)] if buttons else []))


def why_card(stands: list[ScheduleStanding], *, about: Person | None) -> Card:
    """`/oncall why`: a sentence for everybody on call, or for one person."""
    lines = [
        f"*{_name(stand.name)}*: {_sentence(holder)}"
        for stand in stands
        for holder in stand.holders
        if about is None or _is_among(about, holder.who)
    ]
    if about and not lines:
        lines = [f"{named(about)} is not on call at the moment."]
    if not lines:
        lines = ["Nobody is on call at the moment."]
    lengths = accumulate(len(line) for line in lines[:MOST_REASONS])
    shown = lines[: sum(length <= REASONS_CHARACTERS for length in lengths)]
    more = [context(f"{len(lines) - len(shown)} more: name the schedule you mean.")] if len(shown) < len(lines) else []
    return Card("\n".join(shown), (*map(section, shown), *more))


def me_card(shifts: list[MyShift], *, now: datetime, until: datetime, zone: ZoneInfo, is_cut: bool) -> Card:
    """`/oncall me`: a person's shifts in order of time. `is_cut`: they asked for more than a year, and this is one."""
    cut = f"Shown until {day_and_time(until)}: a year at most." if is_cut else ""
    if not shifts:
        text = f"You are not on call before {day_and_time(until)}."
        return Card(text, (section(text), *([context(cut)] if cut else [])))
    rows = shift_rows(shifts[:40], now=now)
    head = f"Your shifts until {day_and_time(until)}"
    small = f"Times are yours ({zone.key}). {cut}".rstrip()
    if len(shifts) > len(rows):
        small = f"{len(shifts) - len(rows)} more after these. {small}"
    return Card(head, (section(f"*{head}*"), *rows, context(small)))


def shift_rows(shifts: Sequence[MyShift], *, now: datetime) -> list[Block]:
    """A line for each shift: of which schedule, when, and by which team or escalation if it is not theirs alone."""
    return [section(f"*{_name(shift.schedule)}*  {_when(shift, now)}{_for_whom(shift)}") for shift in shifts]


def _for_whom(shift: MyShift) -> str:
    return f", for {grouped(shift.through.kind, shift.through.name)}" if shift.through else ""


def _when(shift: MyShift, now: datetime) -> str:
    """Of a running shift its end comes first, of one to come its beginning."""
    long = f" ({duration_words(shift.end - shift.start)})" if shift.end else ""
    if shift.start <= now:
        end = f"until {weekday_and_time(shift.end)}" if shift.end else "with no end in sight"
        return f"_now_, {end}{long}"
    end = f"to {day_and_time(shift.end)}" if shift.end else "with no end in sight"
    return f"{weekday_and_time(shift.start)} {end}{long}"


def _is_among(person: Person, who: Who) -> bool:
    inside = who.people if isinstance(who, Party) else (who,)
    return any(each.id == person.id for each in inside)


def _who(stand: ScheduleStanding, *, public: bool) -> str:
    name = f"*{_name(stand.name)}*"
    if not stand.enabled:
        return f"{name} is switched off; nobody is on call by it."
    if not stand.holders:
        return f"{name}  :warning: {_gap(stand, public=public)}"
    brief = len(stand.holders) > MOST_AT_LENGTH
    holders = [_holder(holder, public=public, brief=brief) for holder in stand.holders]
    return f"{name}  {' and '.join(counted(holders, MOST_HOLDERS))}{_then(stand, public=public)}"


def _holder(holder: Holder, *, public: bool, brief: bool) -> str:
    until = f"until *{weekday_and_time(holder.until)}*" if holder.until else "with no end in sight"
    return f"{called(holder.who, mention=not public, brief=brief)} {until}"


def _then(stand: ScheduleStanding, *, public: bool) -> str:
    """What comes after: who joins those who stay, and else who takes over."""
    if stand.next is None:
        return ""
    if not stand.next.people:
        return f", then nobody{_gap_end(stand.next)}"
    since = f" from {weekday_and_time(stand.next.at)}"
    if any(holder.until is None or holder.until > stand.next.at for holder in stand.holders):
        present = {(type(holder.who), holder.who.id) for holder in stand.holders}
        joining = tuple(who for who in stand.next.people if (type(who), who.id) not in present)
        return f", with {_people(joining, public=public)}{since}" if joining else ""
    ends = [holder.until for holder in stand.holders]
    since = "" if ends == [stand.next.at] else since
    return f", then {_people(stand.next.people, public=public)}{since}"


def _gap_end(gap: HandOff) -> str:
    return f" until {weekday_and_time(gap.until)}" if gap.until else ""


def _gap(stand: ScheduleStanding, *, public: bool) -> str:
    if stand.next is None:
        return "nobody is on call, and nobody will be"
    return f"nobody until *{weekday_and_time(stand.next.at)}*, then {_people(stand.next.people, public=public)}"


def _next_line(stand: ScheduleStanding, *, public: bool) -> str:
    name = f"*{_name(stand.name)}*"
    if not stand.enabled:
        return f"{name} is switched off; nobody is on call by it."
    if stand.next is None:
        return f"{name}  no hand-off in sight"
    if not stand.next.people:
        return f"{name}  {weekday_and_time(stand.next.at)}: nobody is on call{_gap_end(stand.next)}"
    long = f" for {duration_words(stand.next.until - stand.next.at)}" if stand.next.until else ""
    return f"{name}  {weekday_and_time(stand.next.at)}: {_people(stand.next.people, public=public)}{long}"


def _small_print(stand: ScheduleStanding, at: datetime) -> str:
    parts = []
    for holder in stand.holders[:MOST_HOLDERS]:
        hint = sleep_hint(holder.who, at)
        if hint:
            parts.append(hint)
        parts.append(_reason(holder.because))
    return " · ".join(parts)


def sleep_hint(who: Who, at: datetime) -> str:
    """Their own time when they are likely to be asleep; nothing in their daytime or where their zone is unknown, nor
    of a team.
    """
    if isinstance(who, Party) or who.timezone is None:
        return ""
    local = to_local(at, who.zone)
    if AWAKE_FROM <= local.hour < ASLEEP_FROM:
        return ""
    return f"{local:%H:%M} for {named(who)} (asleep hours)"


def _reason(because: Because) -> str:
    if because.forwarded_from:
        return f"forwarded from {named(because.forwarded_from)}"
    if because.is_override:
        by = f" by {maker}" if (maker := _maker(because)) else ""
        until = f" until {day_and_time(because.override_until)}" if because.override_until else ""
        return f"override{by}{until}"
    return f"turn of {_name(because.rotation)}"


def _sentence(holder: Holder) -> str:
    because, who = holder.because, called(holder.who)
    if because.forwarded_from:
        return f"{who}, because {named(because.forwarded_from)} forwards to them."
    if because.is_override:
        by = f" {maker} made" if (maker := _maker(because)) else ""
        instead = f", instead of {called(because.instead_of)}" if because.instead_of else ""
        until = f" until {day_and_time(because.override_until)}" if because.override_until else ""
        return f"{who}, by an override{by}{until}{instead}."
    since = day_and_time(holder.since)
    return f"{who}, because it is their turn in the rotation {_name(because.rotation)} since {since}."


def _maker(because: Because) -> str:
    """Who made an override, a person or a program; empty where that is not known."""
    if because.override_by:
        return named(because.override_by)
    return f"the {keyed(because.override_by_key)}" if because.override_by_key else ""


def _name(of: str) -> str:
    return mrkdwn_within(of, _NAME_LIMIT)


def _people(people: tuple[Who, ...], *, public: bool) -> str:
    brief = len(people) > MOST_AT_LENGTH
    return listed(counted([called(who, mention=not public, brief=brief) for who in people], MOST_HOLDERS))


def _plainly(stand: ScheduleStanding) -> str:
    """A line for notifications and screen readers."""
    if not stand.enabled:
        return f"{_name(stand.name)}: switched off"
    if not stand.holders:
        return f"{_name(stand.name)}: nobody" + (f" until {weekday_and_time(stand.next.at)}" if stand.next else "")
    who = " and ".join(counted([called(holder.who, brief=True) for holder in stand.holders], MOST_HOLDERS))
    until = stand.holders[0].until
    return f"{_name(stand.name)}: {who}" + (f" until {weekday_and_time(until)}" if until else "")
