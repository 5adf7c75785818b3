"""Whom and what a postmortem is to name: found, or told to be not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.queries.actors import KeyHolder
from bot.usecases.fields import Faults
from bot.usecases.postmortems.facts import Facts
from bot.usecases.postmortems.wanted import WantedPostmortem
from bot.usecases.references import Ref, missing, named, people_named
from bot.usecases.unit import Unit
from storage import incidents, postmortem_lists
from storage.models import Service, Team

Table = TypeVar("Table", Service, Team)

ITS_OWN = "This is the incident that the postmortem stands on. Name others."


@dataclass(frozen=True, slots=True)
class NamedRows:
    """The ids of what is named, in order and each once, of people with their roles; None where nothing was said."""

    related_incidents: Sequence[str] | None
    services: Sequence[str] | None
    teams: Sequence[str] | None
    roles: Mapping[str, str] | None


async def rows_named(unit: Unit, wanted: WantedPostmortem, before: Facts, faults: Faults, *, root_id: str) -> NamedRows:
    """What is meant by all that is named; notes what is not there.

    `root_id` is the incident that the postmortem stands on: no other that is related to it.

    What the postmortem names `before` it may go on naming, whatever has become of it: somebody may have left, and a
    program sends back what it was told.
    """
    responders = wanted.responders
    users = await _people(unit, [each.who for each in responders or ()], before)
    return NamedRows(
        related_incidents=await _incidents(unit, wanted.related_incidents, before, faults, root_id=root_id),
        services=await _things(unit, Service, wanted.services, _Kind("services", "service", before.services), faults),
        teams=await _things(unit, Team, wanted.teams, _Kind("teams", "team", before.teams), faults),
        roles=None if responders is None else _roles(wanted, users, faults),
    )


async def store(unit: Unit, postmortem_id: str, rows: NamedRows) -> None:
    """Have the postmortem name them, and leave what nothing was said of."""
    if rows.related_incidents is not None:
        await postmortem_lists.put_related(unit.session, postmortem_id, rows.related_incidents)
    if rows.services is not None:
        await postmortem_lists.put_services(unit.session, postmortem_id, rows.services)
    if rows.teams is not None:
        await postmortem_lists.put_teams(unit.session, postmortem_id, rows.teams)
    if rows.roles is not None:
        await postmortem_lists.put_responders(unit.session, postmortem_id, rows.roles)
    await unit.session.flush()


@dataclass(frozen=True, slots=True)
class _Kind:
    """The field that names them, what one of them is called, and those named before."""

    field: str
    called: str
    before: Mapping[str, str]


async def _things(
    unit: Unit, table: type[Table], refs: Iterable[Ref] | None, kind: _Kind, faults: Faults
) -> list[str] | None:
    if refs is None:
        return None
    wanted = list(refs)
    found = await named(unit, table, wanted)
    known = {ref: row.id for ref in wanted if (row := found.of(ref))}
    known |= {ref: ref.id for ref in wanted if ref.id and ref.id in kind.before}
    return _ids(wanted, known, kind, faults)


async def _incidents(
    unit: Unit, refs: Iterable[Ref] | None, before: Facts, faults: Faults, *, root_id: str
) -> list[str] | None:
    if refs is None:
        return None
    wanted = list(refs)
    for number, ref in enumerate(wanted):
        faults.add(f"related_incidents.{number}", ITS_OWN if ref.id == root_id else None)
    rows = await incidents.by_ids(unit.session, [ref.id for ref in wanted if ref.id])
    within = {
        each.id for each in rows if not isinstance(unit.actor, KeyHolder) or unit.actor.reaches(each.owner_team_id)
    }
    known = {ref: ref.id for ref in wanted if ref.id and ref.id in within | before.related_incidents.keys()}
    return _ids(wanted, known, _Kind("related_incidents", "incident", before.related_incidents), faults)


async def _people(unit: Unit, refs: Iterable[Ref], before: Facts) -> dict[Ref, str]:
    wanted = list(refs)
    found = await people_named(unit, wanted)
    known = {ref: row.id for ref in wanted if (row := found.of(ref))}
    return known | {ref: ref.id for ref in wanted if ref.id and ref.id in before.responders}


def _roles(wanted: WantedPostmortem, known: Mapping[Ref, str], faults: Faults) -> dict[str, str]:
    """The roles by person, as they were named; somebody has one role."""
    roles: dict[str, str] = {}
    for number, each in enumerate(wanted.responders or ()):
        user_id = known.get(each.who)
        faults.add(f"responders.{number}", missing("user", each.who) if user_id is None else None)
        role = each.role.strip()
        if user_id and roles.setdefault(user_id, role) != role:
            faults.add(f"responders.{number}.role", "role: this user is named before, in another role. Name one role.")
    return roles


def _ids(wanted: Sequence[Ref], known: Mapping[Ref, str], kind: _Kind, faults: Faults) -> list[str]:
    for number, ref in enumerate(wanted):
        faults.add(f"{kind.field}.{number}", missing(kind.called, ref) if ref not in known else None)
    return list(dict.fromkeys(known[ref] for ref in wanted if ref in known))
