"""What is known of an override that does not count yet, in the form in which buttons and modals carry it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.usecases.overrides.planning import OverridePlan


@dataclass(frozen=True, slots=True)
class OverrideFields:
    """As far as it is known. `person` is Slack's id; no rotation ids: all rotations.

    `shown` is the fingerprint of the plan that the person saw; without one nothing was shown yet.
    """

    schedule_id: str | None = None
    person: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    rotation_ids: tuple[str, ...] = ()
    shown: str = ""

    @property
    def value(self) -> str:
        """All of it as the value of a button or the metadata of a modal; ids and instants only."""
        facts = {
            "s": self.schedule_id,
            "p": self.person,
            "f": _seconds(self.start),
            "u": _seconds(self.end),
            "r": list(self.rotation_ids),
            "x": self.shown,
        }
        return json.dumps({key: fact for key, fact in facts.items() if fact}, separators=(",", ":"))


def fields_in(value: str) -> OverrideFields:
    """The fields that such a value holds."""
    return fields_from(json.loads(value or "{}"))


def fields_from(facts: dict[str, Any]) -> OverrideFields:
    """The same, from the value's own facts."""
    return OverrideFields(
        schedule_id=facts.get("s"),
        person=facts.get("p"),
        start=_instant(facts.get("f")),
        end=_instant(facts.get("u")),
        rotation_ids=tuple(facts.get("r", ())),
        shown=facts.get("x", ""),
    )


def fields_of(plan: OverridePlan) -> OverrideFields:
    """What was shown of a plan, to be carried out."""
    return OverrideFields(
        schedule_id=plan.schedule.schedule.id,
        person=plan.person.slack_id,
        start=plan.start,
        end=plan.end,
        rotation_ids=plan.rotation_ids,
        shown=plan.fingerprint,
    )


def _seconds(at: datetime | None) -> int | None:
    return int(at.timestamp()) if at else None


def _instant(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
