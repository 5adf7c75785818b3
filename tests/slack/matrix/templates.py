"""Every way to change a template that a team begins with, or nobody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.playground.screens import Appearance
from bot.vocabulary import Role
from tests.slack.matrix.company import Company
from tests.slack.matrix.ways import Making, Opened, Ways, pressed, said, sent, typed

OFFERED = "There is a form for this"
"""What a mention answers for which words are missing."""


def ways(*, has_team: bool) -> Ways:
    """The ways to change such a template."""
    one, opener = _one(has_team=has_team), Role.LEAD if has_team else Role.ADMIN
    return Ways(
        command=typed(one, "/postmortem templates edit {key}", "Edit template"),
        button=pressed(_shown(one, opener), "run:edit", "Edit template"),
        form=sent(opener, one, "/postmortem templates edit {key}", _rewritten),
        mention=said(one, "postmortem templates edit {key}", OFFERED),
    )


def _one(*, has_team: bool) -> Making:
    async def make(company: Company) -> Mapping[str, str]:
        return {"key": await company.template(has_team=has_team)}

    return make


def _shown(making: Making, opener: Role) -> Callable[[Company, Role], Awaitable[Appearance]]:
    """What one who may was shown of it."""

    async def card(company: Company, _role: Role) -> Appearance:
        return await company.shown(opener, f"/postmortem templates {(await making(company))['key']}")

    return card


async def _rewritten(_opened: Opened) -> Mapping[str, Any]:
    return {"markdown": "## Fault\n\nWhat broke?"}
