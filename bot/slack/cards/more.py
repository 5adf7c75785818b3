"""The schedules for which an answer has no room: the button that leads to them, and the modal that shows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from bot.slack.cards.blocks import Block, actions, button, context, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import modal
from bot.slack.ids import Action, Form

PAGE = 40
"""Schedules in one view: each takes two blocks at most, and Slack takes a hundred."""


class Asked(StrEnum):
    """The questions that may be about more schedules than an answer shows."""

    NOW = "now"
    NEXT = "next"
    AT = "at"
    SCHEDULES = "schedules"


TITLES = {
    Asked.NOW: "On call now",
    Asked.NEXT: "Next hand-offs",
    Asked.AT: "On call then",
    Asked.SCHEDULES: "Schedules",
}


@dataclass(frozen=True, slots=True)
class Rest:
    """The schedules behind the first `skip` of a question asked in a channel; `at` is the time it was about."""

    asked: Asked
    skip: int
    channel: str
    at: datetime | None = None

    @property
    def value(self) -> str:
        """It in a button's value."""
        facts = {"asked": self.asked, "skip": self.skip, "channel": self.channel}
        return json.dumps({**facts, "at": self.at.timestamp()} if self.at else facts, separators=(",", ":"))

    @classmethod
    def read(cls, value: str) -> Self:
        """It from a button's value."""
        facts = json.loads(value)
        at = datetime.fromtimestamp(facts["at"], UTC) if "at" in facts else None
        return cls(Asked(facts["asked"]), facts["skip"], facts["channel"], at)


def more_buttons(rest: Rest, total: int) -> list[Block]:
    """[6 more], where there are more."""
    count = total - rest.skip
    return [button(f"{count} more", Action.MORE, rest.value)] if count > 0 else []


def more_view(rest: Rest, rows: Sequence[Block], *, shown: int, total: int, first: int) -> Block:
    """A page of them: `shown` schedules in `rows`, of `total` in all. `first` is where the first page begins."""
    blocks: list[Block] = [context(_heading(rest, shown, total)), *rows]
    if not shown:
        blocks.append(section("There are no more schedules by now."))
    turns = []
    if rest.skip > first:
        earlier = replace(rest, skip=max(first, rest.skip - PAGE))
        turns.append(button("Back", f"{Action.MORE}:back", earlier.value))
    if rest.skip + shown < total:
        turns.append(button("Next", f"{Action.MORE}:next", replace(rest, skip=rest.skip + PAGE).value))
    if turns:
        blocks.append(actions(*turns))
    return modal(Form.MORE, TITLES[rest.asked], blocks, close="Close")


def _heading(rest: Rest, shown: int, total: int) -> str:
    counted = f"{rest.skip + 1} to {rest.skip + shown} of {total}" if shown else f"{total} in all"
    return f"{counted}, at {day_and_time(rest.at)}" if rest.at else counted
