"""The schedules of a channel: what is linked to it, and the form that links another."""

from __future__ import annotations

from collections.abc import Sequence

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.schedules import ScheduleName
from bot.slack.cards.blocks import Block, Card, actions, button, context, section
from bot.slack.cards.inputs import channel_select, external_select, field, modal
from bot.slack.ids import Action, Form

ROWS = 8
_NAME_LIMIT = 200
NOTHING = "Nothing is linked to this channel."
OWN = "This channel's schedules"
FIRST_HERE = "What is linked comes first when somebody asks here who is on call."


def links_card(linked: Sequence[ScheduleName], *, channel: str, said: str = "", undo: int | None = None) -> Card:
    """What is linked to the channel, each with [Unlink], and the way to link more.

    `said` is what has just happened, escaped already; `undo` the event that [Undo] takes back.
    """
    names = ", ".join(bold_name(each) for each in linked[:ROWS])
    stands = f"{OWN}: {names}" if linked else NOTHING
    blocks: list[Block] = [section(said)] if said else []
    if linked or not said:
        blocks.append(section(f"*{OWN}*" if linked else f"{NOTHING} {FIRST_HERE}"))
    blocks.extend(_row(place, each) for place, each in enumerate(linked[:ROWS]))
    if len(linked) > ROWS:
        blocks.append(context(f"{len(linked) - ROWS} more: name the one you mean, as in `/oncall unlink <name>`"))
    elif linked:
        blocks.append(context(FIRST_HERE))
    style = None if linked or undo else "primary"
    blocks.append(actions(*_undo(undo), button("Link a schedule", Action.LINK_CHANNEL, channel, style=style)))
    return Card(f"{said} {stands}".strip(), tuple(blocks))


def link_form(channel: str | None) -> Block:
    """Which schedule belongs to which channel; `channel` is the one it was opened in."""
    blocks = [
        field("schedule", "Schedule", external_select(Action.LOOK_UP_SCHEDULE, placeholder="Type a part of its name")),
        field("channel", "Channel", channel_select(initial=channel), hint="It comes first in the answers there."),
    ]
    return modal(Form.LINK, "Link a schedule", blocks, submit="Link it")


def linked_view(said: str, *, undo: int | None) -> Block:
    """The last view of that form: what has happened, escaped already, and [Undo] where something has."""
    buttons = _undo(undo)
    return modal(Form.SAID, "Linked", [section(said), *([actions(*buttons)] if buttons else [])], close="Close")


def bold_name(schedule: ScheduleName) -> str:
    """A schedule's name in a sentence, escaped."""
    return f"*{mrkdwn_within(schedule.name, _NAME_LIMIT)}*"


def place_name(channel: str) -> str:
    """A channel in a sentence; who cannot see it reads that it is a private one."""
    return f"<#{mrkdwn(channel)}>"


def _undo(event: int | None) -> list[Block]:
    return [button("Undo", Action.UNDO, str(event))] if event else []


def _row(place: int, schedule: ScheduleName) -> Block:
    unlink = button("Unlink", f"{Action.RUN}:unlink:{place}", f"oncall unlink {schedule.id}")
    return section(bold_name(schedule), accessory=unlink)
