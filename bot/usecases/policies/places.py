"""The places of policies: those of a team, or of everybody, and of one group are numbered from 0, without gaps."""

from __future__ import annotations

from collections.abc import Mapping

from bot.usecases.unit import Unit
from bot.vocabulary import PolicyGroup
from storage import policies
from storage.models import Policy

Sizes = Mapping[PolicyGroup, int]
"""How many policies there are in each group; groups without any may be left out."""


async def take_out(unit: Unit, row: Policy, sizes: Sizes) -> None:
    """Let those behind a policy that leaves its group move up."""
    await policies.shift(unit.session, row, first=row.position + 1, last=sizes[PolicyGroup(row.group)], by=-1)


async def put(unit: Unit, row: Policy, place: int, sizes: Sizes) -> None:
    """Let a policy stand at a place of its group: at the last where that is beyond it, at the first where before it."""
    target = max(0, min(place, sizes[PolicyGroup(row.group)] - 1))
    if target < row.position:
        await policies.shift(unit.session, row, first=target, last=row.position - 1, by=1)
    elif target > row.position:
        await policies.shift(unit.session, row, first=row.position + 1, last=target, by=-1)
    row.position = target
