"""Change what a postmortem says of itself beside its text: its title, severity, owner, and whom and what it names."""

from __future__ import annotations

from bot.queries.history import Happening
from bot.queries.people import as_person
from bot.usecases.fields import Faults, unfit
from bot.usecases.postmortems.assign import assign
from bot.usecases.postmortems.facts import facts_of
from bot.usecases.postmortems.held import Held, happened, hold, require_unlocked
from bot.usecases.postmortems.indexing import index
from bot.usecases.postmortems.named import rows_named, store
from bot.usecases.postmortems.set_status import set_status
from bot.usecases.postmortems.wanted import WantedPostmortem, look_at
from bot.usecases.references import Ref, missing, people_named
from bot.usecases.unit import Unit
from bot.vocabulary import Verb


async def edit(unit: Unit, number: int, wanted: WantedPostmortem) -> None:
    """Change what is said and leave what is not. What is the same already changes nothing.

    Only programs may say a status. It is moved last, so that a postmortem can be changed and published at once; none
    that is published can be changed and moved on at once.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace, or a key of another team.
        Locked: it is published, and more than its status is said.
        BadFields: with every field that is wrong, and everything named that is not there: `title`, `owner`,
            `jira_issues.0`, `related_incidents.0`, `services.0`, `teams.0`, `responders.0`, `responders.0.role`.
    """
    held = await hold(unit, number, Verb.EDIT_SECTION)
    if not wanted.is_of_status_alone:
        require_unlocked(unit, held)
        await _change(unit, held, wanted)
    if wanted.status is not None:
        await set_status(unit, number, wanted.status)


async def _change(unit: Unit, held: Held, wanted: WantedPostmortem) -> None:
    before = await facts_of(unit, held.row)
    faults = Faults()
    look_at(wanted, faults)
    rows = await rows_named(unit, wanted, before, faults, root_id=held.row.incident_id)
    owner_id = await _owner(unit, held, wanted.owner, faults)
    faults.refuse()
    _store_facts(held, wanted)
    await store(unit, held.row.id, rows)
    was, now = (await facts_of(unit, held.row)).since(before)
    if {"title", "services", "jira_issues", "related_incidents"} & now.keys():
        await index(unit, held.row)
    if now:
        await happened(unit, held, Happening.CHANGED, before=was, after=now)
    await assign(unit, held.row.number, owner_id)


async def _owner(unit: Unit, held: Held, ref: Ref | None, faults: Faults) -> str:
    """The id of the owner from now on; whoever owns it may go on owning it."""
    if ref is None or ref.id == held.row.owner_id:
        return held.row.owner_id
    row = (await people_named(unit, [ref])).of(ref)
    if row is None:
        faults.add("owner", missing("user", ref))
        return held.row.owner_id
    faults.add("owner", unfit(as_person(row, unit.settings), task="own a postmortem"))
    return row.id


def _store_facts(held: Held, wanted: WantedPostmortem) -> None:
    row = held.row
    row.title = row.title if wanted.title is None else wanted.title.strip()
    row.severity = wanted.severity or row.severity
    if wanted.jira_issues is not None:
        row.jira_issues = list(dict.fromkeys(wanted.jira_issues))
