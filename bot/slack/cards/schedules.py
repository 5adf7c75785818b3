"""`/oncall schedules`: the schedules there are, and the ways to make and edit one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.on_call import ScheduleStanding
from bot.slack.cards.blocks import Block, Card, actions, button, context, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.people import named
from bot.slack.ids import Action

_NAME_LIMIT = 500


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One schedule in the list. `team` is its team's name; `may_edit` whether the asker may."""

    stand: ScheduleStanding
    team: str | None
    may_edit: bool


def schedules_card(lines: Sequence[ScheduleLine], *, more: int, may_create: bool) -> Card:
    """A paragraph a schedule, with [Edit] where the asker may; `more` says how many are not shown."""
    blocks = [_line(line) for line in lines]
    if more:
        blocks.append(context(f"{more} more: name the one you want, as in `/oncall schedules {_example(lines)}`"))
    if may_create:
        style = None if lines else "primary"
        blocks.append(actions(button("New schedule", Action.NEW_SCHEDULE, style=style)))
    if lines:
        return Card("\n".join(_plainly(line) for line in lines), tuple(blocks))
    ask = "Make the first one." if may_create else "Ask a member of this workspace to make one."
    text = f"There is no schedule yet. {ask}"
    return Card(text, (section(text), *blocks))


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
        return f"Nobody until {day_and_time(stand.next.at)}" if stand.next else "Nobody is on call."
    return ", ".join(
        f"{named(holder.person)} until {day_and_time(holder.until)}" if holder.until else named(holder.person)
        for holder in stand.holders
    )


def _plainly(line: ScheduleLine) -> str:
    return f"{mrkdwn_within(line.stand.name, _NAME_LIMIT)}, {line.stand.zone}: {_who(line.stand)}"


def _example(lines: Sequence[ScheduleLine]) -> str:
    return mrkdwn_within(lines[-1].stand.name, 100).replace("`", "'") if lines else ""
