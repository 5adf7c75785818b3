"""The policies as alerts are judged by them: compiled once, and kept in this process until one of them changes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.engines.policies import PolicySpec, Rulebook, compile_policies
from bot.engines.rotation import Participant
from bot.queries.naming import naming
from bot.queries.reading import Reading
from bot.vocabulary import AlertResponderKind, CriteriaKind, ParticipantKind, PolicyGroup
from storage import policies, schedules

ZONE_OF_THE_ACCOUNT = "UTC"
MATCH_ALL = {"type": CriteriaKind.MATCH_ALL.value}
"""What a policy without a filter has."""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What policies mean beside their own words: the zones of teams, and the names of those whom they add to alerts."""

    zones: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Edition:
    """What was compiled, of what, and the numbers of the policies and of who is on call by then."""

    of_policies: int
    of_on_call: int
    bare: tuple[PolicySpec, ...]
    around: _Surroundings
    rulebook: Rulebook


class Rulebooks:
    """One a process, made in wiring."""

    def __init__(self) -> None:
        self._edition: _Edition | None = None
        self._turn = asyncio.Lock()

    async def current(self, reading: Reading) -> Rulebook:
        """All policies as they are now; a unit asks with `unit.reading`.

        One small statement as a rule. Never stale, in whatever process a policy was changed: the numbers that every
        change raises in its own transaction are asked for first, and what is read after them is as new or newer. It is
        made anew only where a policy, a team's zone or the name of somebody whom a policy adds has changed, and of it
        only those policies are compiled that this is about.

        Not to be asked in a transaction that has changed policies itself: what may never be committed would be kept.
        """
        of_policies, of_on_call = await policies.revision(reading.session)
        edition = self._edition
        if edition is None or (edition.of_policies, edition.of_on_call) != (of_policies, of_on_call):
            edition = await self._renewed(reading, of_policies, of_on_call)
        return edition.rulebook

    async def _renewed(self, reading: Reading, of_policies: int, of_on_call: int) -> _Edition:
        """Of those who find it old at once one reads and the others wait. Who comes with older numbers is given what is
        newer.
        """
        async with self._turn:
            known = self._edition
            if known and known.of_policies >= of_policies and known.of_on_call >= of_on_call:
                return known
            has_policies = known is not None and known.of_policies >= of_policies
            bare = known.bare if known and has_policies else await _bare_specs(reading)
            around = await _surroundings(reading, bare)
            if known and has_policies and around == known.around:
                self._edition = replace(known, of_on_call=of_on_call)
            else:
                dressed = [_dressed(each, around) for each in bare]
                before = known.rulebook if known else None
                # At first a thousand take most of a second.
                rulebook = await asyncio.to_thread(compile_policies, dressed, known=before)
                self._edition = _Edition(of_policies, of_on_call, bare, around, rulebook)
            return self._edition


async def _bare_specs(reading: Reading) -> tuple[PolicySpec, ...]:
    """Every policy, in the order in which they are tried; zones and names are still wanting."""
    return tuple(
        PolicySpec(
            id=row.id,
            name=row.name,
            team_id=row.team_id,
            group=PolicyGroup(row.group),
            enabled=row.enabled,
            filter=row.filter or MATCH_ALL,
            restriction=row.restriction,
            zone=ZONE_OF_THE_ACCOUNT,
            continues=row.continues,
            changes=row.changes,
            effects=row.effects,
        )
        for row in await policies.every(reading.session)
    )


async def _surroundings(reading: Reading, specs: Iterable[PolicySpec]) -> _Surroundings:
    """Five statements at most; none where no policy is of a team or adds anybody."""
    each = list(specs)
    return _Surroundings(
        zones=await zones_of_teams(reading, {spec.team_id for spec in each if spec.team_id}),
        names=await _names_of_added(reading, {who for spec in each for who in _added_by(spec)}),
    )


async def zones_of_teams(reading: Reading, team_ids: Iterable[str]) -> Mapping[str, str]:
    """In which zone the hours of a team's policies are meant, by the team's id; one statement at most.

    It is the one that most of its schedules have; of several, the one that comes first by the names of the schedules. A
    team without a schedule is left out: its hours are those of the account.
    """
    wanted = set(team_ids)
    found: dict[str, Counter[str]] = {}
    for team_id, zone in await policies.zones_of_teams(reading.session, wanted) if wanted else ():
        found.setdefault(team_id, Counter())[zone] += 1
    return {team_id: zones.most_common(1)[0][0] for team_id, zones in found.items()}


async def _names_of_added(reading: Reading, added: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """What those are called whom policies add to an alert: policies that come later may ask for them by name."""
    each = list(added)
    others = [Participant(ParticipantKind(kind), id_) for kind, id_ in each if kind != AlertResponderKind.SCHEDULE]
    known = await naming(reading, others)
    names = {who.id or "": known.of(who) or "" for who in others}
    schedule_ids = {id_ for kind, id_ in each if kind == AlertResponderKind.SCHEDULE}
    return names | (await schedules.names_of(reading.session, schedule_ids) if schedule_ids else {})


def _added_by(spec: PolicySpec) -> Iterable[tuple[str, str]]:
    return [(each["type"], each["id"]) for each in _responders(spec) if "id" in each]


def _dressed(spec: PolicySpec, around: _Surroundings) -> PolicySpec:
    """The policy with its zone, and with the names of those whom it adds."""
    named = [each | {"name": around.names.get(each["id"], "")} if "id" in each else each for each in _responders(spec)]
    changes = {**spec.changes, "responders": named} if spec.changes and named else spec.changes
    return replace(spec, zone=around.zones.get(spec.team_id or "", ZONE_OF_THE_ACCOUNT), changes=changes)


def _responders(spec: PolicySpec) -> list[dict[str, Any]]:
    return list((spec.changes or {}).get("responders", ()))
