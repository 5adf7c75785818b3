"""The card of a postmortem: one message, edited in place, which says how it stands and offers what can be done now."""

from __future__ import annotations

from datetime import date

from bot.escaping import mrkdwn_within
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView, ReviewerView
from bot.queries.snoozes import OwnSnooze
from bot.slack.cards.blocks import (
    FIELD_LIMIT,
    HEADER_LIMIT,
    TEXT_LIMIT,
    Block,
    Card,
    actions,
    button,
    context,
    fields,
    header,
    option,
    overflow,
    plain,
)
from bot.slack.cards.dates import day_and_time, weekday_and_time
from bot.slack.cards.named_things import involved_words
from bot.slack.cards.people import named
from bot.slack.ids import Action
from bot.slack.words.local import day_words, duration_words
from bot.vocabulary import PostmortemStatus, Verb, Verdict

_VERDICT_WORDS = {
    Verdict.PENDING: "has not answered yet",
    Verdict.APPROVED: "approved",
    Verdict.CHANGES_REQUESTED: "asked for changes",
}


def postmortem_card(view: PostmortemView, *, asker: Person | None = None) -> Card:
    """The card. With `asker` it is theirs alone and says when they are reminded next. Nobody is mentioned in it."""
    small = (completeness_words(view), _review(view), involved_words(view), reminder_words(view, asker))
    blocks = [*head_blocks(view), *(context(each) for each in small if each), actions(*buttons(view))]
    return Card(plain_words(view), tuple(blocks))


def plain_words(view: PostmortemView) -> str:
    """What it is and how it stands, for a notification."""
    text = f"{_headline(view)}. Status: {status_words(view.status)}. Owner: {view.owner.name}."
    return mrkdwn_within(text, TEXT_LIMIT)


def head_blocks(view: PostmortemView) -> list[Block]:
    """Its headline and the facts about it."""
    blocks: list[Block] = [header(_headline(view))]
    if len(_headline(view)) > HEADER_LIMIT:
        blocks.append({"type": "section", "text": plain(view.title)})
    return [*blocks, fields(*_facts(view))]


def approve_value(view: PostmortemView) -> str:
    """What an Approve button carries: `PM-12:5:1.2.1.1`, the row's version and those of the sections shown with it."""
    return f"{view.label}:{view.outline.version}:{'.'.join(str(each.version) for each in view.sections)}"


def status_words(status: PostmortemStatus) -> str:
    """The state as one says it: `in review`."""
    return str(status).replace("-", " ")


def verdict_words(reviewer: ReviewerView) -> str:
    """What a reviewer said, or why nothing is to come from them, behind their name."""
    if reviewer.verdict is Verdict.PENDING and reviewer.person.has_left:
        return "has left the workspace"
    return _VERDICT_WORDS[reviewer.verdict]


def snooze_words(snooze: OwnSnooze) -> str:
    """Until when the reader wanted to hear nothing of it, and why."""
    why = f": {mrkdwn_within(snooze.reason, FIELD_LIMIT)}" if snooze.reason else ""
    return f"You snoozed it until {day_words(snooze.until)}{why}"


def due_words(day: date, days_overdue: int) -> str:
    """`Thu 26 Nov`, and how late it is."""
    late = f" ({days_overdue} working day{'s' * (days_overdue > 1)} overdue)" if days_overdue > 0 else ""
    return f"{day_words(day)}{late}"


def _headline(view: PostmortemView) -> str:
    return f"{view.label} {view.title}"


def _facts(view: PostmortemView) -> list[str]:
    outline = view.outline
    facts = [
        f"*Status:* {status_words(view.status)}",
        f"*Owner:* {named(view.owner)}",
        f"*Severity:* {outline.severity}",
    ]
    if outline.due_on:
        facts.insert(2, f"*Due:* {due_words(outline.due_on, outline.days_overdue)}")
    if outline.published_at:
        facts.insert(2, f"*Published:* {day_and_time(outline.published_at)}")
    lasted = duration_words(view.duration) if view.duration is not None else "still going on"
    facts.append(f"*Duration:* {lasted}")
    facts.append(f"*Incident:* {view.incident.label}, {view.incident.status}")
    facts.append(f"*Began:* {day_and_time(outline.started_at)}")
    if view.services:
        facts.append(mrkdwn_within(f"*Services:* {', '.join(view.services)}", FIELD_LIMIT))
    return facts


def completeness_words(view: PostmortemView) -> str:
    """How many sections are written, and which are not."""
    empty = [each.title for each in view.sections if each.is_empty]
    told = f"{view.filled} of {len(view.sections)} sections written"
    return told if not empty else mrkdwn_within(f"{told}. Still empty: {', '.join(empty)}", TEXT_LIMIT)


def _review(view: PostmortemView) -> str:
    if view.status is PostmortemStatus.DRAFT or not view.reviewers:
        return ""
    if all(each.verdict is Verdict.APPROVED for each in view.reviewers):
        said = ", ".join(each.person.name for each in view.reviewers)
    else:
        said = ", ".join(f"{each.person.name} {verdict_words(each)}" for each in view.reviewers)
    return mrkdwn_within(f"{view.outline.approvals}: {said}", TEXT_LIMIT)


def reminder_words(view: PostmortemView, asker: Person | None) -> str:
    """When the asker is reminded of it next; empty without an asker."""
    if asker is None:
        return ""
    at = view.next_reminder(asker.id)
    return f"Your next reminder: {weekday_and_time(at)}" if at else "No reminder is planned for you."


def buttons(view: PostmortemView, *, read: str = "Read") -> list[Block]:
    """What can be done with it now; `read` is what the button says that opens its text."""
    value = f"{view.label}:{view.outline.version}"
    offered: list[Block] = []
    for move in view.moves:
        match move:
            case Verb.EDIT_SECTION:
                style = "primary" if view.status is PostmortemStatus.DRAFT and view.filled == 0 else None
                offered.append(button("Edit", f"{Action.DO}:edit", value, style=style))
            case Verb.SUBMIT:
                word = "Submit for review" if view.status is PostmortemStatus.DRAFT else "Add reviewers"
                offered.append(button(word, f"{Action.DO}:submit", value))
            case Verb.GIVE_VERDICT:
                offered.append(button("Approve", f"{Action.DO}:approve", approve_value(view)))
                offered.append(button("Request changes", f"{Action.DO}:changes", value))
            case Verb.PUBLISH:
                offered.append(button("Publish", f"{Action.DO}:preview", value, style="primary"))
            case Verb.REOPEN:
                offered.append(button("Reopen", f"{Action.DO}:reopen", value))
    offered.append(button(read, Action.READ, value))
    return [*offered, overflow(f"{Action.DO}:more", _menu(view))]


def open_page(address: str) -> Block:
    """Leads to its page: to print it, to take it along as a file, or to hand it on."""
    return {**button("Open page", Action.OPEN_PAGE), "url": address}


def _menu(view: PostmortemView) -> list[Block]:
    version, label = view.outline.version, view.label
    choices = []
    if Verb.ASSIGN in view.moves:
        choices.append(option("Give it to somebody else", f"assign {label}:{version}"))
    if Verb.SNOOZE_SELF in view.moves:
        choices.append(option("Snooze my reminders", f"snooze {label}:{version}"))
    choices.append(option("Delete it", f"delete {label}:{version}"))
    return choices
