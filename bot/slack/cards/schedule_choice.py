"""Two edits of one schedule at once: what differs, field by field, and the choice between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.escaping import mrkdwn, mrkdwn_within
from bot.slack.cards.blocks import Block, context, section
from bot.slack.cards.blocks import fields as columns
from bot.slack.cards.conflict import choice_field
from bot.slack.cards.inputs import modal
from bot.slack.ids import Form

MOST_SHOWN = 60
"""A modal has a hundred blocks at most; a form filled to the brim differs in fewer fields."""
VALUE_CHARACTERS, CHARACTERS = 1_900, 54_000
"""Of one value, which is one of Slack's fields, and of all those of one side, which stand in one view."""
KEPT_NOTE = "Nothing is saved yet, and nothing is lost: the form opens with what you typed, until you have saved it."
NO_BOTH = "Putting both together is not possible here: what stood there before is not known, or it is more than fits."
BOTH = "Theirs, with what you changed; where both did, yours"


@dataclass(frozen=True, slots=True)
class SaidTwice:
    """One field as both have it, in words as typed; `whose` says who changed it, empty where that is not known."""

    title: str
    theirs: str
    mine: str
    whose: str


def choice_form(differences: Sequence[SaidTwice], *, head: str, version: int, metadata: str, has_both: bool) -> Block:
    """The differences, and what is to stand. Sent, it leads to the preview of that; `head` is escaped already."""
    left = len(differences) - MOST_SHOWN
    most = min(VALUE_CHARACTERS, CHARACTERS // min(MOST_SHOWN, max(1, len(differences))))
    blocks = [
        section(head),
        context(KEPT_NOTE, *([] if has_both else [NO_BOTH])),
        choice_field(version, left="All of yours, in the place of theirs", both=BOTH if has_both else ""),
        *(block for each in differences[:MOST_SHOWN] for block in _row(each, most)),
        *([context(f"{left} more fields differ.")] if left > 0 else []),
        *([] if differences else [section("Both say the same.")]),
    ]
    return modal(Form.SCHEDULE_CHOICE, "Two edits at once", blocks, submit="Next", close="Back", metadata=metadata)


def left_view(name: str) -> Block:
    """Theirs was chosen. Closing this closes the form under it too."""
    text = f"*{mrkdwn(name)}* stays as it is. Yours is kept: its form opens with it, until you press “Start afresh”."
    return {**modal(Form.SCHEDULE_SAVED, "Nothing changed", [section(text)], close="Close"), "clear_on_close": True}


def _row(said: SaidTwice, most: int) -> list[Block]:
    whose = f" ({said.whose})" if said.whose else ""
    title = f"*{mrkdwn_within(said.title, 300)}*{whose}"
    return [{**section(title), **columns(_value("Theirs", said.theirs, most), _value("Yours", said.mine, most))}]


def _value(whose: str, value: str, most: int) -> str:
    return f"{whose}\n{mrkdwn_within(value, most) or '_empty_'}"
