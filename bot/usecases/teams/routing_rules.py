"""A team's routing rules: make, change, delete them and put them in order.

The first that matches counts; the default rule comes last and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.errors import Locked, NotFound
from bot.usecases.fields import Faults
from bot.usecases.references import Ref
from bot.usecases.teams.held import hold
from bot.usecases.teams.ordering import placed
from bot.usecases.teams.routing import FURTHEST_PLACE, WantedRule, described, look_at, look_at_default, route
from bot.usecases.unit import Unit
from bot.vocabulary import CriteriaKind
from storage import teams
from storage.models import RoutingRule

MOST_RULES = 100
_MATCH_ALL = {"type": CriteriaKind.MATCH_ALL.value}


async def create(unit: Unit, ref: Ref, wanted: WantedRule) -> RoutingRule:
    """Make a rule, where its order says, else behind all others but the default one; answers it.

    Raises:
        NotFound: there is no such team.
        NotAllowed: the key acts for another team.
        BadFields: with every field that is wrong.
        Locked: the team has MOST_RULES already.
    """
    team = await hold(unit, ref)
    rules = await teams.routing_rules(unit.session, team.id)
    faults = Faults()
    look_at(wanted, faults)
    faults.add("notify", None if wanted.notify else "notify is mandatory.")
    notify_id = await route(unit, wanted.notify, faults) if wanted.notify else None
    faults.refuse()
    assert wanted.notify is not None  # noqa: S101  else refused
    if len(rules) >= MOST_RULES:
        raise Locked(f"A team has at most {MOST_RULES} routing rules. Delete one of {team.name} first.")
    rule = RoutingRule(
        team_id=team.id,
        name=wanted.name or _free_name(rules),
        position=FURTHEST_PLACE,
        timezone=wanted.timezone or None,
        criteria=dict(wanted.criteria or _MATCH_ALL),
        restriction=dict(wanted.restriction) if wanted.restriction else None,
        notify_type=wanted.notify.kind.value,
        notify_id=notify_id,
    )
    unit.session.add(rule)
    last = max((each.position for each in rules if not each.is_default), default=-1)
    _put(rules, rule, min(last + 1, FURTHEST_PLACE) if wanted.order is None else wanted.order)
    await unit.event("create-routing-rule", team.id, after=described(rule))
    return rule


async def edit(unit: Unit, ref: Ref, rule_id: str, wanted: WantedRule) -> RoutingRule:
    """Change what is said of a rule and leave what is not; answers it.

    Raises:
        NotFound: there is no such team, or no such rule in it.
        NotAllowed: the key acts for another team.
        BadFields: with every field that is wrong.
    """
    rules, rule = await _held(unit, ref, rule_id)
    faults = Faults()
    look_at(wanted, faults)
    if rule.is_default:
        look_at_default(wanted, faults)
    notify_id = await route(unit, wanted.notify, faults) if wanted.notify else rule.notify_id
    faults.refuse()
    before = described(rule)
    rule.name = wanted.name or rule.name
    rule.timezone = wanted.timezone or rule.timezone
    rule.criteria = dict(wanted.criteria) if wanted.criteria is not None else rule.criteria
    if wanted.restriction is not None:
        rule.restriction = dict(wanted.restriction) or None
    if wanted.notify is not None:
        rule.notify_type, rule.notify_id = wanted.notify.kind.value, notify_id
    if wanted.order is not None and not rule.is_default:
        _put(rules, rule, wanted.order)
    await unit.event("edit-routing-rule", rule.team_id, before=before, after=described(rule))
    return rule


async def move(unit: Unit, ref: Ref, rule_id: str, *, to: int) -> RoutingRule:
    """Put a rule at a place, counted from 0; answers it. The default one stays last wherever it is put.

    Raises:
        NotFound, NotAllowed, BadFields: as `edit`.
    """
    rules, rule = await _held(unit, ref, rule_id)
    faults = Faults()
    look_at(WantedRule(order=to), faults)
    faults.refuse()
    before = described(rule)
    if not rule.is_default:
        _put(rules, rule, to)
    await unit.event("move-routing-rule", rule.team_id, before=before, after=described(rule))
    return rule


async def delete(unit: Unit, ref: Ref, rule_id: str) -> None:
    """Delete a rule.

    Raises:
        NotFound: there is no such team, or no such rule in it.
        NotAllowed: the key acts for another team.
        Locked: it is the default rule.
    """
    _, rule = await _held(unit, ref, rule_id)
    if rule.is_default:
        raise Locked("The default routing rule cannot be deleted: let it notify none instead.")
    await unit.event("delete-routing-rule", rule.team_id, before=described(rule))
    await unit.session.delete(rule)


async def _held(unit: Unit, ref: Ref, rule_id: str) -> tuple[Sequence[RoutingRule], RoutingRule]:
    team = await hold(unit, ref)
    rules = await teams.routing_rules(unit.session, team.id)
    rule = next((each for each in rules if each.id == rule_id), None)
    if rule is None:
        raise NotFound(f"No routing rule of the team {team.name} exists with id [{rule_id}].")
    return rules, rule


def _put(rules: Sequence[RoutingRule], rule: RoutingRule, at: int) -> None:
    ordered = {each.id: each for each in (*rules, rule) if not each.is_default}
    for id_, place in placed({id_: each.position for id_, each in ordered.items()}, rule.id, at).items():
        ordered[id_].position = place


def _free_name(rules: Sequence[RoutingRule]) -> str:
    taken: set[Any] = {each.name for each in rules}
    return next(name for number in range(1, len(rules) + 2) if (name := f"Routing Rule {number}") not in taken)
