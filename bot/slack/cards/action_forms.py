"""The forms of an action item. Block ids are the names of the fields, the same that the use cases complain of."""

from __future__ import annotations

from datetime import datetime

from bot.queries.actions import ActionView
from bot.slack.cards.actions import said_words
from bot.slack.cards.blocks import Block, context, option
from bot.slack.cards.conflict import both_texts, choice_view
from bot.slack.cards.inputs import day_input, field, modal, select, text_input, user_select
from bot.slack.cards.typed import BOX_CHARACTERS, quoted, refilled, text_value
from bot.slack.ids import Form
from bot.slack.words.action_items import TypedAction
from bot.vocabulary import ActionKind

BOTH_TOO_LONG = "Both texts are too long for one box: to have some of each, change yours and keep that."
KINDS = {
    ActionKind.PREVENT: "it does not happen again",
    ActionKind.DETECT: "we notice sooner",
    ActionKind.MITIGATE: "it hurts less",
    ActionKind.PROCESS: "we work together better",
}
"""What an action of each kind is good for."""
JIRA_EXAMPLE = "https://example.atlassian.net/browse/OPS-101"
OWNER_HINT = "They are told by direct message, and reminded until it is done."


def add_form(*, label: str, shown: TypedAction, metadata: str) -> Block:
    """What a line left open of a new action, with what it said filled in."""
    form = modal(Form.ACTION, f"Action of {label}", _fields(shown), submit="Add", metadata=metadata)
    return refilled(form, {"values": {"text": text_value(shown.text)}}) if shown.text else form


def edit_form(*, label: str, shown: TypedAction, metadata: str) -> Block:
    """All of an action, to be changed."""
    form = modal(Form.ACTION_EDIT, f"Action of {label}", _fields(shown), submit="Save", metadata=metadata)
    return refilled(form, {"values": {"text": text_value(shown.text)}})


def choice_form(form: Block, *, theirs: ActionView, mine: str, head: str, now: datetime) -> Block:
    """The form of an action that somebody else changed meanwhile, and the choice between theirs and one's own.

    `mine` is the text that was typed; both texts are offered together where they differ and fit into one box.
    """
    both = both_texts(theirs.text, mine)
    is_apart, fits_box = both not in {theirs.text, mine}, len(both) <= BOX_CHARACTERS
    return choice_view(
        form,
        head=head,
        theirs=[context(f"It is{said_words(theirs, now=now)}."), *quoted(theirs.text)],
        version=theirs.version,
        left="Theirs stays readable in the card’s thread",
        both="Both texts, theirs first; all else as you chose it" if is_apart and fits_box else "",
        notes=[] if fits_box else [BOTH_TOO_LONG],
    )


def day_form(*, label: str, text: str, initial: str, metadata: str) -> Block:
    """Another day for an action."""
    blocks = [*quoted(text), field("due", "New date", day_input(initial=initial))]
    return modal(Form.ACTION_DAY, f"Action of {label}", blocks, submit="Move it", metadata=metadata)


def owner_form(*, label: str, text: str, metadata: str) -> Block:
    """Somebody else for an action."""
    blocks = [*quoted(text), field("owner", "New owner", user_select(), hint=OWNER_HINT)]
    return modal(Form.ACTION_OWNER, f"Action of {label}", blocks, submit="Give it", metadata=metadata)


def _fields(shown: TypedAction) -> list[Block]:
    kinds = {kind: option(f"{str(kind).capitalize()}: {words}", kind) for kind, words in KINDS.items()}
    issue = text_input(initial=shown.jira_url, placeholder=JIRA_EXAMPLE)
    due = shown.due.isoformat() if shown.due else None
    return [
        field("text", "Action", text_input(multiline=True, placeholder="What is to be done")),
        field("owner", "Owner", user_select(initial=shown.owner), hint=OWNER_HINT, optional=True),
        field("due", "Due", day_input(initial=due), optional=True),
        field(
            "kind",
            "What for",
            select(list(kinds.values()), initial=kinds[shown.kind] if shown.kind else None),
            optional=True,
        ),
        field("jira_url", "Jira issue", issue, optional=True),
    ]
