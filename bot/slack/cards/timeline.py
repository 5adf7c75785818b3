"""The timeline of a postmortem: a list of its entries, and what one is told of an entry. Nobody is mentioned in it."""

from __future__ import annotations

from bot.engines.durations import duration_words
from bot.engines.timeline import Course
from bot.escaping import mrkdwn, mrkdwn_within, shortened
from bot.queries.people import Person
from bot.queries.timeline import EntryInPlace, EntryView, Timeline
from bot.slack.cards.blocks import TEXT_LIMIT, Block, Card, actions, button, context, option, overflow, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.typed import quoted
from bot.slack.ids import Action
from bot.slack.words.normalise import as_typed

ROWS = 8
ROW_CHARACTERS = 600
"""Slack takes some 13,000 characters in a message, however they are divided."""
QUOTED_CHARACTERS = 600
NOTHING_SAID = "a message without words"
OWN = "Watchbill knows it"


def plain_words(entry: EntryView) -> str:
    """What an entry says, as one reads it: names instead of mentions, nothing escaped; empty for a file alone."""
    return as_typed(entry.text, {slack_id: person.name for slack_id, person in entry.mentioned.items()})


def said(entry: EntryView, limit: int) -> str:
    """What it says in at most `limit` characters, unescaped: its words, else the names of its files."""
    return shortened(plain_words(entry).strip() or files_words(entry) or NOTHING_SAID, limit)


def files_words(entry: EntryView) -> str:
    """The names of its files, unescaped; empty where it has none."""
    return ", ".join(entry.file_names)


def source_words(entry: EntryView) -> str:
    """Where it comes from, escaped: who wrote the message, its files, and the way to it; empty for what was typed."""
    if entry.is_own:
        return OWN
    if not entry.is_message:
        return ""
    author = entry.author.name if entry.author else entry.author_name or "somebody"
    parts = [f"{mrkdwn_within(author, 150)} wrote it"]
    if entry.file_names and plain_words(entry).strip():
        parts.append(f"files: {mrkdwn_within(files_words(entry), 300)}")
    if entry.permalink:
        parts.append(f"<{mrkdwn(entry.permalink)}|see the message>")
    return " · ".join(parts)


def course_words(course: Course) -> str:
    """How the incident went on, as far as it is known: `Detected after 5 min · responded after 12 min`."""
    told = (
        ("detected", course.to_detect),
        ("responded to", course.to_respond),
        ("resolved", course.to_resolve),
    )
    parts = [f"{name} after {duration_words(took)}" for name, took in told if took is not None]
    return " · ".join(parts).capitalize()


def times_button(label: str) -> Block:
    """Opens the form in which the moments of the incident are put right."""
    return button("Correct times", f"{Action.RUN}:times", f"postmortem times {label}")


def timeline_card(label: str, shown: Timeline, *, page: int, public: bool) -> Card:
    """A page of entries in the order of time; their menus only where one person sees it."""
    count = f"{shown.kept} entr{'y' if shown.kept == 1 else 'ies'}"
    more = f", and {shown.own} that Watchbill knows itself" if shown.own else ""
    blocks: list[Block] = [section(f"*Timeline of {label}*: {count}{more}")]
    if course := course_words(shown.course):
        blocks.append(context(course))
    if not shown.kept:
        blocks.append(context(f"`/postmortem add {label} 14:05 what happened` adds one, or a message's own menu does."))
    tells_own = shown.kept > 0  # where all of it is Watchbill's own, the headline says so
    blocks.extend(_row(each, label, is_public=public, tells_own=tells_own) for each in shown.items)
    if not public:
        blocks.append(actions(*_turning(label, shown.total, page)))
    lines = (f"{day_and_time(each.at)} {mrkdwn_within(said(each, 100), 200)}" for each in shown.items)
    return Card("\n".join([f"Timeline of {label}: {count}", *lines]), tuple(blocks))


def added_card(place: EntryInPlace, *, asker: Person, is_new: bool = True, understood: str = "") -> Card:
    """To who added an entry: what was understood, and the ways to take it back and to change it.

    A message that stood there already is told with who added it; taking that back is theirs to do from the list.
    """
    entry, when = place.entry, mrkdwn(understood) or day_and_time(place.entry.at)
    if is_new:
        head = f"Added to the timeline of {place.label}, {when}:"
    else:
        adder = entry.added_by
        who = "you" if adder and adder.id == asker.id else mrkdwn(adder.name) if adder else "somebody"
        head = f"{place.label} has this message already: {who} added it {day_and_time(entry.added_at)}."
    buttons = [button("Change", f"{Action.ENTRY}:edit", f"edit {entry.id}"), _list_button(place.label)]
    if is_new:
        buttons.insert(0, button("Undo", f"{Action.ENTRY}:remove", _removal(entry, place.label)))
    return _about(head, entry, buttons)


def thread_card(label: str, *, new: int, there: int, goes_on: bool) -> Card:
    """To who added a whole thread."""
    head = f"Added {new} message{'s' * (new != 1)} of the thread to the timeline of {label}."
    if there:
        head += f" {there} stood there already."
    if goes_on:
        head += " The thread goes on: the rest can be added one by one."
    return Card(head, (section(head), actions(_list_button(label))))


def removed_card(label: str, event_id: int, entry: EntryView | None) -> Card:
    """To who removed an entry; `entry` is what stood there, None where it had been removed before."""
    buttons = [button("Put it back", f"{Action.ENTRY}:restore", f"restore {event_id}"), _list_button(label)]
    head = f"Removed from the timeline of {label}"
    if entry is not None:
        return _about(f"{head}:", entry, buttons)
    return Card(f"{head}.", (section(f"{head}."), actions(*buttons)))


def restored_card(place: EntryInPlace) -> Card:
    """To who brought an entry back."""
    return _about(f"Back in the timeline of {place.label}:", place.entry, [_list_button(place.label)])


def no_place_card(draft_id: str) -> Card:
    """To who marked a message where no postmortem is open: what can be done with it, which is kept until then."""
    head = "No postmortem is open in this channel. Start one with this message, or add it to one from elsewhere."
    buttons = actions(
        button("Start a postmortem", Action.START_FROM, draft_id, style="primary"),
        button("Choose a postmortem", Action.MARK, draft_id),
    )
    return Card(head, (section(head), buttons))


def _about(head: str, entry: EntryView, buttons: list[Block]) -> Card:
    words, source = said(entry, QUOTED_CHARACTERS), source_words(entry)
    blocks = [section(head), *quoted(words), *([context(source)] if source else []), actions(*buttons)]
    return Card(f"{head} {mrkdwn_within(words, TEXT_LIMIT - len(head) - 1)}", tuple(blocks))


def _row(entry: EntryView, label: str, *, is_public: bool, tells_own: bool) -> Block:
    source = source_words(entry) if tells_own or not entry.is_own else ""
    text = f"*{day_and_time(entry.at)}*  {mrkdwn_within(said(entry, ROW_CHARACTERS), ROW_CHARACTERS)}"
    choices = [option("Edit", f"edit {entry.id}"), option("Remove", _removal(entry, label))]
    menu = None if is_public or entry.is_own else overflow(f"{Action.ENTRY}:{entry.id}", choices)
    return section(f"{text}\n{source}" if source else text, accessory=menu)


def _turning(label: str, total: int, page: int) -> list[Block]:
    line = f"postmortem timeline {label}"
    buttons = []
    if page > 1:
        buttons.append(button("Earlier", f"{Action.RUN}:earlier", f"{line} page {page - 1}"))
    if page * ROWS < total:
        buttons.append(button("Later", f"{Action.RUN}:later", f"{line} page {page + 1}"))
    buttons.append(button("Add an entry", f"{Action.RUN}:add", f"postmortem add {label}"))
    buttons.append(times_button(label))
    if total:
        buttons.append(button("Show to channel", Action.SHOW, f"{line} page {page}" if page > 1 else line))
    return buttons


def _list_button(label: str) -> Block:
    return button("Timeline", f"{Action.RUN}:timeline", f"postmortem timeline {label}")


def _removal(entry: EntryView, label: str) -> str:
    """The version goes along: what somebody changed since is not removed unseen."""
    return f"remove {entry.id} {label} {entry.version}"
