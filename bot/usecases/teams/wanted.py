"""What a program wants a team to be, not looked at yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.usecases.fields import Faults, wrong_text
from bot.usecases.references import Ref

LONGEST_NAME = 100
LONGEST_DESCRIPTION = 10_000
MOST_MEMBERS = 1_000
_NAME = re.compile(r"[A-Za-z0-9 _.\-]+")


@dataclass(frozen=True, slots=True)
class WantedMember:
    """Somebody in a team; `role` is user, admin, or one of the team's own."""

    user: Ref
    role: str


@dataclass(frozen=True, slots=True)
class WantedTeam:
    """None: nothing was said. `members` are all of them, in the place of those there were."""

    name: str | None
    description: str | None
    members: Sequence[WantedMember] | None


def look_at(wanted: WantedTeam, faults: Faults) -> None:
    """Note what is wrong with the name and the description; the members are looked at where they are looked up."""
    if wanted.name is not None:
        faults.add("name", wrong_name(wanted.name))
    if wanted.description is not None:
        faults.add("description", wrong_text(wanted.description, called="description", limit=LONGEST_DESCRIPTION))


def wrong_name(name: str) -> str | None:
    """What is wrong with a team's name; people in Slack may call theirs anything, programs may not."""
    if len(name) > LONGEST_NAME:
        return f"name: at most {LONGEST_NAME} characters, this has {len(name):,}."
    if not _NAME.fullmatch(name) or not name.strip():
        return "name: only letters, digits, spaces and the signs _ . - are allowed."
    return None
