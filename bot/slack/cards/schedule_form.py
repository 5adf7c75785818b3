"""The form in which a schedule is made and edited."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.slack.cards.blocks import Block, actions, button, context, divider, option, section
from bot.slack.cards.inputs import day_input, external_select, field, modal, multi_user_select, select, text_input
from bot.slack.cards.schedule_form_fields import MOST_ROTATIONS, RotationFields, ScheduleFields, block_id
from bot.slack.ids import Action, Form
from bot.slack.words.windows import EXAMPLE
from bot.vocabulary import RotationType

NO_TEAM = option("No team", "none")
SKIPS = "active"
_TYPES = {
    RotationType.WEEKLY: option("Weekly", RotationType.WEEKLY),
    RotationType.DAILY: option("Daily", RotationType.DAILY),
    RotationType.HOURLY: option("Hourly", RotationType.HOURLY),
}
_SKIPPING = option("Skip turns that lie wholly outside these hours", SKIPS)


def schedule_form(
    fields: ScheduleFields,
    *,
    team_label: str,
    is_kept: bool = False,
    besides: Mapping[str, str] | None = None,
) -> Block:
    """The modal, filled in with `fields`.

    `team_label` is what the chosen team is shown as. `is_kept`: they were typed earlier and not saved.
    `besides`: by a rotation's id, who stands in its roster and cannot be shown in a menu of Slack.
    """
    edition = fields.edition
    team = option(team_label, fields.team) if fields.team else None
    zone = option(fields.timezone, fields.timezone) if fields.timezone else None
    blocks = [
        *([_kept_line()] if is_kept else []),
        field(block_id("name", edition), "Name", text_input(initial=fields.name, placeholder="Payments")),
        field(
            block_id("timezone", edition),
            "Time zone",
            external_select(Action.LOOK_UP_ZONE, initial=zone, placeholder="Type a city: Berlin, New York", least=1),
            hint="Hand-offs keep to the clock of this zone, through summer and winter time.",
        ),
        field(
            block_id("team", edition),
            "Team",
            external_select(Action.LOOK_UP_TEAM, initial=team, placeholder="Type a name; a new one is made"),
            optional=True,
            hint="The people of a team may edit its schedules. Without a team, everybody here may.",
        ),
    ]
    for place, rotation in enumerate(fields.rotations, start=1):
        blocks += _rotation(rotation, fields, place, (besides or {}).get(rotation.id or "", ""))
    blocks.append(_more(fields))
    title = "Edit schedule" if fields.schedule_id else "New schedule"
    return modal(
        Form.SCHEDULE, title, blocks, submit="Preview", metadata=json.dumps(fields.about, separators=(",", ":"))
    )


def _kept_line() -> Block:
    text = "Filled in with what you typed last time and did not save."
    return section(text, accessory=button("Start afresh", Action.START_AFRESH))


def _more(fields: ScheduleFields) -> Block:
    if len(fields.rotations) >= MOST_ROTATIONS:
        return context(f"A form holds {MOST_ROTATIONS} rotations; for more, make another schedule.")
    return actions(button("Add another rotation", Action.ADD_ROTATION))


def _rotation(rotation: RotationFields, fields: ScheduleFields, place: int, besides: str) -> list[Block]:
    def block(name: str) -> str:
        return block_id(name, fields.edition, rotation.key)

    removable = len(fields.rotations) > 1
    remove = button("Remove", f"{Action.REMOVE_ROTATION}:{rotation.key}", str(rotation.key)) if removable else None
    also = f"Also in this roster: {besides}. They stay while you leave the people as they are. " if besides else ""
    return [
        divider(),
        section(f"*Rotation {place}*", accessory=remove, block_id=block("heading")),
        field(block("name"), "Rotation name", text_input(initial=rotation.name, placeholder="Primary")),
        field(
            block("people"),
            "People in order",
            multi_user_select(initial=rotation.people, placeholder="Choose them in the order of their turns"),
            optional=bool(besides),
            hint=f"{also}The first one's turn begins at the start.",
        ),
        field(block("type"), "Type", select(list(_TYPES.values()), initial=_TYPES[RotationType(rotation.type)])),
        field(
            block("length"),
            "Length",
            _whole_number(rotation.length),
            hint="How many weeks, days or hours one turn lasts.",
        ),
        field(block("day"), "Start: day", day_input(initial=rotation.day or None)),
        field(
            block("time"),
            "Start: time",
            _clock_time(rotation.time),
            hint="On the clock of the schedule's time zone, to the nearest half hour. It may lie in the past.",
        ),
        field(
            block("windows"),
            "Only in these hours",
            text_input(initial=rotation.windows, placeholder=EXAMPLE),
            optional=True,
            hint=f"Empty: around the clock. Or type days and times: {EXAMPLE}. 22:00-06:00 ends the next morning.",
        ),
        field(block("skips"), "Turns", _checkbox(_SKIPPING, chosen=rotation.skips), optional=True),
    ]


def _whole_number(initial: str) -> Block:
    element: Block = {"type": "number_input", "is_decimal_allowed": False}
    return {**element, "initial_value": initial} if initial else element


def _clock_time(initial: str) -> Block:
    element: Block = {"type": "timepicker"}
    return {**element, "initial_time": initial} if initial else element


def _checkbox(choice: Block, *, chosen: bool) -> Block:
    element: Block = {"type": "checkboxes", "options": [choice]}
    return {**element, "initial_options": [choice]} if chosen else element
