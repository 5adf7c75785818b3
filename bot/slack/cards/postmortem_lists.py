"""Several postmortems: what is open for somebody, lists, the morning message, the week's digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.cadence.facts import NudgeKind, Reason
from bot.escaping import mrkdwn_within
from bot.queries.actions import ActionListing, ActionView
from bot.queries.drafts import DraftView
from bot.queries.people import Person
from bot.queries.postmortems import Listing, Outline, PostmortemView
from bot.queries.snoozes import OwnSnooze
from bot.queries.waiting import Item, OpenWork, number_of
from bot.slack.cards.actions import (
    MINE,
    Noted,
    morning_buttons,
    nearness_words,
    noted_row,
    overdue_action_row,
    overdue_buttons,
    own_action_row,
    settled_action_row,
)
from bot.slack.cards.blocks import (
    TEXT_LIMIT,
    Block,
    Card,
    actions,
    button,
    confirm,
    context,
    option,
    overflow,
    plain,
    section,
)
from bot.slack.cards.postmortem import approve_value, due_words, status_words
from bot.slack.cards.typed import beginning
from bot.slack.ids import Action, Form
from bot.slack.words.local import day_words
from bot.vocabulary import PostmortemStatus, Verdict

ROWS = 8
ROW_CHARACTERS = 700
"""Slack takes some 13,000 characters in a message, however they are divided."""
TEXTS = 5
KEPT_WORDS = {
    Form.CREATE: "",
    Form.EDIT: "your text for",
    Form.CHANGES: "the changes you ask for in",
    Form.COMMENT: "your comment on",
    Form.REOPEN: "why you reopen",
    Form.SNOOZE: "why you snooze",
    Form.ENTRY: "the entry for the timeline of",
    Form.EDIT_ENTRY: "your change of an entry of",
    Form.ACTION: "the action for",
    Form.ACTION_EDIT: "your change of an action of",
    Form.TEMPLATE: "your text for",
    Form.DECLARE: "",
    Form.INCIDENT_NOTE: "your update of",
}
"""What a kept text was to be, by the form it was typed into."""
SNOOZES = (("Until tomorrow", "tomorrow"), ("For three days", "in 3 days"), ("Until next week", "next monday"))


def mine_card(work: OpenWork, *, noted: Noted | None = None) -> Card:
    """`/postmortem mine`: texts that are not in their place, reviews that wait for me, my drafts and actions.

    `noted` is what the reader just did with one of the actions.
    """
    blocks = [*([noted_row(noted, MINE)] if noted else []), *kept_blocks(work.unsaved)]
    room = ROWS
    for name, items, left_out in (
        ("Waiting for your review", work.reviews, work.left_out.reviews),
        ("Your drafts", work.drafts, work.left_out.drafts),
        ("Yours, in review", work.in_review, work.left_out.in_review),
    ):
        if items:
            blocks.append(section(f"*{name}*"))
            blocks.extend(_row(item.postmortem, _reason_words(item)) for item in items[:room])
            if more := max(0, len(items) - room) + left_out:
                blocks.append(context(f"{more} more: `/postmortem list`"))
            room = max(1, room - len(items))
    blocks.extend(_own_actions(work.actions, room))
    listed = {item.postmortem.id for item in (*work.drafts, *work.reviews, *work.in_review)}
    open_count = len(listed) + work.left_out.total
    if not blocks:
        blocks.append(section("Nothing waits for you."))
    blocks.append(actions(button("New postmortem", Action.RUN, "postmortem create", style="primary")))
    counted = [_counted(open_count, "open postmortem"), _counted(work.actions.total, "open action")]
    head = ", ".join(filter(None, counted)) or "Nothing waits for you."
    kept = len(own_forms(work.unsaved))
    return Card(f"{head}; {_texts(kept)} of yours kept" if kept else head, tuple(blocks))


def _own_actions(listing: ActionListing, room: int) -> list[Block]:
    if not listing.total:
        return []
    blocks: list[Block] = [section("*Your actions*")]
    blocks.extend(own_action_row(view, here=MINE) for view in listing.items[:room])
    if left := listing.total - min(room, len(listing.items)):
        blocks.append(context(f"{left} more: `/postmortem actions`"))
    return blocks


def kept_card(unsaved: Sequence[DraftView]) -> Card:
    """The texts alone: for somebody who may not see postmortems any more, but whose words are theirs."""
    return Card(f"{_texts(len(unsaved))} of yours kept", tuple(kept_blocks(unsaved)))


def kept_blocks(unsaved: Sequence[DraftView]) -> list[Block]:
    """Each text by its beginning, with the way back into its form and the way to let go of it; the newest first."""
    blocks: list[Block] = []
    kept = own_forms(unsaved)
    for draft in kept[:TEXTS]:
        about = f"{KEPT_WORDS[Form(draft.form)]} {mrkdwn_within(draft.subject, 150)}".strip()
        why = mrkdwn_within(draft.why, 300)
        head = "Set aside" if draft.is_set_aside else "Not saved yet"
        blocks.append(
            section(f":floppy_disk: {head}: {about}\n> {beginning(draft.content, 200) or '_nothing_'}\n{why}")
        )
        sure = confirm(
            "Throw this text away?", "It cannot be brought back.", yes="Throw it away", no="Keep it", destroys=True
        )
        blocks.append(
            actions(
                button("Open my text", Action.KEPT, draft.id),
                button("Throw it away", Action.FORGET, draft.id, confirm=sure),
            )
        )
    if len(kept) > TEXTS:
        blocks.append(context(f"{_texts(len(kept) - TEXTS)} more; they come up here as these are dealt with."))
    return blocks


def own_forms(unsaved: Sequence[DraftView]) -> Sequence[DraftView]:
    """The texts of postmortems; the form of a schedule brings its own back when it is opened."""
    return [draft for draft in unsaved if draft.form in KEPT_WORDS]


def list_card(listing: Listing, *, head: str, line: str, page: int, public: bool) -> Card:
    """`/postmortem list`: a page of rows, newest first. `head` says how many there are of what."""
    blocks: list[Block] = [section(f"*{head}*")]
    blocks.extend(_row(each, "") for each in listing.items)
    buttons = []
    if page > 1:
        buttons.append(button("Newer", f"{Action.RUN}:newer", f"{line} page {page - 1}"))
    if page * ROWS < listing.total:
        buttons.append(button("Older", f"{Action.RUN}:older", f"{line} page {page + 1}"))
    if not public and listing.items:
        buttons.append(button("Show to channel", Action.SHOW, f"{line} page {page}"))
    blocks.append(actions(*buttons)) if buttons else None
    return Card(head, tuple(blocks))


@dataclass(frozen=True, slots=True)
class SettledAction:
    """An action that its reader dealt with since their morning message told them of it; `at` is the present."""

    view: ActionView
    reader: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """A postmortem that its reader dealt with from their morning message, so that it waits no more."""

    view: PostmortemView
    reader: Person
    snooze: OwnSnooze | None


def morning_card(
    items: Sequence[Item | ActionView],
    *,
    to_judge: Mapping[str, PostmortemView],
    settled: Sequence[Settled | SettledAction] = (),
) -> Card:
    """The one message of a morning: everything that waits, each with its reason and what can be done about it.

    `to_judge` holds what waits for the reader's verdict, by its id, for their approval is of a text. `settled` says
    what they did from this message already; nothing is offered there but another day for a snooze.
    """
    head = _waits(len(items))
    both: list[_Row] = [*items, *settled]
    rows = sorted(both, key=_number, reverse=True)[:ROWS]
    style = "primary" if len(items) == 1 else None
    blocks: list[Block] = [section(f"*{head}*")]
    for row in rows:
        blocks.extend(_morning_row(row, to_judge, style=style))
    left = len(items) - sum(isinstance(row, Item | ActionView) for row in rows)
    if left:
        blocks.append(actions(button(f"{left} more", f"{Action.RUN}:more", "postmortem mine")))
    told = "; ".join(map(_in_short, rows))
    return Card(mrkdwn_within(f"{head}: {told}" if told else f"{head}.", TEXT_LIMIT), tuple(blocks))


def _waits(count: int) -> str:
    match count:
        case 0:
            return "Nothing waits for you any more"
        case 1:
            return "1 thing waits for you"
        case _:
            return f"{count} things wait for you"


_Row = Item | ActionView | Settled | SettledAction


def _number(row: _Row) -> int:
    return row.view.number if isinstance(row, Settled | SettledAction) else number_of(row)


def _in_short(row: _Row) -> str:
    match row:
        case Item():
            return f"{row.postmortem.label} {row.postmortem.title}"
        case Settled():
            return f"{row.view.label} {row.view.title}"
        case SettledAction():
            return f"{row.view.label} {row.view.text}"
        case ActionView():
            return f"{row.label} {row.text}"


def _morning_row(row: _Row, to_judge: Mapping[str, PostmortemView], *, style: str | None) -> list[Block]:
    """One primary button a message, and only where nothing else is to be chosen first."""
    match row:
        case Item():
            buttons = actions(*_nudge_buttons(row, to_judge, style=style))
            return [_told(row.postmortem, _reason_words(row)), buttons]
        case ActionView():
            if row.rung in {NudgeKind.OWNER_OF_ACTIONS, NudgeKind.LEAD_OF_ACTIONS}:
                return [overdue_action_row(row), overdue_buttons(row, style=style)]
            return [own_action_row(row), morning_buttons(row, style=style)]
        case Settled():
            return [_settled(row)]
        case SettledAction():
            return [settled_action_row(row.view, row.reader, now=row.at)]


def _settled(row: Settled) -> Block:
    view, outline = row.view, row.view.outline
    if done := _done_words(view, row.reader):
        return _told(outline, done)
    if row.snooze:
        again = overflow(f"{Action.NUDGE}:more", _snoozes(outline))
        return {**_told(outline, f"You snoozed it until {day_words(row.snooze.until)}"), "accessory": again}
    how = outline.approvals or f"{view.filled} of {len(view.sections)} sections written"
    whose = "" if view.owner.id == row.reader.id else f"{view.owner.name} owns it, "
    return _told(outline, f"{whose}{status_words(view.status)}, {how}")


def _done_words(view: PostmortemView, reader: Person) -> str:
    """What the reader, or the last word on it, has done; empty where it is still in somebody's hands."""
    if view.status is PostmortemStatus.PUBLISHED:
        return "It is published"
    match next((each.verdict for each in view.reviewers if each.person.id == reader.id), Verdict.PENDING):
        case Verdict.APPROVED:
            return f"You approved it. {view.outline.approvals}."
        case Verdict.CHANGES_REQUESTED:
            return "You asked for changes"
        case Verdict.PENDING:
            return ""


def digest_card(items: Sequence[Item | ActionView]) -> Card:
    """The week's message in a channel: what is long overdue here. Names, no mentions: nobody is pinged."""
    late = [each for each in items if isinstance(each, Item)]
    owed = [each for each in items if isinstance(each, ActionView)]
    counted = [_counted(len(late), "postmortem"), _counted(len(owed), "action")]
    head = f"{' and '.join(filter(None, counted))} {'is' if len(items) == 1 else 'are'} long overdue"
    blocks: list[Block] = [section(f"*{head}*")]
    blocks.extend(
        _row(item.postmortem, f"{_reason_words(item)}. Owner: {item.postmortem.owner.name}") for item in late[:ROWS]
    )
    if len(late) > ROWS:
        blocks.append(context(f"{len(late) - ROWS} more: `/postmortem list overdue`"))
    blocks.extend(overdue_action_row(each) for each in owed[:ROWS])
    if len(owed) > ROWS:
        blocks.append(context(f"{len(owed) - ROWS} more: `/postmortem actions overdue`"))
    return Card(head, tuple(blocks))


def _row(outline: Outline, reason: str) -> Block:
    opens = button("Open", f"{Action.RUN}:{outline.label}", f"postmortem show {outline.label}")
    return {**_told(outline, reason or _state_words(outline)), "accessory": opens}


def _told(outline: Outline, words: str) -> Block:
    """A line with the title exactly as typed, which only plain text shows, and one about it."""
    return {"type": "section", "text": plain(f"{outline.label}  {outline.title}\n{words}", ROW_CHARACTERS)}


def _state_words(outline: Outline) -> str:
    parts = [status_words(outline.status), str(outline.severity), outline.owner.name]
    if outline.status is PostmortemStatus.IN_REVIEW:
        parts.append(outline.approvals)
    if outline.due_on:
        parts.append(f"due {due_words(outline.due_on, outline.days_overdue)}")
    return ", ".join(part for part in parts if part)


def _reason_words(item: Item) -> str:
    """Why it waits: `in review 5 days, Ana and Li have approved, you are last`."""
    reason = item.reason
    parts = []
    if reason.days_in_review is not None:
        parts.append(f"in review {_days(reason.days_in_review)}" if reason.days_in_review else "in review since today")
    if item.kind is NudgeKind.LEAD:
        parts.append(f"{item.postmortem.owner.name} owns it")
    if item.approved_by:
        verb = "has" if len(item.approved_by) == 1 else "have"
        parts.append(f"{_names(item.approved_by)} {verb} approved")
    if reason.is_last:
        parts.append("you are last")
    elif reason.status is PostmortemStatus.IN_REVIEW and item.kind is not NudgeKind.REVIEWER and item.waiting_for:
        parts.append(f"waiting for {_names(item.waiting_for)}")
    parts.append(_due_words(reason))
    return ", ".join(part for part in parts if part) or "a draft"


def _due_words(reason: Reason) -> str:
    return nearness_words(days_overdue=reason.days_overdue, due_in_days=reason.due_in_days)


def _nudge_buttons(item: Item, to_judge: Mapping[str, PostmortemView], *, style: str | None) -> list[Block]:
    outline = item.postmortem
    value = f"{outline.label}:{outline.version}"
    buttons = []
    if item.kind is NudgeKind.REVIEWER:
        shown = approve_value(to_judge[outline.id])
        buttons.append(button("Approve", f"{Action.NUDGE}:approve", shown, style=style))
        buttons.append(button("Request changes", f"{Action.NUDGE}:changes", value))
    elif item.kind is NudgeKind.OWNER:
        buttons.append(button("Write it", f"{Action.NUDGE}:edit", value, style=style))
        buttons.append(button("Submit for review", f"{Action.NUDGE}:submit", value))
    buttons.append(button("Open", f"{Action.NUDGE}:show", value))
    choices = _snoozes(outline)
    if item.kind in {NudgeKind.OWNER, NudgeKind.OWNER_OF_REVIEW, NudgeKind.LEAD}:
        choices.append(option("Give it to somebody else", f"assign {outline.label}:{outline.version}"))
    return [*buttons, overflow(f"{Action.NUDGE}:more", choices)]


def _snoozes(outline: Outline) -> list[Block]:
    days = [
        option(f"Snooze: {words.lower()}", f"snooze {outline.label} {day}:{outline.version}") for words, day in SNOOZES
    ]
    return [*days, option("Snooze until a day of your choice", f"snooze {outline.label}:{outline.version}")]


def _names(people: Sequence[Person]) -> str:
    names = [person.name for person in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _days(count: int) -> str:
    return f"{count} day{'s' * (count != 1)}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}" if count else ""


def _texts(count: int) -> str:
    return f"{count} text{'s' * (count != 1)}"
