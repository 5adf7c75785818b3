"""Several postmortems: what is open for somebody, lists, the morning message, the week's digest."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engines.cadence.facts import NudgeKind, Reason
from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.people import Person
from bot.queries.postmortems import Listing, Outline
from bot.queries.waiting import Item, OpenWork
from bot.slack.cards.blocks import Block, Card, actions, button, context, option, overflow, section
from bot.slack.cards.people import named
from bot.slack.cards.postmortem import due_words
from bot.slack.ids import Action, Form
from bot.vocabulary import PostmortemStatus

ROWS = 8
TITLE_CHARACTERS = 300
SNOOZES = (("Until tomorrow", "tomorrow"), ("For three days", "in 3 days"), ("Until next week", "next monday"))


def mine_card(work: OpenWork) -> Card:
    """`/postmortem mine`: my drafts, reviews that wait for me, texts that are not in their place."""
    blocks: list[Block] = []
    for draft in work.unsaved[:3]:
        words = mrkdwn_within(f"Text you typed for {draft.subject} is kept: {draft.why}", 2500)
        again = f"postmortem edit {draft.subject}"
        opens = button("Open it", f"{Action.RUN}:{draft.id}", again) if draft.form == Form.EDIT else None
        blocks.append(section(f":floppy_disk: {words}", accessory=opens))
        if draft.form != Form.EDIT and draft.content.get("text"):
            blocks.append(context(mrkdwn_within(str(draft.content["text"]), 2900)))
    for name, items in (
        ("Waiting for your review", work.reviews),
        ("Your drafts", work.drafts),
        ("Yours, in review", work.in_review),
    ):
        if items:
            blocks.append(section(f"*{name}*"))
            blocks.extend(_row(item.postmortem, _reason_words(item)) for item in items[:ROWS])
            if len(items) > ROWS:
                blocks.append(context(f"{len(items) - ROWS} more: `/postmortem list`"))
    open_count = len(work.drafts) + len(work.reviews) + len(work.in_review)
    if not blocks:
        blocks.append(section("Nothing waits for you."))
    blocks.append(actions(button("New postmortem", Action.RUN, "postmortem create", style="primary")))
    return Card(f"{open_count} postmortem{'s' * (open_count != 1)} of yours open", tuple(blocks))


def list_card(listing: Listing, *, what: str, line: str, page: int, public: bool) -> Card:
    """`/postmortem list`: a page of rows, newest first."""
    head = f"{listing.total} postmortem{'s' * (listing.total != 1)} {what}".strip()
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
        blocks.append(section(f"{_headline(item.postmortem)}\n{_reason_words(item)}"))
        blocks.append(actions(*_nudge_buttons(item)))
    if count > ROWS:
        blocks.append(context(f"{count - ROWS} more: `/postmortem mine`"))
    told = "; ".join(f"{item.postmortem.label} {mrkdwn(item.postmortem.title)}" for item in items[:ROWS])
    return Card(f"{head}: {told}"[:2900], tuple(blocks))


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
        _row(item.postmortem, f"{_reason_words(item)}. Owner: {named(item.postmortem.owner)}") for item in items[:ROWS]
    )
    if count > ROWS:
        blocks.append(context(f"{count - ROWS} more: `/postmortem list overdue`"))
    return Card(head, tuple(blocks))


def _row(outline: Outline, reason: str) -> Block:
    words = reason or _state_words(outline)
    opens = button("Open", f"{Action.RUN}:{outline.label}", f"postmortem show {outline.label}")
    return section(f"{_headline(outline)}\n{words}", accessory=opens)


def _headline(outline: Outline) -> str:
    return f"*{outline.label}* {mrkdwn_within(outline.title, TITLE_CHARACTERS)}"


def _state_words(outline: Outline) -> str:
    parts = [str(outline.status), str(outline.severity), named(outline.owner)]
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
        parts.append(f"{named(item.postmortem.owner)} owns it")
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
    names = [named(person) for person in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _days(count: int) -> str:
    return f"{count} day{'s' * (count != 1)}"
