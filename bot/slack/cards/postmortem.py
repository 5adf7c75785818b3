"""The card of a postmortem: one message, edited in place, which says how it stands and offers what can be done now."""

from __future__ import annotations

from datetime import date

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView
from bot.slack.cards.blocks import (
    FIELD_LIMIT,
    HEADER_LIMIT,
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
    section,
)
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.people import named
from bot.slack.ids import Action
from bot.slack.words.local import duration_words
from bot.vocabulary import PostmortemStatus, Verb, Verdict

VERDICT_WORDS = {
    Verdict.PENDING: "has not said yet",
    Verdict.APPROVED: "approved",
    Verdict.CHANGES_REQUESTED: "asked for changes",
}


def postmortem_card(view: PostmortemView, *, asker: Person | None = None) -> Card:
    """The card. With `asker` it is theirs alone and says when they are reminded next. Nobody is mentioned in it."""
    headline = f"{view.label} {view.title}"
    blocks: list[Block] = [header(headline)]
    if len(headline) > HEADER_LIMIT:
        blocks.append(section(mrkdwn_within(view.title, FIELD_LIMIT)))
    blocks.append(fields(*_facts(view)))
    small = [each for each in (_completeness(view), _review(view), _involved(view), _reminder(view, asker)) if each]
    blocks.extend(context(each) for each in small)
    buttons = _buttons(view)
    if buttons:
        blocks.append(actions(*buttons))
    text = f"{mrkdwn(headline)}. Status: {view.status}. Owner: {mrkdwn(view.owner.name)}."
    return Card(mrkdwn_within(headline, 300) if len(text) > 3000 else text, tuple(blocks))


def due_words(day: date, days_overdue: int) -> str:
    """`Thu 26 Nov`, and how late it is."""
    late = f" ({days_overdue} working day{'s' * (days_overdue > 1)} overdue)" if days_overdue > 0 else ""
    return f"{day:%a %d %b}{late}"


def _facts(view: PostmortemView) -> list[str]:
    outline = view.outline
    facts = [f"*Status:* {view.status}", f"*Owner:* {named(view.owner)}", f"*Severity:* {outline.severity}"]
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
    return told if not empty else f"{told}. Still empty: {mrkdwn(', '.join(empty))}"


def _review(view: PostmortemView) -> str:
    if view.status is PostmortemStatus.DRAFT or not view.reviewers:
        return ""
    said = ", ".join(f"{named(each.person)} {VERDICT_WORDS[each.verdict]}" for each in view.reviewers)
    return f"{view.outline.approvals}: {said}"


def _involved(view: PostmortemView) -> str:
    return f"Responders: {', '.join(named(each) for each in view.responders)}" if view.responders else ""


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
