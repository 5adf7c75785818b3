"""A postmortem to read: its text, its timeline, its actions, and what its reviewers said.

As a message, within what Slack takes of one; and in a modal, which has room for much more. Mentions in it are names:
nobody is pinged by reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engines.documents.splitting import MAX_BLOCK, to_rich_text_blocks
from bot.escaping import mrkdwn_within, shortened
from bot.queries.actions import ActionView
from bot.queries.documents import Whole
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView, Upcoming
from bot.queries.snoozes import OwnSnooze
from bot.queries.timeline import EntryView
from bot.slack.cards.actions import action_words
from bot.slack.cards.blocks import (
    HEADER_LIMIT,
    MESSAGE_BLOCKS,
    TEXT_LIMIT,
    Block,
    Card,
    actions,
    button,
    context,
    header,
    plain,
    section,
)
from bot.slack.cards.dates import day_and_time, weekday_and_time
from bot.slack.cards.inputs import modal
from bot.slack.cards.named_things import beside_words, involved_words
from bot.slack.cards.postmortem import (
    buttons,
    completeness_words,
    head_blocks,
    open_page,
    plain_words,
    reminder_words,
    snooze_words,
    status_words,
)
from bot.slack.cards.review import said_rows, version_words
from bot.slack.cards.timeline import course_words, said, source_words, times_button
from bot.slack.cards.typed import fits
from bot.slack.ids import Action, Form
from bot.vocabulary import PostmortemStatus

MESSAGE_CHARACTERS = 12_500
"""Slack takes some 13,000 in a message, however they are divided."""
REMINDED = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """How much is shown: characters of each section, rows of each list, and characters of each row."""

    section: int
    rows: int
    row: int


WHOLE = Measure(100_000, 1_000, 2_000)
IN_A_MESSAGE = (
    WHOLE,
    *(Measure(4_000, 12, 400), Measure(2_000, 10, 300), Measure(1_000, 8, 200), Measure(500, 8, 150)),
    *(Measure(250, 5, 100), Measure(100, 3, 60), Measure(0, 0, 60)),
)
IN_A_MODAL = (
    WHOLE,
    Measure(30_000, 200, 1_000),
    Measure(10_000, 100, 500),
    Measure(3_000, 50, 300),
    Measure(500, 20, 200),
)
"""All of it; or else as much as Slack takes."""


def document_card(whole: Whole, *, asker: Person, snooze: OwnSnooze | None, line: str, page: str) -> Card:
    """`/postmortem show`: the postmortem to its reader alone; `line` asks for it again, for [Show to channel].

    `page` is the address of its page.

    Where it is too long for a message, its parts are shortened and say so, and a button opens all of it.
    """
    put_right = [] if whole.view.status is PostmortemStatus.PUBLISHED else [times_button(whole.view.label)]
    ways = actions(open_page(page), button("Show to channel", Action.SHOW, line), *put_right)
    cards = (_message(whole, measure, asker, snooze, ways) for measure in IN_A_MESSAGE[:-1])
    return next((each for each in cards if is_taken(each)), _message(whole, IN_A_MESSAGE[-1], asker, snooze, ways))


def reading_view(whole: Whole) -> Block:
    """All of it to read, in a modal."""
    views = (_modal(whole, measure) for measure in IN_A_MODAL[:-1])
    return next((each for each in views if fits(each)), _modal(whole, IN_A_MODAL[-1]))


def _message(whole: Whole, measure: Measure, asker: Person, snooze: OwnSnooze | None, ways: Block) -> Card:
    view, is_cut = whole.view, measure is not WHOLE
    small = (
        *version_words(view, whole.versions),
        completeness_words(view),
        involved_words(view),
        *beside_words(view),
        course_words(whole.timeline.course),
    )
    below = [_reminders(view), reminder_words(view, asker), snooze_words(snooze) if snooze else ""]
    if is_cut:
        below.append("It is shortened here. *Read it all* opens the whole of it.")
    blocks = [
        *head_blocks(view),
        *(context(each) for each in small if each),
        *_sections(view, measure, is_message=True),
        *_lists(whole, measure),
        *(context(each) for each in below if each),
        actions(*buttons(view, read="Read it all" if is_cut else "Read")),
        ways,
    ]
    return Card(plain_words(view), tuple(blocks))


def _modal(whole: Whole, measure: Measure) -> Block:
    view = whole.view
    facts = f"{status_words(view.status)}, owned by {view.owner.name}, {view.outline.severity}, {view.incident.label}"
    blocks: list[Block] = [header(view.title)]
    if len(view.title) > HEADER_LIMIT:
        blocks.append({"type": "section", "text": plain(view.title)})
    blocks.append(context(mrkdwn_within(facts, TEXT_LIMIT)))
    small = (
        *version_words(view, whole.versions),
        involved_words(view),
        *beside_words(view),
        course_words(whole.timeline.course),
    )
    blocks.extend(context(each) for each in small if each)
    blocks.extend(_sections(view, measure, is_message=False))
    blocks.extend(_lists(whole, measure))
    return modal(Form.SAID, view.label, blocks, close="Close")


def is_taken(card: Card) -> bool:
    """Whether Slack takes a message of this size."""
    return len(card.blocks) <= MESSAGE_BLOCKS and sum(map(_characters, card.blocks)) <= MESSAGE_CHARACTERS


def _characters(node: Any) -> int:
    """The characters of all texts and addresses in a block."""
    if isinstance(node, dict):
        return sum(
            len(each) if isinstance(each, str) and name in {"text", "url"} else _characters(each)
            for name, each in node.items()
        )
    return sum(map(_characters, node)) if isinstance(node, Sequence) and not isinstance(node, str) else 0


def _sections(view: PostmortemView, measure: Measure, *, is_message: bool) -> Iterator[Block]:
    """Each section under its title; the empty ones, which a message has named already, in a modal alone."""
    for each in view.sections:
        if is_message and (each.is_empty or not measure.section):
            continue
        title = mrkdwn_within(each.title, HEADER_LIMIT)
        yield section(f"*{title}*") if is_message else header(each.title)
        if each.is_empty:
            yield context("_Nothing written yet._")
        yield from to_rich_text_blocks(each.body, measure.section, mentioning=False)


def _lists(whole: Whole, measure: Measure) -> Iterator[Block]:
    view, timeline = whole.view, whole.timeline
    if timeline.total and measure.rows:
        yield section("*Timeline*")
        yield from _entries(timeline.items[: measure.rows], measure)
        yield from _more(timeline.total - measure.rows, f"`/postmortem timeline {view.label}`")
    if whole.actions and measure.rows:
        yield section("*Actions*")
        yield from bullets([_action(each, whole, measure) for each in whole.actions[: measure.rows]])
        yield from _more(len(whole.actions) - measure.rows, f"`/postmortem actions {view.label}`")
    if view.reviewers or whole.remarks:
        approvals = f": {view.outline.approvals}" if view.outline.approvals else ""
        yield section(f"*Review*{approvals}")
        rows, shown = said_rows(view, whole.remarks, measure.row), max(measure.rows, 1)
        yield from bullets(rows[-shown:])
        yield from _more(len(rows) - shown, "said before, in the thread of its card")


def _entries(entries: Sequence[EntryView], measure: Measure) -> Iterator[Block]:
    """Several lines a block, as many as it takes."""
    text = ""
    for entry in entries:
        line = _entry(entry, measure)
        if text and len(text) + len(line) + 1 > TEXT_LIMIT:
            yield section(text)
            text = ""
        text = f"{text}\n{line}" if text else line
    yield section(text)


def _entry(entry: EntryView, measure: Measure) -> str:
    told = " ".join(said(entry, measure.row).split())
    line = f"*{day_and_time(entry.at)}*  {mrkdwn_within(told, measure.row)}"
    source = source_words(entry)
    return f"{line} ({source})" if source and len(line) + len(source) < TEXT_LIMIT - 10 else line


def _action(each: ActionView, whole: Whole, measure: Measure) -> list[Block]:
    text, _, facts = action_words(each, now=whole.at).rpartition("\n")
    row = [words(shortened(text, measure.row)), words(f"  {facts.removeprefix(f'{whole.view.label}, ')}", "italic")]
    return [*row, words(" "), {"type": "link", "url": each.jira_url}] if each.jira_url else row


def _reminders(view: PostmortemView) -> str:
    """Who is reminded of it next, and when."""
    if not view.reminders:
        return ""
    told = [f"{_recipient(each)} {weekday_and_time(each.at)}" for each in view.reminders[:REMINDED]]
    more = len(view.reminders) - REMINDED
    return f"Next reminders: {', '.join(told)}" + (f", and {more} more" if more > 0 else "")


def _recipient(upcoming: Upcoming) -> str:
    who = upcoming.recipient
    return mrkdwn_within(who.name, 200) if isinstance(who, Person) else f"<#{who}>"


def _more(count: int, where: str) -> Iterator[Block]:
    if count > 0:
        yield context(f"{count} more: {where}" if where else f"{count} more")


def bullets(items: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """A list in which every character is shown as it was typed; in several blocks, where it is long."""
    rows: list[Block] = []
    for item in items:
        row = {"type": "rich_text_section", "elements": list(item)}
        if rows and _characters(rows) + _characters(row) > MAX_BLOCK:
            yield _list_of(rows)
            rows = []
        rows.append(row)
    yield _list_of(rows)


def _list_of(rows: Sequence[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": list(rows)}]}


def words(text: str, style: str = "") -> Block:
    """A piece of rich text, shown as it was typed."""
    return {"type": "text", "text": text or "…"} | ({"style": {style: True}} if style else {})
