"""Who hears of an alert that reaches nobody else."""

from __future__ import annotations

from collections.abc import Iterable

from bot.queries import responders, teams
from bot.queries.people import Person
from bot.queries.reading import Reading


def is_reachable(person: Person) -> bool:
    """Whether a direct message reaches them: not who has left, was never in Slack, or is a guest or a bot there."""
    return bool(person.slack_id) and not person.has_left and not person.is_outsider


async def last_resort(reading: Reading, team_id: str | None) -> tuple[Person, ...]:
    """The leads of an alert's team, else the admins; nobody where there is none of either who can be reached."""
    leads = _reachable(await teams.leads(reading, team_id)) if team_id else ()
    return leads or _reachable(each for each in await responders.everybody(reading) if each.is_admin)


def _reachable(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(each for each in people if is_reachable(each))
