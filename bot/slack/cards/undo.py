"""A change of a schedule taken back, and why nothing could be."""

from __future__ import annotations

from bot.queries.changes import Change, Changing, Undone
from bot.queries.people import Person
from bot.slack.cards.blocks import Block, Card, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import modal
from bot.slack.cards.links import place_name
from bot.slack.cards.override import from_to, put_on_words, schedule_name
from bot.slack.cards.people import keyed, named
from bot.slack.cards.sentences import said_card
from bot.slack.ids import Form


def undone_card(change: Change, *, me: Person) -> Card:
    """What was taken back, and what is true now."""
    text = f"Taken back: {deed(change, me)}. {_now(change)}".rstrip()
    return Card(text, (section(text),))


def undone_view(change: Change, *, me: Person) -> Block:
    """The same as the last view of a form."""
    view = modal(Form.SAID, "Taken back", list(undone_card(change, me=me).blocks), close="Close")
    return {**view, "clear_on_close": True}


def nothing_card(change: Change | None, *, who: Person, me: Person) -> Card:
    """There is nothing to take back: what the last change was, and until when it could have been."""
    whose = "Your" if who.id == me.id else f"{named(who)}'s"
    if change is None:
        has = "you have" if who.id == me.id else f"{named(who)} has"
        return said_card(f"There is nothing to take back: {has} changed nothing about schedules yet.")
    last = f"{whose} last change was {day_and_time(change.at)}: {deed(change, me)}."
    if change.undone:
        by = "you" if change.undone.by and change.undone.by.id == me.id else _undoer(change.undone)
        return said_card(f"There is nothing to take back. {last} It was taken back by {by} already.")
    until = f"It could be taken back for ten minutes, until {day_and_time(change.until)}."
    return said_card(f"There is nothing to take back. {last} {until}")


def deed(change: Change, me: Person) -> str:
    """What somebody did, after “Taken back: ” and its like."""
    schedule = schedule_name(change.schedule)
    match change.verb:
        case Changing.OVERRIDDEN:
            who = "you" if change.person and change.person.id == me.id else put_on_words(change)
            return f"{who} on call for {schedule}, {from_to(change.start, change.end)}"
        case Changing.CREATED:
            return f"the new schedule {schedule}"
        case Changing.EDITED:
            return f"the edit of {schedule}"
        case Changing.LINKED:
            return f"the link of {schedule} to {place_name(change.channel)}"
        case Changing.UNLINKED:
            return f"the unlinking of {schedule} from {place_name(change.channel)}"


def _undoer(undone: Undone) -> str:
    if undone.by:
        return named(undone.by)
    return f"the {keyed(undone.by_key)}" if undone.by_key else "somebody"


def _now(change: Change) -> str:
    match change.verb:
        case Changing.OVERRIDDEN if change.undone and change.undone.ended_at:
            return f"It had begun, and ended {day_and_time(change.undone.ended_at)}."
        case Changing.OVERRIDDEN:
            return "It is as if it had never been made."
        case Changing.CREATED:
            return "It is gone."
        case Changing.EDITED:
            return "Everything about it is as it was before."
        case Changing.LINKED:
            return "It does not belong to that channel any more."
        case Changing.UNLINKED:
            return "It belongs to that channel again."
