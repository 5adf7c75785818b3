"""What a program wants a saved search to be; the fields are named as programs name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engines.query_language import ALERTS, read_query
from bot.errors import BadFields
from bot.usecases.fields import Faults, wrong_name, wrong_text
from bot.usecases.references import Ref, missing, named, people_named
from bot.usecases.unit import Unit
from storage.models import Team

LONGEST_NAME = 100
LONGEST_DESCRIPTION = 15_000
LONGEST_QUERY = 1_000
MOST_TEAMS = 50
"""The surface refuses more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSearch:
    """None: nothing was said."""

    name: str | None = None
    query: str | None = None
    description: str | None = None
    owner: Ref | None = None
    teams: Sequence[Ref] | None = None


@dataclass(frozen=True, slots=True)
class Whose:
    """The ids of the owner and the teams that were named; None where nothing was said."""

    owner_id: str | None
    team_ids: list[str] | None


async def looked_up(unit: Unit, wanted: WantedSearch, faults: Faults) -> Whose:
    """Note everything that is wrong, and find who is named."""
    if wanted.name is not None:
        faults.add("name", wrong_name(wanted.name, called="name", limit=LONGEST_NAME))
    faults.add("description", wrong_text(wanted.description or "", called="description", limit=LONGEST_DESCRIPTION))
    if wanted.query is not None:
        faults.add("query", _wrong_query(wanted.query))
    owner_id = None
    if wanted.owner is not None:
        owner = (await people_named(unit, [wanted.owner])).of(wanted.owner)
        faults.add("owner", None if owner else missing("user", wanted.owner))
        owner_id = owner.id if owner else None
    if wanted.teams is None:
        return Whose(owner_id, None)
    found = await named(unit, Team, wanted.teams)
    teams = [(place, ref, found.of(ref)) for place, ref in enumerate(wanted.teams)]
    faults.add_all({f"teams.{place}": missing("team", ref) for place, ref, team in teams if team is None})
    return Whose(owner_id, list(dict.fromkeys(team.id for _, _, team in teams if team)))


def _wrong_query(query: str) -> str | None:
    if wrong := wrong_text(query, called="query", limit=LONGEST_QUERY):
        return wrong
    try:
        read_query(query, ALERTS)
    except BadFields as error:
        return error.fields["query"]
    return None
