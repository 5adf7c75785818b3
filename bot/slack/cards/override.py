"""An override: shown back before it counts, said when it counts, and said to those whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engines.wallclock import resolve, to_local
from bot.escaping import mrkdwn_within, shortened
from bot.queries.changes import Change
from bot.queries.people import Person
from bot.slack.cards.blocks import Block, Card, actions, button, context, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import modal
from bot.slack.cards.on_call import ASLEEP_FROM, AWAKE_FROM
from bot.slack.cards.override_fields import OverrideFields, fields_of
from bot.slack.cards.people import doer, grouped, named
from bot.slack.cards.sentences import listed
from bot.slack.ids import Action, Form
from bot.slack.words.local import dated, duration_words
from bot.usecases.overrides.planning import Covered, OverridePlan, Stretch

ROWS = 8
"""Of those whom it replaces; a phone shows no more."""
MOST_COVERED = 3
NAME_LIMIT, BRIEF = 100, 60
"""Of a name in a sentence, and in one of many lines."""
LONGEST_LOOKED_AT = timedelta(days=31)
"""Up to here the hours of sleep are counted."""
NOT_YET = "Nothing counts until you press the button."


def confirm_card(plan: OverridePlan, *, me: Person, understood: str = "", note: str = "") -> Card:
    """What was understood, shown back to `me`, who asked for it: one button makes it count.

    `understood` is how typed times were read; `note` what has to be said first.
    """
    fields = fields_of(plan)
    buttons = actions(
        button(result_of(plan, me), Action.OVERRIDE, fields.value, style="primary"),
        button("Change", Action.OVERRIDE_FORM, fields.value),
    )
    blocks = (*_shown_back(plan, me=me, understood=understood, note=note), context(NOT_YET), buttons)
    return Card(f"{_headline(plan, me)} {NOT_YET}", blocks)


def confirm_view(plan: OverridePlan, *, me: Person, note: str = "") -> Block:
    """The same on top of the form."""
    blocks = [*_shown_back(plan, me=me, note=note), context(f"{NOT_YET} “Back” leads to the form.")]
    return modal(
        Form.OVERRIDE_CONFIRM,
        "Is this right?",
        blocks,
        submit=result_of(plan, me),
        close="Back",
        metadata=fields_of(plan).value,
    )


def changing_card(fields: OverrideFields) -> Card:
    """In the place of a card whose form is open: what was shown does not count any more; the form leads on."""
    text = "You are changing this in the form. Nothing counts yet."
    return Card(text, (section(text), actions(button("Open the form", Action.OVERRIDE_FORM, fields.value))))


def result_of(plan: OverridePlan, me: Person) -> str:
    """The button that says the result."""
    who = "me" if plan.person.id == me.id else shortened(plan.person.name, 12)
    if plan.is_over:
        return "Correct the record"
    return f"Put {who} on call"


def done_card(change: Change, *, me: Person) -> Card:
    """It counts: who is on call, from when until when, who was told, and the way back."""
    told = _told(change, me)
    blocks = (
        section(_outcome(change, me)),
        *([context(told)] if told else []),
        actions(button("Undo", Action.UNDO, str(change.id))),
    )
    return Card(f"{_outcome(change, me)} {told}".strip(), blocks)


def done_view(change: Change, *, me: Person) -> Block:
    """The same as the last view of the form; closing it closes the form too."""
    blocks = list(done_card(change, me=me).blocks)
    return {**modal(Form.SAID, "Done", blocks, close="Close"), "clear_on_close": True}


def put_on_card(change: Change, me: Person) -> Card:
    """To who was put on call by somebody else."""
    schedule, who = schedule_name(change.schedule), _maker(change)
    if change.undone:
        whom = "yourself" if _made_by(change, me) else "you"
        return _taken_back(change, me, f"{whom} on call for {schedule}, {_span(change)}")
    if change.end <= change.at:
        text = f"{who} put on record that you were on call for {schedule}, {_span(change)}."
        return Card(text, (section(text),))
    text = f"{who} put you on call for {schedule}, {_span(change)}."
    small = [each for each in (_on_their_clock(change, me), _instead_words(change)) if each]
    buttons = actions(button("My shifts", f"{Action.RUN}:me", "oncall me"))
    return Card(text, (section(text), *([context(*small)] if small else []), buttons))


def replaced_card(change: Change, me: Person) -> Card:
    """To who would have been on call: for which times somebody else is now."""
    schedule, who = schedule_name(change.schedule), _maker(change)
    person = put_on_words(change)
    if change.undone:
        return _taken_back(change, me, f"{person} on call for {schedule} in your place, {_span(change)}")
    is_self = change.actor is not None and change.person is not None and change.actor.id == change.person.id
    deed = f"{who} took over {schedule}" if is_self else f"{who} put {person} on call for {schedule}"
    if change.end <= change.at:
        deed = f"{who} put on record that {'they were' if is_self else f'{person} was'} on call for {schedule}"
    times = change.after.get("times", {}).get(me.id, [])
    when = listed([from_to(*(datetime.fromisoformat(each) for each in pair)) for pair in times[:ROWS]])
    text = f"{deed} in your place, {when or _span(change)}."
    return Card(text, (section(text), actions(button("My shifts", f"{Action.RUN}:me", "oncall me"))))


def schedule_name(name: str) -> str:
    """A schedule's name in a sentence, escaped."""
    return f"*{mrkdwn_within(name, NAME_LIMIT)}*"


def _taken_back(change: Change, me: Person, deed: str) -> Card:
    assert change.undone is not None  # noqa: S101  the callers look
    maker, by = "You" if _made_by(change, me) else _maker(change), change.undone
    if (change.actor or change.actor_key) and (change.actor, change.actor_key) == (by.by, by.by_key):
        text = f"{maker} had put {deed}, and took it back."
    else:
        within = maker if change.actor and maker != "You" else f"{maker[:1].lower()}{maker[1:]}"
        text = f"{doer(by.by, by.by_key)} took this back: {within} had put {deed}."
    if change.undone.ended_at:
        text = f"{text} It had begun, and ended {day_and_time(change.undone.ended_at)}."
    return Card(text, (section(text),))


def _made_by(change: Change, me: Person) -> bool:
    return change.actor is not None and change.actor.id == me.id


def _shown_back(plan: OverridePlan, *, me: Person, understood: str = "", note: str = "") -> Iterator[Block]:
    if note:
        yield section(f":warning: {mrkdwn_within(note, 1000)}")
    yield section(_headline(plan, me))
    if plan.is_long:
        yield section(_asked_back(plan))
    yield section(_instead(plan))
    for line in _remarks(plan):
        yield section(line)
    yield context(*_small_print(plan, me, understood))


def _headline(plan: OverridePlan, me: Person) -> str:
    is_me = plan.person.id == me.id
    who = "you" if is_me else f"*{named(plan.person)}*"
    rotations = listed([mrkdwn_within(each, BRIEF) for each in plan.rotations])
    where = f", only in {rotations}," if rotations else ""
    long = "" if plan.is_long else f" ({duration_words(plan.end - plan.start)})"  # that is asked back below
    span = f"{from_to(plan.start, plan.end)}{long}"
    schedule = schedule_name(plan.schedule.schedule.name)
    if plan.is_over:
        return f"Correct the record: {who} {'were' if is_me else 'was'} on call for {schedule}{where} {span}?"
    return f"Put {who} on call for {schedule}{where} {span}?"


def from_to(start: datetime, end: datetime) -> str:
    """A time from its beginning to its end, in the reader's own zone."""
    return f"from {day_and_time(start)} until {day_and_time(end)}"


def _instead(plan: OverridePlan) -> str:
    """Whom it replaces; one line a stretch where they are several."""
    if not plan.stretches:
        return "They are on call then already. This keeps it so, whatever becomes of the rotation."
    whole = (plan.start, plan.end)
    if plan.is_long or all((each.start, each.end) == whole for each in plan.stretches):
        return f"Instead of {_shortly(list(dict.fromkeys(_who(each) for each in plan.stretches)))}."
    has_several = len({each.rotation for each in plan.stretches}) > 1
    lines = [_stretch_line(each, has_several=has_several) for each in plan.stretches[:ROWS]]
    more = len(plan.stretches) - len(lines)
    if more:
        lines.append(f"• and {more} turns more")
    if plan.is_on_anyway:
        lines.append(f"• for the rest of it {_briefly(plan.person)} is on call already")
    return "Instead of\n" + "\n".join(lines)


def _asked_back(plan: OverridePlan) -> str:
    years = round((plan.end - plan.start) / timedelta(days=365.25))
    about = f", about {years} year{'s' * (years > 1)}" if years else ""
    long = duration_words(plan.end - plan.start)
    return f":warning: That is *{long}*{about}, until {day_and_time(plan.end)}. Is that meant?"


def _stretch_line(stretch: Stretch, *, has_several: bool) -> str:
    rotation = f" ({mrkdwn_within(stretch.rotation, BRIEF)})" if has_several else ""
    return f"• {_who(stretch)}{rotation} {from_to(stretch.start, stretch.end)}"


def _who(stretch: Stretch) -> str:
    return _shown(stretch) or "nobody (a gap)"


def _shown(whose: Stretch | Covered) -> str:
    """The person or the group of it; empty for nobody."""
    if whose.person:
        return _briefly(whose.person)
    return grouped(whose.group.kind, whose.group.name, limit=BRIEF) if whose.group else ""


def _briefly(person: Person) -> str:
    return mrkdwn_within(person.name, BRIEF)


def _remarks(plan: OverridePlan) -> Iterator[str]:
    if plan.is_over:
        yield "This is in the past. It counts, as a correction of who was on call."
    elif plan.begins_in_the_past:
        yield "It begins in the past. That part counts too, as a correction of who was on call."
    if plan.heirs:
        heirs = _shortly([_briefly(each) for each in plan.heirs])
        yield f":warning: {_briefly(plan.person)} forwards to {heirs} for some of that time, who will be on call then."
    for each in plan.covered[:MOST_COVERED]:
        yield f":warning: It lies over another override: {_covered(each)}. The new one wins while both last."
    if len(plan.covered) > MOST_COVERED:
        yield f":warning: It lies over {len(plan.covered) - MOST_COVERED} more overrides."


def _covered(each: Covered) -> str:
    who = _shown(each) or "nobody"
    by = f", made by {_briefly(each.by)}" if each.by else ""
    return f"{who} {from_to(each.start, each.end)}{by}"


def _small_print(plan: OverridePlan, me: Person, understood: str) -> Iterator[str]:
    if understood:
        yield f"I read: {mrkdwn_within(understood, 300)}"
    else:
        yield f"In your time zone: {_in_zone(plan.start, plan.end, me, plan.now)}"
    if plan.person.timezone and plan.person.zone != me.zone:
        yield f"For {named(plan.person)}: {_in_zone(plan.start, plan.end, plan.person, plan.now)}"
    asleep = asleep_time(plan.start, plan.end, plan.person.zone) if plan.person.timezone else timedelta(0)
    if asleep >= timedelta(minutes=30) and not plan.is_over:
        yield f"{duration_words(asleep)} of it are asleep hours for {named(plan.person)}"


def _in_zone(start: datetime, end: datetime, person: Person, now: datetime) -> str:
    """A time with its weekdays on somebody's own clock, which Slack's short form of dates does not name."""
    first, last = dated(start, person.zone, now), dated(end, person.zone, now)
    if to_local(start, person.zone).date() == to_local(end, person.zone).date():
        last = last.rpartition(" ")[2]
    return f"{first} to {last} ({person.zone.key})"


def asleep_time(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """How much of a time lies in hours in which people of that zone sleep; of a long one, nothing is counted."""
    asleep = timedelta(0)
    if end - start > LONGEST_LOOKED_AT:
        return asleep
    day = to_local(start, zone).date() - timedelta(days=1)
    while day <= to_local(end, zone).date():
        falls = resolve(datetime.combine(day, time(ASLEEP_FROM)), zone)
        wakes = resolve(datetime.combine(day + timedelta(days=1), time(AWAKE_FROM)), zone)
        asleep += max(min(end, wakes) - max(start, falls), timedelta(0))
        day += timedelta(days=1)
    return asleep


def _outcome(change: Change, me: Person) -> str:
    is_me = change.person is not None and change.person.id == me.id
    who = "You" if is_me else named(change.person) if change.person else "Somebody"
    was = ("were" if is_me else "was") if change.end <= change.at else ("are" if is_me else "is")
    return f"{who} {was} on call for {schedule_name(change.schedule)}, {_span(change)}."


def _told(change: Change, me: Person) -> str:
    """Who got a direct message of it: the names of those who are in Slack and are not the maker."""
    ids = dict.fromkeys([change.after["user_id"], *change.after["replaced"]])
    people = [change.people[each] for each in ids if each in change.people]
    names = [_briefly(each) for each in people if each.id != me.id and _is_told(each)]
    return f"{_shortly(names)} {'was' if len(names) == 1 else 'were'} told by direct message." if names else ""


def _is_told(person: Person) -> bool:
    return bool(person.slack_id) and not person.has_left and not person.is_bot


def _shortly(names: Sequence[str]) -> str:
    more = len(names) - ROWS
    return listed([*names[:ROWS], f"{more} more"]) if more > 0 else listed(names)


def _span(change: Change) -> str:
    return f"{from_to(change.start, change.end)} ({duration_words(change.end - change.start)})"


def _on_their_clock(change: Change, me: Person) -> str:
    return f"In your time zone: {_in_zone(change.start, change.end, me, change.at)}" if me.timezone else ""


def _instead_words(change: Change) -> str:
    people = [change.people[each] for each in change.after["replaced"] if each in change.people]
    return f"Instead of {_shortly([_briefly(each) for each in people])}." if people else ""


def put_on_words(change: Change) -> str:
    """Whom an override puts on call, or what."""
    if change.person:
        return named(change.person)
    who = change.after.get("participant")
    return grouped(who["type"], who["name"]) if who else "somebody"


def _maker(change: Change) -> str:
    return doer(change.actor, change.actor_key)
