"""`/oncall schedules`: the schedules there are, and the ways to make and edit one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.on_call import ScheduleStanding
from bot.slack.cards.blocks import Block, Card, actions, button, section
from bot.slack.cards.dates import weekday_and_time
from bot.slack.cards.parties import MOST_AT_LENGTH, MOST_HOLDERS, called, counted
from bot.slack.ids import Action

_NAME_LIMIT = 500


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One schedule in the list. `team` is its team's name; `may_edit` whether the asker may."""

    stand: ScheduleStanding
    team: str | None
    may_edit: bool


def schedules_card(lines: Sequence[ScheduleLine], *, more: Sequence[Block], may_create: bool) -> Card:
    """A paragraph a schedule, with [Edit] where the asker may; `more` is the button to those not shown."""
    blocks = schedule_rows(lines)
    buttons = list(more)
    if may_create:
        buttons.append(button("New schedule", Action.NEW_SCHEDULE, style=None if lines else "primary"))
    if buttons:
        blocks.append(actions(*buttons))
    if lines:
        return Card("\n".join(_plainly(line) for line in lines), tuple(blocks))
    ask = "Make the first one." if may_create else "Ask a member of this workspace to make one."
    text = f"There is no schedule yet. {ask}"
    return Card(text, (section(text), *blocks))


def schedule_rows(lines: Sequence[ScheduleLine]) -> list[Block]:
    """A paragraph a schedule."""
    return [_line(line) for line in lines]


def _line(line: ScheduleLine) -> Block:
    stand = line.stand
    team = f" · team {mrkdwn(line.team)}" if line.team else " · no team"
    text = f"*{mrkdwn_within(stand.name, _NAME_LIMIT)}*  {stand.zone}{team}\n{_who(stand)}"
    edit = button("Edit", f"{Action.EDIT_SCHEDULE}:{stand.id}", stand.id) if line.may_edit else None
    return section(text, accessory=edit)


def _who(stand: ScheduleStanding) -> str:
    if not stand.enabled:
        return "Switched off; nobody is on call by it."
    if not stand.holders:
        return f"Nobody until {weekday_and_time(stand.next.at)}" if stand.next else "Nobody is on call."
    holders = [called(holder.who, brief=len(stand.holders) > MOST_AT_LENGTH) for holder in stand.holders]
    untils = [f" until {weekday_and_time(holder.until)}" if holder.until else "" for holder in stand.holders]
    return ", ".join(counted([f"{who}{until}" for who, until in zip(holders, untils, strict=True)], MOST_HOLDERS))


def _plainly(line: ScheduleLine) -> str:
    return f"{mrkdwn_within(line.stand.name, _NAME_LIMIT)}, {line.stand.zone}: {_who(line.stand)}"
