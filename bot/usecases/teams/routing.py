"""What a program wants a routing rule to be, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.engines.policies import wrong_filter
from bot.engines.wallclock import zone_named
from bot.errors import Unreadable
from bot.usecases.fields import Faults, wrong_name
from bot.usecases.references import Ref, missing, named
from bot.usecases.unit import Unit
from bot.vocabulary import CriteriaKind, RouteKind
from storage.models import Escalation, RoutingRule, Schedule

LONGEST_NAME = 100
FURTHEST_PLACE = 10_000


@dataclass(frozen=True, slots=True)
class WantedRoute:
    """Where a rule sends an alert; to nobody without a reference."""

    kind: RouteKind
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRule:
    """None: nothing was said. `criteria` and `restriction` have the form of the API, which is how they are kept.

    They are well-formed: the surface has seen to it. An empty restriction means none.
    """

    name: str | None = None
    order: int | None = None
    timezone: str | None = None
    criteria: Mapping[str, Any] | None = None
    restriction: Mapping[str, Any] | None = None
    notify: WantedRoute | None = None


def look_at(wanted: WantedRule, faults: Faults) -> None:
    """Note everything that is wrong with a rule but for where it leads."""
    if wanted.name is not None:
        faults.add("name", wrong_name(wanted.name, called="name", limit=LONGEST_NAME))
    if wanted.order is not None and not 0 <= wanted.order <= FURTHEST_PLACE:
        faults.add("order", f"order: a whole number from 0 to {FURTHEST_PLACE}.")
    if wanted.timezone:
        faults.add("timezone", _wrong_zone(wanted.timezone))
    if wanted.criteria is not None:
        wrong = wrong_filter(wanted.criteria)
        faults.add_all({path.replace("filter", "criteria", 1): sentence for path, sentence in wrong.items()})


async def route(unit: Unit, wanted: WantedRoute, faults: Faults) -> str | None:
    """The id of what a rule leads to, None where that is nobody, or nothing there is: then it is noted as a fault."""
    if wanted.kind is RouteKind.NONE:
        return None
    found: Escalation | Schedule | None
    if wanted.kind is RouteKind.ESCALATION:
        found = (await named(unit, Escalation, [wanted.ref])).of(wanted.ref)
    else:
        found = (await named(unit, Schedule, [wanted.ref])).of(wanted.ref)
    faults.add("notify", None if found else missing(wanted.kind.value, wanted.ref))
    return found.id if found else None


def look_at_default(wanted: WantedRule, faults: Faults) -> None:
    """The default rule catches what no other has: it can lead elsewhere, but not be narrowed."""
    if wanted.criteria is not None and wanted.criteria.get("type") != CriteriaKind.MATCH_ALL:
        faults.add("criteria", "The default routing rule matches all: it cannot be given conditions.")
    if wanted.restriction:
        faults.add("timeRestriction", "The default routing rule holds at all times: it cannot be restricted.")


def described(rule: RoutingRule) -> dict[str, Any]:
    """A rule for the log."""
    return {"rule": rule.model_dump(mode="json", exclude={"team_id"})}


def _wrong_zone(name: str) -> str | None:
    try:
        zone_named(name)
    except Unreadable as error:
        return error.sentence
    return None
