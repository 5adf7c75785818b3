"""Action items as people see them: one that was added or given, and lists of them with what can be done about each.

Their texts are shown as typed, in places where no mark formats and nobody is pinged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.engines.cadence.facts import NudgeKind
from bot.escaping import mrkdwn_within, shortened
from bot.queries.actions import ActionView
from bot.queries.people import Person
from bot.slack.cards.blocks import TEXT_LIMIT, Block, Card, actions, button, fields, option, overflow, plain, section
from bot.slack.cards.named_things import issue_link
from bot.slack.cards.people import named
from bot.slack.cards.typed import quoted
from bot.slack.ids import Action
from bot.slack.words.local import day_words
from bot.vocabulary import ActionKind, ActionStatus

ROWS = 8
ROW_CHARACTERS = 600
NOTED_CHARACTERS = 200
"""Of a text in a line that says what was done with it."""
NOTIFIED_CHARACTERS = 300
"""Of a text in a notification: what a lock screen shows."""
_CLEAR_WITHOUT_YEAR = timedelta(days=180)


class Deed(StrEnum):
    """What can be done about an action by a button or a menu: the first word of its value."""

    DONE = "done"
    NOT_NEEDED = "not-needed"
    REOPEN = "reopen"
    REMOVE = "remove"
    RESTORE = "restore"
    DAY = "day"
    GIVE = "give"
    EDIT = "edit"


LABELS = {
    Deed.DONE: "Done",
    Deed.NOT_NEEDED: "Not needed",
    Deed.REOPEN: "Open again",
    Deed.REMOVE: "Remove",
    Deed.RESTORE: "Undo",
    Deed.DAY: "New date",
    Deed.GIVE: "Give to…",
    Deed.EDIT: "Edit",
}
KIND_WORDS = {
    ActionKind.PREVENT: "to prevent it",
    ActionKind.DETECT: "to detect it",
    ActionKind.MITIGATE: "to mitigate it",
    ActionKind.PROCESS: "a matter of process",
}
WHY = {
    NudgeKind.OWNER_OF_ACTIONS: "told to you as the owner of its postmortem",
    NudgeKind.LEAD_OF_ACTIONS: "told to you as a lead of its team or an admin",
}
"""Why somebody hears of another's action, by the rung of the ladder that tells it."""
ONE, LIST, MINE, MORNING = "one", "list", "mine", "morning"
"""Where a button stands: it decides what becomes of the message it was pressed in."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What was done with an action just now, and how to take it back."""

    words: str
    text: str
    undo: Deed | None = None
    subject: str = ""
    """What the undoing needs: `<id>:<version>`."""


def added_card(view: ActionView, *, now: datetime) -> Card:
    """To who added it: what was understood, and the way to take it back or change it."""
    head = f"Added to *{view.label}*{said_words(view, now=now)}:"
    subject = _subject(view)
    buttons = actions(
        _button(Deed.REMOVE, ONE, subject, label="Undo"), _button(Deed.EDIT, ONE, subject, label="Change")
    )
    text = f"Added to {view.label}{said_words(view, now=now)}: {mrkdwn_within(view.text, NOTIFIED_CHARACTERS)}"
    return Card(text, (section(head), *quoted(view.text), buttons))


def said_words(view: ActionView, *, now: datetime) -> str:
    """Whose it is, by when and what for, as the rest of a sentence: ` for Mia, due Fri 27 Nov, to detect`."""
    whose = f" for {named(view.owner) if view.owner else 'nobody yet'}{_due(view, now)}"
    kind = f", {KIND_WORDS[view.kind]}" if view.kind else ""
    return f"{whose}{kind}{f', {issue_link(view.jira_url)}' if view.jira_url else ''}"


def noted_card(noted: Noted) -> Card:
    """What was done with one action."""
    return Card(_noted_text(noted), (noted_row(noted, ONE),))


def given_card(view: ActionView, *, giver: Person | None, reader: Person | None, now: datetime) -> Card:
    """To an owner whom somebody else chose: what it is, and what can be done; once settled, what became of it."""
    if view.status is not ActionStatus.OPEN:
        return _settled_card(view)
    if reader is None or view.owner is None or view.owner.id != reader.id:
        whose = f"{named(view.owner)} has it now" if view.owner else "It belongs to nobody now"
        return Card(
            f"{whose}: {_in_short(view)}", (section(f"{whose}, an action of *{view.label}*:"), *quoted(view.text))
        )
    head = f"{named(giver) if giver else 'Somebody'} gave you an action of"
    subject = _subject(view)
    buttons = actions(
        _button(Deed.DONE, ONE, subject, style="primary"),
        *(_button(deed, ONE, subject) for deed in (Deed.DAY, Deed.GIVE, Deed.NOT_NEEDED)),
    )
    text = f"{head} {view.label}{_due(view, now)}: {mrkdwn_within(view.text, NOTIFIED_CHARACTERS)}"
    return Card(text, (section(f"{head} *{view.label}*{_due(view, now)}:"), *quoted(view.text), buttons))


def removed_card() -> Card:
    """What a message about an action becomes once that is removed, or its postmortem is."""
    text = "This action was removed. Nothing is left to do."
    return Card(text, (section(text),))


def actions_card(
    views: Sequence[ActionView],
    *,
    head: str,
    words: str,
    page: int,
    total: int,
    public: bool,
    now: datetime,
    noted: Noted | None = None,
) -> Card:
    """`/postmortem actions`: a page of rows. `words` ask for this list; `noted` is what was just done from it."""
    here = f"{LIST}:{words} page {page}"
    blocks: list[Block] = [noted_row(noted, LIST, f"{words} page {page}")] if noted else []
    blocks.append(section(f"*{head}*"))
    blocks.extend(action_row(view, here=None if public else here, now=now) for view in views)
    line = f"postmortem actions {words}"
    buttons = []
    if page > 1:
        buttons.append(button("Back", f"{Action.RUN}:back", f"{line} page {page - 1}"))
    if page * ROWS < total:
        buttons.append(button("More", f"{Action.RUN}:more", f"{line} page {page + 1}"))
    if not public:
        buttons.append(button("Show to channel", Action.SHOW, f"{line} page {page}"))
    if buttons:
        blocks.append(actions(*buttons))
    told = "; ".join(f"{view.label} {shortened(view.text, NOTED_CHARACTERS)}" for view in views)
    text = mrkdwn_within(f"{head}: {told}" if told else head, TEXT_LIMIT)
    return Card(f"{_noted_text(noted)} {text}" if noted else text, tuple(blocks))


def action_row(view: ActionView, *, here: str | None, now: datetime) -> Block:
    """One action with all that can be done about it; without `here`, where it stands, only to be read."""
    return _row(view, _facts(view, now), here)


def action_words(view: ActionView, *, now: datetime) -> str:
    """Its text as typed, and below it of what it is, whose, and by when: plain text, not escaped."""
    return _in_full(view, _facts(view, now))


def own_action_row(view: ActionView, *, here: str | None = None) -> Block:
    """One of the reader's own actions, and how near its day is; `here` as in `action_row`."""
    return _row(view, f"{view.label}, {_near(view) or 'no day set'}", here)


def overdue_action_row(view: ActionView) -> Block:
    """An overdue action of somebody else, and why its reader hears of it."""
    whose = f"{view.owner.name} has it" if view.owner else "nobody has it"
    told = [view.label, whose, _near(view), *(words for rung, words in WHY.items() if rung is view.rung)]
    return _row(view, ", ".join(each for each in told if each), None)


def settled_action_row(view: ActionView, reader: Person, *, now: datetime) -> Block:
    """An action that its reader dealt with: what has become of it."""
    if view.is_open and (view.owner is None or view.owner.id != reader.id):
        became = f"{view.owner.name} has it now" if view.owner else "nobody has it now"
    else:
        became = _state_words(view, now)
    return _row(view, f"{view.label}, {became}", None)


def _near(view: ActionView) -> str:
    return nearness_words(days_overdue=view.days_overdue, due_in_days=view.due_in_days)


def nearness_words(*, days_overdue: int, due_in_days: int | None) -> str:
    """How near a due day is: `due tomorrow`, `overdue 2 working days`; empty where there is none."""
    if days_overdue > 0:
        return f"overdue {days_overdue} working day{'s' * (days_overdue > 1)}"
    match due_in_days:
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


def due_on_words(view: ActionView, now: datetime) -> str:
    """`due Fri 27 Nov`, and how late it is; empty where it has no day."""
    if view.due_on is None:
        return ""
    late = f" ({view.days_overdue} working day{'s' * (view.days_overdue > 1)} overdue)" if view.is_overdue else ""
    return f"due {on_day(view.due_on, now)}{late}"


def on_day(day: date, now: datetime) -> str:
    """`Fri 27 Nov`, with its year from half a year away."""
    return day_words(day) + (f" {day.year}" if abs(day - now.date()) >= _CLEAR_WITHOUT_YEAR else "")


def morning_buttons(view: ActionView, *, style: str | None) -> Block:
    """What can be done about an action in its owner's morning message."""
    subject = _subject(view)
    return actions(
        _button(Deed.DONE, MORNING, subject, style=style),
        *(_button(deed, MORNING, subject) for deed in (Deed.DAY, Deed.NOT_NEEDED)),
    )


def overdue_buttons(view: ActionView, *, style: str | None) -> Block:
    """What can be done about an overdue action of somebody else in a morning message."""
    subject = _subject(view)
    return actions(
        _button(Deed.GIVE, MORNING, subject, style=style),
        *(_button(deed, MORNING, subject) for deed in (Deed.DAY, Deed.DONE, Deed.NOT_NEEDED)),
    )


def _row(view: ActionView, words: str, here: str | None) -> Block:
    """Its text as typed, which only plain text shows, a line about it, and the menu of what can be done."""
    row: Block = {"type": "section", "text": plain(_in_full(view, words))}
    if here is not None:
        where = here if ":" in here else f"{here}:"
        row["accessory"] = overflow(f"{Action.ACTION_ITEM}:{where}", [_option(deed, view) for deed in _deeds(view)])
    if view.jira_url:
        row |= fields(issue_link(view.jira_url))
    return row


def _in_full(view: ActionView, words: str) -> str:
    return f"{shortened(view.text, ROW_CHARACTERS)}\n{words}"


def _facts(view: ActionView, now: datetime) -> str:
    owner = view.owner.name if view.owner else "nobody has it yet"
    kind = f", {view.kind}" if view.kind else ""
    return f"{view.label}, {owner}, {_state_words(view, now)}{kind}"


def _state_words(view: ActionView, now: datetime) -> str:
    match view.status:
        case ActionStatus.DONE:
            return "done"
        case ActionStatus.NOT_NEEDED:
            return "not needed any more"
        case ActionStatus.OPEN:
            return due_on_words(view, now) or "no day set"


def _deeds(view: ActionView) -> tuple[Deed, ...]:
    if view.is_open:
        return (Deed.DONE, Deed.DAY, Deed.NOT_NEEDED, Deed.EDIT, Deed.REMOVE)
    return (Deed.REOPEN, Deed.EDIT, Deed.REMOVE)


def _settled_card(view: ActionView) -> Card:
    became = "Done" if view.status is ActionStatus.DONE else "Not needed any more"
    head = f"{became}, an action of *{view.label}*:"
    undo = actions(_button(Deed.REOPEN, ONE, _subject(view)))
    return Card(f"{became}: {_in_short(view)}", (section(head), *quoted(view.text), undo))


def noted_row(noted: Noted, where: str, words: str = "") -> Block:
    """What was done, above the list it was done from, and the button that takes it back."""
    said = plain(f"{noted.words} “{shortened(noted.text, NOTED_CHARACTERS)}”")
    row: Block = {"type": "section", "text": said}
    if noted.undo:
        row["accessory"] = _button(noted.undo, where, noted.subject, words=words, label="Undo")
    return row


def _noted_text(noted: Noted) -> str:
    return mrkdwn_within(f"{noted.words} “{shortened(noted.text, NOTED_CHARACTERS)}”", TEXT_LIMIT)


def _in_short(view: ActionView) -> str:
    return f"{view.label} {mrkdwn_within(view.text, NOTED_CHARACTERS)}"


def _due(view: ActionView, now: datetime) -> str:
    words = due_on_words(view, now)
    return f", {words}" if words else ""


def _subject(view: ActionView) -> str:
    return f"{view.id}:{view.version}"


def _button(
    deed: Deed, where: str, subject: str, *, words: str = "", label: str = "", style: str | None = None
) -> Block:
    action_id = f"{Action.ACTION_ITEM}:{where}:{words}:{deed}"
    return button(label or LABELS[deed], action_id, f"{deed}:{subject}", style=style)


def _option(deed: Deed, view: ActionView) -> Block:
    return option(LABELS[deed], f"{deed}:{_subject(view)}")
