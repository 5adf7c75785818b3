"""Whom an alert can be brought to: people, teams with their routing rules, schedules, escalations.

Everything here is remembered until something about who is on call changes: asked again it costs no statement.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engines.escalation import Plan, read_plan
from bot.engines.policies import Filter, Named, compile_filter
from bot.queries import naming, people, routing
from bot.queries.people import Person, as_person
from bot.queries.reading import Reading
from bot.vocabulary import AlertResponderKind, RouteKind
from storage import escalations, links, references, users
from storage.models import Escalation, Schedule, Team

_TABLES: Mapping[AlertResponderKind, Any] = {
    AlertResponderKind.TEAM: Team,
    AlertResponderKind.SCHEDULE: Schedule,
    AlertResponderKind.ESCALATION: Escalation,
}


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody an alert can be brought to. `team_id` is whose a schedule or an escalation is, a team's own id."""

    named: Named
    team_id: str | None


@dataclass(frozen=True, slots=True)
class Route:
    """A routing rule of a team, ready to be judged. `to` is where it leads; None leads nowhere."""

    name: str
    filter: Filter
    restriction: Mapping[str, Any] | None
    zone: str
    to: Named | None


@dataclass(frozen=True, slots=True)
class EscalationPlan:
    """An escalation, ready to be begun."""

    named: Named
    plan: Plan


Asked = tuple[AlertResponderKind, str | None, str | None]
"""Of what kind, by which id or, without one, by which name: a person's is the user name."""


async def known(reading: Reading, asked: Collection[Asked]) -> Mapping[Asked, Known]:
    """What there is of what was asked for; four statements at most, none for what was asked for before.

    Who has left and bots are nobody.
    """
    kept = await reading.recollection.kept()
    wanted = [each for each in dict.fromkeys(asked) if ("responder", _key(each)) not in kept]
    for kind in AlertResponderKind:
        for each, one in (await _looked_up(reading, [each for each in wanted if each[0] is kind])).items():
            kept["responder", _key(each)] = one
    return {each: kept["responder", _key(each)] for each in asked if ("responder", _key(each)) in kept}


def _key(asked: Asked) -> Asked:
    """The same for all spellings that mean the same: those of an e-mail."""
    kind, id_, name = asked
    return (kind, id_, None) if id_ else (kind, None, (name or "").lower() if kind is AlertResponderKind.USER else name)


async def _looked_up(reading: Reading, asked: Sequence[Asked]) -> dict[Asked, Known]:
    ids = {id_ for _, id_, _ in asked if id_}
    names = {name for _, id_, name in asked if name and not id_}
    if not asked:
        return {}
    kind = asked[0][0]
    found: dict[str, Known] = {}
    if kind is AlertResponderKind.USER:
        for user in await users.identified(reading.session, ids=ids, names=names | {each.upper() for each in names}):
            person = as_person(user, reading.settings)
            one = Known(Named(kind, person.id, naming.username(person)), None)
            found |= {each.lower(): one for each in (person.id, person.email, person.slack_id) if each}
        return {each: found[key] for each in asked if (key := (each[1] or each[2] or "").lower()) in found}
    for row in await references.identified(reading.session, _TABLES[kind], ids=ids, names=names):
        one = Known(Named(kind, row.id, row.name), row.id if kind is AlertResponderKind.TEAM else row.team_id)
        found |= {f"id {row.id}": one, f"name {row.name}": one}
    return {each: found[key] for each in asked if (key := f"id {each[1]}" if each[1] else f"name {each[2]}") in found}


async def everybody(reading: Reading) -> tuple[Person, ...]:
    """Everybody in the workspace who can be told of an alert: no bots, and nobody who has left."""

    async def load() -> tuple[Person, ...]:
        found = await users.everybody(reading.session)
        return tuple(as_person(user, reading.settings) for user in found)

    return await reading.recollection.remembered("everybody", load)


async def persons(reading: Reading, ids: Collection[str]) -> dict[str, Person]:
    """The people with these ids, by id; unknown ids are left out. One statement at most."""
    kept = await reading.recollection.kept()
    missing = [each for each in ids if ("person by id", each) not in kept]
    if missing:
        for id_, person in (await people.by_ids(reading, missing)).items():
            kept["person by id", id_] = person
    return {each: kept["person by id", each] for each in ids if ("person by id", each) in kept}


async def escalation_plan(reading: Reading, escalation_id: str) -> EscalationPlan | None:
    """The escalation with that id."""

    async def load() -> EscalationPlan | None:
        found = await escalations.by_ids(reading.session, [escalation_id])
        if not found:
            return None
        named = Named(AlertResponderKind.ESCALATION, found[0].id, found[0].name)
        return EscalationPlan(named, read_plan(found[0].rules, found[0].repeat))

    return await reading.recollection.remembered(("escalation plan", escalation_id), load)


async def routes(reading: Reading, team_id: str) -> tuple[Route, ...]:
    """A team's routing rules in the order in which they are tried, the default one last."""

    async def load() -> tuple[Route, ...]:
        return tuple(
            Route(
                name=rule.name,
                filter=compile_filter(rule.criteria),
                restriction=rule.restriction,
                zone=rule.timezone or "UTC",
                to=_led_to(rule),
            )
            for rule in await routing.of_team(reading, team_id)
        )

    return await reading.recollection.remembered(("routes", team_id), load)


def _led_to(rule: routing.RoutingRule) -> Named | None:
    if rule.notify_kind is RouteKind.NONE or rule.notify_id is None or rule.notify_name is None:
        return None
    return Named(AlertResponderKind(rule.notify_kind.value), rule.notify_id, rule.notify_name)


async def channels(reading: Reading, *, schedule_id: str | None = None, team_id: str | None = None) -> tuple[str, ...]:
    """Slack's ids of the channels that a schedule is linked to, the first linked first; or any schedule of a team."""

    async def load() -> tuple[str, ...]:
        return tuple(await links.channels(reading.session, schedule_id=schedule_id, team_id=team_id))

    return await reading.recollection.remembered(("channels of", schedule_id, team_id), load)
