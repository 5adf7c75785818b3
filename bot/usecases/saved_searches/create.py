"""Keep a query under a name."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.fields import Faults
from bot.usecases.reach import own_team
from bot.usecases.saved_searches.held import described, taken
from bot.usecases.saved_searches.wanted import WantedSearch, looked_up
from bot.usecases.unit import Unit
from storage.models import SavedSearch


async def create(unit: Unit, wanted: WantedSearch) -> SavedSearch:
    """The new search; what a key keeps that acts for a team is that team's.

    Raises:
        BadFields: with every field that is wrong, `owner` and `teams.0` where there is no such user or team included.
        Taken: there is a search of that name.
    """
    faults = Faults()
    for field in ("name", "query"):
        faults.add(field, None if getattr(wanted, field) else f"{field} is mandatory.")
    whose = await looked_up(unit, wanted, faults)
    faults.refuse()
    row = SavedSearch(
        name=wanted.name or "",
        query=wanted.query or "",
        description=wanted.description or "",
        team_id=own_team(unit),
        owner_id=whose.owner_id,
        teams=whose.team_ids or [],
        created_at=unit.now,
        updated_at=unit.now,
    )
    try:
        async with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError as error:
        raise taken(row.name) from error
    await unit.event("create-saved-search", row.id, after=described(row))
    return row
