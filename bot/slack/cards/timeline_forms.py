"""The forms of a timeline: a new entry, one to change, and which postmortem a message goes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.engines.timeline import Moments
from bot.escaping import shortened
from bot.queries.postmortems import Outline
from bot.queries.timeline import EntryInPlace, Timeline
from bot.slack.cards.blocks import Block, button, context, option, plain
from bot.slack.cards.conflict import choice_view
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import external_select, field, metadata, modal, moment_input, text_input
from bot.slack.cards.timeline import QUOTED_CHARACTERS, plain_words, said, source_words
from bot.slack.cards.typed import BOX_CHARACTERS, quoted
from bot.slack.ids import Action, Form

MESSAGE_WORDS = "Its text is longer than a box takes, and stays as it is."
FIND = "Type a number or a word of its title"


def entry_form(label: str, number: int, *, at: datetime) -> Block:
    """A new entry; `at` is the time it proposes."""
    blocks = [
        field("at", "Time", moment_input(initial=at)),
        field("text", "Text", text_input(multiline=True, max_length=BOX_CHARACTERS, placeholder="What happened")),
    ]
    return modal(Form.ENTRY, f"Timeline of {label}", blocks, submit="Add", metadata=metadata(pm=number))


def edit_form(place: EntryInPlace) -> Block:
    """An entry to change. A text that no box takes is shown by its beginning, and stays."""
    entry, words = place.entry, plain_words(place.entry)
    blocks: list[Block] = [field("at", "Time", moment_input(initial=entry.at))]
    if fits_box(words):
        box = text_input(initial=words, multiline=True, max_length=BOX_CHARACTERS)
        blocks.append(field("text", "Text", box, optional=entry.is_message and not words.strip()))
    else:
        blocks.extend([*quoted(said(entry, QUOTED_CHARACTERS)), context(MESSAGE_WORDS)])
    blocks.append(_postmortem_field(option(f"{place.label} {place.title}", str(place.number))))
    if source := source_words(entry):
        blocks.insert(0, context(source))
    about = metadata(pm=place.number, entry=entry.id, version=entry.version)
    return modal(Form.EDIT_ENTRY, f"Timeline of {place.label}", blocks, submit="Save", metadata=about)


def choice_form(place: EntryInPlace, mine: str | None, *, head: str, both: str) -> Block:
    """The form of an entry that somebody else changed meanwhile, and the choice between theirs and one's own.

    `mine` is the text that was typed, None where the form had no box for it; `both` is what both texts together say.
    """
    words = plain_words(place.entry)
    is_apart = mine is not None and both not in {words, mine} and fits_box(both)
    return choice_view(
        edit_form(place),
        head=head,
        theirs=[context(day_and_time(place.entry.at)), *quoted(said(place.entry, BOX_CHARACTERS))],
        version=place.entry.version,
        left="The thread of its card has told it",
        both="Theirs first, yours below it" if is_apart else "",
    )


def fits_box(words: str) -> bool:
    """Whether a form can hold what an entry says."""
    return len(words) <= BOX_CHARACTERS


def times_form(label: str, number: int, shown: Timeline) -> Block:
    """The moments of the incident, to put right; each is as it is known. What is emptied is what the timeline says."""
    course, said = shown.course, shown.said
    blocks: list[Block] = [context(f"It began {day_and_time(course.started_at)}.")]
    for key, name, at, hint in (
        ("detected_at", "Detected", course.detected_at, "Empty: the first entry of its timeline."),
        ("responded_at", "Responded to", course.responded_at, "Empty: the first entry by whoever was on call."),
        ("ended_at", "Resolved", course.resolved_at, "Empty: it goes on."),
    ):
        blocks.append(field(key, name, moment_input(initial=at), hint=hint, optional=True))
    about = metadata(
        pm=number,
        shown=_seconds(course.detected_at, course.responded_at, course.resolved_at),
        said=_seconds(said.detected_at, said.responded_at, said.ended_at),
    )
    return modal(Form.TIMES, f"Times of {label}", blocks, submit="Save", metadata=about)


def read_seconds(text: str) -> Moments:
    """The moments that the metadata of that form holds."""
    at = (datetime.fromtimestamp(int(each), UTC) if each else None for each in text.split(","))
    return Moments(*at)


def _seconds(*moments: datetime | None) -> str:
    return ",".join(str(int(each.timestamp())) if each else "" for each in moments)


def choosing_form(words: str, likely: Sequence[Outline], *, draft: str, channel: str, url: str) -> Block:
    """Which postmortem a kept message goes to, the likeliest chosen already; `words` is how the message begins."""
    initial = option(f"{likely[0].label} {likely[0].title}", str(likely[0].number)) if likely else None
    blocks = [*quoted(shortened(words, QUOTED_CHARACTERS)), _postmortem_field(initial)]
    about = metadata(message=draft, channel=channel, url=url)
    return modal(Form.MARK, "Add to postmortem", blocks, submit="Add", metadata=about)


def already_there(outline: Outline, *, is_same: bool) -> Block:
    """Above the form of a new postmortem: one that has this message, or one of its thread, and the way to read it."""
    has = "has this message already" if is_same else "has a message of this thread already"
    opens = button(f"Open {outline.label}", Action.LOOK_INTO, outline.label)
    return {"type": "section", "text": plain(f"{outline.label} {has}: {outline.title}"), "accessory": opens}


def _postmortem_field(initial: Block | None) -> Block:
    chosen = external_select(Action.LOOK_UP_POSTMORTEM, initial=initial, placeholder=FIND)
    return field("postmortem", "Postmortem", chosen)
