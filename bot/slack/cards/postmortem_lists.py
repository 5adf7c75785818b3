"""Several postmortems: what is open for somebody, lists, the morning message, the week's digest."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engines.cadence.facts import NudgeKind, Reason
from bot.escaping import mrkdwn_within
from bot.queries.drafts import DraftView
from bot.queries.people import Person
from bot.queries.postmortems import Listing, Outline
from bot.queries.waiting import Item, OpenWork
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
from bot.slack.cards.postmortem import due_words, status_words
from bot.slack.cards.typed import beginning
from bot.slack.ids import Action, Form
from bot.vocabulary import PostmortemStatus

ROWS = 8
ROW_CHARACTERS = 700
"""Slack takes some 13,000 characters in a message, however they are divided."""
TEXTS = 5
KEPT_WORDS = {
    Form.CREATE: "",
    Form.EDIT: "your text for",
    Form.CHANGES: "the changes you ask for in",
    Form.REOPEN: "why you reopen",
    Form.SNOOZE: "why you snooze",
}
"""What a kept text was to be, by the form it was typed into."""
SNOOZES = (("Until tomorrow", "tomorrow"), ("For three days", "in 3 days"), ("Until next week", "next monday"))


def mine_card(work: OpenWork) -> Card:
    """`/postmortem mine`: texts that are not in their place, reviews that wait for me, my drafts."""
    blocks = kept_blocks(work.unsaved)
    room = ROWS
    for name, items in (
        ("Waiting for your review", work.reviews),
        ("Your drafts", work.drafts),
        ("Yours, in review", work.in_review),
    ):
        if items:
            blocks.append(section(f"*{name}*"))
            blocks.extend(_row(item.postmortem, _reason_words(item)) for item in items[:room])
            if len(items) > room:
                blocks.append(context(f"{len(items) - room} more: `/postmortem list`"))
            room = max(1, room - len(items))
    open_count = len({item.postmortem.id for item in (*work.drafts, *work.reviews, *work.in_review)})
    if not blocks:
        blocks.append(section("Nothing waits for you."))
    blocks.append(actions(button("New postmortem", Action.RUN, "postmortem create", style="primary")))
    head = f"{open_count} open postmortem{'s' * (open_count != 1)}" if open_count else "Nothing waits for you."
    kept = len(own_forms(work.unsaved))
    return Card(f"{head}; {_texts(kept)} of yours kept" if kept else head, tuple(blocks))


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
        blocks.append(
            section(f":floppy_disk: Not saved yet: {about}\n> {beginning(draft.content, 200) or '_nothing_'}\n{why}")
        )
        sure = confirm("Throw this text away?", "It cannot be brought back.", yes="Throw it away", no="Keep it")
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
    if not public:
        buttons.append(button("Show to channel", Action.SHOW, f"{line} page {page}"))
    blocks.append(actions(*buttons)) if buttons else None
    return Card(head, tuple(blocks))


def morning_card(items: Sequence[Item]) -> Card:
    """The one message of a morning: everything that waits, each with its reason and what can be done about it."""
    count = len(items)
    head = "1 thing waits for you" if count == 1 else f"{count} things wait for you"
    blocks: list[Block] = [section(f"*{head}*")]
    for item in items[:ROWS]:
        blocks.append(_told(item.postmortem, _reason_words(item)))
        blocks.append(actions(*_nudge_buttons(item)))
    if count > ROWS:
        blocks.append(context(f"{count - ROWS} more: `/postmortem mine`"))
    told = "; ".join(f"{item.postmortem.label} {item.postmortem.title}" for item in items[:ROWS])
    return Card(mrkdwn_within(f"{head}: {told}", TEXT_LIMIT), tuple(blocks))


def settled_card() -> Card:
    """What a morning message becomes once nothing of it waits any more."""
    text = "Nothing waits for you any more."
    return Card(text, (section(text),))


def digest_card(items: Sequence[Item]) -> Card:
    """The week's message in a channel: what is long overdue here. Names, no mentions: nobody is pinged."""
    count = len(items)
    head = "1 postmortem is long overdue" if count == 1 else f"{count} postmortems are long overdue"
    blocks: list[Block] = [section(f"*{head}*")]
    blocks.extend(
        _row(item.postmortem, f"{_reason_words(item)}. Owner: {item.postmortem.owner.name}") for item in items[:ROWS]
    )
    if count > ROWS:
        blocks.append(context(f"{count - ROWS} more: `/postmortem list overdue`"))
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
    if reason.days_overdue > 0:
        return f"overdue {reason.days_overdue} working day{'s' * (reason.days_overdue > 1)}"
    match reason.due_in_days:
        case None:
            return ""
        case 0:
            return "due today"
        case 1:
            return "due tomorrow"
        case days if days < 0:
            return "due before the weekend"
        case days:
            return f"due in {days} days"


def _nudge_buttons(item: Item) -> list[Block]:
    outline = item.postmortem
    value = f"{outline.label}:{outline.version}"
    buttons = []
    if item.kind is NudgeKind.REVIEWER:
        buttons.append(button("Approve", f"{Action.NUDGE}:approve", value, style="primary"))
        buttons.append(button("Request changes", f"{Action.NUDGE}:changes", value))
    elif item.kind is NudgeKind.OWNER:
        buttons.append(button("Write it", f"{Action.NUDGE}:edit", value, style="primary"))
        buttons.append(button("Submit for review", f"{Action.NUDGE}:submit", value))
    buttons.append(button("Open", f"{Action.NUDGE}:show", value))
    choices = [
        option(f"Snooze: {words.lower()}", f"snooze {outline.label} {day}:{outline.version}") for words, day in SNOOZES
    ]
    choices.append(option("Snooze until a day of your choice", f"snooze {outline.label}:{outline.version}"))
    if item.kind in {NudgeKind.OWNER, NudgeKind.OWNER_OF_REVIEW, NudgeKind.LEAD}:
        choices.append(option("Give it to somebody else", f"assign {outline.label}:{outline.version}"))
    return [*buttons, overflow(f"{Action.NUDGE}:more", choices)]


def _names(people: Sequence[Person]) -> str:
    names = [person.name for person in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _days(count: int) -> str:
    return f"{count} day{'s' * (count != 1)}"


def _texts(count: int) -> str:
    return f"{count} text{'s' * (count != 1)}"
