"""Change a saved search."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.fields import Faults
from bot.usecases.references import Ref
from bot.usecases.saved_searches.held import described, hold, taken
from bot.usecases.saved_searches.wanted import WantedSearch, looked_up
from bot.usecases.unit import Unit
from storage.models import SavedSearch


async def edit(unit: Unit, ref: Ref, wanted: WantedSearch) -> SavedSearch:
    """Change what is said and leave what is not; answers the search.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
        BadFields: with every field that is wrong.
        Taken: another search has that name.
    """
    row = await hold(unit, ref)
    faults = Faults()
    whose = await looked_up(unit, wanted, faults)
    faults.refuse()
    before = described(row)
    try:
        async with unit.session.begin_nested():
            row.name, row.query = wanted.name or row.name, wanted.query or row.query
            row.description = row.description if wanted.description is None else wanted.description
            row.owner_id = whose.owner_id or row.owner_id
            row.teams = row.teams if whose.team_ids is None else whose.team_ids
            row.updated_at = unit.now
    except IntegrityError as error:
        raise taken(wanted.name or "") from error
    await unit.event("edit-saved-search", row.id, before=before, after=described(row))
    return row
