"""What a schedule would come to, shown before it is saved; and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.escaping import mrkdwn_within
from bot.slack.cards.blocks import Block, context, header, option, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import field, modal
from bot.slack.ids import Form
from bot.usecases.schedules.wanted import TakesEffect

EFFECT = "effect"
_NAME_LIMIT = 150
_CHOICES = {
    TakesEffect.NEXT_HAND_OFF: option(
        "At the next hand-off", TakesEffect.NEXT_HAND_OFF, "The turn that is running stays as it is"
    ),
    TakesEffect.NOW: option("Now", TakesEffect.NOW, "The turn that is running may pass to somebody else at once"),
}


@dataclass(frozen=True, slots=True)
class HandOffLine:
    """One hand-off. `local`: what the clock in the schedule's zone reads, and where that is.

    `who` None: nobody, on purpose. `is_changed`: an edit made this turn another one.
    """

    at: datetime
    local: str
    who: str | None
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class RotationAhead:
    """A rotation's hand-offs to come. `now` is said of the running turn in words that are escaped already.

    `hours`: the windows it is restricted to, in words; empty for round the clock.
    """

    name: str
    now: str
    hours: str
    lines: tuple[HandOffLine, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A rotation as it would go on: `at_hand_off` when the edit waits for the next hand-off, `at_once` when not.

    Both are the same where the choice changes nothing.
    """

    at_hand_off: RotationAhead
    at_once: RotationAhead


def preview(
    *,
    name: str,
    facts: str,
    rotations: Sequence[Ahead],
    metadata: str,
    changes: Sequence[str] = (),
) -> Block:
    """The next hand-offs, and for an edit what changes and when; nothing is saved yet.

    `facts` (zone, team) and `changes` are escaped already.
    """
    has_choice = any(ahead.at_once != ahead.at_hand_off for ahead in rotations)
    blocks = [
        header(name),
        context(facts),
        *([section("\n".join(changes))] if changes else []),
        *([_when()] if has_choice else []),
        *(block for ahead in rotations for block in _both(ahead)),
        context("Nothing is saved yet. “Back” leads to the form, with all that you typed."),
    ]
    return modal(Form.SCHEDULE_PREVIEW, "The next hand-offs", blocks, submit="Save", close="Back", metadata=metadata)


def saved(*, name: str, facts: str, rotations: Sequence[RotationAhead]) -> Block:
    """It is saved: what it says now. Closing this closes the form under it too."""
    blocks = [header(f"{name} is saved"), context(facts), *(_rotation(each) for each in rotations)]
    blocks.append(context("`/oncall now` shows who is on call, `/oncall schedules` every schedule."))
    return {**modal(Form.SCHEDULE_SAVED, "Schedule saved", blocks, close="Close"), "clear_on_close": True}


def not_saved(sentence: str) -> Block:
    """Why it is not saved. Closing this leads back to the form, with everything in it."""
    text = "What you typed is kept: “Back” leads to the form."
    return modal(
        Form.SCHEDULE_SAVED, "Not saved yet", [section(mrkdwn_within(sentence, 2500)), context(text)], close="Back"
    )


def _when() -> Block:
    choices = list(_CHOICES.values())
    element: Block = {"type": "radio_buttons", "options": choices, "initial_option": choices[0]}
    return field(EFFECT, "When does this take effect?", element)


def _both(ahead: Ahead) -> list[Block]:
    if ahead.at_once == ahead.at_hand_off:
        return [_rotation(ahead.at_once)]
    return [_rotation(ahead.at_hand_off, ", if at the next hand-off"), _rotation(ahead.at_once, ", if now")]


def _rotation(ahead: RotationAhead, when: str = "") -> Block:
    hours = [f"Only {ahead.hours}; nobody outside of these hours"] if ahead.hours else []
    lines = [_line(line) for line in ahead.lines]
    return section("\n".join([f"*{mrkdwn_within(ahead.name, _NAME_LIMIT)}*{when}", *hours, ahead.now, *lines]))


def _line(line: HandOffLine) -> str:
    who = mrkdwn_within(line.who, _NAME_LIMIT) if line.who else "nobody, on purpose"
    changed = ", *changed*" if line.is_changed else ""
    return f"• {day_and_time(line.at)}: {who} ({line.local}{changed})"
