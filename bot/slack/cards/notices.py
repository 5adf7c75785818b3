"""What one person, or a channel, is told about one postmortem. Titles are shown as typed: no mark in them formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.engines.documents.document import summary
from bot.escaping import mrkdwn, mrkdwn_within, shortened
from bot.queries.actions import ActionView
from bot.queries.history import Happened
from bot.queries.postmortems import PostmortemView, ReviewerView
from bot.slack.cards.actions import due_on_words
from bot.slack.cards.blocks import Block, Card, actions, button, context, header, plain, section
from bot.slack.cards.people import named
from bot.slack.cards.postmortem import approve_value, due_words, open_page, status_words
from bot.slack.cards.typed import quoted
from bot.slack.ids import Action
from bot.vocabulary import EXECUTIVE_SUMMARY, PostmortemStatus, Verdict

NOTIFIED_CHARACTERS = 300
"""Of a text in a notification: what a lock screen shows."""
SUMMARY_CHARACTERS = 280
"""Of what a postmortem says first: some three lines."""
ANNOUNCED_ACTIONS, ACTION_CHARACTERS = 5, 150
_SAID = {Verdict.APPROVED: "You approved it. ", Verdict.CHANGES_REQUESTED: "You asked for changes. "}


def review_request_card(view: PostmortemView, me: ReviewerView | None) -> Card:
    """To a reviewer: what it is and what can be said; once said, or no longer asked, what became of it."""
    value = f"{view.label}:{view.outline.version}"
    read = button("Read", Action.READ, value)
    if view.status is not PostmortemStatus.IN_REVIEW or me is None or me.verdict is not Verdict.PENDING:
        words = _answered(view, me)
        return Card(
            f"{view.label}: {words}", (section(f"*{view.label}*"), _title(view.title), section(words), actions(read))
        )
    asks = f"{named(view.owner)} asks for your review of *{view.label}*"
    due = f"Due {due_words(view.outline.due_on, view.outline.days_overdue)}. " if view.outline.due_on else ""
    state = f"{due}{view.outline.approvals}, {view.filled} of {len(view.sections)} sections written"
    buttons = actions(
        button("Approve", f"{Action.DO}:approve", approve_value(view), style="primary"),
        button("Request changes", f"{Action.DO}:changes", value),
        read,
    )
    text = f"{mrkdwn(view.owner.name)} asks for your review of {view.label} {mrkdwn(view.title)}"
    return Card(text, (section(asks), _title(view.title), *_summary(view), context(state), buttons))


def text_moved_on_card(sentence: str, view: PostmortemView) -> Card:
    """To a reviewer whose approval was meant for another text: the way to this one, and to approving it."""
    buttons = actions(
        button("Read", Action.READ, f"{view.label}:{view.outline.version}", style="primary"),
        button("Approve", f"{Action.DO}:approve", approve_value(view)),
    )
    return Card(sentence, (section(sentence), buttons))


def changes_requested_card(event: Happened) -> Card:
    """To the owner: what has to change, all of it."""
    who = named(event.actor) if event.actor else "A reviewer"
    about = f" of {mrkdwn(event.after['section'])}" if event.after.get("section") else ""
    value = f"{event.label}:{event.id}"
    buttons = actions(
        button("Edit", f"{Action.DO}:edit", value, style="primary"),
        button("Submit again", f"{Action.DO}:submit", value),
    )
    asks = f"{who} asks for changes{about} to *{event.label}*"
    asked = str(event.after["text"])
    text = f"{who} asks for changes to {event.label}: {mrkdwn_within(asked, NOTIFIED_CHARACTERS)}"
    return Card(text, (section(asks), _title(event.title), *quoted(asked), buttons))


def commented_card(event: Happened) -> Card:
    """To the owner: what somebody said, all of it. Nothing has to be done."""
    who = named(event.actor) if event.actor else "Somebody"
    about = f"{mrkdwn(event.after['section'])} of " if event.after.get("section") else ""
    value = f"{event.label}:{event.id}"
    buttons = actions(button("Edit", f"{Action.DO}:edit", value), button("Open", f"{Action.DO}:show", value))
    said = str(event.after["text"])
    text = f"{who} commented on {event.label}: {mrkdwn_within(said, NOTIFIED_CHARACTERS)}"
    head = section(f"{who} commented on {about}*{event.label}*")
    return Card(text, (head, _title(event.title), *quoted(said), buttons))


def assigned_card(event: Happened) -> Card:
    """To the new owner."""
    who = named(event.actor) if event.actor else "Somebody"
    value = f"{event.label}:{event.id}"
    buttons = actions(
        button("Edit", f"{Action.DO}:edit", value, style="primary"), button("Open", f"{Action.DO}:show", value)
    )
    text = f"{who} gave you {event.label} {mrkdwn(event.title)}"
    return Card(text, (section(f"{who} gave you *{event.label}*"), _title(event.title), buttons))


def announcement_card(view: PostmortemView, page: str, follow_ups: Sequence[ActionView], *, now: datetime) -> Card:
    """To a channel: it is published, what it says in short, and what is still to be done. It may be read by everybody
    there, on its page too. Names, no mentions: nobody has to act.
    """
    headline = f"{view.label} is published"
    facts = f"{view.outline.severity}, owned by {named(view.owner)}"
    read = actions(button("Read", Action.READ, f"{view.label}:{view.outline.version}"), open_page(page))
    return Card(
        f"{headline}: {mrkdwn(view.title)}",
        (
            header(headline),
            _title(view.title),
            context(facts),
            *_summary(view),
            *_to_do([each for each in follow_ups if each.is_open], now),
            read,
        ),
    )


def _summary(view: PostmortemView) -> Iterator[Block]:
    """The beginning of its summary, else of the first section in which something is written; as typed."""
    written = [each for each in view.sections if not each.is_empty]
    first = next((each for each in written if each.key == EXECUTIVE_SUMMARY), next(iter(written), None))
    if first:
        yield {"type": "section", "text": plain(summary(first.body, SUMMARY_CHARACTERS))}


def _to_do(open_actions: Sequence[ActionView], now: datetime) -> Iterator[Block]:
    """Actions and whose they are; of very many the first."""
    if not open_actions:
        return
    yield section("*Still to be done*")
    lines = [_action_line(each, now) for each in open_actions[:ANNOUNCED_ACTIONS]]
    if len(open_actions) > ANNOUNCED_ACTIONS:
        lines.append(f"and {len(open_actions) - ANNOUNCED_ACTIONS} more")
    yield {"type": "section", "text": plain("\n".join(lines))}


def _action_line(action: ActionView, now: datetime) -> str:
    owner = action.owner.name if action.owner else "nobody has it yet"
    told = ", ".join(each for each in (owner, due_on_words(action, now)) if each)
    return f"• {shortened(' '.join(action.text.split()), ACTION_CHARACTERS)} ({told})"


def _title(title: str) -> Block:
    return {"type": "section", "text": plain(title)}


def _answered(view: PostmortemView, me: ReviewerView | None) -> str:
    """What the reader said, and what holds now."""
    said = _SAID.get(me.verdict, "") if me else ""
    if view.status is PostmortemStatus.IN_REVIEW:
        return f"{said}{view.outline.approvals}." if said else "It is in review; nothing is asked of you."
    return f"{said}It is {'a draft again' if view.status is PostmortemStatus.DRAFT else status_words(view.status)}."
