"""The menus of the form that are looked up while typing: time zones and teams."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from slack_bolt.async_app import AsyncAck

from bot.queries import teams
from bot.queries.teams import TeamName
from bot.slack.cards.blocks import Block, option
from bot.slack.cards.schedule_form import NO_TEAM
from bot.slack.commands.oncall.schedule_form import NEW_TEAM, OLD_TEAM
from bot.slack.desk import Desk
from bot.slack.forms.schedule.pressing import Listener

MOST_CHOICES = 100
LONGEST_NEW_TEAM = 60
"""Characters of a new team's name: an option's text has 75, words around it included."""


def zone_options(_desk: Desk) -> Listener:
    """IANA zones that hold what was typed, those in which a place begins with it first."""

    async def looked_up(ack: AsyncAck, payload: dict[str, Any]) -> None:
        await ack(options=[option(zone, zone) for zone in zones_like(payload.get("value", ""))])

    return looked_up


def team_options(desk: Desk) -> Listener:
    """Teams by a part of their name, none, and what was typed as a new one."""

    async def looked_up(ack: AsyncAck, payload: dict[str, Any]) -> None:
        async with desk.reader() as reading:
            known = await teams.all_by_name(reading)
        await ack(options=_team_choices(" ".join(payload.get("value", "").split()), known))

    return looked_up


def zones_like(typed: str) -> list[str]:
    """At most a hundred zones; blanks and underscores are the same, case does not count."""
    wanted = _plain(typed)
    found = [zone for zone in _zones() if wanted in _plain(zone)]
    return sorted(found, key=lambda zone: (_plain(zone) != wanted, not _begins(zone, wanted), zone))[:MOST_CHOICES]


def _begins(zone: str, wanted: str) -> bool:
    return any(part.startswith(wanted) for part in (_plain(zone), *_plain(zone).split("/")))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def _team_choices(typed: str, known: list[TeamName]) -> list[Block]:
    fitting = [team for team in known if typed.casefold() in team.name.casefold()]
    choices = [option(team.name, f"{OLD_TEAM}{team.id}") for team in fitting[: MOST_CHOICES - 2]]
    is_new = typed and typed.casefold() not in {team.name.casefold() for team in known}
    if is_new and len(typed) <= LONGEST_NEW_TEAM:
        choices.append(option(f"New team “{typed}”", f"{NEW_TEAM}{typed}"))
    return [*choices, NO_TEAM]
