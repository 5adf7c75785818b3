"""`/oncall week` and `/oncall month`: the picture, and the ways to other times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engines.pictures import Period, Picture, alt_text, heading, now_lines
from bot.escaping import mrkdwn, mrkdwn_within
from bot.slack.cards.blocks import Block, Card, actions, button, plain, section
from bot.slack.cards.sentences import VALUE_LIMIT
from bot.slack.ids import Action

_TEXT_LIMIT = 3900
_ADDRESS_LIMIT = 3000
_MOST_OTHERS = 4
_MOST_NOW = 4


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a picture: the address of its page, and the names of other schedules one may mean."""

    address: str
    others: Sequence[str]


def week_card(picture: Picture, file_id: str | None, beside: Beside, *, public: bool) -> Card:
    """A schedule's week or month. Without a picture's file the facts stand in its place, in words."""
    words = alt_text(picture)
    lines = [
        f"*{mrkdwn_within(heading(picture), 400)}*",
        *(mrkdwn_within(each, 200) for each in now_lines(picture)[:4]),
    ]
    shown: Block = {"type": "section", "text": plain(words)}
    if file_id:
        shown = {"type": "image", "slack_file": {"id": file_id}, "alt_text": words}
    others = [] if public else _others(picture.period, beside.others)
    return Card(
        mrkdwn_within(words, _TEXT_LIMIT),
        (
            section("\n".join(lines)),
            shown,
            actions(*_buttons(picture, beside, public=public)),
            *([actions(*others)] if others else []),
        ),
    )


def _buttons(picture: Picture, beside: Beside, *, public: bool) -> list[Block]:
    period = picture.period
    ways = (("previous", period.previous), ("next", period.next))
    buttons = [
        button(way.capitalize(), f"{Action.RUN}:{way}", line)
        for way, other in ways
        if other.is_within_reach and len(line := _line(picture.schedule, other)) <= VALUE_LIMIT
    ]
    if len(beside.address) <= _ADDRESS_LIMIT:
        buttons.append({**button("Open in browser", Action.OPEN_PAGE), "url": beside.address})
    if not public and len(line := _line(picture.schedule, period)) <= VALUE_LIMIT:
        buttons.append(button("Show to channel", Action.SHOW, line))
    return buttons


def _others(period: Period, names: Sequence[str]) -> list[Block]:
    lines = [(name, _line(name, period)) for name in names[:_MOST_OTHERS]]
    return [
        button(name, f"{Action.RUN}:other:{place}", line)
        for place, (name, line) in enumerate(lines)
        if len(line) <= VALUE_LIMIT
    ]


def _line(schedule: str, period: Period) -> str:
    return f"oncall {period.kind} {mrkdwn(schedule)} {period.text}"
