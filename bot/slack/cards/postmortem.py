"""The card of a postmortem: one message, edited in place, which says how it stands and offers what can be done now."""

from __future__ import annotations

from datetime import date

from bot.escaping import mrkdwn_within
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView
from bot.queries.snoozes import OwnSnooze
from bot.slack.cards.blocks import (
    FIELD_LIMIT,
    HEADER_LIMIT,
    TEXT_LIMIT,
    Block,
    Card,
    actions,
    button,
    confirm,
    context,
    fields,
    header,
    option,
    overflow,
    plain,
)
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.people import named
from bot.slack.ids import Action
from bot.slack.words.local import duration_words
from bot.vocabulary import PostmortemStatus, Verb, Verdict

VERDICT_WORDS = {
    Verdict.PENDING: "has not answered yet",
    Verdict.APPROVED: "approved",
    Verdict.CHANGES_REQUESTED: "asked for changes",
}


def postmortem_card(view: PostmortemView, *, asker: Person | None = None) -> Card:
    """The card. With `asker` it is theirs alone and says when they are reminded next. Nobody is mentioned in it."""
    headline = f"{view.label} {view.title}"
    blocks: list[Block] = [header(headline)]
    if len(headline) > HEADER_LIMIT:
        blocks.append({"type": "section", "text": plain(view.title)})
    blocks.append(fields(*_facts(view)))
    small = [each for each in (_completeness(view), _review(view), _involved(view), _reminder(view, asker)) if each]
    blocks.extend(context(each) for each in small)
    buttons = _buttons(view)
    if buttons:
        blocks.append(actions(*buttons))
    text = f"{headline}. Status: {status_words(view.status)}. Owner: {view.owner.name}."
    return Card(mrkdwn_within(text, TEXT_LIMIT), tuple(blocks))


def status_words(status: PostmortemStatus) -> str:
    """The state as one says it: `in review`."""
    return str(status).replace("-", " ")


def snooze_words(snooze: OwnSnooze) -> str:
    """Until when the reader wanted to hear nothing of it, and why."""
    why = f": {mrkdwn_within(snooze.reason, FIELD_LIMIT)}" if snooze.reason else ""
    return f"You snoozed it until {snooze.until:%a %d %b}{why}"


def due_words(day: date, days_overdue: int) -> str:
    """`Thu 26 Nov`, and how late it is."""
    late = f" ({days_overdue} working day{'s' * (days_overdue > 1)} overdue)" if days_overdue > 0 else ""
    return f"{day:%a %d %b}{late}"


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


def _completeness(view: PostmortemView) -> str:
    empty = [each.title for each in view.sections if each.is_empty]
    told = f"{view.filled} of {len(view.sections)} sections written"
    return told if not empty else mrkdwn_within(f"{told}. Still empty: {', '.join(empty)}", TEXT_LIMIT)


def _review(view: PostmortemView) -> str:
    if view.status is PostmortemStatus.DRAFT or not view.reviewers:
        return ""
    said = ", ".join(f"{each.person.name} {VERDICT_WORDS[each.verdict]}" for each in view.reviewers)
    return mrkdwn_within(f"{view.outline.approvals}: {said}", TEXT_LIMIT)


def _involved(view: PostmortemView) -> str:
    if not view.responders:
        return ""
    return mrkdwn_within(f"Responders: {', '.join(each.name for each in view.responders)}", TEXT_LIMIT)


def _reminder(view: PostmortemView, asker: Person | None) -> str:
    if asker is None:
        return ""
    at = view.next_reminder(asker.id)
    return f"Your next reminder: {day_and_time(at)}" if at else "No reminder is planned for you."


def _buttons(view: PostmortemView) -> list[Block]:
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
                offered.append(button("Approve", f"{Action.DO}:approve", value))
                offered.append(button("Request changes", f"{Action.DO}:changes", value))
            case Verb.PUBLISH:
                sure = confirm(f"Publish {view.label}?", "It is locked from then on and announced.", yes="Publish it")
                offered.append(button("Publish", f"{Action.DO}:publish", value, style="primary", confirm=sure))
            case Verb.REOPEN:
                offered.append(button("Reopen", f"{Action.DO}:reopen", value))
    offered.append(button("Read", Action.READ, value))
    rest = _menu(view)
    return [*offered, *([overflow(f"{Action.DO}:more", rest)] if rest else [])]


def _menu(view: PostmortemView) -> list[Block]:
    version, label = view.outline.version, view.label
    choices = []
    if Verb.ASSIGN in view.moves:
        choices.append(option("Give it to somebody else", f"assign {label}:{version}"))
    if Verb.SNOOZE_SELF in view.moves:
        choices.append(option("Snooze my reminders", f"snooze {label}:{version}"))
    return choices
