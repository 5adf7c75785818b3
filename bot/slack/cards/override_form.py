"""The form of an override: who, over which schedule, from when until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.escaping import mrkdwn_within
from bot.slack.cards.blocks import Block, context, option, section
from bot.slack.cards.inputs import checkboxes, external_select, field, modal, moment_input, user_select
from bot.slack.cards.override_fields import OverrideFields
from bot.slack.ids import Action, Form

MOST_ROTATIONS = 10
"""Slack takes no more checkboxes; a schedule with more is overridden as a whole."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A schedule or rotation as a menu shows it."""

    id: str
    name: str


def override_form(
    fields: OverrideFields, *, schedule: Choice | None, rotations: Sequence[Choice], note: str = ""
) -> Block:
    """The form, filled in as far as the fields are known.

    `note` says what of typed words was not understood. `rotations` are those of the schedule; one alone is not asked.
    """
    chosen = option(schedule.name, schedule.id) if schedule else None
    menu = external_select(Action.OVERRIDE_SCHEDULE, initial=chosen, placeholder="Type a part of its name")
    blocks = [
        *([section(f":warning: {mrkdwn_within(note, 1000)}")] if note else []),
        field("person", "Who", user_select(initial=fields.person)),
        field("schedule", "Schedule", menu, tells=True),
        field("start", "From", moment_input(initial=fields.start)),
        field("until", "Until", moment_input(initial=fields.end)),
        *([_rotations(fields, schedule, rotations)] if schedule and 1 < len(rotations) <= MOST_ROTATIONS else []),
        context("The next step shows whom this replaces. Nothing counts before that."),
    ]
    return modal(Form.OVERRIDE, "Put somebody on call", blocks, submit="Next")


def rotations_block(schedule_id: str) -> str:
    """The block of a schedule's rotations: another one for another schedule, else Slack keeps what was ticked."""
    return f"rotations.{schedule_id}"


def _rotations(fields: OverrideFields, schedule: Choice, rotations: Sequence[Choice]) -> Block:
    choices = [option(each.name, each.id) for each in rotations]
    ticked = [each for each in choices if not fields.rotation_ids or each["value"] in fields.rotation_ids]
    return field(rotations_block(schedule.id), "Rotations", checkboxes(choices, initial=ticked))
