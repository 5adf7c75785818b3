"""Whom a policy adds to alerts, looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.engines.policies.changes import EVERYBODY, NOBODY
from bot.usecases.fields import Faults
from bot.usecases.policies.wanted import WantedPolicy
from bot.usecases.reach import own_team
from bot.usecases.references import Found, Ref, missing, named, people_named
from bot.usecases.staying import staying
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind
from storage.models import Escalation, Schedule, Team

Kind = AlertResponderKind
RESERVED = frozenset({NOBODY, EVERYBODY})
"""Words that stand in the place of responders."""


async def responders_of(
    unit: Unit, wanted: WantedPolicy, faults: Faults, *, before: Iterable[Mapping[str, Any]] = ()
) -> list[dict[str, str]]:
    """The responders as they are kept, each once. They are looked up, and stay until this transaction ends.

    Eight statements at most; what there is not is noted as a fault, what has a fault already is passed over. Whom the
    policy added `before` it may go on to add, also who has left since.
    """
    asked = [_asked(each) for each in (wanted.changes or {}).get("responders") or ()]
    found: Mapping[str, Found[Any]] = {
        Kind.USER: await people_named(unit, [ref for kind, ref in asked if kind == Kind.USER]),
        Kind.TEAM: await named(unit, Team, [ref for kind, ref in asked if kind == Kind.TEAM]),
        Kind.SCHEDULE: await named(unit, Schedule, [ref for kind, ref in asked if kind == Kind.SCHEDULE]),
        Kind.ESCALATION: await named(unit, Escalation, [ref for kind, ref in asked if kind == Kind.ESCALATION]),
    }
    there = await staying(unit.reading, {(each["type"], each["id"]) for each in before if "id" in each})
    kept: list[dict[str, str]] = []
    for place, (kind, ref) in enumerate(asked):
        path = wanted.path(f"responders.{place}")
        if kind in RESERVED:
            faults.add(f"{path}.type", _wrong_word(unit, kind))
            kept.append({"type": kind})
        elif kind in found and not ref.is_empty:
            row = found[kind].of(ref)
            id_ = row.id if row else there.of(kind, ref)
            faults.add(path, None if id_ else missing(kind, ref))
            kept.append({"type": kind, "id": id_ or ""})
    return [each for place, each in enumerate(kept) if each not in kept[:place]]


def _asked(responder: Mapping[str, Any]) -> tuple[str, Ref]:
    """The kind, which may be no kind at all, and by what it is named."""
    kind = str(responder.get("type"))
    return kind, Ref(id=responder.get("id"), name=responder.get("username" if kind == Kind.USER else "name"))


def _wrong_word(unit: Unit, word: str) -> str | None:
    if word == EVERYBODY and own_team(unit):
        return "A key that acts for one team may not have everybody told: name the team."
    return None
