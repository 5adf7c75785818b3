"""What is shown of a postmortem that is to be deleted, or was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.deletions import Deletion
from bot.queries.documents import Whole
from bot.slack.cards.blocks import Block, Card, actions, button, confirm, context, plain, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.sentences import listed
from bot.slack.ids import Action

TITLE_CHARACTERS = 1_000


def confirmation_card(whole: Whole) -> Card:
    """Before it is deleted: what will be gone, and the one button that does it."""
    view = whole.view
    gone = _gone(whole)
    head = f"Delete *{view.label}*? {gone}"
    sure = confirm(
        f"Delete {view.label}?",
        "For ten minutes it can be brought back. Then it is gone for good.",
        yes="Delete it",
        destroys=True,
    )
    buttons = (
        button(
            f"Delete {view.label}",
            f"{Action.RUN}:delete",
            f"postmortem delete {view.label} yes",
            style="danger",
            confirm=sure,
        ),
        button("Open it instead", f"{Action.RUN}:show", f"postmortem show {view.label}"),
    )
    text = f"Delete {view.label} {mrkdwn_within(view.title, TITLE_CHARACTERS)}? {gone}"
    return Card(text, (section(head), _title(view.title), actions(*buttons)))


def gone_card(label: str, undo_until: datetime) -> Card:
    """To who deleted it."""
    text = f"{label} is deleted. Nobody is reminded of it any more."
    undo = button("Undo", f"{Action.RUN}:undo", f"postmortem undo {label}")
    return Card(text, (section(text), context(_until(undo_until)), actions(undo)))


def back_card(label: str) -> Card:
    """To who brought it back."""
    text = f"{label} is back, with everything on it. Its reminders are planned anew."
    return Card(text, (section(text), actions(button("Open", f"{Action.RUN}:show", f"postmortem show {label}"))))


def deleted_card(deletion: Deletion, *, now: datetime) -> Card:
    """What its card becomes: who deleted it, and for ten minutes the way back."""
    text = _by_whom(deletion)
    blocks: list[Block] = [section(text), _title(deletion.title)]
    if deletion.can_be_undone(now):
        undo = button("Undo", f"{Action.DO}:undo", f"{deletion.label}:{deletion.version}")
        blocks += [context(_until(deletion.undo_until)), actions(undo)]
    return Card(f"{text} {mrkdwn(deletion.title)}", tuple(blocks))


def deleted_notice_card(deletion: Deletion) -> Card:
    """What a review request or an announcement becomes."""
    text = f"{_by_whom(deletion)} There is nothing to do for you."
    return Card(text, (section(text), _title(deletion.title)))


def _by_whom(deletion: Deletion) -> str:
    return f"{deletion.label} was deleted by {mrkdwn_within(deletion.remover, 300)}."


def _until(at: datetime) -> str:
    return f"It can be brought back until {day_and_time(at)}: by who deleted it, a lead of its team or an admin."


def _gone(whole: Whole) -> str:
    parts = listed(list(_parts(whole)))
    return f"With it go {parts}." if parts else "Nothing is written in it yet."


def _parts(whole: Whole) -> Iterator[str]:
    view = whole.view
    if view.filled:
        yield f"{view.filled} written section{'s' * (view.filled != 1)}"
    entries, count = whole.timeline.kept, len(whole.actions)
    if entries:
        yield f"{entries} timeline entr{'y' if entries == 1 else 'ies'}"
    if count:
        yield f"{count} action{'s' * (count != 1)}"
    if view.reviewers:
        yield f"what {listed([mrkdwn_within(each.person.name, 100) for each in view.reviewers[:5]])} said of it"


def _title(title: str) -> Block:
    return {"type": "section", "text": plain(title)}
